"""A floor plan is a museum's own drawing; the rooms that it names can be reached, and tell what stands in them."""

from __future__ import annotations

import pytest

from guide.tours import drawings
from guide.tours.plans import plan

HOUSE = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="10 0 200 100">
<desc lang="vi">Sơ đồ phác</desc><desc lang="en">A sketch</desc>
<g transform="translate(10 0) scale(2)">
  <rect id="hall" width="50" height="50"><title>Phòng khách</title><title lang="en">Hall</title></rect>
  <g data-room="alcove" transform="rotate(90 30 30)"><title>Hốc tường</title><circle cx="30" cy="30" r="5"/></g>
</g>
<path data-room="kitchen" d="M120 10h80v30q0 40-40 40h-40z"><title>Bếp</title></path>
<defs><rect id="unseen" width="200" height="100"><title>Không ai thấy</title></rect></defs>
<rect id="nameless" width="200" height="100"/>
</svg>""".encode()


@pytest.mark.parametrize(
    ("x", "y", "room"),
    [
        (0.05, 0.1, "hall"),
        (0.3, 0.6, "alcove"),
        (0.6, 0.2, "kitchen"),
        (0.92, 0.75, None),
        (0.99, 0.99, None),
    ],
)
def test_a_point_is_in_the_smallest_room_around_it(x: float, y: float, room: str | None) -> None:
    found = plan(HOUSE).room_at(x, y)

    assert (found.id if found else None) == room


def test_what_has_no_title_or_is_not_drawn_is_no_room() -> None:
    assert [room.id for room in plan(HOUSE).rooms] == ["hall", "alcove", "kitchen"]


def test_rooms_and_notes_are_told_in_the_languages_of_the_drawing() -> None:
    drawn = plan(HOUSE)

    assert drawn.rooms[0].titles == {"": "Phòng khách", "en": "Hall"}
    assert drawn.notes == {"vi": "Sơ đồ phác", "en": "A sketch"}


def test_a_drawing_that_does_not_say_how_large_it_is_is_no_plan() -> None:
    assert plan(b'<svg xmlns="http://www.w3.org/2000/svg"><path d="M0 0h9"/></svg>') is None


@pytest.mark.parametrize(
    ("inside", "line"),
    [
        ("<g>\n<script>alert(1)</script></g>", 3),
        ("<style>\n@font-face{font-family:x;src:url(https://example.vn/x.woff)}</style>", 3),
        ('<font-face font-family="x"/>', 2),
        ('<image href="https://example.vn/x.png"/>', 2),
        ('<rect width="9"\n onclick="x()"/>', 2),
        ("<g" + " " * 3000 + ">\n\n<foreignObject/></g>", 4),
        ("<g>\n</b>", 3),
        ("<g>" * 300 + "</g>" * 300, 1),
    ],
)
def test_what_must_not_be_in_a_drawing_is_named_with_its_line(inside: str, line: int) -> None:
    raw = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">\n{inside}\n</svg>'.encode()

    fault = drawings.fault(raw)

    assert fault is not None
    assert fault.line == line
