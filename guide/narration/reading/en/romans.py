"""Roman numerals in English: kings, wars, chapters and centuries, but never the pronoun or a letter."""

import re
from collections.abc import Callable

from guide.narration.reading.en.numbers import cardinal, ordinal, year
from guide.narration.reading.numerals import DASH
from guide.narration.reading.roman import ROMAN, value
from guide.narration.reading.scan import Part, Rule, Said, before, compiled, following, previous

WRITTEN = rf"(?P<a>{ROMAN})(?:\s?(?P<dash>{DASH})\s?(?P<b>{ROMAN}))?"
MORE = r"(?:[IVXLC]+\s*(?:,|and|or|to|[-–—])\s*)*"
DIVISIONS = frozenset(
    (
        "act annex annexe apollo appendix area army article bagne barrack bastion batch battery block book bowl "
        "bridge building burial camp canto case category cave cell century chamber chapter class clause column "
        "complex concerto congress convention corps court courtyard dam district division dock document dynasty "
        "edition enclosure episode exhibit fig figure file folio form fort furnace gallery games gate gemini "
        "generation grade grave group hall horizon house hut international issue item kiln layer level line locus lot "
        "manuscript map mark mk model movement no. number operation palais panel paragraph part pavilion period phase "
        "pier pit plan plate polaris print project protocol pyramid q quarter redoubt region resolution rocky room "
        "round route row sample saturn scene schedule season section sector series session shaft sheet shelf site "
        "sonata soyuz sputnik square stage station stela stelae stele stratum structure style symphony table temple "
        "terminal titan title tomb treaty trench type unit variant vatican vol volume war ward wreck ww zone"
    ).split()
)
COUNTED = re.compile(rf"(?P<word>[^\W\d_]+)(?P<dot>\.?)\s+{MORE}$")
SPEAKING = re.compile(r"\s+[a-z]|['’](?:m|ve|ll|d)(?![^\W_])")
REIGNS = (
    "Charles|George|Elizabeth|Henry|Henri|Edward|William|Wilhelm|James|Mary|Richard|Louis|Napoleon|"
    "Napoléon|Philip|Philippe|Felipe|Francis|François|Franz|Frederick|Friedrich|Peter|Pyotr|Nicholas|"
    "Nikolai|Alexander|Alexandre|Catherine|Ekaterina|Ivan|Pius|John Paul|Paul|Benedict|Leo|Leopold|"
    "Léopold|Gregory|Clement|Innocent|Urban|Julius|Ramses|Rameses|Thutmose|Amenhotep|Seti|Ptolemy|"
    "Cleopatra|Darius|Xerxes|Cyrus|Constantine|Theodosius|Justinian|Otto|Rama|Jayavarman|Suryavarman|"
    "Indravarman|Yasovarman|Rajendravarman|Bhadravarman|Harivarman|Simhavarman|Norodom|Juan Carlos|"
    "Isabella|Ferdinand|Alfonso|Umberto|Victor Emmanuel|Christian|Gustav|Haakon|Olav|Mehmed|Selim|Murad|"
    "Suleiman|Akbar|Malcolm|Robert|David|Stephen|Matilda|Harald|Canute|Albert|Baldwin|Joseph|Maximilian|"
    "Ludwig|Rudolf|Sigismund"
)
REIGN = before(
    rf"\b(?:{REIGNS})\s+{MORE}",
    r"\b(?:King|Queen|Pope|Emperor|Empress|Tsar|Tsarina|Sultan|Prince|Duke|Count|Shah|Khedive|Pharaoh"
    r"|Patriarch)\s+(?:[A-Z][\w'’-]+\s+){1,2}",
)
LETTERED = before(r"\b(?:plan|plans|model|form|project|style|line|square|area|house|case|generation)\s+")
NAME = re.compile(r"(?:^|\s)[A-ZÀ-Ý][^\W\d_]+\s+$")
CENTURY_AHEAD = re.compile(r"(?:th|st|nd|rd|e)?[\s-]+(?:century|centuries|c\.)")
LETTER_AHEAD = re.compile(r"\.\s?(?:[A-Z]\.|[A-Z][^\W\d_]+)")
PARTICLE = r"(?:de la|de|du|d['’]|des|von|van|van der|der|da|di|del|la|le|bin|al)"
SURNAME_AHEAD = re.compile(rf"\.\s?{PARTICLE}\s?[A-ZÀ-Ý]")
MEANS = re.compile(r"\s+(?:is\s+|stands\s+|stood\s+)?for\s+[“\"‘']?(?P<first>\w)")
TROOPS_AHEAD = re.compile(
    r"\s+(?:Corps|Field\s+Forces?|Armou?red|Army|Cavalry|Infantry|Marine\s+Amphibious|Military\s+Region|CTZ)(?![^\W_])"
)
SURE = re.compile(r"[IVX]{2,}")


