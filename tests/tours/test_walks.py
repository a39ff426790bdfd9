"""Walks composed for a visitor: the best there is, in the time there is, and honest about what nobody knows."""

from __future__ import annotations

import random
import statistics
from datetime import UTC, date, datetime, time, timedelta

import pytest

from guide.tours.content import MuseumSheet
from guide.tours.distances import FAR, UNKNOWN, distances
from guide.tours.long_walks import nearly
from guide.tours.orienteering import exactly
from guide.tours.walks import Walk, _question, along, compose
from guide.tours.wishing import Outing, Wish, outing
from guide.tours.worth import worth
from tests.tours.walkers import closed_of, drawn, every_walk, ground, slugs, stop, tour, wished

DAY = date(2026, 11, 24)
ANY_TIME = Outing(DAY, "unknown")
NINE = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)
"""A Tuesday, nine in the morning at the museum."""


def composed(seed: int, most: int, least: int = 1) -> tuple[Walk, list[tuple[int, int]], Wish]:
    chance = random.Random(seed)
    terrain = drawn(chance.randint(least, most), chance)
    wish, closed = wished(terrain, chance), closed_of(terrain, chance)
    seconds = chance.choice([None, 60, 600, 1500])
    walk = compose(terrain, wish, Outing(DAY, "now", time(9), time(17), seconds), closed)
    return walk, list(every_walk(terrain, wish, walk.given, closed)), wish


@pytest.mark.parametrize("seeds", [range(n, n + 40) for n in range(0, 200, 40)], ids=str)
def test_in_a_small_museum_no_walk_is_worth_more_and_none_worth_as_much_is_shorter(seeds: range) -> None:
    for seed in seeds:
        walk, every, _ = composed(seed, 6)
        best = max(worth for worth, _ in every)

        assert walk.exact
        assert (walk.worth, walk.seconds) == (best, min(seconds for worth, seconds in every if worth == best)), seed


@pytest.mark.slow
def test_also_with_eight_stops() -> None:
    for seed in range(1000, 1030):
        walk, every, _ = composed(seed, 8, 8)
        best = max(worth for worth, _ in every)

        assert (walk.worth, walk.seconds) == (best, min(seconds for worth, seconds in every if worth == best)), seed


def test_where_not_every_walk_can_be_weighed_the_found_one_is_nearly_as_good() -> None:
    """The way of large museums, held against the exact one where both are possible."""
    chance, shares = random.Random(7), []
    for _ in range(40):
        terrain = drawn(chance.randint(12, 14), chance)
        wish = Wish(chance.choice([15, 30, 45]), themes=("prison",))
        asked = _question(terrain, wish, list(range(len(terrain.places))), wish.minutes * 60)
        shares.append(nearly(asked).worth / exactly(asked).worth)

    assert statistics.median(shares) >= 0.95
    assert min(shares) >= 0.75


@pytest.mark.parametrize("count", [5, 14, 15, 40, 200])
def test_what_a_walk_never_does(count: int) -> None:
    chance = random.Random(count)
    terrain = drawn(count, chance)
    for _ in range(20 if count < 100 else 3):
        wish, closed = wished(terrain, chance), closed_of(terrain, chance)
        walk = compose(terrain, wish, Outing(DAY, "now", time(9), time(9, 25), 1500), closed)
        on_it = slugs(walk)

        assert walk.seconds <= min(wish.minutes * 60, 1500)
        assert not {call.place.slug for call in walk.calls} & closed
        assert not set(on_it) & {*wish.seen, wish.start, wish.loved}
        assert len(on_it) == len(set(on_it))
        assert len(on_it) + len(walk.left_out) == count
        if wish.no_steps:
            assert all(call.place.step_free is not False and not call.leg.steps for call in walk.calls)
        assert all(call.leg.how != "apart" for call in walk.calls)


def test_the_same_wish_has_the_same_walk() -> None:
    walks = [compose(drawn(30, random.Random(3)), Wish(45), ANY_TIME, frozenset()) for _ in range(2)]

    assert walks[0] == walks[1]


