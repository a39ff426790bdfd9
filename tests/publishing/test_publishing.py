"""From a folder to an edition: what is published, with which numbers and codes, and what a moved folder does."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from guide.bell import Quiet
from guide.database import Database
from guide.language import shipped_messages
from guide.narration.scribe import Scribe
from guide.publishing import files, publish
from guide.publishing import folder as reading
from guide.publishing.keeping import FileChanged
from guide.publishing.known import KnownStop
from guide.publishing.publish import Press, PublishedMeanwhile
from guide.publishing.stop_folder import StopFolder
from guide.storage import Folder
from guide.tours import codes, editions
from guide.tours.catalogue import Museum
from guide.tours.content import MuseumSheet
from tests.museum import NOW, SMALLEST, SVG, VILLAGE, Files, Publishing, current, nothing, write

STOP = {"stops/one/vi.md": "# Một\n", "stops/two/vi.md": "# Hai\n"}
CODE, OTHER_CODE = codes.derive("printed", "one"), codes.derive("printed", "two")


def museum(**files: str) -> Files:
    """A museum of stops, each named with the text of its stop.yaml."""
    made = {"museum.yaml": SMALLEST["museum.yaml"]}
    for slug, sheet in files.items():
        made |= {f"stops/{slug}/stop.yaml": sheet, f"stops/{slug}/vi.md": f"# Điểm {slug}\n"}
    return made


def numbers(museum: Museum) -> dict[str, int]:
    return {stop.slug: stop.number for stop in museum.stops}


def test_the_smallest_museum_of_the_contract_publishes(publishing: Publishing) -> None:
    outcome = publishing(SMALLEST)

    (stop,) = publishing.museum.stops
    assert outcome.added == ("one",)
    assert publishing.museum.sheet.name == {"vi": "Làng Gốm"}
    assert (stop.texts["vi"].title, stop.texts["vi"].body) == ("Lò nung", "Lò nung cháy ba ngày ba đêm.")
    assert (stop.status, stop.number, stop.code) == ("open", 101, codes.derive("lang-gom", "one"))


def test_publishing_says_what_changed(publishing: Publishing) -> None:
    publishing(VILLAGE)
    files = {path: text for path, text in VILLAGE.items() if "cai-chum" not in path}
    files |= {"stops/lo-nung/vi.md": "# Lò nung\n\nLò mới.\n", "stops/men/vi.md": "# Men\n", "lexicon/vi.yaml": "[]\n"}

    outcome = publishing(files)

    assert (outcome.added, outcome.changed, outcome.withdrawn) == (("men",), ("lo-nung",), ("cai-chum",))
    assert outcome.other == ("lexicon/vi",)
    assert outcome.documents_stored == 4
    lines = list(outcome.lines(shipped_messages(), "en"))
    assert [line.split()[0] for line in lines[1:]] == ["added", "changed", "withdrawn", "other"]


def test_publishing_the_same_again_changes_nothing(publishing: Publishing) -> None:
    first = publishing(VILLAGE)

    again = publishing()

    assert again.edition == first.edition
    assert again.nothing_new
    assert again.documents_stored == 0


def test_a_picture_that_was_replaced_is_a_changed_stop(publishing: Publishing) -> None:
    first = publishing(VILLAGE)

    again = publishing({**VILLAGE, "stops/ban-xoay/wheel.svg": SVG.replace("9v9", "7v7")})

    assert again.edition != first.edition
    assert not again.nothing_new
    assert again.changed == ("ban-xoay",)


def test_two_installations_make_the_same_edition_of_the_same_folder(
    publishing: Publishing, tmp_path: Path, new_database: Callable[[], Database]
) -> None:
    there = Publishing(publishing.folder, Press(new_database(), Folder(tmp_path / "other"), Quiet()))

    assert publishing(VILLAGE).edition == there().edition


def test_changing_one_stop_stores_one_document(publishing: Publishing) -> None:
    publishing(VILLAGE)

    outcome = publishing({**VILLAGE, "stops/lo-nung/vi.md": "# Lò nung\n\nLò cháy bốn ngày.\n"})

    assert outcome.documents_stored == 1


def test_numbers_are_given_in_the_order_of_names(publishing: Publishing) -> None:
    publishing(museum(c="", a="", b=""))

    assert numbers(publishing.museum) == {"a": 101, "b": 102, "c": 103}


def test_numbers_go_round_those_that_sheets_claim(publishing: Publishing) -> None:
    publishing(museum(a="", b="", z="number: 101\n"))

    assert numbers(publishing.museum) == {"z": 101, "a": 102, "b": 103}


def test_codes_go_round_those_that_sheets_claim(publishing: Publishing) -> None:
    derived = codes.derive("lang-gom", "a")

    publishing(museum(a="", z=f"code: {derived}\n"))

    assert publishing.museum.stop("z").code == derived
    assert publishing.museum.stop("a").code not in (derived, None)


def test_numbers_and_codes_are_kept_when_stops_come_before_them(publishing: Publishing) -> None:
    publishing(museum(b="", c=""))
    before = {stop.slug: (stop.number, stop.code) for stop in publishing.museum.stops}

    publishing(museum(a="", b="", c=""))

    after = {stop.slug: (stop.number, stop.code) for stop in publishing.museum.stops}
    assert after | before == after
    assert after["a"][0] == 103


def test_a_renamed_stop_keeps_its_number_and_code(publishing: Publishing) -> None:
    publishing(museum(a="", b=""))
    before = publishing.museum.stop("a")

    outcome = publishing(museum(z="formerly: [a]\n", b=""))

    after = publishing.museum.stop("z")
    assert outcome.renamed == (("a", "z"),)
    assert (outcome.added, outcome.withdrawn) == ((), ())
    assert (after.number, after.code) == (before.number, before.code)
    assert publishing.museum.renamed("a") == after
    assert publishing.museum.stop("a") is None


def test_a_stop_renamed_twice_at_once_is_found_by_either_name(publishing: Publishing) -> None:
    publishing(museum(a="", other=""))
    before = publishing.museum.stop("a")

    publishing(museum(c="formerly: [a, b]\n", other=""))

    assert publishing.museum.stop("c").code == before.code
    assert publishing.museum.renamed("a") == publishing.museum.renamed("b") == publishing.museum.stop("c")


def test_a_code_is_derived_from_the_first_name_on_a_fresh_installation(publishing: Publishing) -> None:
    publishing(museum(c="formerly: [a, b]\n"))

    assert publishing.museum.stop("c").code == codes.derive("lang-gom", "a")


def test_a_vanished_folder_is_withdrawn_and_keeps_its_number_and_code(publishing: Publishing) -> None:
    publishing(museum(a="", b=""))
    before = publishing.museum.stop("a")

    outcome = publishing(museum(b="", c=""))

    after = publishing.museum.stop("a")
    assert outcome.withdrawn == ("a",)
    assert after.withdrawn.since.isoformat() == "2026-11-24"
    assert (after.number, after.code, after.texts) == (before.number, before.code, before.texts)
    assert numbers(publishing.museum) == {"a": 101, "b": 102, "c": 103}
    assert [stop.slug for stop in publishing.museum.shown_stops] == ["b", "c"]


def test_a_stop_stays_withdrawn_since_the_day_it_was(publishing: Publishing) -> None:
    publishing(museum(a="", b=""))
    publishing(museum(b=""))

    again = publishing(museum(b=""), NOW + timedelta(days=9))

    assert publishing.museum.stop("a").withdrawn.since.isoformat() == "2026-11-24"
    assert again.nothing_new


def test_a_folder_that_returns_is_open_again_with_its_number_and_code(publishing: Publishing) -> None:
    publishing(museum(a="", b=""))
    before = publishing.museum.stop("a")
    publishing(museum(b="", c=""))

    publishing(museum(a="", b="", c=""))

    after = publishing.museum.stop("a")
    assert after.withdrawn is None
    assert after == before


def test_a_rename_that_is_told_too_late_still_lets_the_first_label_lead_there(publishing: Publishing) -> None:
    publishing(museum(a="", b=""))
    first_label = publishing.museum.stop("a")
    publishing(museum(z="", b=""))
    second_label = publishing.museum.stop("z")

    publishing(museum(z="formerly: [a]\n", b=""))

    there = publishing.museum.stop("z")
    assert there.code == second_label.code != first_label.code
    assert publishing.museum.numbered(first_label.number) == there
    assert publishing.museum.stop("a") is None
    assert publishing.museum.renamed("a") == there


def test_two_stops_that_become_one_leave_no_label_behind(publishing: Publishing) -> None:
    publishing(museum(a="", b="", c=""))
    numbers = [publishing.museum.stop(slug).number for slug in "ab"]

    publishing(museum(z="formerly: [a, b]\n", c=""))

    assert [publishing.museum.numbered(number).slug for number in numbers] == ["z", "z"]


def test_a_number_on_a_label_is_not_passed_on(publishing: Publishing) -> None:
    publishing(museum(a="", b=""))

    assert publishing.mistakes(museum(b="", c="number: 101\n")) == ["stops/c/stop.yaml:1 number-kept"]
    assert publishing.mistakes(museum(a="", b="", c="number: 101\n"))[0].endswith(("number-kept", "number-twice"))


def test_stops_may_exchange_their_numbers_when_both_say_so(publishing: Publishing) -> None:
    publishing(museum(a="number: 101\n", b="number: 102\n"))

    publishing(museum(a="number: 102\n", b="number: 101\n"))

    assert numbers(publishing.museum) == {"a": 102, "b": 101}


def test_a_printed_code_cannot_be_changed(publishing: Publishing) -> None:
    publishing(museum(a=f"code: {CODE}\n"))

    assert publishing.mistakes(museum(a=f"number: 101\ncode: {OTHER_CODE}\n")) == ["stops/a/stop.yaml:2 code-changed"]


def test_a_printed_code_is_kept_when_the_sheet_forgets_it(publishing: Publishing) -> None:
    publishing(museum(a=f"code: {CODE}\n"))

    publishing(museum(a=""))

    assert publishing.museum.stop("a").code == CODE


def test_a_printed_code_is_not_passed_on(publishing: Publishing) -> None:
    publishing(museum(a=f"code: {CODE}\n", b=""))

    assert publishing.mistakes(museum(b="", c=f"code: {CODE}\n")) == ["stops/c/stop.yaml:1 code-twice"]


def test_a_code_leads_to_one_museum(publishing: Publishing, tmp_path: Path) -> None:
    publishing(museum(a=f"code: {CODE}\n"))
    copy = Publishing(tmp_path / "copy", publishing.press)

    assert copy.mistakes(museum(b=f"code: {CODE}\n")) == ["stops/b/stop.yaml:1 code-twice"]


def test_replacing_reads_everything_anew_and_keeps_numbers(publishing: Publishing) -> None:
    publishing(museum(b="", c=""))
    publishing(museum(a="", b="", c=""))

    outcome = publishing(replace=True)

    assert outcome.nothing_new
    assert numbers(publishing.museum) == {"b": 101, "c": 102, "a": 103}


@pytest.fixture
def read_stops(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The stops whose folders were read, in order."""
    read: list[str] = []
    real = reading.read_stop

    def counting(folder: files.Folder, slug: str, sheet: MuseumSheet) -> StopFolder:
        read.append(slug)
        return real(folder, slug, sheet)

    monkeypatch.setattr(reading, "read_stop", counting)
    return read


