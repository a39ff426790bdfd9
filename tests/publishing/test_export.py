"""Writing a museum back to a folder: publishing that changes nothing, and a second export is equal byte for byte."""

from __future__ import annotations

import io
import random
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from PIL import Image

from guide.database import Database
from guide.publishing.export import FolderNotEmpty
from guide.publishing.publish import Press
from guide.storage import Folder
from guide.tours import codes
from guide.tours.content import MuseumSheet, StopSheet, Tour
from guide.tours.sale import Price, Selling
from guide.tours.shapes import Content
from tests.museum import NOW, SMALLEST, SVG, VILLAGE, Files, Publishing, hum, nothing, tree, write
from tests.views import CAPTIONS, film

pytestmark = pytest.mark.slow


def photograph() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (40, 30), "teal").save(out, "JPEG")
    return out.getvalue()


SIGN = film()
RICH: Files = {
    "museum.yaml": """
        name: {vi: Làng Gốm, en: Pottery Village, zh-Hant: 陶村, rad: Ƀuôn}
        languages: [vi, en, zh-Hant, rad]
        fallback: [en, vi]
        about: {vi: "Một làng nghề: từ 1862"}
        time_zone: Asia/Ho_Chi_Minh
        address: {vi: "12, đường Biển"}
        contact: {phone: "0254 123 456", email: gom@example.vn, website: "https://example.vn/gom"}
        hours: {tue-sun: ["07:30-11:30", "13:30-17:00"], mon: []}
        closures: [{from: 2025-10-20, to: 2025-10-22, reason: {vi: Sửa mái}}, {from: 2026-01-01}, {to: 2020-01-01}]
        free_days: [{day: 11-23, reason: {vi: Ngày Di sản}}, {day: 02-29}]
        themes: {kiln: {vi: Lò nung, en: Kilns}}
        prices:
          - {category: adult, dong: 50000, from: 2025-01-01, to: 2026-12-31, ages: [16, 59], basis: 12/2023/NQ-HĐND}
          - {category: child, dong: 0, ages: [15], basis: {vi: Luật, en: Law}}
          - {category: elderly, name: {vi: Người cao tuổi}, dong: 25000, ages: [60], citizens: true}
          - {category: student, dong: 25000, student: true, evidence: {vi: Thẻ sinh viên}}
          - {category: disabled, dong: 0, disability: severe}
          - {category: guest, dong: 90000, citizens: false}
          - {category: class, dong: 10000, people: 20}
        slots: [{days: tue-sun, at: ["08:00", "14:30"], places: 40, minutes: 90}]
        tickets:
          online: false
          hold_minutes: 10
          ahead_days: 30
          most: 45
          places_a_day: 200
          quotas: [{name: classes, categories: [class], places: 30}]
          early_minutes: 10
          late_minutes: 20
          re_entry: same-day
          giving_back: [{until_hours: 48, percent: 100}, {until_hours: 2, percent: 50}]
          changing_until_hours: 12
          donations: true
          pay_at_counter: false
        facilities: {toilet: {vi: Ở cổng}, wheelchair: {vi: Có}, parking: {vi: Có}, photo: {vi: "no"}, wifi: {vi: "~"}}
        embeds: ["https://example.vn", "http://localhost:8080"]
        floors: [{id: ground, name: {vi: Tầng trệt}, svg: plans/ground.svg}]
        map: {drawing: plans/lang.geojson, tiles: lang.pmtiles, credit: {vi: Làng vẽ}}
        sources: {A: {title: Sách, url: "https://example.vn/a", trust: 3}, "12": {title: {vi: Báo, en: Paper}}}
    """,
    "plans/ground.svg": SVG,
    "plans/lang.geojson": '{"type": "FeatureCollection", "features": []}\r\n',
    "lang.pmtiles": b"PMTiles\3" + bytes(121),
    "stops/lo-nung/stop.yaml": """
        number: 7
        code: CODE
        formerly: [lo-cu, lo-cu-hon]
        status: {closed: {from: 2025-01-01, to: 2027-01-01, reason: {vi: Tu bổ}, instead: cai-chum}}
        names: {other: [Bagne 1, "no", "12"], places: [Phường 1]}
        object: {kind: {vi: Lò}, rank: A, decision: 54/VH, period: {vi: thế kỷ XIX}, material: Đất, inventory: "007"}
        position: {lat: 0.00001, lon: 106.6, epsg: 4756, verified: true}
        floor: {id: ground, x: 0.4, y: 1}
        step_free: false
        for_children: true
        themes: [lua, dat-1]
        images: [{file: Ảnh Lò.JPG, alt: {vi: Lò, en: Kiln}, credit: {vi: Bảo tàng}}, {file: more/b.svg, alt: {vi: B}}]
        seeing:
          - {kind: sign, file: sign.webm, alt: {vi: Ngôn ngữ ký hiệu}, captions: {vi: sign.vtt}}
          - {kind: description, title: {vi: Lời tả}, credit: Làng Gốm, alt: {vi: "Lò cao: ba thước"}}
        facts:
          - about: {vi: Năm xây}
            values:
              - {value: 1862, text: {vi: Xây năm 1862}, sources: [A]}
              - {value: 0.0000001, text: {vi: Nhỏ}, sources: [A, "12"]}
              - {value: 100000000000000000000.5, text: {vi: Lớn}}
              - {value: "1862", text: {vi: Chữ}}
              - {value: 12/3, text: {vi: Chữ}}
        translations: {en: {of: "sha256:HASH", by: machine, reviewed: true}}
    """,
    "stops/lo-nung/Ảnh Lò.JPG": photograph(),
    "stops/lo-nung/more/b.svg": SVG,
    "stops/lo-nung/sign.webm": SIGN,
    "stops/lo-nung/sign.vtt": CAPTIONS,
    "stops/lo-nung/vi.md": "# Lò nung: *lớn*\n\n- một\n- hai\n\n## Phần\n\n1862. Xây xong.\n",
    "stops/lo-nung/en.md": "# The kiln\n",
    "stops/lo-nung/zh-Hant.md": "# 窯\n\n窯火三日。\n",
    "stops/lo-nung/rad.md": "# Ƀăng\n\nAnei jing ƀăng.\n",
    "stops/lo-nung/vi.short.md": "# Ngắn\n\nLò.\n",
    "stops/lo-nung/vi.child.md": "Lò này nóng.\n",
    "stops/lo-nung/vi.easy.md": "# \n\n# Không có đầu đề\n",
    "stops/lo-nung/vi.wav": hum(),
    "stops/lo-nung/en.WAV": hum(),
    "stops/cai-chum/vi.md": "# Cái chum\n",
    "stops/cai-chum/stop.yaml": "withdrawn: {since: 2024-05-06, reason: {vi: Đã trả}}\n",
    "tours/mot-vong.yaml": """
        title: {vi: "Một vòng: 45 phút"}
        minutes: 45
        about: {vi: Đi chậm}
        stops: [{stop: lo-nung, walk_minutes: 2.5, steps: 12}, {stop: cai-chum}]
    """,
    "lexicon/vi.yaml": "- {word: kiln, say: kin}\n- {word: TP, phonemes: t p, case: true}\n",
    "lexicon/en.yaml": "[]\n",
    "faq/vi.yaml": '- {ask: ["Mấy giờ?", "no"], answer: "Từ 7 giờ 30.", about: hours}\n- {ask: [A], answer: B}\n',
}
RICH = {
    path: text.replace("CODE", codes.derive("m", "s")).replace("HASH", "0" * 64) if isinstance(text, str) else text
    for path, text in RICH.items()
}


