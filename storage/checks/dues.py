"""Whether dues are in: the quarters that are over, from the one in which a member came onto the roster."""

from __future__ import annotations

from storage import dues
from storage.checks.finding import Scope, Seen, say
from storage.profiles import Rule


def settled(scope: Scope, _: Rule) -> Seen:
    """Nobody owes anything of a quarter of this year that is over; the quarter that runs is told beside it."""
    running = dues.quarter_of(scope.now)
    asked, owing, keys, still = 0, [], [], 0
    for quarter in dues.quarters(f"{scope.now.year}Q1", running):
        for each in dues.of_quarter(scope.db, scope.branch_id, quarter):
            owed = bool(each.due_fen) and each.quarter >= dues.since(scope.db, each.member_id)
            if not owed and each.state == "open":
                continue
            asked += quarter < running
            if each.state != "open":
                continue
            if quarter == running:
                still += 1
            else:
                owing.append(say("owes", name=each.name, quarter=quarter[-1]))
                keys.append(each.member_id)
    values: dict[str, str | int] = {"count": asked, "owing": len(owing), "still": still, "quarter": running[-1]}
    if owing:
        return Seen("unmet", values, tuple(owing), "member", tuple(dict.fromkeys(keys)))
    if not asked:
        return Seen("unknown", values)
    return Seen("met", values, key="met_still" if still else "")
