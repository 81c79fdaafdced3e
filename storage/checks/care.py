"""Who was to be visited: reports in their time, rounds before festivals, four-knows cards."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from storage.cards import PARTS
from storage.checks.finding import Scope, Seen, joined, number, say
from storage.profiles import Rule

_FIRST_VISIT = "(SELECT min(at) FROM visit WHERE case_id = care_case.id AND at IS NOT NULL AND outcome <> 'not_met')"


def in_time(trigger: str) -> Callable[[Scope, Rule], Seen]:
    """Every report of this year was followed by a visit within its time; what is not yet due does not count."""

    def check(scope: Scope, _: Rule) -> Seen:
        cases = scope.rows(
            f"SELECT id, number, who, due_at, {_FIRST_VISIT} FROM care_case WHERE branch_id = :branch "
            "AND trigger = :trigger AND reported_at >= :year AND reported_at <= :now AND merged_into IS NULL "
            "AND state <> 'false_alarm' ORDER BY number",
            trigger=trigger,
        )
        if not cases:
            return Seen("met", key="none")
        late, waiting = [], 0
        for key, case, who, due, seen in cases:
            if (str(seen) if seen else scope.now.isoformat()) > str(due):
                late.append((int(str(key)), say("case" if seen else "case_open", number=str(case), who=str(who))))
            waiting += not seen and str(due) >= scope.now.isoformat()
        counted = {"count": len(cases), "late": len(late), "waiting": waiting}
        keys = tuple(key for key, _ in late) or tuple(int(str(row[0])) for row in cases)
        return Seen("unmet" if late else "met", counted, tuple(line for _, line in late), "care_case", keys)

    return check


def rounds(scope: Scope, _: Rule) -> Seen:
    """Everybody of a festival's round was visited before the round closed."""
    rule = scope.profile.rules.get("rounds.close_after_days")
    grace = timedelta(days=number(rule) if rule else 0)
    found = scope.rows(
        "SELECT round.id, festival, day, name, "
        f"{_FIRST_VISIT} FROM round JOIN round_case ON round_id = round.id JOIN care_case ON care_case.id = case_id "
        "JOIN member ON member.id = round_case.member_id WHERE round.branch_id = :branch "
        "AND day >= substr(:year, 1, 10) AND day <= :today AND left_at IS NULL ORDER BY day, member.id"
    )
    if not found:
        return Seen("unknown")
    missed = []
    for _key, festival, day, name, seen in found:
        last = date.fromisoformat(str(day)) + grace
        if not seen and last < scope.now.date():
            missed.append(say("not_visited", festival=str(festival), name=str(name)))
    festivals = joined(list(dict.fromkeys(str(row[1]) for row in found)))
    values: dict[str, str | int] = {"festivals": festivals, "count": len(found), "missed": len(missed)}
    keys = tuple(dict.fromkeys(int(str(row[0])) for row in found))
    return Seen("unmet" if missed else "met", values, tuple(missed), "round", keys)


def cards(scope: Scope, rule: Rule) -> Seen:
    """What is known of each member was confirmed not too long ago."""
    since = (scope.now - timedelta(days=number(rule))).isoformat(timespec="seconds")
    found = scope.rows(
        "SELECT member.id, name, (SELECT count(*) FROM card WHERE member_id = member.id AND confirmed_at >= :since) "
        "FROM member WHERE branch_id = :branch AND left_at IS NULL AND EXISTS (SELECT 1 FROM role "
        "WHERE member_id = member.id AND role NOT IN ('liaison', 'party_committee')) ORDER BY member.id",
        since=since,
    )
    stale = [(int(str(key)), str(name)) for key, name, parts in found if int(str(parts)) < len(PARTS)]
    values = {"count": len(found), "stale": len(stale)}
    names = tuple(name for _, name in stale)
    return Seen("unmet" if stale else "met", values, names, "member", tuple(key for key, _ in stale))
