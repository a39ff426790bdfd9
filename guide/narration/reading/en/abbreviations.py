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
    "Inv": "inventory",
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
BARE = {"No", "Nos", "Nº", "N°", "Vol", "Fig", "pp", "Tel", "tel", "ca", "Rm", "Ext", "ext"}
SIZES = {"H", "W", "L", "D"}
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
        (short, written(rf"{re.escape(short)}(?:\.{CAPITAL}|\.(?=[A-Z][a-z])|{END}{CAPITAL})", spoken))
        for short, spoken in TITLES.items()
        if short not in ("Fr", "Sr", "Sec", "Ft", "Sen", "Pres", "Hon", "Ven")
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


def numbered() -> list[tuple[str, Rule]]:
    table = [("c", written(r"c(?=\s?1\d{3}(?!\d))", "circa")), ("Ave", written(rf"Ave\.{CAPITAL}", "Avenue"))]
    for short, spoken in BEFORE_NUMBER.items():
        dot = r"\.?" if short in BARE else (r"(?:\.|(?=:))" if short in SIZES else r"\.")
        ahead = (
            r"(?=\s?:?\s?\d[\d.,]*\s?(?:cm|mm|m)\b)"
            if short in SIZES
            else r"(?=\s?:?\s?[\d(+’']|\s?ca?\.\s?\d|\s?(?:AD|BC|[A-Z]{1,5}[-.]?\d|[IVX]+(?![^\W_]))|\s?(?:the\s)?\d)"
        )
        table.append((short, written(re.escape(short) + dot + ahead, spoken)))
    return table


def spelled(match: re.Match[str]) -> Said:
    return " ".join(match.group())


UPPER = [
    (word, Rule(compiled(rf"{word}{END}"), spelled))
    for word in ("US", "UK", "UN", "EU", "USA", "UAE", "DRV", "NVA", "USS", "HMS")
]
ABBREVIATIONS = by_first([*rows(), *UPPER])
