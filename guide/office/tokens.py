"""Secret words that we hand out and then forget: only their hash is kept."""

from __future__ import annotations

import hashlib
import hmac
import secrets


def fresh() -> str:
    return secrets.token_urlsafe(32)


def hashed(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def form_token(token: str) -> str:
    """Known to our own pages alone: another site can make a browser send the cookie, but cannot read this."""
    return hmac.new(token.encode(), b"form", hashlib.sha256).hexdigest()[:40]