SOON = timedelta(seconds=10)


def soon() -> datetime:
    """Long enough after the files were written for their times to be trusted."""
    return datetime.now(UTC) + SOON


def test_unchanged_stops_are_not_read_again(publishing: Publishing, read_stops: list[str]) -> None:
    publishing(VILLAGE, soon())
    read_stops.clear()

    outcome = publishing(now=soon())

    assert read_stops == []
    assert outcome.nothing_new


TOUCHES: dict[str, Files] = {
    "another text": {"stops/lo-nung/vi.md": "# Lò\n"},
    "a text of the same length": {"stops/lo-nung/vi.md": "# Lò nung\n\nLò nung cháy ba đêm ba ngày.\n"},
    "the same text again": {"stops/lo-nung/vi.md": VILLAGE["stops/lo-nung/vi.md"]},
    "a new file": {"stops/lo-nung/en.md": "# The kiln\n"},
    "a file further below": {"stops/lo-nung/more/notes.txt": "x"},
}


@pytest.mark.parametrize("touch", TOUCHES.values(), ids=TOUCHES.keys())
def test_a_touched_stop_is_read_again_and_only_that(
    publishing: Publishing, read_stops: list[str], touch: Files
) -> None:
    publishing(VILLAGE, soon())
    read_stops.clear()

    write(publishing.folder, touch)
    publishing(now=soon())

    assert read_stops == ["lo-nung"]


