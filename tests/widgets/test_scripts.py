"""The widgets' scripts: small, for anybody, and every attribute, event and property of theirs written down."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from guide.language import shipped_messages
from guide.visit.embedding.scripts import Scripts

WIDGETS = Path(__file__).parent.parent.parent / "widgets"
NAMES = ("stop", "ask", "tickets")
MOST_BYTES = 15_000
SHARED = (WIDGETS / "guide-widget.js").read_text("utf-8")


def source(name: str) -> str:
    return (WIDGETS / f"guide-{name}.js").read_text("utf-8")


def section(name: str) -> str:
    found = re.search(
        rf'<section aria-labelledby="guide-{name}">.*?</section>', (WIDGETS / "index.html").read_text(), re.DOTALL
    )
    assert found
    return found[0]


def documented(name: str, kind: str) -> set[str]:
    table = re.search(rf'<caption id="{name}-{kind}">.*?</table>', section(name), re.DOTALL)
    assert table
    return set(re.findall(r'<th scope="row"><code>([^<]+)</code>', table[0]))


@pytest.mark.parametrize("name", NAMES)
def test_a_widget_with_all_it_needs_is_small(name: str) -> None:
    files = Scripts(WIDGETS, shipped_messages()).files

    needed = (f"guide-{name}.js", "guide-widget.js", "define.js")
    assert sum(len(files[file].packed or b"") for file in needed) < MOST_BYTES


@pytest.mark.parametrize("name", NAMES)
def test_each_attribute_is_written_down(name: str) -> None:
    told = re.search(r"/\*\* Attributes: (.*?)\. Events: (.*?)\. \*/", source(name))
    assert told

    assert documented(name, "attributes") == set(re.findall(r"`([\w-]+)`", told[1]))
    assert documented(name, "attributes") <= set(re.findall(r'"(\w+)"', SHARED.split("observedAttributes")[1][:80]))
    assert set(re.findall(r'getAttribute\("(\w+)"\)', source(name))) <= documented(name, "attributes")


@pytest.mark.parametrize("name", NAMES)
def test_each_event_is_written_down(name: str) -> None:
    told = set(re.findall(r'happened\("(guide-\w+)"', source(name) + SHARED))

    assert documented(name, "events") == told


@pytest.mark.parametrize("name", NAMES)
def test_each_property_and_part_is_written_down(name: str) -> None:
    own = source(name) + SHARED
    parts = {part for told in re.findall(r'part: "([\w ]+)"', own) for part in told.split()}
    parts |= {part for told in re.findall(r'"part", lit \? "([\w ]+)"', own) for part in told.split()}

    assert documented(name, "properties") == set(re.findall(r"--guide-[\w-]+", own))
    for part in parts:
        assert f"<code>{part}</code>" in section(name), part


@pytest.mark.parametrize("name", NAMES)
def test_every_word_that_a_widget_says_is_told_to_it(house: TestClient, name: str) -> None:
    door = {"stop": "stops/cong-da", "ask": "questions", "tickets": "tickets"}[name]
    words = house.get(f"/api/v1/museums/dao-xa/widgets/{door}").json()["words"]

    assert set(re.findall(r"words\.(\w+)", source(name))) == set(words)


@pytest.mark.parametrize("file", ["define.js", "guide-stop.js", "guide-ask.js", "guide-tickets.js", "guide-widget.js"])
def test_the_scripts_are_anybodys(house: TestClient, file: str) -> None:
    answer = house.get(f"/widgets/{file}", headers={"origin": "https://xa-la.vn"})
    again = house.get(f"/widgets/{file}", headers={"if-none-match": answer.headers["etag"]})

    assert answer.headers["access-control-allow-origin"] == "*"
    assert answer.headers["cross-origin-resource-policy"] == "cross-origin"
    assert answer.headers["content-encoding"] == "gzip"
    assert answer.headers["content-type"].startswith("text/javascript")
    assert "immutable" not in answer.headers["cache-control"]
    assert "__" not in answer.text
    assert again.status_code == 304


def test_a_script_brings_the_others_in_its_own_version_for_good(house: TestClient) -> None:
    imported = re.findall(r'from "\./([^"]+)";', house.get("/widgets/define.js").text)

    assert len(imported) == 3
    for address in imported:
        assert "immutable" in house.get(f"/widgets/{address}").headers["cache-control"]


def test_a_widget_keeps_nothing_and_parses_nothing() -> None:
    for script in WIDGETS.glob("*.js"):
        text = script.read_text("utf-8")
        forbidden = (
            r"localStorage|sessionStorage|document\.cookie|innerHTML|insertAdjacentHTML|eval\(|console\.|\.style\b"
        )
        assert not re.search(forbidden, text), script.name


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_examples_are_of_a_museum_that_is_here(house: TestClient, language: str) -> None:
    page = house.get(f"/widgets/?lang={language}").text

    assert f'<html lang="{language}">' in page
    assert f'<guide-stop museum="dao-xa" stop="cong-da" language="{language}">' in page
    assert not re.search(r"\[(museum|stop|origin|language)\]", page)
    assert "https://baotang.vn/widgets/define.js" in page
    assert house.get("/widgets", follow_redirects=False).headers["location"] == "/widgets/"
