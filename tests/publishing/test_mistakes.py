"""Each mistake an editor can make is named with its file and line; all are named at once, and nothing is changed."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from guide.publishing.checking import check_folders
from guide.publishing.folder import read_folder
from guide.publishing.mistakes import ContentMistakes, Mistake
from guide.tours import codes
from tests.museum import SMALLEST, SVG, VILLAGE, Files, Publishing, hum, silence, tree, write

SHEET = "name: {vi: Làng Gốm}\nlanguages: [vi]\n"
CODE = codes.derive("anywhere", "anything")
JPEG_START = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00"

SHEETS = [
    ("nmae: {vi: A}\nname: {vi: A}\nlanguages: [vi]\n", "museum.yaml:1 unknown-key-near"),
    (SHEET + "price: []\n", "museum.yaml:3 unknown-key-near"),
    (SHEET + "xyzzy: 1\n", "museum.yaml:3 unknown-key"),
    (SHEET + "int: 1\n", "museum.yaml:3 unknown-key"),
    (SHEET + "a[b]: 1\n", "museum.yaml:3 unknown-key"),
    (SHEET + "contact:\n  phnoe: '1'\n", "museum.yaml:4 unknown-key-near"),
    (SHEET + "prices:\n  - category: adult\n    dong: 5\n    agse: [1]\n", "museum.yaml:6 unknown-key-near"),
    ("languages: [vi]\n", "museum.yaml:1 missing-key"),
    ("name: {vi: A}\n", "museum.yaml:1 missing-key"),
    ("name: Làng\nlanguages: [vi]\n", "museum.yaml:1 needs-languages"),
    ("name: {}\nlanguages: [vi]\n", "museum.yaml:1 empty"),
    ("name: {vi: '  '}\nlanguages: [vi]\n", "museum.yaml:1 empty"),
    ("name: {Vietnamese: A}\nlanguages: [vi]\n", "museum.yaml:1 pattern"),
    (SHEET + "fallback: [fr]\n", "museum.yaml:1 strange-language"),
    (SHEET + "time_zone: Asia/Nowhere\n", "museum.yaml:3 zone"),
    (SHEET + "hours:\n  someday: ['07:30-11:30']\n", "museum.yaml:4 days"),
    (SHEET + "hours:\n  mon: ['7:30-11:30']\n", "museum.yaml:4 span"),
    (SHEET + "hours:\n  mon: ['11:30-07:30']\n", "museum.yaml:4 span"),
    (SHEET + "hours: daily\n", "museum.yaml:3 needs-languages"),
    (SHEET + "closures:\n  - {from: 2025-10-20, to: 2025-10-01}\n", "museum.yaml:4 order"),
    (SHEET + "closures:\n  - {from: 2025-02-30}\n", "museum.yaml:4 date"),
    (SHEET + "closures:\n  - {from: 20251020}\n", "museum.yaml:4 date"),
    (SHEET + "free_days: [{day: 02-30}]\n", "museum.yaml:3 yearly-day"),
    (SHEET + "free_days: [{day: W01-1}]\n", "museum.yaml:3 yearly-day"),
    (SHEET + "prices: [{category: adult, dong: 50.5}]\n", "museum.yaml:3 needs-number"),
    (SHEET + "prices: [{category: adult, dong: '50000'}]\n", "museum.yaml:3 needs-number"),
    (SHEET + "embeds: ['https://a.vn/path']\n", "museum.yaml:3 origin"),
    (SHEET + "floors: [{id: g, name: {vi: A}, svg: ../g.svg}]\n", "museum.yaml:3 outside"),
    (SHEET + "floors: [{id: g, name: {vi: A}, svg: g.svg}]\n", "museum.yaml:3 names-missing-file"),
    (SHEET + "sources: {A: {title: Sách, trust: 9}}\n", "museum.yaml:3 bad-value"),
    (SHEET + 'about: {vi: "a\\0b"}\n', "museum.yaml:3 bad-value"),
]


@pytest.mark.parametrize(("sheet", "told"), SHEETS)
def test_a_mistake_in_museum_yaml_is_named_with_its_line(tmp_path: Path, sheet: str, told: str) -> None:
    assert mistakes(tmp_path, {**SMALLEST, "museum.yaml": sheet}) == [told]


YAMLS = [
    ("name: {vi: A\nlanguages: [vi]\n", "museum.yaml:2 bad-yaml"),
    ("name:\n\t vi: A\n", "museum.yaml:2 bad-yaml"),
    (SHEET + "{{name}}: 1\n", "museum.yaml:3 bad-yaml"),
    (SHEET + "? [a, b]\n: 1\n", "museum.yaml:3 bad-yaml"),
    (SHEET + "about: !!python/object:os.system {}\n", "museum.yaml:3 bad-yaml"),
    (SHEET + "---\n" + SHEET, "museum.yaml:3 bad-yaml"),
    (SHEET + "name: {vi: B}\n", "museum.yaml:3 key-twice"),
    ("name:\n  vi: A\n  vi: B\nlanguages: [vi]\n", "museum.yaml:3 key-twice"),
    ("name: &name {vi: A}\nlanguages: [vi]\nabout: *name\n", "museum.yaml:3 alias"),
    (SHEET + "about:\n  - " + "[" * 400_000 + "\n", "museum.yaml:4 bad-yaml"),
    (SHEET + "about:\n  " + "- " * 400_000 + "\n", "museum.yaml:4 bad-yaml"),
    (SHEET + "about: " + "[" * 900 + "]" * 900 + "\n", "museum.yaml:3 bad-yaml"),
    (SHEET + f"prices: [{'9' * 5000}]\n", "museum.yaml:1 bad-yaml"),
]


@pytest.mark.parametrize(("sheet", "told"), YAMLS, ids=lambda text: text[:40])
def test_what_is_no_yaml_is_named_with_its_line_and_never_ends_the_program(
    tmp_path: Path, sheet: str, told: str
) -> None:
    assert mistakes(tmp_path, {**SMALLEST, "museum.yaml": sheet}) == [told]


ENCODINGS = [
    ("museum.yaml", SHEET.encode() + b"about: {vi: \xe9}\n", "museum.yaml:3 not-utf8"),
    ("museum.yaml", SHEET.encode("utf-16"), "museum.yaml:1 not-utf8"),
    ("museum.yaml", SHEET.encode() + b"\n#\0\n", "museum.yaml:4 not-utf8"),
    ("stops/one/vi.md", "# Lò\n\nCũ kỹ\n".encode("latin-1", "replace"), "stops/one/vi.md:1 not-utf8"),
    ("stops/one/vi.md", "# Lo\n\nCu\n".encode("utf-16-le"), "stops/one/vi.md:1 not-utf8"),
    ("stops/one/vi.md", b"# Lo\n\nCu\0\n", "stops/one/vi.md:3 not-utf8"),
    ("stops/one/stop.yaml", b"themes: [a]\n# \xff\n", "stops/one/stop.yaml:2 not-utf8"),
]


@pytest.mark.parametrize(("file", "body", "told"), ENCODINGS)
def test_a_text_in_another_encoding_is_named_with_its_line(tmp_path: Path, file: str, body: bytes, told: str) -> None:
    assert mistakes(tmp_path, {**SMALLEST, file: body}) == [told]


STOPS = [
    ("number: 0\n", "bad-value", 1),
    ("number: one\n", "needs-number", 1),
    ("#\ncode: AAAAAAA\n", "bad-code", 2),
    (f"#\ncode: {CODE[:-1]}\n", "bad-code", 2),
    ("formerly:\n  - Lò_cũ\n", "pattern", 2),
    ("status: shut\n", "one-of", 1),
    ("status:\n  closed:\n    fron: 2025-01-01\n", "unknown-key-near", 3),
    ("status: {closed: {instead: nowhere}}\n", "no-such-stop", 1),
    ("position: {lat: 91, lon: 0}\n", "position-range", 1),
    ("#\nfloor:\n  id: attic\n  x: 0.1\n  y: 0.2\n", "no-such-floor", 3),
    ("for_children: perhaps\n", "true-or-false", 1),
    ("images:\n  - file: none.png\n    alt: {vi: A}\n", "names-missing-file", 2),
    ("images:\n  - file: none.png\n", "missing-key", 2),
    ("images:\n  - file: ../two/photo.png\n    alt: {vi: A}\n", "outside", 2),
    ("images:\n  - file: /etc/passwd\n    alt: {vi: A}\n", "outside", 2),
    ("seeing:\n  - {kind: hologram, alt: {vi: A}}\n", "one-of", 2),
    (
        "facts:\n  - about: {vi: A}\n    values:\n      - value: 1\n        text: {vi: A}\n        sources: [Z]\n",
        "no-such-source",
        6,
    ),
    ("facts:\n  - about: {vi: A}\n    values: []\n", "empty", 3),
    ("translations:\n  fr: {of: 'sha256:" + "0" * 64 + "'}\n", "strange-language", 2),
    ("translations:\n  vi: {of: md5}\n", "pattern", 2),
    ("object: Gốm\n", "needs-keys", 1),
    ("themes: clay\n", "needs-list", 1),
    ("names: {other: [12]}\n", "needs-text", 1),
    (f"names: {{other: [{'a' * 501}]}}\n", "too-long", 1),
]


@pytest.mark.parametrize(("sheet", "kind", "line"), STOPS)
def test_a_mistake_in_stop_yaml_is_named_with_its_line(tmp_path: Path, sheet: str, kind: str, line: int) -> None:
    assert mistakes(tmp_path, {**SMALLEST, "stops/one/stop.yaml": sheet}) == [f"stops/one/stop.yaml:{line} {kind}"]


PICTURE = "images: [{file: FILE, alt: {vi: A}}]\n"
PICTURES = [
    ("a.jpg", JPEG_START + b"torn", "picture-broken"),
    ("a.png", JPEG_START, "picture-broken"),
    ("a.svg", b"<html></html>", "picture-broken"),
    ("a.svg", b"<svg xmlns='http://www.w3.org/2000/svg'><g></svg>", "picture-broken"),
    ("a.svg", b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>", "picture-unsafe"),
    ("a.bmp", b"BM", "picture-format"),
    ("a", b"", "picture-format"),
]


@pytest.mark.parametrize(("name", "body", "kind"), PICTURES)
def test_a_picture_that_cannot_be_shown_is_named(tmp_path: Path, name: str, body: bytes, kind: str) -> None:
    sheet = PICTURE.replace("FILE", name)
    files = {**SMALLEST, "stops/one/stop.yaml": sheet, f"stops/one/{name}": body}

    assert mistakes(tmp_path, files) == [f"stops/one/{name}:1 {kind}"]


def test_a_picture_of_200_mb_is_refused_without_reading_it(tmp_path: Path) -> None:
    root = write(tmp_path / "lang-gom", {**SMALLEST, "stops/one/stop.yaml": PICTURE.replace("FILE", "big.jpg")})
    with (root / "stops/one/big.jpg").open("wb") as file:
        file.truncate(200 << 20)

    (mistake,) = found_in(root)

    assert (mistake.file, mistake.kind) == ("stops/one/big.jpg", "too-large")
    assert mistake.facts == {"size": 200, "limit": 20}


TOUR = "title: {vi: A}\nminutes: 5\nstops:\n"
FOLDERS: list[tuple[Files, list[str]]] = [
    ({"stops/two/en.md": "# A\n"}, ["stops/two/en.md:1 strange-language", "stops/two/vi.md:1 no-source-text"]),
    ({"stops/two/stop.yaml": "themes: [a]\n"}, ["stops/two/vi.md:1 no-source-text"]),
    ({"stops/one/README.md": "# A\n"}, ["stops/one/README.md:1 strange-language"]),
    ({"stops/one/vi.long.md": "A\n"}, ["stops/one/vi.long.md:1 strange-variant"]),
    ({"stops/one/vi.md": "Không có đầu đề.\n"}, ["stops/one/vi.md:1 no-title"]),
    ({"stops/one/vi.md": "# \n\nThân bài.\n"}, ["stops/one/vi.md:1 no-title"]),
    ({"stops/one/vi.md": ""}, ["stops/one/vi.md:1 no-title"]),
    ({"stops/one/vi.md": "# A\n" + "a" * (1 << 20)}, ["stops/one/vi.md:1 too-large"]),
    ({"stops/one/vi.WAV": hum(), "stops/one/vi.wav": hum()}, ["stops/one/vi.wav:1 two-recordings"]),
    ({"stops/one/vi.mp3": b"1"}, ["stops/one/vi.mp3:1 sound-broken"]),
    ({"stops/one/vi.wav": silence()}, ["stops/one/vi.wav:1 sound-silent"]),
    ({"stops/one/fr.mp3": b"1"}, ["stops/one/fr.mp3:1 strange-language"]),
    ({"stops/one/vi.short.mp3": b"1"}, ["stops/one/vi.short.mp3:1 unknown-file"]),
    ({"stops/one/stop.yml": ""}, ["stops/one/stop.yml:1 unknown-file"]),
    ({"stops/one/notes.yaml": ""}, ["stops/one/notes.yaml:1 unknown-file"]),
    ({"stops/two.md": "# A\n"}, ["stops/two.md:1 unknown-file"]),
    ({"stop/two/vi.md": "# A\n"}, ["stop:1 unknown-file"]),
    ({"tour.yaml": ""}, ["tour.yaml:1 unknown-file"]),
    ({"tours/readme.txt": ""}, ["tours/readme.txt:1 unknown-file"]),
    ({"stops/Lò/vi.md": "# A\n"}, ["stops/Lò:1 bad-slug"]),
    ({f"stops/{'a' * 61}/vi.md": "# A\n"}, [f"stops/{'a' * 61}:1 bad-slug"]),
    ({"stops/-a/vi.md": "# A\n"}, ["stops/-a:1 bad-slug"]),
    ({"tours/Một.yaml": ""}, ["tours/Một.yaml:1 bad-slug"]),
    (
        {"tours/t.yaml": "title: {vi: A}\nminutes: 5\nstops:\n- stop: one\n- stop: gone\n"},
        ["tours/t.yaml:5 no-such-stop"],
    ),
    ({"tours/t.yaml": "title: {vi: A}\nminutes: 5\nstops: []\n"}, ["tours/t.yaml:3 empty"]),
    ({"lexicon/fr.yaml": "[]\n"}, ["lexicon/fr.yaml:1 strange-language"]),
    ({"lexicon/vi.yaml": "- {word: a}\n"}, ["lexicon/vi.yaml:1 say-or-phonemes"]),
    ({"lexicon/vi.yaml": "- {word: a, say: b, phonemes: c}\n"}, ["lexicon/vi.yaml:1 say-or-phonemes"]),
    ({"lexicon/vi.yaml": "{word: a}\n"}, ["lexicon/vi.yaml:1 needs-list"]),
    ({"faq/en.yaml": "[]\n"}, ["faq/en.yaml:1 strange-language"]),
    ({"faq/vi.yaml": "- ask: [A]\n  answer: B\n  about: prices.adult\n"}, ["faq/vi.yaml:3 no-such-fact"]),
    ({"faq/vi.yaml": "- {ask: [A], answer: B, about: contact.model_config}\n"}, ["faq/vi.yaml:1 no-such-fact"]),
]


@pytest.mark.parametrize(("files", "told"), FOLDERS)
def test_a_file_that_is_missing_strange_or_astray_is_named(tmp_path: Path, files: Files, told: list[str]) -> None:
    assert mistakes(tmp_path, {**SMALLEST, **files}) == told


TWINS = [
    ("number: 101\n", "number: 101\n", ["stops/two/stop.yaml:1 number-twice"]),
    (f"code: {CODE}\n", f"#\n#\ncode: {CODE}\n", ["stops/two/stop.yaml:3 code-twice"]),
    ("formerly: [old]\n", "formerly: [older, old]\n", ["stops/two/stop.yaml:1 former-name-twice"]),
    ("themes: [a]\n", "formerly:\n- one\n", ["stops/two/stop.yaml:2 former-name-in-use"]),
]


@pytest.mark.parametrize(("one", "two", "told"), TWINS)
def test_two_stops_cannot_have_the_same(tmp_path: Path, one: str, two: str, told: list[str]) -> None:
    files = {"stops/one/stop.yaml": one, "stops/two/stop.yaml": two, "stops/two/vi.md": "# Hai\n"}

    assert mistakes(tmp_path, {**SMALLEST, **files}) == told


FACTS = (
    SHEET
    + """
