"""Asking a payment provider for a payment page: one JSON question over HTTPS, soon answered or given up."""

from __future__ import annotations

import http.client
import json
import urllib.error
import urllib.request
from collections.abc import Mapping
from typing import Any, Protocol

import structlog

from guide.tickets.paying.payment import ProviderAway

log = structlog.get_logger("payments")
PATIENCE_SECONDS = 10.0
MOST_BYTES = 64 * 1024


class Asking(Protocol):
    def __call__(
        self, provider: str, url: str, body: Mapping[str, object] | None, headers: Mapping[str, str]
    ) -> Mapping[str, Any]: ...


class _StayHere(urllib.request.HTTPRedirectHandler):
    """What is signed for one address is not carried to another."""

    def redirect_request(self, *_: Any) -> None:
        return None


_opener = urllib.request.build_opener(_StayHere)


def ask(provider: str, url: str, body: Mapping[str, object] | None, headers: Mapping[str, str]) -> Mapping[str, Any]:
    """What the provider answers, also where it refuses; nothing that it was asked with is written to a log."""
    request = urllib.request.Request(  # noqa: S310  # the addresses are constants of ours
        url,
        data=None if body is None else json.dumps(body, ensure_ascii=False).encode(),
        headers={"content-type": "application/json", "accept": "application/json", **headers},
        method="GET" if body is None else "POST",
    )
    try:
        return _object(_sent(request))
    except (OSError, http.client.HTTPException, ValueError) as problem:
        log.warning("a provider did not answer", provider=provider, problem=type(problem).__name__)
        raise ProviderAway(provider=provider) from None


def _sent(request: urllib.request.Request) -> bytes:
    try:
        with _opener.open(request, timeout=PATIENCE_SECONDS) as response:
            return bytes(response.read(MOST_BYTES))
    except urllib.error.HTTPError as refusal:
        with refusal:
            if not 400 <= refusal.code < 500:
                raise
            return bytes(refusal.read(MOST_BYTES))


def _object(raw: bytes) -> Mapping[str, Any]:
    found = json.loads(raw)
    if not isinstance(found, dict):
        raise ValueError("not an object")
    return found
