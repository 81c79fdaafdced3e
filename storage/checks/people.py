"""The branch itself: how many, who holds which office since when, and who helps."""

from __future__ import annotations

from datetime import date

from storage.checks.finding import Scope, Seen, State, joined, number, say
from storage.profiles import Rule

_IN_OFFICE = (
    "SELECT member.id, name, title, valid_from, coalesce(valid_to, ''), joined_at, birth_year FROM role "
    "JOIN member ON member.id = member_id WHERE branch_id = :branch AND left_at IS NULL AND valid_from <= :today "
    "AND (valid_to IS NULL OR valid_to >= :today) AND role = :role ORDER BY rung, role.id"
)


def _count(scope: Scope) -> int:
    """Members of the branch; who only helps it (liaison, party committee) is none."""
    found = scope.rows(
        "SELECT count(*) FROM member WHERE branch_id = :branch AND left_at IS NULL AND EXISTS (SELECT 1 FROM role "
        "WHERE member_id = member.id AND role IN ('member', 'secretary', 'committee'))"
    )
    return int(str(found[0][0]))


def enough_members(scope: Scope, rule: Rule) -> Seen:
    """A branch of its own needs so many members."""
    count = _count(scope)
    return Seen("met" if count >= number(rule) else "unmet", {"count": count})


def committee(scope: Scope, rule: Rule) -> Seen | None:
    """From so many members on there is a committee: a secretary and two more."""
    if _count(scope) < number(rule):
        return None
    secretaries, others = (scope.rows(_IN_OFFICE, role=role) for role in ("secretary", "committee"))
    names = tuple(str(row[1]) for row in [*secretaries, *others])
    keys = tuple(int(str(row[0])) for row in [*secretaries, *others])
    there = bool(secretaries) and len({row[0] for row in others}) >= 2
    return Seen("met" if there else "unmet", {"count": len(set(keys))}, names, "member", keys)


def terms(scope: Scope, rule: Rule) -> Seen:
    """Nobody is in office longer than a term lasts; a day of entry is no day of election."""
    officers = [*scope.rows(_IN_OFFICE, role="secretary"), *scope.rows(_IN_OFFICE, role="committee")]
    over, unsaid = [], []
    for key, name, title, since, until, joined_at, _ in officers:
        started = date.fromisoformat(str(since)[:10])
        limit = started.replace(year=started.year + number(rule), day=min(started.day, 28))
        last = min(date.fromisoformat(str(until)[:10]), limit) if until else limit
        line = say("officer", name=str(name), title=str(title), day=last.isoformat())
        if last < scope.now.date():
            over.append((int(str(key)), line))
        elif not until and str(since)[:10] == str(joined_at)[:10]:
            unsaid.append((int(str(key)), line))
    found = over or unsaid
    state: State = "unmet" if over or not officers else "unknown" if unsaid else "met"
    values = {"count": len(found), "officers": len(officers)}
    key = "nobody" if not officers else ""
    keys = tuple(key for key, _ in found)
    return Seen(state, values, tuple(line for _, line in found), "member", keys, key)


def liaison(scope: Scope, rule: Rule) -> Seen:
    """Somebody in service helps the branch."""
    found = scope.rows(_IN_OFFICE, role="liaison")
    names = tuple(str(row[1]) for row in found)
    state: State = "met" if len(names) >= number(rule) else "unmet"
    return Seen(state, {"names": joined(names)}, names, "member", tuple(int(str(row[0])) for row in found))


def age(scope: Scope, rule: Rule) -> Seen:
    """The secretary is as a rule no older than this."""
    found = scope.rows(_IN_OFFICE, role="secretary")
    if not found:
        return Seen("unknown")
    ages = [(str(row[1]), scope.now.year - int(str(row[6])) if row[6] else None) for row in found]
    older = [(name, years) for name, years in ages if years is not None and years > number(rule)]
    values: dict[str, str | int] = {
        "names": joined([name for name, _ in older or ages]),
        "age": max((y for _, y in ages if y), default=0),
    }
    state: State = "unmet" if older else "unknown" if any(years is None for _, years in ages) else "met"
    return Seen(state, values, tuple(name for name, _ in older), "member", tuple(int(str(row[0])) for row in found))
