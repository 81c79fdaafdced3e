"""Every rule of the profile that can be applied, applied."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from sqlite_utils import Database

from storage.checks import care, dues, people, sessions
from storage.checks.finding import Finding, Scope, Seen, State, load_words
from storage.profiles import Profile, Rule

Check = Callable[[Scope, Rule], Seen | None]
"""None where the rule asks nothing of this branch."""


def _not_kept(_: Scope, __: Rule) -> Seen:
    """Of this the books hold nothing, so that nobody can know."""
    return Seen("unknown")


CHECKS: Mapping[str, Check] = {
    "study.sessions_per_month": sessions.monthly,
    "study.visits_per_year": sessions.titled("local_visit"),
    "briefing.per_year": sessions.titled("briefing"),
    "theme.fixed_months": sessions.themes,
    "attendance.unexplained_in_a_row": sessions.unexplained,
    "care.emergency.visit_hours": care.in_time("emergency"),
    "care.illness.visit_hours": care.in_time("illness"),
    "care.hardship.visit_hours": care.in_time("hardship"),
    "care.bereavement.visit_hours": care.in_time("bereavement"),
    "rounds.festivals": care.rounds,
    "card.stale_days": care.cards,
    "dues.collected_every": dues.settled,
    "branch.separate_from_members": people.enough_members,
    "branch.committee_from_members": people.committee,
    "branch.term_years_at_most": people.terms,
    "branch.in_service_liaisons": people.liaison,
    "secretary.age_at_most": people.age,
    "dues.returned_percent": _not_kept,
    "secretary.subsidy_yuan_month": _not_kept,
    "branch.fund_yuan_year": _not_kept,
    "training.officers_per_year": _not_kept,
    "community.service_projects": _not_kept,
}
"""Rule -> who applies it; in the order in which findings of one state are read."""
CARING = frozenset(key for key in CHECKS if key.startswith(("care.", "rounds.", "card.")))
"""Checks that tell of people in need: for those who care for members."""
ORDER: tuple[State, ...] = ("unmet", "unknown", "met")
"""In which findings are read: what is to be done comes first."""


def check_branch(db: Database, branch_id: int, profile: Profile, now: datetime, *, cares: bool = True) -> list[Finding]:
    """What is not kept, then what nobody can know, then what is kept; without `cares` nothing of people in need."""
    scope = Scope(db, branch_id, profile, now)
    found = []
    for key, check in CHECKS.items():
        rule = profile.rules.get(key)
        if rule is None or (key in CARING and not cares):
            continue
        seen = check(scope, rule)
        if seen is not None:
            found.append(_finding(scope, key, rule, seen))
    return sorted(found, key=lambda each: ORDER.index(each.state))


def _finding(scope: Scope, key: str, rule: Rule, seen: Seen) -> Finding:
    words = load_words()[key]
    value = rule.value if isinstance(rule.value, tuple) else (rule.value,)
    values = {"value": _joined(value), **seen.values}
    remedy = words.get(f"remedy_{seen.key or seen.state}", words.get("remedy", "")) if seen.state != "met" else ""
    return Finding(
        key=key,
        called=str(words["called"]),
        title=str(words["title"]).format(**values),
        value=_joined(value),
        document=rule.document,
        clause=rule.clause,
        state=seen.state,
        said=str(words[seen.key or seen.state]).format(**values),
        remedy=str(remedy).format(**values),
        lines=seen.lines,
        entries=_behind(scope, seen),
    )


def _joined(value: tuple[str | int, ...]) -> str:
    return str(load_words()["words"]["and"]).join(str(each) for each in value)


def _behind(scope: Scope, seen: Seen) -> tuple[int, ...]:
    """The newest entries about the rows that were seen."""
    if not seen.keys:
        return ()
    marks = ", ".join(str(key) for key in seen.keys[:200])
    found = scope.rows(
        f"SELECT number FROM entry WHERE branch_id = :branch AND about_kind = :about AND about_id IN ({marks}) "
        "AND kind NOT LIKE 'read%' ORDER BY number DESC LIMIT 20",
        about=seen.about,
    )
    return tuple(sorted(int(str(row[0])) for row in found))