def test_a_removed_file_is_noticed(publishing: Publishing, read_stops: list[str]) -> None:
    publishing(VILLAGE, soon())
    read_stops.clear()

    (publishing.folder / "stops/ban-xoay/en.md").unlink()
    publishing(now=soon())

    assert read_stops == ["ban-xoay"]
    assert "en" not in publishing.museum.stop("ban-xoay").texts


def test_files_that_were_just_written_are_not_trusted_to_be_unchanged(
    publishing: Publishing, read_stops: list[str]
) -> None:
    publishing(VILLAGE, datetime.now(UTC))
    read_stops.clear()

    publishing(now=datetime.now(UTC))

    assert len(read_stops) == 3


def test_a_new_museum_sheet_lets_every_stop_be_read_again(publishing: Publishing, read_stops: list[str]) -> None:
    publishing(VILLAGE, soon())
    read_stops.clear()

    write(publishing.folder, {"museum.yaml": str(VILLAGE["museum.yaml"]).replace("Pottery", "Potters'")})
    publishing(now=soon())

    assert len(read_stops) == 3


def test_a_stop_that_points_at_a_vanished_one_is_noticed_though_unchanged(publishing: Publishing) -> None:
    publishing(museum(a="status: {closed: {instead: b}}\n", b=""), soon())
    shutil.rmtree(publishing.folder / "stops/b")

    found = publishing.mistakes(now=soon())

    assert found == ["stops/a/stop.yaml:1 no-such-stop"]


