"""What the branch may set itself, as an officer sets it: within limits, in one piece, each change a line in the log."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import time

from dialogs import words
from dialogs.reply import Effect
from dialogs.skill import Desk, Done
from storage import settings
from storage.log import About
from storage.profiles import Profile, load_profile

OWN = "officers/setting_rules"
"""The file with the words."""
LIMITS = {
    "minutes": (1, 10_080), "hours": (1, 720), "days": (1, 730), "percent": (1, 100), "week": (1, 50), "hour": (6, 20),
    "years": (60, 100),
}  # fmt: skip
"""Last word of a rule's key -> the least and the most that makes sense, in the unit that the word names."""
ANY = (0, 1000)
IN_ORDER = (
    ("check_in.at", "check_in.until"),
    *(
        (f"ladder.{trigger}.next_minutes", f"ladder.{trigger}.everybody_minutes")
        for trigger in ("emergency", "illness", "hardship", "bereavement")
    ),
)
"""Pairs of which the first must not be more than the second."""


class OutOfBounds(Exception):
    """A value that cannot be meant; the arguments are a key of [faults] and what fills its places."""


def set_rules(wanted: Mapping[str, str], names: Mapping[str, str], desk: Desk) -> Done:
    """Write these values, all or nothing. `names` says how each rule is called.

    Raises OutOfBounds and FixedByDocument.
    """
    before = settings.profile_of(desk.db, desk.branch_id)
    effects = []
    for key, text in wanted.items():
        rule = before.rules.get(key)
        if rule is None:
            raise settings.FixedByDocument(key)
        value = _number(key, text) if isinstance(rule.value, int) else _clock(text)
        if value == rule.value:
            continue
        settings.put(desk.db, desk.branch_id, key, value, desk.speaker.id, desk.now)
        effects.append(_logged("setting", desk, rule=names[key], before=str(rule.value), after=str(value)))
    check(settings.profile_of(desk.db, desk.branch_id), names)
    if not effects:
        return Done("unchanged", source=OWN)
    changed = "、".join(names[key] for key, text in wanted.items() if str(before.rules[key].value) != text)
    return Done("set", {"rules": changed}, tuple(effects), source=OWN)


def reset(key: str, name: str, desk: Desk) -> Done:
    """Let a value be again what it is without the branch."""
    before = settings.profile_of(desk.db, desk.branch_id).rules[key].value
    settings.forget(desk.db, desk.branch_id, key)
    after = settings.profile_of(desk.db, desk.branch_id)
    check(after, {key: name})
    effect = _logged("setting", desk, rule=name, before=str(before), after=str(after.rules[key].value))
    return Done("set", {"rules": name}, (effect,), source=OWN)


def choose_locality(profile: str, desk: Desk) -> Done:
    """Follow another locality's rules; what the branch set itself stays where no document there says otherwise."""
    before = settings.locality_of(desk.db, desk.branch_id).name
    settings.choose_locality(desk.db, desk.branch_id, profile)
    name = load_profile(profile).name
    effect = _logged("locality", desk, before=before, after=name)
    return Done("locality", {"name": name}, (effect,), source=OWN)


def limits(key: str) -> tuple[int, int]:
    """The least and the most that a number of this rule can be."""
    return LIMITS.get(re.split(r"[._]", key)[-1], ANY)


def check(profile: Profile, names: Mapping[str, str]) -> None:
    """Raises OutOfBounds where two values do not go together."""
    for first, second in IN_ORDER:
        one, other = profile.rules[first].value, profile.rules[second].value
        if isinstance(one, int) and isinstance(other, int) and one > other:
            raise OutOfBounds("order", {"first": names.get(first, first), "second": names.get(second, second)})
        if isinstance(one, str) and isinstance(other, str) and one >= other:
            raise OutOfBounds("order", {"first": names.get(first, first), "second": names.get(second, second)})


def _number(key: str, text: str) -> int:
    least, most = limits(key)
    if not re.fullmatch(r"[0-9]{1,6}", text) or not least <= int(text) <= most:
        raise OutOfBounds("number", {"least": str(least), "most": str(most)})
    return int(text)


def _clock(text: str) -> str:
    try:
        return time.fromisoformat(text).strftime("%H:%M")
    except ValueError:
        raise OutOfBounds("clock", {}) from None


def _logged(kind: str, desk: Desk, **values: str) -> Effect:
    entry = desk.log(kind, About("branch", desk.branch_id), None, OWN, officer=desk.speaker.name, **values)
    return Effect("logged", "entry", entry.id)


def fault(wrong: OutOfBounds) -> str:
    """What is wrong, in one kind sentence."""
    key, values = wrong.args
    return words.load(OWN, "faults").say(key, **values)