def test_whoever_has_not_begun_begins_at_the_end_with_the_lower_number() -> None:
    terrain = ground([stop(1), stop(2), stop(3)], [tour((1, 0, 0), (2, 4, 0), (3, 2, 10))])

    assert slugs(compose(terrain, Wish(60), ANY_TIME, frozenset())) == [1, 2, 3]


def test_what_the_museum_chose_themes_children_and_likeness_make_a_stop_worth_more() -> None:
    prison = {"themes": ["prison", "memory"], "object": {"kind": "Trại", "period": "1862"}}
    stops = [stop(1, **prison), stop(2, for_children=True, **prison), stop(3, for_children=False), stop(4)]
    terrain = ground(stops, [tour((1, 0, 0), (4, 2, 0))])
    wish = Wish(45, children=True, themes=("prison",), loved=1)

    told = [dict(worth(terrain, place, wish).why) for place in terrain.places]

    assert told[1] == {"theme": 12, "children": 15, "like-theme": 16, "like-kind": 6, "like-period": 6}
    assert told[3] == {"curated": 6}
    assert worth(terrain, terrain.places[2], wish).points < worth(terrain, terrain.places[3], Wish(45)).points


def test_a_stop_that_must_be_seen_is_on_the_walk_if_there_is_any_time_for_it() -> None:
    terrain = ground([stop(n) for n in range(1, 9)])

    walk = compose(terrain, Wish(8, must=frozenset({8})), ANY_TIME, frozenset())

    assert 8 in slugs(walk)


def test_the_ways_of_the_museums_walks_hold_both_ways_and_over_neighbours() -> None:
    ways = distances([stop(1), stop(2), stop(3)], [tour((1, 0, 0), (2, 4, 0), (3, 2, 10))])

    assert ways.seconds.tolist() == [[0, 240, 360], [240, 0, 120], [360, 120, 0]]
    assert ways.steps.tolist() == [[0, UNKNOWN, 10], [UNKNOWN, 0, 10], [10, 10, 0]]
    assert ways.level.tolist() == [[0, 240, FAR], [240, 0, FAR], [FAR, FAR, 0]]


def test_steps_of_which_nobody_tells_are_unknown_and_none_only_where_both_stops_are_known_to_be_level() -> None:
    ways = distances([stop(1, step_free=True), stop(2, step_free=True), stop(3)], [])

    assert (ways.steps[0, 1], ways.steps[0, 2]) == (0, UNKNOWN)
    walk = compose(ground([stop(1), stop(2)]), Wish(45, no_steps=True), ANY_TIME, frozenset())
    assert walk.unknown_steps == 1


def test_a_way_round_the_steps_is_taken_where_one_is_told_of() -> None:
    tours = [tour((1, 0, 0), (2, 2, 146)), tour((1, 0, 0), (3, 5, 0), (2, 5, 0))]
    terrain = ground([stop(1), stop(2), stop(3)], tours)
    seen = frozenset({3})

    quick = compose(terrain, Wish(45, start=1, seen=seen), ANY_TIME, frozenset()).calls[0].leg
    level = compose(terrain, Wish(45, start=1, seen=seen, no_steps=True), ANY_TIME, frozenset()).calls[0].leg

    assert (quick.seconds, quick.steps) == (120, 146)
    assert (level.seconds, level.steps) == (600, None)


def test_another_floor_has_steps_unless_both_stops_are_known_to_be_level() -> None:
    def on(number: int, floor: str, step_free: bool | None = None) -> object:
        return stop(number, floor={"id": floor, "x": 0.5, "y": 0.5}, step_free=step_free)

    ways = distances([on(1, "a"), on(2, "a"), on(3, "b"), on(4, "b", True), on(5, "a", True)], [])  # type: ignore[list-item]

    assert ways.seconds[0, 1] < ways.seconds[0, 2]
    assert ways.level[0, 2] == FAR
    assert ways.level[3, 4] == ways.seconds[3, 4]


