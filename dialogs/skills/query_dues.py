"""The secretary asks who has not paid."""

from __future__ import annotations

from datetime import datetime

from dialogs import words
from dialogs.money import say_quarter, say_yuan
from dialogs.reply import Table
from dialogs.skill import Desk, Done, Outcome, Wish
from dialogs.understanding.meaning import Span
from storage import dues, questions
from storage.dues import Dues


def act(wish: Wish, desk: Desk) -> Outcome:
    """Answer for the quarter that was said, or this one: who has not paid, or how one member stands."""
    period = wish.slots.get("period")
    day = datetime.fromisoformat(period.start) if isinstance(period, Span) and period.start else desk.now
    quarter = dues.quarter_of(day)
    everybody = dues.of_quarter(desk.db, desk.speaker.branch_id, quarter)
    desk.log("read_dues", name=desk.speaker.name, quarter=quarter)
    if name := wish.text_slot("person"):
        theirs = [each for each in everybody if each.name == name]
        if theirs:
            key = f"one_{theirs[0].state}"
            said = {"name": name, "quarter": say_quarter(quarter), "amount": say_yuan(theirs[0].paid_fen or 0)}
            return Done(key, said, table=_table(theirs))
    unpaid = questions.unpaid(desk.db, desk.speaker.branch_id, quarter)
    collected = sum(each.paid_fen or 0 for each in everybody if each.state != "open")
    said = {
        "quarter": say_quarter(quarter),
        "count": str(len(unpaid)),
        "paid": str(len(everybody) - len(unpaid)),
        "collected": say_yuan(collected),
        "names": "、".join(each.name for each in unpaid),
    }
    return Done("unpaid" if unpaid else "all_paid", said, table=_table(unpaid or everybody))


def _table(lines: list[Dues]) -> Table:
    replies = words.load("skills/query_dues", "replies")
    return Table(
        tuple(replies.say("columns").split("|")),
        tuple(
            (
                each.name,
                each.quarter,
                say_yuan(each.due_fen) if each.due_fen else "",
                say_yuan(each.paid_fen) if each.paid_fen else "",
                replies.say(f"state_{each.state}"),
            )
            for each in lines
        ),
    )
