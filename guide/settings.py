"""What an operator can set: each setting is an environment variable GUIDE_<NAME>, or a line of a `.env` file."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

from pydantic import Field, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from guide.mail import mail_server

LEVELS = ("debug", "info", "warning", "error")


def web_address(url: str) -> str:
    """An address that a phone can open, without a slash at its end."""
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError("an address that begins with https:// or http://")
    return url.rstrip("/")


class Settings(BaseSettings):
    """Read once, in `app.py`, and handed on by value."""

    model_config = SettingsConfigDict(env_prefix="GUIDE_", env_file=".env", extra="ignore", frozen=True)

    home: Path = Field(Path("var"), description="The one folder for all that is kept: database, media, indexes")
    content: Path | None = Field(None, description="Museums' folders, published when the database is empty")
    public_url: str | None = Field(None, description="The address visitors use; in codes, labels and shared links")
    database_url: str | None = Field(None, description="SQLAlchemy address; SQLite in GUIDE_HOME when not set")
    redis_url: str | None = Field(None, description="Redis, where several servers are to hear at once of a new edition")
    smtp_url: str | None = Field(None, description="Mail server for letters with tickets; none are sent without it")
    model: str | None = Field(
        None, description="The model that understands questions: a folder, or owner/model on a hub"
    )
    fonts: Path | None = Field(None, description="Folder of fonts for labels and cards, instead of the system's")
    log_level: str = Field("info", description="debug, info, warning or error")
    trial: bool = Field(False, description="Play the bank, so that a purchase can be tried without money")
    proxies: str = Field("127.0.0.1", description="Addresses whose X-Forwarded-* headers are believed")

    @field_validator("public_url")
    @classmethod
    def _address(cls, url: str | None) -> str | None:
        return web_address(url) if url else None

    @field_validator("smtp_url")
    @classmethod
    def _mail(cls, url: str | None) -> str | None:
        if url:
            mail_server(url)
        return url or None

    @field_validator("log_level")
    @classmethod
    def _level(cls, level: str) -> str:
        if level.lower() not in LEVELS:
            raise ValueError(f"one of {', '.join(LEVELS)}")
        return level.lower()

    @property
    def database(self) -> str:
        return self.database_url or f"sqlite:///{self.home / 'guide.sqlite'}"
