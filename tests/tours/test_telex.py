"""Keystrokes that were meant for a Vietnamese keyboard."""

import pytest

from guide.tours.telex import syllable, untangled


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("ddaor", "đảo"),
        ("daord", "đảo"),
        ("Coon", "côn"),
        ("Ddaor", "đảo"),
        ("nhaf", "nhà"),
        ("tuf", "tù"),
        ("tieengs", "tiếng"),
        ("tieesng", "tiếng"),
        ("ddwowngf", "đường"),
        ("dduwowngf", "đường"),
        ("dduongwf", "đường"),
        ("nguoiwf", "người"),
        ("nuwowcs", "nước"),
        ("huees", "huế"),
        ("thuowr", "thuở"),
        ("hoaf", "hòa"),
        ("khoais", "khoái"),
        ("toans", "toán"),
        ("quys", "quý"),
        ("quoocs", "quốc"),
        ("gif", "gì"),
        ("gieengs", "giếng"),
        ("nghieepj", "nghiệp"),
        ("mow", "mơ"),
        ("wng", "ưng"),
        # VNI
        ("tie61ng", "tiếng"),
        ("tieng61", "tiếng"),
        ("d9ao3", "đảo"),
        ("co6n", "côn"),
        ("nha2", "nhà"),
        ("d9u7o7ng2", "đường"),
        ("nguoi72", "người"),
        ("na8ng", "năng"),
    ],
)
def test_keystrokes_are_read_as_the_syllable_they_were_meant_for(typed: str, meant: str) -> None:
    assert untangled(typed) == meant


@pytest.mark.parametrize(
    "typed",
    """
    nha tu prison museum the visit data hotel looks wifi 101 a zz nuocs bacsk d9a8k kaf ceef ngees gheoo đảo тюрьма
    sssss wwwwwwwwwwwwwwwwwwwwwwwwwwww
    """.split(),
)
def test_what_is_no_syllable_stays_as_typed(typed: str) -> None:
    assert untangled(typed) is None


@pytest.mark.parametrize("rhyme", ["cacf", "hocr", "phepx", "chatr", "mát2"])
def test_a_stopped_syllable_takes_only_the_sharp_and_the_heavy_tone(rhyme: str) -> None:
    assert untangled(rhyme) is None


@pytest.mark.parametrize(
    ("letters", "parts"),
    [
        ("nghiên", ("ngh", "iên")),
        ("quôc", ("qu", "ôc")),
        ("gi", ("g", "i")),
        ("giêng", ("g", "iêng")),
        ("an", ("", "an")),
        ("ca", ("c", "a")),
        ("ka", None),
        ("ce", None),
        ("nge", None),
        ("ngha", None),
        ("foo", None),
    ],
)
def test_a_syllable_is_an_onset_and_a_rime_that_go_together(letters: str, parts: tuple[str, str] | None) -> None:
    assert syllable(letters) == parts
