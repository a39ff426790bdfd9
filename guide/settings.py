"""What an operator can set: each setting is an environment variable GUIDE_<NAME>, or a line of a `.env` file."""

from __future__ import annotations

from pathlib import Path

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """Read once, in `app.py`, and handed on by value."""

    model_config = SettingsConfigDict(env_prefix="GUIDE_", env_file=".env", extra="ignore", frozen=True)

    home: Path = Field(Path("var"), description="The one folder for all that is kept: database, media, indexes")
    content: Path | None = Field(None, description="Museums' folders, published when the database is empty")
    public_url: str | None = Field(None, description="The address visitors use; in codes, labels and shared links")
    database_url: str | None = Field(None, description="SQLAlchemy address; SQLite in GUIDE_HOME when not set")
    redis_url: str | None = Field(None, description="Redis, where several servers are to hear at once of a new edition")
    fonts: Path | None = Field(None, description="Folder of fonts for labels and cards, instead of the system's")
    log_level: str = Field("info", description="debug, info, warning or error")
    proxies: str = Field("127.0.0.1", description="Addresses whose X-Forwarded-* headers are believed")

    @property
    def database(self) -> str:
        return self.database_url or f"sqlite:///{self.home / 'guide.sqlite'}"
