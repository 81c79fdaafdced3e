"""Dues that have been owed for long: who is behind by so many quarters, and how far somebody is."""

from __future__ import annotations

from sqlite_utils import Database

from dialogs.asking.asked import Asked
from dialogs.asking.quarters import keys, known, lines_table
from dialogs.asking.told import Told, heeds, named, say
from dialogs.money import say_quarter, say_yuan
from storage.questions import Asker, dues
from storage.questions.dues import Due


@heeds("behind", "behind_months", "behind_quarters", "unpaid", "how_far")
def behind(asked: Asked, db: Database, asker: Asker) -> Told:
    """Who owes for several quarters, this one included."""
    least = asked.number("behind_quarters") or max(1, (asked.number("behind_months") or 6) // 3)
    lines = [
        line for line in dues.of_quarters(db, asker, known(asked)) if line.state == "open" and asked.chosen(line.name)
    ]
    count = {line.name: sum(each.name == line.name for each in lines) for line in lines}
    names = tuple(name for name, quarters_ in count.items() if quarters_ >= least)
    there = [line for line in lines if line.name in names]
    key = "behind_there" if names else "behind_none"
    said = say(asked, key, quarters=least, count=len(names), names=named(asked, names))
    return Told(said, lines_table(asked, there), names, None, "dues", keys(there))


@heeds("how_far", "unpaid", "paid", "sum", "behind", "which_quarter", "when_was")
def how_far(asked: Asked, db: Database, asker: Asker) -> Told:
    """Which quarters each of those named has not paid, as far as the books go back."""
    lines = [line for line in dues.of_quarters(db, asker, known(asked)) if asked.chosen(line.name)]
    said = ""
    shown: list[Due] = []
    for person in asked.people:
        own = [line for line in lines if line.name == person.name and line.state == "open"]
        paid = [line for line in lines if line.name == person.name and line.state != "open"]
        shown += own or paid[-1:]
        said += say(
            asked, "owes" if own else "owes_nothing", name=person.name, quarters=len(own),
            list="、".join(say_quarter(line.quarter) for line in own), sum=say_yuan(sum(line.due_fen for line in own)),
        )  # fmt: skip
    return Told(said, lines_table(asked, shown), tuple(each.name for each in asked.people), None, "dues", keys(shown))