def test_a_linked_text_is_followed_to_its_changes(publishing: Publishing) -> None:
    publishing({**SMALLEST, "texts.txt": "# Cũ\n"}, soon())
    (publishing.folder / "stops/one/vi.md").unlink()
    (publishing.folder / "stops/one/vi.md").symlink_to("../../texts.txt")
    publishing(now=soon())

    write(publishing.folder, {"texts.txt": "# Mới\n"})
    publishing(now=soon())

    assert publishing.museum.stop("one").texts["vi"].title == "Mới"


def test_going_back_is_pointing_at_the_older_edition(publishing: Publishing) -> None:
    first = publishing(VILLAGE).edition
    publishing({**VILLAGE, "stops/lo-nung/vi.md": "# Lò mới\n"})

    with publishing.press.database.writing() as session:
        editions.point(session, "lang-gom", first)

    assert publishing.museum.edition == first
    assert publishing.museum.stop("lo-nung").texts["vi"].title == "Lò nung"
    assert publishing({**VILLAGE, "stops/lo-nung/vi.md": "# Lò mới\n"}).changed == ("lo-nung",)


def test_the_second_of_two_publishers_hears_of_the_first_and_nothing_is_mixed(publishing: Publishing) -> None:
    publishing(VILLAGE)
    ours = {**VILLAGE, "stops/lo-nung/vi.md": "# Của ta\n", "stops/ban-xoay/vi.md": "# Của ta\n"}
    theirs = {**VILLAGE, "stops/lo-nung/vi.md": "# Của họ\n", "stops/men/vi.md": "# Của họ\n"}
    elsewhere = Publishing(write(publishing.folder.parent / "theirs" / "lang-gom", theirs), publishing.press)
    write(publishing.folder, ours)

    def meanwhile(_: Museum) -> None:
        elsewhere()

    with pytest.raises(PublishedMeanwhile):
        publishing.press.publish(publishing.folder, "lang-gom", NOW, meanwhile)

    titles = {stop.slug: stop.texts["vi"].title for stop in publishing.museum.stops}
    assert titles == {"ban-xoay": "Bàn xoay", "cai-chum": "Cái chum", "lo-nung": "Của họ", "men": "Của họ"}
    assert elsewhere().nothing_new


