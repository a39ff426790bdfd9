"""The museums that people work for: their names, and what time it is there. The office knows no more of a museum."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from guide.language import match

HOME_ZONE = "Asia/Ho_Chi_Minh"


@dataclass(frozen=True)
class Workplace:
    slug: str
    names: Mapping[str, str]
    time_zone: str = HOME_ZONE

    def name(self, language: str) -> str:
        return self.names.get(match(language, self.names) or next(iter(self.names), ""), self.slug)

    def local(self, moment: datetime) -> datetime:
        return moment.astimezone(ZoneInfo(self.time_zone))


class Workplaces:
    """Asked anew each time, because a museum may be published while people work."""

    def __init__(self, look: Callable[[], Mapping[str, Workplace]]) -> None:
        self._look = look

    def __getitem__(self, slug: str) -> Workplace:
        return self._look().get(slug) or Workplace(slug, {})

    def __contains__(self, slug: str) -> bool:
        return slug in self._look()

    def slugs(self) -> list[str]:
        return sorted(self._look())
