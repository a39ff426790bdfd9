"""English abbreviations: titles, books, places, Latin ones, and saints apart from streets."""

import re

from guide.narration.reading.scan import Part, Rule, Said, always, before, by_first, compiled, following, previous

ALWAYS = {
    "e.g.": "for example",
    "eg.": "for example",
    "i.e.": "that is",
    "etc.": "et cetera",
    "&c.": "et cetera",
    "et al.": "and others",
    "cf.": "compare",
    "viz.": "namely",
    "a.k.a.": "also known as",
    "aka": "also known as",
    "vs.": "versus",
    "vs": "versus",
    "approx.": "approximately",
    "Approx.": "Approximately",
    "dept.": "department",
    "Dept.": "Department",
    "est.": "established",
    "Est.": "Established",
    "govt.": "government",
    "Govt.": "Government",
    "incl.": "including",
    "excl.": "excluding",
    "Co., Ltd.": "Company Limited",
    "Co., Ltd": "Company Limited",
    "Co. Ltd.": "Company Limited",
    "Co. Ltd": "Company Limited",
    "Ltd.": "Limited",
    "Ltd": "Limited",
    "Inc.": "Incorporated",
    "Bros.": "Brothers",
    "Corp.": "Corporation",
    "Univ.": "University",
    "ibid.": "ibidem",
    "HCMC": "Ho Chi Minh City",
    "Ph.D.": "P h D",
    "Ph.D": "P h D",
    "PhD": "P h D",
    "U.S.A.": "U S A",
    "U.S.": "U S",
    "U.K.": "U K",
    "U.N.": "U N",
    "D.C.": "D C",
    "WWI": "World War One",
    "WWII": "World War Two",
    "WW1": "World War One",
    "WW2": "World War Two",
    "misc.": "miscellaneous",
    "Assoc.": "Association",
    "tbc": "to be confirmed",
    "w/": "with",
    "w/o": "without",
    "c/o": "care of",
    "n/a": "not applicable",
    "N/A": "not applicable",
    "P.S.": "P S",
    "PO Box": "P O Box",
    "dyn.": "dynasty",
    "Dyn.": "Dynasty",
    "Jr.": "Junior",
    "Esq.": "Esquire",
    "Assn.": "Association",
    "Inst.": "Institute",
    "Natl.": "National",
    "Intl.": "International",
    "Int'l": "International",
    "Nat'l": "National",
    "Gov't": "Government",
    "gov't": "government",
    "trans.": "translated",
    "ed. by": "edited by",
    "eds.": "editors",
    "etc": "et cetera",
    "approx": "approximately",
    "HCM City": "Ho Chi Minh City",
    "Gov.-Gen.": "Governor-General",
    "Gov.-General": "Governor-General",
    "Gov. Gen.": "Governor General",
    "attn:": "attention:",
    "hist.": "historical",
    "mod.": "modern",
    "IMF": "I M F",
    "NGO": "N G O",
    "NGOs": "N G O's",
    "POW": "P O W",
    "POWs": "P O W's",
    "VIP": "V I P",
    "VIPs": "V I P's",
    "FAQ": "F A Q",
    "UAE": "U A E",
    "IUCN": "I U C N",
    "UNDP": "U N D P",
    "ODA": "O D A",
    "a.s.l.": "above sea level",
    "a.s.l": "above sea level",
    "asl": "above sea level",
    "m.a.s.l.": "meters above sea level",
    "masl": "meters above sea level",
    "AFP": "A F P",
    "EVN": "E V N",
    "WWF": "W W F",
}
TITLES = {
    "Dr": "Doctor",
    "Mr": "Mister",
    "Mrs": "Missus",
    "Ms": "Miz",
    "Prof": "Professor",
    "Gen": "General",
    "Col": "Colonel",
    "Capt": "Captain",
    "Lt": "Lieutenant",
    "Sgt": "Sergeant",
    "Maj": "Major",
    "Adm": "Admiral",
    "Gov": "Governor",
    "Rev": "Reverend",
    "Hon": "Honourable",
    "Pres": "President",
    "Fr": "Father",
    "Sr": "Sister",
    "Sen": "Senator",
    "Mt": "Mount",
    "Ft": "Fort",
    "Cdr": "Commander",
    "Brig": "Brigadier",
    "Pvt": "Private",
    "Cpl": "Corporal",
    "Messrs": "Messieurs",
    "Mme": "Madame",
    "Sec": "Secretary",
    "Assoc. Prof": "Associate Professor",
    "Lt. Col": "Lieutenant Colonel",
    "Lt. Gen": "Lieutenant General",
    "Maj. Gen": "Major General",
    "Mlle": "Mademoiselle",
    "Cmdr": "Commander",
    "Rep": "Representative",
    "Br": "Brother",
    "Bp": "Bishop",
    "Abp": "Archbishop",
    "Msgr": "Monsignor",
    "Mgr": "Monsignor",
    "Drs": "Doctors",
    "Eng": "Engineer",
    "Arch": "Architect",
    "Supt": "Superintendent",
    "Amb": "Ambassador",
    "Hwy": "Highway",
    "Ven": "Venerable",
}
AFTER_NAME = {
    "Jr": "Junior",
    "Sr": "Senior",
    "Ave": "Avenue",
    "Rd": "Road",
    "Blvd": "Boulevard",
    "Sq": "Square",
    "Ln": "Lane",
    "Dr": "Drive",
    "Hwy": "Highway",
    "Co": "Company",
    "Pl": "Place",
    "Bldg": "Building",
    "Dist": "District",
    "Prov": "Province",
    "Is": "Island",
    "Univ": "University",
    "Mus": "Museum",
}
BEFORE_NUMBER = {
    "no": "number",
    "No": "number",
    "nos": "numbers",
    "Nos": "numbers",
    "vol": "volume",
    "Vol": "volume",
    "vols": "volumes",
    "Vols": "volumes",
    "chap": "chapter",
    "Chap": "chapter",
    "pt": "part",
    "Pt": "part",
    "Mk": "mark",
    "Nr": "number",
    "nr": "number",
    "max": "maximum",
    "Max": "maximum",
    "min": "minimum",
    "Min": "minimum",
    "temp": "temperature",
    "Temp": "temperature",
    "Hwy": "highway",
    "Bldg": "building",
    "Diam": "diameter",
    "h": "height",
    "w": "width",
    "l": "length",
    "p": "page",
    "pp": "pages",
    "pg": "page",
    "fig": "figure",
    "Fig": "figure",
    "figs": "figures",
    "Figs": "figures",
    "pl": "plate",
    "Pl": "plate",
    "ch": "chapter",
    "Ch": "chapter",
    "cat": "catalogue number",
    "c": "circa",
    "C": "circa",
    "ca": "circa",
    "Ca": "circa",
    "r": "reigned",
    "b": "born",
    "d": "died",
    "fl": "flourished",
    "m": "married",
    "tel": "telephone",
    "Tel": "telephone",
    "sec": "section",
    "art": "article",
    "Art": "article",
    "Inv": "inventory number",
    "inv": "inventory number",
    "ext": "extension",
    "Ext": "extension",
    "est": "established",
    "n": "number",
    "Apt": "apartment",
    "Ste": "suite",
    "Rm": "room",
    "dia": "diameter",
    "diam": "diameter",
    "H": "height",
    "W": "width",
    "L": "length",
    "D": "depth",
    "Dim": "dimensions",
    "Dist": "district",
    "Nº": "number",
    "N°": "number",
    "Q": "district",
    "Bk": "book",
}
BEFORE_NO = {
    "inv": "inventory",
    "Inv": "inventory",
    "acc": "accession",
    "Acc": "accession",
    "cat": "catalogue",
    "Cat": "catalogue",
    "reg": "registration",
    "Reg": "registration",
    "Tel": "telephone",
    "tel": "telephone",
    "ref": "reference",
    "Ref": "reference",
}
BARE = {"No", "Nos", "Nº", "N°", "Vol", "Fig", "pp", "Tel", "tel", "ca", "Rm", "Ext", "ext", "Hwy"}
SIZES = {"H", "W", "L", "D", "h", "w", "l"}
END = r"(?![^\W_])"
CAPITAL = r"(?=\s+[A-ZÀ-ÝĐ])"
SAINT_BEFORE = before(
    r"^\s*",
    r"[,;:(.!?“\"–-]\s*",
    r"\b(?:of|at|to|in|the|and|by|near|from|with|on|for|called|named|de|Church|Cathedral|Basilica|Port"
    r"|Fort|Cape|Lake|Mount|Mont|Island|around|past|inside|behind|like|as|feast|patron)\s+",
)