def test_two_first_publishers_cannot_both_win(publishing: Publishing) -> None:
    elsewhere = Publishing(write(publishing.folder.parent / "theirs" / "lang-gom", SMALLEST), publishing.press)
    write(publishing.folder, VILLAGE)

    with pytest.raises(PublishedMeanwhile):
        publishing.press.publish(publishing.folder, "lang-gom", NOW, lambda _: elsewhere() and None)

    assert [stop.slug for stop in publishing.museum.stops] == ["one"]


def test_what_fails_while_deriving_leaves_the_old_edition(publishing: Publishing) -> None:
    edition = publishing(VILLAGE).edition
    write(publishing.folder, {"stops/lo-nung/vi.md": "# Mới\n"})

    def failing(_: Museum) -> None:
        raise RuntimeError("no disk")

    with pytest.raises(RuntimeError):
        publishing.press.publish(publishing.folder, "lang-gom", NOW, failing)

    assert publishing.museum.edition == edition
    assert publishing().changed == ("lo-nung",)


def test_deriving_sees_the_new_edition_before_visitors_do(publishing: Publishing) -> None:
    publishing(VILLAGE)
    write(publishing.folder, {"stops/lo-nung/vi.md": "# Mới\n"})
    seen = []

    def derive(new: Museum) -> None:
        old = current(publishing.press.database, "lang-gom")
        seen.extend(museum.stop("lo-nung").texts["vi"].title for museum in (old, new))

    publishing.press.publish(publishing.folder, "lang-gom", NOW, derive)

    assert seen == ["Lò nung", "Mới"]


def test_a_file_that_changes_while_it_is_published_is_not_mixed_in(
    publishing: Publishing, monkeypatch: pytest.MonkeyPatch
) -> None:
    edition = publishing(VILLAGE).edition
    write(publishing.folder, {"stops/ban-xoay/wheel.svg": SVG.replace("9v9", "8v8")})

    def changing(
        root: Path, slug: str, known: Mapping[str, KnownStop], now: datetime, scribe: Scribe | None
    ) -> reading.MuseumFolder:
        read = reading.read_folder(root, slug, known, now, scribe)
        write(publishing.folder, {"stops/ban-xoay/wheel.svg": SVG.replace("9v9", "7v7")})
        return read

    monkeypatch.setattr(publish, "read_folder", changing)

    with pytest.raises(FileChanged):
        publishing.press.publish(publishing.folder, "lang-gom", NOW, nothing)

    assert publishing.museum.edition == edition


def test_a_museums_own_languages_may_shrink_around_a_withdrawn_stop(publishing: Publishing, tmp_path: Path) -> None:
    publishing(VILLAGE)
    without = {path: text for path, text in VILLAGE.items() if "ban-xoay" not in path}
    sheet = str(VILLAGE["museum.yaml"]).replace("[vi, en]", "[vi]")
    tour = str(VILLAGE["tours/mot-vong.yaml"]).replace(", {stop: ban-xoay, walk_minutes: 2}", "")
    publishing({**without, "museum.yaml": sheet, "tours/mot-vong.yaml": tour})
    edition = publishing.museum.edition

    again = Publishing(publishing.export(tmp_path / "out" / "lang-gom"), publishing.press)()

    assert again.edition == edition
