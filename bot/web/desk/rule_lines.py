"""What the page of settings shows: the duty list, and each rule in words, with its source and whether it can be set."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlite_utils import Database

from bot.web.desk.showing import clock_name
from bot.web.desk.visit import Visit
from bot.web.wording import wording
from dialogs import rules
from dialogs.officers import setting_rules
from storage import duty, duty_reading, members, settings
from storage.profiles import Profile, Rule, load_profile, profile_names

QUIET = ("quiet.from", "quiet.to")
"""When nobody is disturbed."""
CHECK_IN = ("check_in.every_days", "check_in.at", "check_in.until", "check_in.again_hours")
"""How members are asked how they are."""


@dataclass(frozen=True)
class RuleLine:
    """One rule as a secretary reads it."""

    key: str
    """Its key."""
    name: str
    """What it is called."""
    said: str
    """Its value in words."""
    value: str
    """Its value as the field holds it, or what was typed there."""
    source: str
    """Document and clause, or the branch's own choice."""
    can_be_set: bool
    """Whether the branch may give the value itself."""
    number: bool
    """True for a number, false for a time of day."""
    limits: tuple[int, int]
    """The least and the most, of a number."""
    before: str
    """What it would be without the branch, in words; empty where that is the same."""


def page_of(
    db: Database, visit: Visit, now: datetime, typed: Mapping[str, str] | None = None, wrong: str = ""
) -> dict[str, object]:
    """Everything on the page of settings, with what was typed there and what is wrong with it."""
    locality = settings.locality_of(db, visit.branch_id)
    lines = {key: line(visit.profile, locality, key, typed) for key in visit.profile.rules}
    return {
        "ladder": duty.ladder(db, visit.branch_id, now),
        "duty": duty_reading.lines(db, visit.branch_id),
        "officers": members.officers(db, visit.branch_id, now),
        "rules": list(lines.values()),
        "quiet": [lines[key] for key in QUIET],
        "check_in": [lines[key] for key in CHECK_IN],
        "localities": [(key, load_profile(key).name) for key in profile_names()],
        "today": now.date().isoformat(),
        "wrong": wrong,
    }


def line(profile: Profile, locality: Profile, key: str, typed: Mapping[str, str] | None = None) -> RuleLine:
    """One rule of the branch, beside what its locality has."""
    rule, without = profile.rules[key], locality.rules[key]
    return RuleLine(
        key=key,
        name=named(key),
        said=said(rule),
        value=(typed or {}).get(key, str(rule.value)),
        source=rules.source(rule),
        can_be_set=settings.can_be_set(rule),
        number=isinstance(rule.value, int),
        limits=setting_rules.limits(key),
        before=said(without) if without.value != rule.value else "",
    )


def named(key: str) -> str:
    """What a rule is called; its own key where nobody has named it yet (a test holds that there is none)."""
    return wording("rule_names").get(key, key)


def said(rule: Rule) -> str:
    """A rule's value in words."""
    names = wording("rule_values")
    values = rule.value if isinstance(rule.value, tuple) else (rule.value,)
    if isinstance(rule.value, str) and rule.value[2:3] == ":":
        return clock_name(rule.value)
    return "、".join(names.get(str(value), str(value)) for value in values)
