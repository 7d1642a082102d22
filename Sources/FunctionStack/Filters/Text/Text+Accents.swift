import Values

extension Text {
    /// With letters that have accents replaced by those without, ligatures and letters such as `ø` and `ß` by ASCII
    /// ones, and combining marks removed. A text that is not UTF-8 stays as it is.
    func withoutAccents() -> Text {
        guard let string = validString, string.utf8.contains(where: { $0 >= 0x80 }) else { return self }
        var result = ""
        result.reserveCapacity(string.utf8.count)
        for scalar in string.unicodeScalars {
            if scalar.value < 0xC0 {
                result.unicodeScalars.append(scalar)
            } else if let letters = Self.plainLetters[scalar] {
                result += letters
            } else if !(0x300...0x36F ~= scalar.value) {
                result.unicodeScalars.append(scalar)
            }
        }
        return Text(result)
    }

    /// By letter with accent. Latin, Greek and Cyrillic letters by their canonical decompositions in Unicode 15,
    /// and Latin ones that have none by look.
    private static let plainLetters: [Unicode.Scalar: String] = {
        var letters: [Unicode.Scalar: String] = [:]
        for group in accentedLetters.split(whereSeparator: \.isWhitespace) {
            let parts = group.split(separator: "=")
            for scalar in parts[1].unicodeScalars { letters[scalar] = String(parts[0]) }
        }
        return letters
    }()

    /// Groups of a plain letter and all that become it.
    private static let accentedLetters = """
        A=ÀÁÂÃÄÅĀĂĄǍǞǠǺȀȂȦȺḀẠẢẤẦẨẪẬẮẰẲẴẶ AE=ÆǢǼ B=ƁƂɃḂḄḆ C=ÇĆĈĊČƇȻḈ D=ÐĎĐƊḊḌḎḐḒ DZ=Ǆ Dz=ǅ
        E=ÈÉÊËĒĔĖĘĚȄȆȨɆḔḖḘḚḜẸẺẼẾỀỂỄỆ F=ƑḞ G=ĜĞĠĢƓǤǦǴḠ H=ĤĦȞḢḤḦḨḪ I=ÌÍÎÏĨĪĬĮİƗǏȈȊḬḮỈỊ IJ=Ĳ J=ĴɈ K=ĶƘǨḰḲḴ
        L=ĹĻĽŁȽḶḸḺḼ LJ=Ǉ Lj=ǈ M=ḾṀṂ N=ÑŃŅŇŊƝǸṄṆṈṊ NJ=Ǌ Nj=ǋ O=ÒÓÔÕÖØŌŎŐƟƠǑǪǬǾȌȎȪȬȮȰṌṎṐṒỌỎỐỒỔỖỘỚỜỞỠỢ OE=Œ P=ƤṔṖ
        R=ŔŖŘȐȒɌṘṚṜṞ S=ŚŜŞŠȘṠṢṤṦṨ SS=ẞ T=ŢŤŦƬƮȚȾṪṬṮṰ TH=Þ U=ÙÚÛÜŨŪŬŮŰŲƯǓǕǗǙǛȔȖɄṲṴṶṸṺỤỦỨỪỬỮỰ V=ƲṼṾ W=ŴẀẂẄẆẈ X=ẊẌ
        Y=ÝŶŸƳȲɎẎỲỴỶỸ Z=ŹŻŽƵȤẐẒẔ a=àáâãäåāăąǎǟǡǻȁȃȧḁạảấầẩẫậắằẳẵặ ae=æǣǽ b=ƀƃḃḅḇ c=çćĉċčƈȼḉ d=ðďđḋḍḏḑḓ dz=ǆ
        e=èéêëēĕėęěȅȇȩɇḕḗḙḛḝẹẻẽếềểễệ f=ƒḟ g=ĝğġģǥǧǵḡ h=ĥħȟḣḥḧḩḫẖ i=ìíîïĩīĭįıǐȉȋḭḯỉị ij=ĳ j=ĵǰȷɉ k=ķĸƙǩḱḳḵ
        l=ĺļľłƚḷḹḻḽ lj=ǉ m=ḿṁṃ n=ñńņňŉŋƞǹṅṇṉṋ nj=ǌ o=òóôõöøōŏőơǒǫǭǿȍȏȫȭȯȱṍṏṑṓọỏốồổỗộớờởỡợ oe=œ p=ƥṕṗ r=ŕŗřȑȓɍṙṛṝṟ
        s=śŝşšſșȿṡṣṥṧṩ ss=ß t=ţťŧƫƭțṫṭṯṱẗ th=þ u=ùúûüũūŭůűųưǔǖǘǚǜȕȗṳṵṷṹṻụủứừửữự v=ṽṿ w=ŵẁẃẅẇẉẘ x=ẋẍ
        y=ýÿŷƴȳɏẏẙỳỵỷỹ z=źżžƶȥɀẑẓẕ ſ=ẛ Ʒ=Ǯ ʒ=ǯ ʹ=ʹ Α=ΆἈἉἊἋἌἍἎἏᾈᾉᾊᾋᾌᾍᾎᾏᾸᾹᾺΆᾼ Ε=ΈἘἙἚἛἜἝῈΈ Η=ΉἨἩἪἫἬἭἮἯᾘᾙᾚᾛᾜᾝᾞᾟῊΉῌ
        Ι=ΊΪἸἹἺἻἼἽἾἿῘῙῚΊ Ο=ΌὈὉὊὋὌὍῸΌ Ρ=Ῥ Υ=ΎΫὙὛὝὟῨῩῪΎ Ω=ΏὨὩὪὫὬὭὮὯᾨᾩᾪᾫᾬᾭᾮᾯῺΏῼ α=άἀἁἂἃἄἅἆἇὰάᾀᾁᾂᾃᾄᾅᾆᾇᾰᾱᾲᾳᾴᾶᾷ
        ε=έἐἑἒἓἔἕὲέ η=ήἠἡἢἣἤἥἦἧὴήᾐᾑᾒᾓᾔᾕᾖᾗῂῃῄῆῇ ι=ΐίϊἰἱἲἳἴἵἶἷὶίιῐῑῒΐῖῗ ο=όὀὁὂὃὄὅὸό ρ=ῤῥ υ=ΰϋύὐὑὒὓὔὕὖὗὺύῠῡῢΰῦῧ
        ω=ώὠὡὢὣὤὥὦὧὼώᾠᾡᾢᾣᾤᾥᾦᾧῲῳῴῶῷ ϒ=ϓϔ І=Ї А=ӐӒ Г=Ѓ Е=ЀЁӖ Ж=ӁӜ З=Ӟ И=ЍӢӤ К=Ќ О=Ӧ У=ЎӮӰӲ Ч=Ӵ Ы=Ӹ Э=Ӭ а=ӑӓ г=ѓ
        е=ѐёӗ ж=ӂӝ з=ӟ и=ѝӣӥ к=ќ о=ӧ у=ўӯӱӳ ч=ӵ ы=ӹ э=ӭ і=ї Ѵ=Ѷ ѵ=ѷ Ә=Ӛ ә=ӛ Ө=Ӫ ө=ӫ
        """
}