def comes_back_the_same(publishing: Publishing, files: Files, tmp_path: Path) -> dict[str, bytes]:
    edition = publishing(files).edition
    first = publishing.export(tmp_path / "first" / "lang-gom")

    again = publishing.press.publish(first, "lang-gom", NOW, nothing)
    second = publishing.export(tmp_path / "second" / "lang-gom")

    assert again.edition == edition
    assert again.nothing_new
    assert tree(second) == tree(first)
    return tree(first)


@pytest.mark.parametrize("files", [SMALLEST, VILLAGE, RICH], ids=["smallest", "village", "rich"])
def test_what_is_exported_publishes_to_the_same_edition(publishing: Publishing, files: Files, tmp_path: Path) -> None:
    comes_back_the_same(publishing, files, tmp_path)


def test_a_fresh_installation_makes_the_same_edition_of_an_export(
    publishing: Publishing, tmp_path: Path, new_database: Callable[[], Database]
) -> None:
    edition = publishing(RICH).edition
    export = publishing.export(tmp_path / "export" / "lang-gom")
    fresh = Publishing(export, Press(new_database(), Folder(tmp_path / "elsewhere"), publishing.press.bell))

    assert fresh().edition == edition
    assert tree(fresh.export(tmp_path / "again")) == tree(export)


def written_keys(shape: type[Content]) -> set[str]:
    return {field.alias or name for name, field in shape.model_fields.items()}


def test_the_rich_museum_uses_every_key_there_is() -> None:
    sheet, stop = (yaml.safe_load(str(RICH[name])) for name in ("museum.yaml", "stops/lo-nung/stop.yaml"))
    withdrawn = yaml.safe_load(str(RICH["stops/cai-chum/stop.yaml"]))

    assert set(sheet) == set(MuseumSheet.model_fields)
    assert set(sheet["tickets"]) == set(Selling.model_fields)
    assert {key for price in sheet["prices"] for key in price} == {*Price.model_fields} - {"since", "until"} | {
        "from",
        "to",
    }
    assert {*stop, *withdrawn} == set(StopSheet.model_fields)
    assert set(yaml.safe_load(str(RICH["tours/mot-vong.yaml"]))) == set(Tour.model_fields)


def test_an_export_writes_every_number_and_code(publishing: Publishing, tmp_path: Path) -> None:
    exported = comes_back_the_same(publishing, VILLAGE, tmp_path)

    for stop in publishing.museum.stops:
        sheet = exported[f"stops/{stop.slug}/stop.yaml"].decode()
        assert sheet.startswith(f"number: {stop.number}\ncode: {stop.code}\n")