def roman(match: re.Match[str]) -> Said:
    text, numeral = previous(match), match["a"]
    if CENTURY_AHEAD.match(following(match)) and numeral[0] in "IVX":
        return spans(match, ordinal)
    if TROOPS_AHEAD.match(following(match)) and set(numeral) <= set("IVX"):
        return spans(match, cardinal)
    if is_division(text, match) and (len(numeral) > 1 or (numeral in "IVX" and not LETTERED.search(text))):
        return letter_or(match, cardinal)
    if REIGN.search(text) and not is_letter(match, text):
        return letter_or(match, reign)
    if numeral[0] in "LCDM":
        return inscribed(match)
    return standing_alone(match, text)


def is_division(text: str, match: re.Match[str]) -> bool:
    """«Chapter IV», «Camps II and III»: what is counted stands before; «the temple I saw» is somebody speaking."""
    found = COUNTED.search(text)
    if found is None:
        return False
    word = found["word"].lower()
    if match["a"] == "I" and found["word"][0].islower() and SPEAKING.match(following(match)):
        return False
    dotted = word + ("." if len(match["a"]) > 1 else found["dot"])
    return not DIVISIONS.isdisjoint({word, word.removesuffix("s"), dotted})


def is_letter(match: re.Match[str], text: str) -> bool:
    """«Edward VIII and V for victory», «Charles I. de Gaulle»: the last is what a letter means, or an initial."""
    numeral, means = match["a"], MEANS.match(following(match))
    meant = means and (means["first"].upper() == numeral or re.search(r"(?:and|or|,)\s+$", text))
    return len(numeral) == 1 and bool(meant or SURNAME_AHEAD.match(following(match)))


def letter_or(match: re.Match[str], say: Callable[[int], str]) -> Said:
    """«George V. Higgins» is no king; «World War I» is surely a war."""
    initial = len(match["a"]) == 1 and say is reign and LETTER_AHEAD.match(following(match))
    unsure = "regnal-or-pronoun" if match["a"] == "I" and say is reign else None
    if match["a"] == "X" and say is reign:
        return None if re.search(r"Malcolm\s+$", previous(match)) else spans(match, say, "roman-or-letter")
    return None if initial and match["a"] != "I" else spans(match, say, unsure)


def standing_alone(match: re.Match[str], text: str) -> Said:
    if not SURE.fullmatch(match["a"]):
        return None
    if NAME.search(text) and not re.search(r"\b(?:The|A|In|Of|And)\s+$", text):
        return spans(match, reign)
    return spans(match, cardinal, "roman-or-letter")


def inscribed(match: re.Match[str]) -> Said:
    """A long numeral on a stone is a year."""
    if len(match["a"]) < 4 or match["b"] or not 1000 <= value(match["a"]) < 2100:
        return None
    return [Part(match.start(), match.end(), year(value(match["a"])), "roman-or-letter")]


def reign(number: int) -> str:
    return f"the {ordinal(number)}"


def spans(match: re.Match[str], say: Callable[[int], str], doubt: str | None = None) -> list[Part]:
    parts = [Part(match.start("a"), match.end("a"), say(value(match["a"])), doubt)]
    if match["b"]:
        parts += [
            Part(match.start("dash"), match.end("dash"), "to"),
            Part(match.start("b"), match.end("b"), say(value(match["b"]))),
        ]
    return parts


ROMAN_RULE = Rule(compiled(WRITTEN), roman)
ROMAN_CENTURY = Rule(
    compiled(r"(?P<a>(?=[IVX]+(?:th|st|nd|rd))(?:X{0,2}(?:IX|IV|V?I{0,3})))(?:th|st|nd|rd)(?![^\W_])"),
    lambda m: ordinal(value(m["a"])),
)
