"""The figures of a period beside those of the one before: the first sheet of every book."""

from __future__ import annotations

from dataclasses import replace

from storage.export.sheets import Scope, owed, yuan
from storage.spreadsheet import Cell, Sheet

COUNTS = {
    "members": "SELECT count(*) FROM member WHERE branch_id = :branch AND joined_at < :end "
    "AND (left_at IS NULL OR left_at >= :end)",
    "sessions": "SELECT count(*) FROM session WHERE branch_id = :branch AND state <> 'cancelled' "
    "AND starts_at >= :start AND starts_at < :end",
    "attended": "SELECT count(*) FROM attendance JOIN session ON session.id = session_id WHERE branch_id = :branch "
    "AND attendance.state = 'attended' AND starts_at >= :start AND starts_at < :end",
    "home_study": "SELECT count(*) FROM attendance JOIN session ON session.id = session_id WHERE branch_id = :branch "
    "AND attendance.state = 'home_study' AND starts_at >= :start AND starts_at < :end",
    "marked": "SELECT count(*) FROM attendance JOIN session ON session.id = session_id WHERE branch_id = :branch "
    "AND starts_at >= :start AND starts_at < :end",
    "cases": "SELECT count(*) FROM care_case WHERE branch_id = :branch "
    "AND reported_at >= :start AND reported_at < :end",
    "visits": "SELECT count(*) FROM visit JOIN care_case ON care_case.id = case_id WHERE branch_id = :branch "
    "AND visit.at >= :start AND visit.at < :end",
    "gifts": "SELECT coalesce(sum(gift_fen), 0) FROM visit JOIN care_case ON care_case.id = case_id "
    "WHERE branch_id = :branch AND visit.at >= :start AND visit.at < :end",
    "open_cases": "SELECT count(*) FROM care_case WHERE branch_id = :branch AND reported_at >= :start "
    "AND reported_at < :end AND NOT EXISTS (SELECT 1 FROM visit WHERE case_id = care_case.id) AND state <> 'closed'",
    "suggestions": "SELECT count(*) FROM suggestion WHERE branch_id = :branch AND at >= :start AND at < :end",
    "answered": "SELECT count(*) FROM suggestion WHERE branch_id = :branch AND at >= :start AND at < :end "
    "AND state = 'answered'",
}
ORDER = (
    "members", "sessions", "attended", "home_study", "presence", "cases", "visits", "gifts", "open_cases",
    "dues_due", "dues_paid", "suggestions", "answered",
)  # fmt: skip


def cover(scope: Scope, period: str, before: str) -> Sheet:
    """The figures of this period and of the one before it."""
    now, then = _figures(scope), _figures(replace(scope, period=scope.period.before))
    lines = [(str(scope.words["cover"][name]), now[name], then[name]) for name in ORDER]
    sheet = scope.sheet("cover", lines)
    return replace(sheet, header=tuple(name.format(period=period, before=before) for name in sheet.header))


def _figures(scope: Scope) -> dict[str, Cell]:
    counted = {name: int(scope.db.execute(sql, scope.values).fetchone()[0]) for name, sql in COUNTS.items()}
    share = counted["attended"] / counted["marked"] if counted["marked"] else None
    known = owed(scope)
    return {
        **counted,
        "gifts": yuan(counted["gifts"]),
        "presence": f"{share:.0%}" if share is not None else "",
        "dues_due": yuan(sum(each.due_fen or 0 for each in known)),
        "dues_paid": yuan(sum(each.paid_fen or 0 for each in known)),
    }
