package import Values

/// Writes times by the letters of PHP's `date`; a backslash takes the meaning of the next letter away.
package enum DateFormat {
    /// - Parameter milliseconds: since 1970, within `Timestamp.range`
    package static func text(_ milliseconds: Int64, format: Text, zone: Zone) -> Text {
        let (seconds, thousandths) = Int(milliseconds).dividedDown(by: 1_000)
        let setting = zone.setting(at: seconds)
        let moment = Moment(
            seconds: seconds, thousandths: thousandths, setting: setting, zone: zone,
            civil: CivilTime(secondsSince1970: seconds + setting.offset))
        var output: [UInt8] = []
        moment.append(format.bytes[...], to: &output)
        return Text(bytes: output)
    }

    private struct Moment {
        let seconds: Int
        let thousandths: Int
        let setting: Zone.Setting
        let zone: Zone
        let civil: CivilTime

        func append(_ format: ArraySlice<UInt8>, to output: inout [UInt8]) {
            var isEscaped = false
            for letter in format {
                if isEscaped {
                    output.append(letter)
                    isEscaped = false
                } else if letter == UInt8(ascii: "\\") {
                    isEscaped = true
                } else if !appendDate(letter, to: &output), !appendTime(letter, to: &output),
                    !appendZone(letter, to: &output)
                {
                    output.append(letter)
                }
            }
        }

        private func appendDate(_ letter: UInt8, to output: inout [UInt8]) -> Bool {
            switch letter {
            case UInt8(ascii: "d"): append(civil.day, width: 2, to: &output)
            case UInt8(ascii: "j"): append(civil.day, to: &output)
            case UInt8(ascii: "D"): output += Array(CalendarWords.weekdays[civil.weekday].utf8.prefix(3))
            case UInt8(ascii: "l"): output += Array(CalendarWords.weekdays[civil.weekday].utf8)
            case UInt8(ascii: "N"): append(civil.weekday == 0 ? 7 : civil.weekday, to: &output)
            case UInt8(ascii: "w"): append(civil.weekday, to: &output)
            case UInt8(ascii: "S"): output += Array(ordinalSuffix.utf8)
            case UInt8(ascii: "z"): append(civil.dayOfYear - 1, to: &output)
            case UInt8(ascii: "W"): append(civil.isoWeek.week, width: 2, to: &output)
            case UInt8(ascii: "m"): append(civil.month, width: 2, to: &output)
            case UInt8(ascii: "n"): append(civil.month, to: &output)
            case UInt8(ascii: "M"): output += Array(CalendarWords.months[civil.month - 1].utf8.prefix(3))
            case UInt8(ascii: "F"): output += Array(CalendarWords.months[civil.month - 1].utf8)
            case UInt8(ascii: "t"): append(civil.daysInMonth, to: &output)
            case UInt8(ascii: "L"): append(civil.isLeapYear ? 1 : 0, to: &output)
            case UInt8(ascii: "o"): append(civil.isoWeek.year, to: &output)
            case UInt8(ascii: "Y"): append(civil.year, width: 4, to: &output)
            case UInt8(ascii: "x"): append(yearSigned: civil.year > 9_999, to: &output)
            case UInt8(ascii: "X"): append(yearSigned: civil.year >= 0, to: &output)
            case UInt8(ascii: "y"): append(civil.year.dividedDown(by: 100).remainder, width: 2, to: &output)
            default: return false
            }
            return true
        }

        private func appendTime(_ letter: UInt8, to output: inout [UInt8]) -> Bool {
            let hour12 = civil.hour % 12 == 0 ? 12 : civil.hour % 12
            switch letter {
            case UInt8(ascii: "a"): output += Array((civil.hour < 12 ? "am" : "pm").utf8)
            case UInt8(ascii: "A"): output += Array((civil.hour < 12 ? "AM" : "PM").utf8)
            case UInt8(ascii: "g"): append(hour12, to: &output)
            case UInt8(ascii: "h"): append(hour12, width: 2, to: &output)
            case UInt8(ascii: "G"): append(civil.hour, to: &output)
            case UInt8(ascii: "H"): append(civil.hour, width: 2, to: &output)
            case UInt8(ascii: "i"): append(civil.minute, width: 2, to: &output)
            case UInt8(ascii: "s"): append(civil.second, width: 2, to: &output)
            case UInt8(ascii: "v"): append(thousandths, width: 3, to: &output)
            case UInt8(ascii: "u"): append(thousandths * 1_000, width: 6, to: &output)
            case UInt8(ascii: "B"): append((seconds + 3_600).dividedDown(by: 86_400).remainder * 10 / 864, width: 3, to: &output)
            case UInt8(ascii: "U"): append(seconds, to: &output)
            default: return false
            }
            return true
        }

        private func appendZone(_ letter: UInt8, to output: inout [UInt8]) -> Bool {
            switch letter {
            case UInt8(ascii: "e"): output += Array(zone.name.utf8)
            case UInt8(ascii: "I"): append(setting.isDaylight ? 1 : 0, to: &output)
            case UInt8(ascii: "O"): output += Array(offset(separator: "").utf8)
            case UInt8(ascii: "P"): output += Array(offset().utf8)
            case UInt8(ascii: "p"): output += Array((isUTC ? "Z" : offset()).utf8)
            case UInt8(ascii: "T"): output += Array(abbreviation.utf8)
            case UInt8(ascii: "Z"): append(setting.offset, to: &output)
            case UInt8(ascii: "c"): append(Array("Y-m-d\\TH:i:sP".utf8)[...], to: &output)
            case UInt8(ascii: "r"): append(Array("D, d M Y H:i:s O".utf8)[...], to: &output)
            default: return false
            }
            return true
        }

        private func append(_ number: Int, width: Int = 1, to output: inout [UInt8]) {
            let digits = String(number.magnitude)
            if number < 0 { output.append(UInt8(ascii: "-")) }
            output += repeatElement(UInt8(ascii: "0"), count: max(0, width - digits.utf8.count))
            output += Array(digits.utf8)
        }

        private func append(yearSigned isSigned: Bool, to output: inout [UInt8]) {
            if isSigned { output.append(UInt8(ascii: "+")) }
            append(civil.year, width: 4, to: &output)
        }

        /// `+02:00`. Seconds of old local times are left out, as in PHP.
        private func offset(separator: String = ":") -> String {
            Zone.text(offset: setting.offset / 60 * 60, separator: separator)
        }

        /// Not London in winter, whose clocks show the same.
        private var isUTC: Bool { ["UTC", "Z", "+00:00"].contains(setting.abbreviation) }

        /// `CET`, or what the time zone data has for zones without letters of their own, `+11`. A zone that is an offset
        /// has PHP's name for it.
        private var abbreviation: String {
            setting.abbreviation.contains(":") ? "GMT" + offset(separator: "") : setting.abbreviation
        }

        private var ordinalSuffix: String {
            guard !(11...13).contains(civil.day) else { return "th" }
            return switch civil.day % 10 {
            case 1: "st"
            case 2: "nd"
            case 3: "rd"
            default: "th"
            }
        }
    }
}
