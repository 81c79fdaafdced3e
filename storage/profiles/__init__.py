"""A locality's rules: data with a source. The documents disagree, so each locality is a profile of its own."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time, timedelta
from functools import cache
from importlib.resources import files

from storage.faults import Mendable


class UnknownProfile(Mendable):
    """There is no profile of that name."""


@dataclass(frozen=True)
class Rule:
    """One value of a profile."""

    value: str | int | tuple[str, ...]
    """The value, in the unit that the key names."""
    document: str
    """The document that gives it; empty where the branch chose it itself."""
    clause: str
    """Where in the document."""

    @property
    def own(self) -> bool:
        """True for a value that no document gives."""
        return not self.document


@dataclass(frozen=True)
class Profile:
    """The rules of one locality."""

    key: str
    """Name of the file."""
    name: str
    """Name of the locality."""
    region: str
    """Its accents, by the name that understanding knows."""
    rules: Mapping[str, Rule]
    """Dotted key -> rule."""

    def hours(self, key: str) -> int:
        """A time limit in hours; such a limit stands in every profile (a test holds that)."""
        return self._number(key)

    def minutes(self, key: str) -> timedelta:
        """A stretch of time given in minutes."""
        return timedelta(minutes=self._number(key))

    def clock(self, key: str) -> time:
        """A time of day, HH:MM."""
        return time.fromisoformat(str(self.rules[key].value))

    def _number(self, key: str) -> int:
        value = self.rules[key].value
        if not isinstance(value, int):
            raise TypeError(f"profile {self.key}: {key} is no number")
        return value


def profile_names() -> list[str]:
    """The profiles there are."""
    return sorted(file.name.removesuffix(".toml") for file in files(__name__).iterdir() if file.name.endswith(".toml"))


@cache
def load_profile(key: str) -> Profile:
    """The profile of that name. Raises UnknownProfile."""
    if key not in profile_names():
        raise UnknownProfile("no_profile", name=key, names=", ".join(profile_names()))
    content = tomllib.loads(files(__name__).joinpath(f"{key}.toml").read_text(encoding="utf-8"))
    rules = {}
    for each in content["rule"]:
        value = each["value"]
        rules[each["key"]] = Rule(
            tuple(value) if isinstance(value, list) else value, each.get("document", ""), each.get("clause", "")
        )
    return Profile(key, content["name"], content["region"], rules)
