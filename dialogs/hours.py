"""Times of day, numbers of days and lists that stand in a locality's profile."""

from __future__ import annotations

from datetime import date, datetime

from storage.profiles import Profile


def on_day(day: date, profile: Profile, key: str) -> datetime:
    """The moment on that day at which the profile wants something ("07:30")."""
    return datetime.combine(day, profile.clock(key))


def number(profile: Profile, key: str) -> int:
    """A number of the profile: days, years, people, in the unit that the key names."""
    value = profile.rules[key].value
    if not isinstance(value, int):
        raise TypeError(f"profile {profile.key}: {key} is no number")
    return value


def several(profile: Profile, key: str) -> tuple[str, ...]:
    """A list of the profile."""
    value = profile.rules[key].value
    return value if isinstance(value, tuple) else (str(value),)
