"""Pictures: what cannot be shown is refused, what is shown is small, upright and says nothing of the photographer."""

from __future__ import annotations

import io
import struct
import zlib

import pytest
from PIL import Image

from guide.tours import pictures
from tests.museum import SVG


def picture(kind: str = "JPEG", size: tuple[int, int] = (40, 30), mode: str = "RGB", **more: object) -> bytes:
    out = io.BytesIO()
    Image.new(mode, size, "white" if mode != "RGBA" else (255, 0, 0, 0)).save(out, kind, **more)
    return out.getvalue()


ENDINGS = [
    ("a.jpg", "JPEG"),
    ("a.JPEG", "JPEG"),
    ("a.png", "PNG"),
    ("a.webp", "WEBP"),
    ("a.gif", "GIF"),
    ("a.avif", "AVIF"),
]


@pytest.mark.parametrize(("name", "kind"), ENDINGS)
def test_a_whole_picture_with_its_right_ending_can_be_shown(name: str, kind: str) -> None:
    assert pictures.problem(picture(kind), name) is None


@pytest.mark.parametrize(("name", "kind"), ENDINGS)
def test_a_torn_picture_is_broken(name: str, kind: str) -> None:
    whole = picture(kind, (300, 300))

    assert pictures.problem(whole[: len(whole) // 2], name) == "picture-broken"


@pytest.mark.parametrize("name", ["a.png", "a.webp", "a.gif", "a.avif"])
def test_a_picture_with_another_ending_is_broken(name: str) -> None:
    assert pictures.problem(picture("JPEG"), name) == "picture-broken"


@pytest.mark.parametrize("body", [b"", b"\0" * 100, b"<svg", b"%PDF-1.7", b"GIF89a"])
@pytest.mark.parametrize("name", ["a.jpg", "a.png", "a.svg"])
def test_what_is_no_picture_is_broken(name: str, body: bytes) -> None:
    assert pictures.problem(body, name) == "picture-broken"


def test_a_small_file_that_would_grow_without_bound_is_refused() -> None:
    header = struct.pack(">IIBBBBB", 20_000, 20_000, 8, 2, 0, 0, 0)
    chunk = struct.pack(">I", 13) + b"IHDR" + header + struct.pack(">I", zlib.crc32(b"IHDR" + header))

    assert pictures.problem(b"\x89PNG\r\n\x1a\n" + chunk, "a.png") in ("picture-pixels", "picture-broken")


def svg(inside: str = "", root: str = "") -> bytes:
    return (
        '<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
        f'viewBox="0 0 64 40" {root}>{inside}</svg>'
    ).encode()


SAFE = [
    "<path d='M0 0h9v9z'/><text>Lò nung</text>",
    "<defs><linearGradient id='a'><stop offset='0'/></linearGradient></defs><rect fill='url(#a)'/>",
    "<defs><filter id='b'><feGaussianBlur stdDeviation='2'/></filter></defs><g filter=\"url('#b')\"/>",
    "<style>.a { fill: red; marker: url(#m) }</style><use href='#a'/><use xlink:href='#a'/>",
    "<image href='data:image/png;base64,iVBORw0KGgo='/>",
    "<metadata xmlns:dc='http://purl.org/dc/elements/1.1/'><dc:title>A</dc:title></metadata>",
    "<g xmlns:inkscape='http://www.inkscape.org/namespaces/inkscape' inkscape:export-filename='C:\\a.png'/>",
    "<!-- <script> in a comment draws nothing -->",
]


@pytest.mark.parametrize("inside", SAFE)
def test_a_drawing_that_only_draws_can_be_shown(inside: str) -> None:
    assert pictures.problem(svg(inside), "a.svg") is None


UNSAFE = [
    "<script>alert(1)</script>",
    "<SCRIPT/>".lower(),
    "<s:script xmlns:s='http://www.w3.org/2000/svg'>alert(1)</s:script>",
    "<h:script xmlns:h='http://www.w3.org/1999/xhtml'>alert(1)</h:script>",
    "<h:img xmlns:h='http://www.w3.org/1999/xhtml' src='https://a.vn/a.png'/>",
    "<foreignObject/>",
    "<iframe/>",
    "<g onclick='alert(1)'/>",
    "<g ONLOAD='alert(1)'/>",
    "<a href='javascript:alert(1)'><text>A</text></a>",
    "<a href='&#106;avascript:alert(1)'><text>A</text></a>",
    "<a xlink:href=' https://a.vn'/>",
    "<a href=''/>",
    "<image href='https://a.vn/a.png'/>",
    "<image href='//a.vn/a.png'/>",
    "<image href='data:image/svg+xml;base64,AAAA'/>",
    "<image href='data:text/html,x'/>",
    "<use href='other.svg#a'/>",
    "<use href='#a' xml:base='https://a.vn/'/>",
    "<animate attributeName='href' to='https://a.vn'/>",
    "<set attributeName='onload' to='alert(1)'/>",
    "<style>@import 'https://a.vn/a.css';</style>",
    "<style>.a { fill: url(https://a.vn/a) }</style>",
    "<style>.a { fill: u\\72l(https://a.vn/a) }</style>",
    "<style><![CDATA[.a { fill: url( 'https://a.vn' ) }]]></style>",
    "<rect style='fill: url(//a.vn)'/>",
    "<rect fill='URL( https://a.vn )'/>",
    "<?xml-stylesheet href='https://a.vn/a.css'?>",
]


@pytest.mark.parametrize("inside", UNSAFE)
def test_a_drawing_that_runs_or_fetches_is_unsafe(inside: str) -> None:
    assert pictures.problem(svg(inside), "a.svg") == "picture-unsafe"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-be"])
def test_a_drawing_that_grows_by_entities_is_unsafe(encoding: str) -> None:
    bomb = '<!DOCTYPE svg [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]>' + SVG.replace("<path", "&b;<path")

    assert pictures.problem(bomb.encode(encoding), "a.svg") == "picture-unsafe"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_a_drawing_in_another_encoding_is_held_to_the_same(encoding: str) -> None:
    assert pictures.problem(SVG.encode(encoding), "a.svg") is None
    assert pictures.problem(SVG.replace("<path", "<script/><path").encode(encoding), "a.svg") == "picture-unsafe"


SIZES = [((4000, 3000), (1280, 960)), ((600, 6000), (256, 2560)), ((40, 30), (40, 30))]


@pytest.mark.parametrize(("given", "shown"), SIZES)
def test_what_is_shown_is_no_larger_than_a_phone_needs(given: tuple[int, int], shown: tuple[int, int]) -> None:
    assert pictures.size(pictures.shown(picture(size=given), "a.jpg"), "a.webp") == shown


def test_what_is_shown_stands_upright() -> None:
    turned = Image.Exif()
    turned[0x0112] = 6

    assert pictures.size(pictures.shown(picture(exif=turned), "a.jpg"), "a.webp") == (30, 40)


def test_what_is_shown_does_not_say_who_where_and_with_what() -> None:
    told = Image.Exif()
    told[0x010F], told[0x013B] = "Secret Camera", "Secret Person"
    told.get_ifd(0x8825)[1] = "Secret"
    raw = picture(exif=told, comment=b"Secret comment", xmp=b"<x:xmpmeta>Secret</x:xmpmeta>")
    assert b"Secret" in raw

    shown = pictures.shown(raw, "a.jpg")

    assert b"Secret" not in shown
    assert not Image.open(io.BytesIO(shown)).getexif()


MODES = [("1", "PNG"), ("L", "PNG"), ("LA", "PNG"), ("P", "PNG"), ("RGBA", "PNG"), ("I;16", "PNG"), ("CMYK", "JPEG")]


@pytest.mark.parametrize(("mode", "kind"), MODES)
def test_a_picture_of_any_kind_can_be_shown(mode: str, kind: str) -> None:
    out = io.BytesIO()
    Image.new(mode, (20, 10)).save(out, kind)

    assert pictures.size(pictures.shown(out.getvalue(), f"a.{kind.lower()}"), "a.webp") == (20, 10)


def test_what_was_clear_stays_clear() -> None:
    palette = Image.new("P", (20, 10))
    out = io.BytesIO()
    palette.save(out, "PNG", transparency=0)

    for raw in (out.getvalue(), picture("PNG", mode="RGBA")):
        shown = Image.open(io.BytesIO(pictures.shown(raw, "a.png")))
        assert shown.convert("RGBA").getpixel((0, 0))[3] == 0


@pytest.mark.parametrize("name", ["a.svg", "a.gif"])
def test_drawings_and_moving_pictures_are_shown_as_they_are(name: str) -> None:
    assert pictures.shown(b"as it is", name) == b"as it is"


def test_a_public_name_follows_the_bytes_and_not_the_name() -> None:
    names = {pictures.shown_name(name, "hash") for name in ("a.jpg", "b.png", "c/d.webp")}

    assert len(names) == 1
    assert pictures.shown_name("a.jpg", "other") not in names
    assert [pictures.shown_name(name, "hash")[-4:] for name in ("a.svg", "a.gif", "a.jpg")] == [".svg", ".gif", "webp"]


def test_the_place_of_a_drawing_on_a_page_is_known_beforehand() -> None:
    assert pictures.size(svg(), "a.svg") == (64, 40)
    assert pictures.size(b"<svg/>", "a.svg") is None


DRAWN = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="{box}">{inside}</svg>'


@pytest.mark.parametrize(
    ("box", "size"),
    [
        ("0 0 640 400", (640, 400)),
        ("-5,-5, 10.4 20", (10, 20)),
        ("0 0 1.2.3 4", None),
        ("0 0 640", None),
        ("0 0 0 400", None),
        ("0 0 1e99 1e99", None),
        ("0 0 nan nan", None),
        ("", None),
    ],
)
def test_a_drawing_is_as_large_as_its_own_box_says_and_an_odd_box_harms_nothing(
    box: str, size: tuple[int, int] | None
) -> None:
    inner = '<symbol viewBox="0 0 9 9"/>'

    assert pictures.size(DRAWN.format(box=box, inside=inner).encode(), "a.svg") == size


@pytest.mark.parametrize(
    "inside",
    [
        r'<path fill="\75rl(http://evil.example/x)"/>',
        '<style>path { fill: image-set("http://evil.example/x" 1x) }</style>',
        '<image srcset="//evil.example/x"/>',
        '<m:math xmlns:m="http://www.w3.org/1998/Math/MathML"/>',
    ],
)
def test_a_drawing_that_hides_a_fetch_is_refused(inside: str) -> None:
    assert pictures.problem(DRAWN.format(box="0 0 9 9", inside=inside).encode(), "a.svg") == "picture-unsafe"
