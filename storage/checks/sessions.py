"""What is studied and held: how often, of what kind, and who has been missing without a word."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from storage.checks.finding import Scope, Seen, joined, load_words, number, say
from storage.profiles import Rule


def monthly(scope: Scope, rule: Rule) -> Seen:
    """So many study sessions in each month of this year; a session whose roll nobody called may not have been held."""
    held = _studied(scope, "state = 'held'")
    unmarked = _studied(scope, "state = 'planned'")
    missing, unknown, pending = [], [], []
    for month in range(1, scope.now.month + 1):
        named = say("month", month=month)
        if len(held.get(month, [])) >= number(rule):
            continue
        if month in unmarked or datetime(scope.now.year, month, 1) < scope.begins:
            unknown.append(named)
        elif month == scope.now.month:
            pending.append(named)
        else:
            missing.append(named)
    shown = [row for month in sorted(held) for row in held[month]]
    lines = tuple(f"{row[2][:10]} {row[1]}" for row in shown)
    keys = tuple(row[0] for row in shown)
    if missing or pending:
        key = "" if missing else "pending"
        return Seen("unmet", {"months": joined([*missing, *pending])}, lines, "session", keys, key)
    if unknown:
        return Seen("unknown", {"months": joined(unknown)}, lines, "session", keys)
    return Seen("met", {"count": len(shown)}, lines, "session", keys)


def _studied(scope: Scope, which: str) -> dict[int, list[tuple[int, str, str]]]:
    """The study sessions of this year up to now, by month."""
    found: dict[int, list[tuple[int, str, str]]] = {}
    for key, title, at in scope.rows(
        f"SELECT id, title, starts_at FROM session WHERE branch_id = :branch AND kind = 'study' AND {which} "
        "AND starts_at >= :year AND starts_at <= :now ORDER BY starts_at"
    ):
        found.setdefault(int(str(at)[5:7]), []).append((int(str(key)), str(title), str(at)))
    return found


def titled(cue: str) -> Callable[[Scope, Rule], Seen]:
    """So many in a year of what is known by its title alone."""

    def check(scope: Scope, rule: Rule) -> Seen:
        held = scope.rows(
            "SELECT id, title, starts_at FROM session WHERE branch_id = :branch AND state = 'held' "
            "AND starts_at >= :year AND starts_at <= :now ORDER BY starts_at"
        )
        cues = load_words()["cues"][cue]
        there = [row for row in held if any(each in str(row[1]) for each in cues)]
        lines = tuple(f"{str(row[2])[:10]} {row[1]}" for row in there)
        keys = tuple(int(str(row[0])) for row in there)
        if len(there) >= number(rule):
            return Seen("met", {"count": len(there)}, lines, "session", keys)
        before = scope.begins > scope.year  # what was held before the books began stands nowhere
        return Seen("unknown" if before else "unmet", {"count": len(there)}, lines, "session", keys)

    return check


def themes(scope: Scope, rule: Rule) -> Seen:
    """Each of the fixed themes has a month of this year."""
    wanted = rule.value if isinstance(rule.value, tuple) else (str(rule.value),)
    kept = scope.rows(
        "SELECT month, theme FROM theme WHERE branch_id = :branch AND substr(month, 1, 4) = substr(:year, 1, 4) "
        "ORDER BY month"
    )
    if not kept:
        return Seen("unknown")
    lines = tuple(f"{month} {theme}" for month, theme in kept)
    missing = [theme for theme in wanted if not any(theme.removesuffix("月") in line for line in lines)]
    return Seen("unmet" if missing else "met", {"themes": joined(missing)}, lines)


def unexplained(scope: Scope, rule: Rule) -> Seen:
    """Who was not there the last times and nobody knows why; of the frail nothing is asked."""
    marks = scope.rows(
        "SELECT member.id, name, attendance.state FROM attendance JOIN session ON session.id = session_id "
        "JOIN member ON member.id = member_id WHERE session.branch_id = :branch AND session.state = 'held' "
        "AND starts_at <= :now AND left_at IS NULL AND frail = 0 ORDER BY member.id, starts_at DESC"
    )
    if not marks:
        return Seen("unknown")
    most = number(rule)
    states: dict[tuple[int, str], list[str]] = {}
    for key, name, state in marks:
        states.setdefault((int(str(key)), str(name)), []).append(str(state))
    away = [who for who, last in states.items() if last[:most] == ["unexplained"] * most]
    names = tuple(name for _, name in away)
    values: dict[str, str | int] = {"count": len(away), "names": joined(names)}
    return Seen("unmet" if away else "met", values, names, "member", tuple(key for key, _ in away))
