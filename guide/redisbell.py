"""The bell over Redis."""

from __future__ import annotations

import time

from redis import Redis
from redis.exceptions import RedisError

from guide.bell import CHANNEL, Quiet


class Redisbell:
    """Rings in every process that has the same Redis; while Redis is away it is quiet."""

    def __init__(self, url: str) -> None:
        self._redis = Redis.from_url(url, socket_timeout=5, socket_connect_timeout=2)
        self._ears = self._redis.pubsub(ignore_subscribe_messages=True)  # type: ignore[no-untyped-call]  # as redis has it
        self._quiet = Quiet()

    def ring(self) -> None:
        try:
            self._redis.publish(CHANNEL, "new")
        except RedisError:
            return

    def wait(self, seconds: float) -> bool:
        try:
            if not self._ears.subscribed:
                self._ears.subscribe(CHANNEL)
                return True
            return self._heard(time.monotonic() + seconds)
        except RedisError:
            self._ears.reset()
            return self._quiet.wait(seconds)

    def _heard(self, until: float) -> bool:
        """Redis also answers with its own receipts, which are no ring."""
        while (left := until - time.monotonic()) > 0:
            if self._ears.get_message(timeout=left) is not None:
                return True
        return False

    def close(self) -> None:
        self._quiet.close()
        self._redis.close()