def test_files_come_back_byte_for_byte(publishing: Publishing, tmp_path: Path) -> None:
    exported = comes_back_the_same(publishing, RICH, tmp_path)

    seen = ("stops/lo-nung/Ảnh Lò.JPG", "stops/lo-nung/sign.webm", "stops/lo-nung/en.WAV")
    for path in ("plans/ground.svg", "plans/lang.geojson", "lang.pmtiles", *seen):
        expected = RICH[path]
        assert exported[path] == (expected if isinstance(expected, bytes) else expected.encode())


def test_a_withdrawn_stop_stays_exportable_with_its_files(publishing: Publishing, tmp_path: Path) -> None:
    publishing(
        {**VILLAGE, "stops/cai-chum/stop.yaml": "images: [{file: a.svg, alt: {vi: A}}]\n", "stops/cai-chum/a.svg": SVG}
    )

    exported = comes_back_the_same(publishing, VILLAGE_WITHOUT_JAR, tmp_path)

    assert exported["stops/cai-chum/a.svg"] == SVG.encode()
    assert b"withdrawn:\n  since: '2026-11-24'" in exported["stops/cai-chum/stop.yaml"]


VILLAGE_WITHOUT_JAR = {path: text for path, text in VILLAGE.items() if "cai-chum" not in path}
ODD = [
    *"no yes on null ~ true false 12 -3 +4 012 1.5 1e5 0x1f 1_000 .5 2025-10-20 10:30 07:30-11:30".split(),
    *"@a `a` %a [a] {a} 'a' << = --- ... | > \\n a\\ {{name}} $HOME %s dấu 😀🏺 ก็ e\u0301 Tiê\u0301ng 각".split(),
    *("a: b", "a #b", "# a", "- a", "? a", "! a", "& a", "* a", "a, b", '"a"', "a'b\"c", "a\nb", "a\n\n  b\n c"),
    *("  leading", "trailing  ", "tab\tin", "\u00a0nbsp\u00a0", "a\u2028b", "a\u2029b", "a\u0085b", "\ufeffbom"),
    *("\u200fRTL \u200e", "x" * 300 + " " + "y" * 150, "a " * 200),
]


@pytest.mark.parametrize("odd", ODD)
def test_odd_words_come_back_as_they_are(publishing: Publishing, odd: str, tmp_path: Path) -> None:
    sheet = {
        "names": {"other": [odd]},
        "images": [],
        "facts": [{"about": {"vi": odd}, "values": [{"value": odd, "text": {"vi": odd}}]}],
    }
    museum = {"name": {"vi": odd}, "languages": ["vi"], "sources": {odd.strip()[:40]: {"title": odd}}}
    files: Files = {
        "museum.yaml": yaml.safe_dump(museum, allow_unicode=False).encode(),
        "stops/one/stop.yaml": yaml.safe_dump(sheet, allow_unicode=False).encode(),
        "stops/one/vi.md": f"# Một\n\n{odd}\n".encode(),
        "stops/one/vi.child.md": odd.encode(),
        "faq/vi.yaml": yaml.safe_dump([{"ask": [odd], "answer": odd}]).encode(),
    }

    comes_back_the_same(publishing, files, tmp_path)

    (kept,) = publishing.museum.stop("one").facts
    assert kept.about["vi"] == kept.values[0].value == unicodedata.normalize("NFC", odd).strip()


def test_random_words_come_back_as_they_are(publishing: Publishing, tmp_path: Path) -> None:
    chance = random.Random(20261124)
    letters = "ab :#-?!&*[]{},'\"\\|>%@`\n\t~=.0123456789e+ắ😀\u00a0\u2028\u0085\ufeff\u0301no"
    words = ["".join(chance.choices(letters, k=chance.randint(1, 160))) for _ in range(500)]
    ours = [word for word in words if word.strip("\ufeff \n\t\u00a0\u2028\u0085")]
    sheet = yaml.safe_dump({"names": {"other": ours}}, allow_unicode=False)

    comes_back_the_same(publishing, {**SMALLEST, "stops/one/stop.yaml": sheet.encode()}, tmp_path)


def test_line_ends_a_mark_of_order_and_loose_accents_change_nothing(publishing: Publishing, tmp_path: Path) -> None:
    edition = publishing(VILLAGE).edition
    there = tree(publishing.folder)
    written = {
        path: unicodedata.normalize("NFD", b"\xef\xbb\xbf".decode() + body.decode()).replace("\n", "\r\n").encode()
        if path.endswith((".md", ".yaml"))
        else body
        for path, body in there.items()
    }

    assert publishing(written).edition == edition


def test_a_folder_that_is_not_empty_is_not_written_into(publishing: Publishing, tmp_path: Path) -> None:
    publishing(SMALLEST)
    there = write(tmp_path / "there", {"letter.txt": "Đừng xóa.\n"})

    with pytest.raises(FolderNotEmpty):
        publishing.export(there)

    assert tree(there) == {"letter.txt": "Đừng xóa.\n".encode()}