def written(pattern: str, spoken: str) -> Rule:
    return Rule(compiled(pattern), always(spoken))


def saint_or_street(match: re.Match[str]) -> Said:
    """«St. Joseph» is a saint, «12 Tran Phu St.» a street."""
    name_follows = re.match(r"\s*[A-ZÀ-ÝĐ]", following(match))
    if name_follows and SAINT_BEFORE.search(previous(match)):
        return "Saint"
    if re.search(r"[A-ZÀ-ÝĐ][^\W\d_]+\s+$", previous(match)) and (
        not name_follows or re.search(r"\d+\s+(?:\w+\s+){1,4}$", previous(match))
    ):
        return "Street"
    return [Part(match.start(), match.end(), "Saint", "saint-or-street")] if name_follows else "Street"


def rows() -> list[tuple[str, Rule]]:
    table = [
        (short, written(re.escape(short) + ("" if short[-1] in "./" else END), spoken))
        for short, spoken in ALWAYS.items()
    ]
    table += [(short, written(rf"{re.escape(short)}\.(?=\s?[Nn]os?\b)", spoken)) for short, spoken in BEFORE_NO.items()]
    table += [
        (
            short,
            written(
                rf"{re.escape(short)}(?:\.{CAPITAL}|\.(?=[A-Z][a-z])|{END}{CAPITAL}|\.?(?=\sand\s(?:Mrs|Ms|Miss|Mr|Dr|Prof)(?![^\W_])))",
                spoken,
            ),
        )
        for short, spoken in TITLES.items()
        if short not in ("Fr", "Sr", "Sec", "Ft", "Sen", "Pres", "Hon", "Ven", "Rep", "Br", "Bp", "Eng", "Arch", "Amb")
    ]
    table += [(short, written(rf"{re.escape(short)}\.{CAPITAL}", spoken)) for short, spoken in TITLES.items()]
    table += numbered()
    table += [
        (
            short,
            Rule(
                compiled(rf"{short}(?:\.|(?=\s*(?:$|[,;)])))"),
                always(spoken),
                before(r"[A-ZÀ-ÝĐ][^\W\d_]*[,]?\s+", r"&\s"),
            ),
        )
        for short, spoken in AFTER_NAME.items()
    ]
    saints = [
        ("St", Rule(compiled(rf"St(?:\.|{END})"), saint_or_street)),
        ("Sts", written(rf"Sts\.?{CAPITAL}", "Saints")),
    ]
    return [*sorted(table, key=lambda row: -len(row[0])), *saints]


