"""What a provider's notice has in common with any other: JSON with one value a key, whole amounts, compared secrets."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Callable, Iterable
from typing import Any, NoReturn

from pydantic import SecretStr

from guide.tickets.paying.contracts import Contract, Contracts
from guide.tickets.paying.payment import ForgedNotice, Told, UnreadableNotice

MOST_DONG = 10**12
LONGEST_REFERENCE = 60
LONGEST_MEMO = 500


def an_object(body: bytes) -> dict[str, Any]:
    """The JSON object in a body; a key that stands twice could be read in two ways, so it is not read at all."""
    try:
        found = json.loads(body, object_pairs_hook=_each_once, parse_constant=_refuse)
        json.dumps(found, ensure_ascii=False).encode()  # half a letter (a lone surrogate) is no text
    except (ValueError, RecursionError):
        raise UnreadableNotice from None
    if not isinstance(found, dict):
        raise UnreadableNotice
    return found


def each_once(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    return _each_once(list(pairs))


def _each_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise UnreadableNotice
    return found


def _refuse(constant: str) -> NoReturn:
    raise ValueError(constant)


def whole_dong(value: object) -> int | None:
    """An amount as providers write it: a whole number, not a text, a fraction or a truth."""
    if isinstance(value, int) and not isinstance(value, bool) and 0 < value <= MOST_DONG:
        return value
    return None


def reference(value: object) -> str | None:
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value)
    if isinstance(value, str) and 0 < len(value) <= LONGEST_REFERENCE and value.isascii() and value.isprintable():
        return value
    return None


def text(value: object) -> str:
    return value.replace("\0", "")[:LONGEST_MEMO] if isinstance(value, str) else ""


def signature(secret: SecretStr, message: str, kind: str = "sha256") -> str:
    return hmac.new(secret.get_secret_value().encode(), message.encode(), kind).hexdigest()


def same(one: object, other: str) -> bool:
    return isinstance(one, str) and hmac.compare_digest(one.encode("utf-8", "replace"), other.encode())


def bearing_out(contracts: Contracts, is_genuine: Callable[[Contract], bool]) -> tuple[str, ...]:
    """The museums whose contract makes this a genuine notice; without any it is forged."""
    museums = tuple(sorted(museum for museum, agreed in contracts.items() if is_genuine(agreed)))
    if not museums:
        raise ForgedNotice
    return museums


def unreadable(provider: str, way: str, body: bytes, museums: tuple[str, ...]) -> Told:
    """Genuine, and yet not to be understood: somebody has to look at it."""
    named = f"body:{hashlib.sha256(body).hexdigest()[:40]}"
    return Told(provider, way, named, 0, (), museums, problem="unreadable")
