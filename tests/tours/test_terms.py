"""A question is cut alone and texts many at once: both give the same terms."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as some

from guide.tours import terms

LETTERS = "abđáé àệ -ßжЩกขทရမ海中国こか한글ꝡ𝒳"
texts = some.text(LETTERS, max_size=24)


@given(some.lists(some.text(LETTERS, min_size=1, max_size=9), min_size=1, max_size=6))
def test_words_alone_have_the_numbers_that_they_have_together(words: list[str]) -> None:
    together = terms.stirred(terms.spelled(words), terms.MARKED)

    assert [terms.term(word, terms.MARKED) for word in words] == together.tolist()


@given(texts, texts)
def test_a_pair_alone_has_the_number_that_it_has_among_others(one: str, other: str) -> None:
    words = terms.stirred(terms.spelled([one or "a", other or "b"]), terms.WORD)

    assert terms.pair(*words.tolist()) == terms.paired(words[:1], words[1:])[0]


@given(texts)
def test_one_text_has_the_pieces_and_crumbs_that_it_has_among_others(text: str) -> None:
    codes = terms.code_points(text)
    together = {
        (term, start, windows.length)
        for windows in (*terms.pieces(codes), terms.crumbs(codes))
        for term, start in zip(windows.terms.tolist(), windows.starts.tolist(), strict=True)
    }

    alone = terms.cuts(text)

    assert set(zip(*(part.tolist() for part in alone), strict=True)) == together
    assert len(alone.terms) == len(together)