SIZE_AHEAD = r"(?=\s?:?\s?\d[\d.,]*\s?(?:cm|mm|m)\b)"
NUMBER_AHEAD = r"(?=\s?:?\s?[\d(+’']|\s?ca?\.\s?\d|\s?(?:AD|BC|[A-Z]{1,6}[-. ]?\d|[IVX]+(?![^\W_]))|\s?(?:the\s)?\d)"


def numbered() -> list[tuple[str, Rule]]:
    """«No. 5» surely, «No 5» too, but not «No I don't»."""
    table = [("c", written(r"c(?=\s?1\d{3}(?!\d))", "circa")), ("Ave", written(rf"Ave\.{CAPITAL}", "Avenue"))]
    for short, spoken in BEFORE_NUMBER.items():
        ahead = SIZE_AHEAD if short in SIZES else NUMBER_AHEAD
        table.append((short, written(re.escape(short) + dot_after(short) + ahead, spoken)))
    return table


def dot_after(short: str) -> str:
    if short == "No":
        return r"(?:\.|(?=\s?[\d+(]|\s[IVX]{2}))"
    if short in SIZES:
        return r"(?:\.|(?=:))"
    return r"\.?" if short in BARE else r"\."


def spelled(match: re.Match[str]) -> Said:
    return " ".join(match.group())


QUARTERS = {"N": "north", "S": "south", "E": "east", "W": "west"}
COMPASS = [
    (
        short,
        Rule(
            compiled(rf"{short}(?=\sof(?![^\W_]))"),
            lambda m: " ".join(QUARTERS[letter] for letter in m.group()),
        ),
    )
    for short in ("NW", "NE", "SW", "SE")
]
COMPASS += [
    (
        short,
        Rule(compiled(rf"{short}(?=\sof(?![^\W_]))"), always(name), before(r"\b(?:km|miles?|m|kilomet(?:re|er)s)\s")),
    )
    for short, name in QUARTERS.items()
]
COMPASS += [
    (
        short,
        written(rf"{short}\.(?=\s(?:Vietnam|Viet Nam|Korea|America|Africa|Asia|Europe)(?![^\W_]))", name.capitalize()),
    )
    for short, name in QUARTERS.items()
]
COMPASS += [("WW", written(r"WW(?=\s(?:I{1,2}|1|2)(?![^\W_]))", "World War"))]

UPPER = [
    (word, Rule(compiled(rf"{word}{END}"), spelled))
    for word in ("US", "UK", "UN", "EU", "USA", "UAE", "DRV", "NVA", "USS", "HMS", "RMS", "HMAS", "HMCS", "USNS")
]
ABBREVIATIONS = by_first([*COMPASS, *rows(), *UPPER])
