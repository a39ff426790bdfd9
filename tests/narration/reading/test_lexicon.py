"""A museum's own words are said as its people say them."""

from guide.narration.reading import Entry, read


def spoken(text: str, *entries: Entry, language: str = "vi") -> str:
    return read(text, language, entries).spoken


def test_a_word_of_the_lexicon_is_said_as_it_says() -> None:
    assert spoken("Toàn quyền Paul Doumer", Entry("Doumer", "Đu-me")) == "Toàn quyền Paul Đu-me"


def test_only_whole_words_count() -> None:
    assert spoken("Doumerville", Entry("Doumer", "Đu-me")) == "Doumerville"


def test_the_longest_entry_wins() -> None:
    entries = (Entry("Paul", "Pôn"), Entry("Paul Doumer", "Pôn Đu-me"))
    assert spoken("ông Paul Doumer và ông Paul", *entries) == "ông Pôn Đu-me và ông Pôn"


def test_case_counts_only_where_the_entry_says_so() -> None:
    assert spoken("bác BÁC", Entry("BÁC", "Bác Hồ", case=True)) == "bác Bác Hồ"
    assert spoken("bác BÁC", Entry("Bác", "chú")) == "chú chú"


def test_the_lexicon_goes_before_the_rules() -> None:
    assert spoken("máy bay B-52", Entry("B-52", "bê năm hai")) == "máy bay bê năm hai"
    assert spoken("hotline 113", Entry("113", "một trăm mười ba")) == "hotline một trăm mười ba"


def test_a_word_with_phonemes_alone_is_left_to_the_voice_that_knows_them() -> None:
    assert spoken("UBND xã", Entry("UBND", phonemes="ˈuː")) == "UBND xã"


def test_an_entry_may_say_nothing() -> None:
    assert spoken("Bảo tàng (tm) mở", Entry("tm", "")) == "Bảo tàng, mở"


def test_the_lexicon_serves_a_language_without_rules() -> None:
    assert spoken("Čư M'gar", Entry("M'gar", "Mờ ga"), language="rad") == "Čư Mờ ga"


def test_offsets_stay_with_the_written_words() -> None:
    reading = read("ông Paul Doumer đến", "vi", [Entry("Paul Doumer", "Pôn Đu-me")])
    assert [word.spoken for word in reading.words] == ["ông", "Pôn Đu-me", "", "đến"]


def test_any_apostrophe_of_an_entry_is_any_apostrophe_of_the_text() -> None:
    for entry in ("K'pan", "K’pan", "Kʼpan"):
        assert spoken("ghế K'pan, K’pan, Kʼpan", Entry(entry, "cờ pan")) == "ghế cờ pan, cờ pan, cờ pan"


def test_a_word_with_phonemes_stays_joined_to_its_hyphen() -> None:
    assert spoken("a tomato-red big-tomato", Entry("tomato", phonemes="təˈmɑːtoʊ"), language="en") == (
        "a tomato-red big-tomato"
    )
