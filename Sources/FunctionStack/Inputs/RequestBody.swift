import Values

/// The body of a request as its encoding has it.
package enum BodyEncoding: String, Sendable, CaseIterable {
    case json
    case form = "x-www-form-urlencoded"
    case multipart = "multipart/form-data"
    case xml, csv, yaml

    /// How many bytes of values a byte of the body may become before anybody can count them.
    var growth: Int {
        switch self {
        case .json, .form, .multipart: 0
        case .csv: 8
        case .yaml: 16
        case .xml: 64
        }
    }

    /// What a content type says, or nil for anything else.
    init?(contentType: String?) {
        guard let contentType, let type = MediaType(contentType) else { return nil }
        switch (type.type, type.subtype) {
        case ("application", "json"): self = .json
        case ("application", "x-www-form-urlencoded"): self = .form
        case ("multipart", "form-data"): self = .multipart
        case ("application", let subtype) where subtype.hasSuffix("+json"): self = .json
        default: return nil
        }
    }
}

extension StackRequest {
    /// Parses the body as JSON, so that another thread than the one that runs the stack does it.
    package mutating func parseJSON() {
        if json == nil { json = Self.parsed(body) }
    }

    private static func parsed(_ body: [UInt8]) -> ParsedBody {
        do throws(JSONError) {
            return .value(try JSON.parse(body))
        } catch {
            return .malformed(error.message)
        }
    }

    /// - Throws: `StackError` of kind `inputError` if the body is not of that encoding.
    func body(as encoding: BodyEncoding) throws -> Value {
        switch encoding {
        case .json:
            switch json ?? Self.parsed(body) {
            case .value(let value): return value
            case .malformed(let message): throw StackError.malformedBody("JSON", message)
            }
        case .form:
            do throws(FormError) {
                return try Form(body).value()
            } catch {
                throw StackError.malformedBody("a form", error.message)
            }
        case .multipart:
            return try multipart()
        case .xml:
            do throws(XMLError) {
                return try XML.parse(Text(bytes: body))
            } catch {
                throw StackError.malformedBody("XML", error.message)
            }
        case .csv:
            do throws(CSVError) {
                return .array(CSVFilters.records(try CSV().parse(Text(bytes: body))).map(Value.object))
            } catch {
                throw StackError.malformedBody("CSV", error.message)
            }
        case .yaml:
            do {
                return try YAMLParser.parse(Text(bytes: body))
            } catch let error as StackError where error.isCatchable {
                throw StackError.malformedBody("YAML", error.message.string)
            }
        }
    }

    private func multipart() throws -> Value {
        do {
            return try Multipart(body, contentType: contentType ?? "").value(of: body)
        } catch let error as MultipartError {
            throw StackError.malformedBody("multipart/form-data", error.message)
        } catch let error as FormError {
            throw StackError.malformedBody("multipart/form-data", error.message)
        }
    }

    /// The query string's names and values, as far as they are inputs.
    func inputParameters() throws -> Object {
        let parameters = try queryParameters()
        guard bodyComesFirst, !parameters.isEmpty, let named = namesInBody else { return parameters }
        var rest = Object()
        for (name, value) in parameters where !named.contains(name) { rest[name] = value }
        return rest
    }

    /// As what inputs are read from the body: as its content type says, unless that is proved no more than the query string
    /// and calls a form what is JSON. The text of an event would become names and values.
    var inputEncoding: BodyEncoding? {
        let named = BodyEncoding(contentType: contentType)
        guard bodyComesFirst, named == .form, body.first(where: { $0 > 0x20 }) == UInt8(ascii: "{") else { return named }
        return (try? self.body(as: .json)) == nil ? named : .json
    }

    /// An object with the names to which the body gives values, whatever its content type says: that is proved as little
    /// as the query string.
    private var namesInBody: Object? {
        let read: Value?
        switch body.first(where: { $0 > 0x20 }) {
        case nil: return nil
        case UInt8(ascii: "{")?, UInt8(ascii: "[")?: read = try? self.body(as: .json)
        case UInt8(ascii: "-")? where body.starts(with: "--".utf8):
            let boundary = body.dropFirst(2).prefix { $0 != UInt8(ascii: "\r") && $0 != UInt8(ascii: "\n") }
            let type = "multipart/form-data; boundary=\"\(String(decoding: boundary, as: UTF8.self))\""
            read = try? Multipart(body, contentType: type).value(of: body)
        default: read = nil
        }
        // What is neither may still be a form.
        guard case .object(let names)? = try? read ?? Form(body).value() else { return nil }
        return names
    }

    /// The query string's names and values.
    func queryParameters() throws -> Object {
        do throws(FormError) {
            guard case .object(let object) = try Form(Text(queryString)).value() else { return [:] }
            return object
        } catch {
            throw StackError(.inputError, Text("The query string can't be read: \(error.message)"))
        }
    }
}

extension StackError {
    fileprivate static func malformedBody(_ encoding: String, _ reason: String) -> StackError {
        StackError(.inputError, Text("The body is not \(encoding): \(reason)"))
    }
}