hours: {tue-sun: ["07:30-11:30", "13:30-17:00"]}
prices: [{category: adult, dong: 50000}, {category: child, dong: 0, ages: [6, 15]}]
facilities: {toilet: {vi: Cạnh cổng số 2}}
contact: {phone: 0254 123 456}
address: {vi: 12 đường Biển}
"""
)
ANSWERS = [
    ("prices.adult", "Vé người lớn 50.000 đồng.", True),
    ("prices.adult", "Adults pay 50,000 VND.", True),
    ("prices.adult", "Vé người lớn 40.000 đồng.", False),
    ("prices.adult", "Trẻ từ 6 đến 15 tuổi được miễn.", False),
    ("prices", "Trẻ từ 6 đến 15 tuổi được miễn.", True),
    ("hours", "Mở từ 7 giờ 30 đến 11 giờ 30 và 13h30 đến 17h.", True),
    ("hours", "Mở từ 7g30 đến 5 giờ chiều.", True),
    ("hours", "Open 7:30 am to 5 pm.", True),
    ("hours", "Mở từ 8 giờ.", False),
    ("facilities.toilet", "Cạnh cổng 2.", True),
    ("facilities.toilet", "Cạnh cổng 3.", False),
    ("contact", "Gọi 0254 123 456.", True),
    ("address", "Ở số 12.", True),
    ("address", "Ở số 21.", False),
]


@pytest.mark.parametrize(("about", "answer", "agrees"), ANSWERS)
def test_an_answer_has_no_number_that_the_fact_has_not(tmp_path: Path, about: str, answer: str, agrees: bool) -> None:
    files = {"museum.yaml": FACTS, "faq/vi.yaml": f"- ask: [A]\n  about: {about}\n  answer: {answer!r}\n"}

    assert mistakes(tmp_path, {**SMALLEST, **files}) == ([] if agrees else ["faq/vi.yaml:3 answer-differs"])


@pytest.mark.parametrize("name", ["q", "media", "api", "studio", "sw.js", "Làng", "a_b", "a" * 61, ""])
def test_a_museum_cannot_have_a_name_that_is_taken_or_cannot_be_typed(tmp_path: Path, name: str) -> None:
    root = write(tmp_path / "folder", SMALLEST)

    with pytest.raises(ContentMistakes) as caught:
        read_folder(root, name)

    assert caught.value.mistakes[0].kind in ("reserved-slug", "bad-slug")


STOP_WITH_PICTURE: Files = {"stops/one/vi.md": "# Một\n", "stops/one/stop.yaml": PICTURE.replace("FILE", "a.svg")}


@pytest.mark.parametrize("link", ["stops/one/en.md", "stops/one/a.svg", "museum.yaml", "stops/one"])
def test_a_link_cannot_lead_out_of_the_folder(tmp_path: Path, link: str) -> None:
    secret = write(tmp_path / "outside", {**VILLAGE, "en.md": "# Mật\n", "a.svg": SVG, "vi.md": "# Mật\n"})
    root = write(tmp_path / "lang-gom", {**VILLAGE, **STOP_WITH_PICTURE})
    path = root / link
    if path.is_dir():
        path.rename(tmp_path / "away")
    path.unlink(missing_ok=True)
    path.symlink_to(secret if link == "stops/one" else secret / path.name)

    assert {mistake.kind for mistake in found_in(root)} >= {"leaves-folder"}


@pytest.mark.parametrize("link", ["vi.md", "en.md", "photo.jpg", "vi.mp3"])
def test_a_link_to_itself_or_to_nothing_is_a_missing_file(tmp_path: Path, link: str) -> None:
    sheet = PICTURE.replace("FILE", "photo.jpg") if link == "photo.jpg" else ""
    root = write(tmp_path / "lang-gom", {**SMALLEST, "museum.yaml": SHEET.replace("[vi]", "[vi, en]")})
    write(root, {"stops/one/stop.yaml": sheet})
    (root / "stops/one" / link).unlink(missing_ok=True)
    (root / "stops/one" / link).symlink_to(link)

    assert {mistake.kind for mistake in found_in(root)} <= {"no-such-file", "names-missing-file"} != set()


def test_a_link_inside_the_folder_is_fine(tmp_path: Path) -> None:
    root = write(tmp_path / "lang-gom", {**SMALLEST, "stops/two/stop.yaml": ""})
    (root / "stops/two/vi.md").symlink_to("../one/vi.md")

    assert read_folder(root, "lang-gom").stops["two"].texts["vi"].title == "Lò nung"


def test_a_pipe_is_no_text(tmp_path: Path) -> None:
    root = write(tmp_path / "lang-gom", SMALLEST)
    os.mkfifo(root / "stops/one/vi.short.md")

    assert [mistake.kind for mistake in found_in(root)] == ["no-such-file"]


@pytest.mark.parametrize("stray", ["photo.psd", "notes.txt", ".DS_Store", "Thumbs.db", ".vi.md.swp"])
def test_what_nobody_names_in_a_stops_folder_is_left_alone(tmp_path: Path, stray: str) -> None:
    assert mistakes(tmp_path, {**SMALLEST, f"stops/one/{stray}": b"\xff\0"}) == []


def test_all_mistakes_are_told_at_once_in_the_order_of_files_and_lines(tmp_path: Path) -> None:
    files = {
        **SMALLEST,
        "museum.yaml": SHEET + "xyzzy: 1\n",
        "stops/one/stop.yaml": "colour: red\nnumber: none\n",
    }
    fixed = {**files, "museum.yaml": SHEET, "stops/two/stop.yaml": "", "tours/t.yaml": "a: [\n", "faq/vi.yaml": b"\xff"}

    assert mistakes(tmp_path / "first", files) == ["museum.yaml:3 unknown-key"]
    assert mistakes(tmp_path / "second", fixed) == [
        "faq/vi.yaml:1 not-utf8",
        "stops/one/stop.yaml:1 unknown-key",
        "stops/one/stop.yaml:2 needs-number",
        "stops/two/vi.md:1 no-source-text",
        "tours/t.yaml:2 bad-yaml",
    ]


def test_the_near_neighbour_of_a_misspelt_key_is_offered(tmp_path: Path) -> None:
    root = write(tmp_path / "lang-gom", {**SMALLEST, "museum.yaml": SHEET + "facilities: {toliet: {vi: A}}\n"})

    (mistake,) = found_in(root)

    assert (mistake.facts["key"], mistake.facts["near"]) == ("facilities.toliet", "toilet")


def test_mistakes_leave_the_running_edition_untouched(publishing: Publishing) -> None:
    edition = publishing(VILLAGE).edition
    kept = tree(publishing.press.storage.root)

    found = publishing.mistakes({**VILLAGE, "stops/lo-nung/vi.md": b"\xff", "stops/ban-xoay/vi.md": "# Mới\n"})

    assert found == ["stops/lo-nung/vi.md:1 not-utf8"]
    assert publishing.museum.edition == edition
    assert tree(publishing.press.storage.root) == kept


def test_checking_goes_through_every_museum_and_tells_all_their_mistakes(tmp_path: Path) -> None:
    write(tmp_path / "good", SMALLEST)
    write(tmp_path / "bad", {**SMALLEST, "stops/one/vi.md": "x"})
    write(tmp_path / "worse", {"museum.yaml": "a: ["})
    checked = []

    with pytest.raises(ContentMistakes) as caught:
        checked.extend(museum.slug for museum in check_folders(tmp_path))

    assert [mistake.kind for mistake in caught.value.mistakes] == ["no-title", "bad-yaml"]
    assert [Path(mistake.file).parent.parent.parent.name for mistake in caught.value.mistakes[:1]] == ["bad"]


def test_a_folder_without_a_museum_is_a_mistake(tmp_path: Path) -> None:
    with pytest.raises(ContentMistakes, match="count=1"):
        list(check_folders(tmp_path))


def mistakes(folder: Path, files: Files) -> list[str]:
    """`file:line kind` of each mistake in a museum of these files."""
    found = found_in(write(folder / "lang-gom", files))
    return [f"{mistake.file}:{mistake.line} {mistake.kind}" for mistake in found]


def found_in(root: Path) -> tuple[Mistake, ...]:
    try:
        read_folder(root, root.name)
    except ContentMistakes as error:
        return error.mistakes
    return ()