def test_places_with_positions_are_as_far_as_they_are() -> None:
    here, there = ({"lat": lat, "lon": 106.6, "verified": True} for lat in (8.68, 8.689))

    ways = distances([stop(1, position=here), stop(2, position=there)], [])

    assert 1100 < ways.seconds[0, 1] < 1300  # 1,000 m as the crow flies


def test_two_places_of_which_nobody_told_how_far_apart_they_are_stand_on_no_walk_together() -> None:
    terrain = ground(
        [stop(n) for n in range(1, 6)], [tour((1, 0, 0), (2, 2, 0), (3, 1, 0)), tour((4, 0, 0), (5, 3, 0))]
    )

    walk = compose(terrain, Wish(300), ANY_TIME, frozenset())

    assert sorted(slugs(walk)) == [1, 2, 3]
    assert {(left.place.number, left.why) for left in walk.left_out} == {(4, "apart"), (5, "apart")}


def test_every_stop_that_is_left_out_has_its_reason() -> None:
    stops = [stop(n) for n in (1, 2, 3, 5, 6)] + [stop(4, step_free=False)]
    terrain = ground(sorted(stops, key=lambda one: one.number))
    wish = Wish(10, no_steps=True, start=1, seen=frozenset({2}))

    walk = compose(terrain, wish, ANY_TIME, frozenset({"stop-3"}))

    assert {left.place.number: left.why for left in walk.left_out} == {
        1: "here", 2: "seen", 3: "closed", 4: "steps", (11 - slugs(walk)[0]): "time"
    }  # fmt: skip


def test_a_walk_planned_anew_leaves_out_what_was_seen_and_goes_on_from_here() -> None:
    terrain = ground([stop(n, themes=["prison"]) for n in range(1, 8)])
    first = compose(terrain, Wish(30), ANY_TIME, frozenset())
    seen = frozenset(slugs(first)[:2])

    again = compose(terrain, Wish(15, start=slugs(first)[1], seen=seen), ANY_TIME, frozenset())

    assert not set(slugs(again)) & seen
    assert again.calls[0].leg.seconds > 0


def test_a_walk_in_an_address_is_told_again_and_numbers_that_nobody_has_are_dropped() -> None:
    terrain = ground([stop(1), stop(2), stop(3)])

    assert slugs(along(terrain, Wish(45), (3, 99, 1, 3))) == [3, 1]


@pytest.mark.parametrize(
    ("hour", "when", "begins", "minutes"),
    [
        (6, "later", time(7, 30), 240),
        (9, "now", time(9), 150),
        (12, "later", time(13, 30), 210),
        (16.75, "now", time(16, 45), 15),
        (18, "another-day", time(7, 30), 240),
    ],
)
def test_a_walk_is_never_longer_than_the_museum_stays_open(hour: float, when: str, begins: time, minutes: int) -> None:
    sheet = museum(hours={"tue-sun": ["07:30-11:30", "13:30-17:00"]})

    told = outing(sheet, NINE + timedelta(hours=hour - 9))

    assert (told.when, told.begins, told.seconds) == (when, begins, minutes * 60)
    terrain = ground([stop(n) for n in range(1, 13)])
    assert compose(terrain, Wish(480), told, frozenset()).seconds <= minutes * 60


def test_where_no_hours_are_told_there_is_no_limit_and_where_it_never_opens_it_is_said() -> None:
    assert outing(museum(), NINE).seconds is None
    shut = museum(hours={"daily": ["08:00-17:00"]}, closures=[{"from": "2026-01-01"}])
    assert outing(shut, NINE).when == "never"


def museum(**sheet: object) -> MuseumSheet:
    return MuseumSheet.model_validate({"name": {"vi": "Đảo Xa"}, "languages": ["vi"], **sheet})


def test_what_is_only_assumed_is_never_a_short_cut_past_what_is_told() -> None:
    """Stop 4, where no walk leads, is taken to lie near stop 3; from there to stop 1 one still goes the told way."""
    ways = distances([stop(1), stop(2), stop(3), stop(4)], [tour((1, 0, 0), (2, 18, 0), (3, 5, 0))]).seconds

    assert ways[3, 2] == 120
    assert ways[3, 0] == 120 + 23 * 60
