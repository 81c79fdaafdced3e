"""Who has paid, who has not, how much came in, who asked to pay less."""

from __future__ import annotations

from collections.abc import Sequence

from sqlite_utils import Database

from dialogs.asking import dues_behind, dues_counted, reliefs
from dialogs.asking.asked import Asked
from dialogs.asking.quarters import called, keys, lines_table, progress, quarters_of
from dialogs.asking.stretches import Stretch, spoken
from dialogs.asking.told import WHEN, Told, heeds, named, say
from dialogs.money import say_quarter, say_yuan
from storage.questions import Asker, dues
from storage.questions.dues import Due

ORDER = ("too_much", "too_little", "claimed", "verified", "to_check", "unpaid", "paid")
"""In this order, for 没交 holds 交."""


def answer(asked: Asked, db: Database, asker: Asker) -> Told:
    """Answer for the quarters that were said, or this one."""
    if asked.has("relief"):
        return reliefs.answer(asked, db, asker)
    wanted = quarters_of(asked)
    lines = [line for line in dues.of_quarters(db, asker, wanted) if asked.chosen(line.name)]
    if not lines and asked.narrowed and not asked.people:
        return Told(say(asked, "nobody"), lines_table(asked, lines))
    if asked.has("not_kept"):
        near = _whole(asked, lines, wanted)
        return Told(say(asked, "cannot", near=near.said), near.table, near.names, answered=False)
    if asked.has("compare") or asked.fits("higher_than") or (len(asked.stretches) > 1 and asked.fits("beside")):
        return dues_counted.compared(asked, db, asker, wanted)
    if asked.people and asked.has("how_far"):
        return dues_behind.how_far(asked, db, asker)
    if asked.number("behind_months") or asked.number("behind_quarters") or asked.has("behind"):
        return dues_behind.behind(asked, db, asker)
    return _of_lines(asked, lines, wanted)


def _of_lines(asked: Asked, lines: Sequence[Due], wanted: Sequence[str]) -> Told:
    """What is asked of the dues of these quarters."""
    if asked.people:
        return _of_people(asked, lines, wanted)
    if (
        (asked.has("day") or asked.fits("paid_in"))
        and asked.stretch
        and (asked.stretch.end - asked.stretch.start).days < 62
    ):
        return _of_days(asked, lines)
    if found := _counted(asked, lines, wanted):
        return found
    key = asked.first(*ORDER)
    key = "claimed" if key == "to_check" else key
    if key == "claimed" and asked.excepts("claimed"):
        key = "verified"
    if key in ("too_much", "too_little", "claimed", "verified"):
        return _of_state(asked, lines, key, wanted)
    if asked.has("everybody"):
        whole = _whole(asked, lines, wanted)
        return Told(whole.said, lines_table(asked, lines), whole.names, whole.chart, "dues", keys(lines))
    if asked.has("paid_names") and key != "unpaid":
        return _of_state(asked, lines, "paid", wanted)
    return _whole(asked, lines, wanted)


def _counted(asked: Asked, lines: Sequence[Due], wanted: Sequence[str]) -> Told | None:
    """What is counted over the lines; None where they are asked for by how they stand."""
    if asked.has("which_quarter") and (asked.has("most", "least") or asked.fits("the_more")):
        return dues_counted.best_quarter(asked, lines, wanted)
    if len(wanted) > 1 and asked.fits("of_each_quarter") and not asked.has("unpaid"):
        return dues_counted.best_quarter(asked, lines, wanted)
    if asked.has("earliest", "latest", "most", "least"):
        return dues_counted.extreme(asked, lines, wanted)
    if (amount := asked.number("amount")) is not None:
        return dues_counted.of_amount(asked, lines, wanted, amount)
    if asked.has("asked_sum") and not asked.has("unpaid"):
        return dues_counted.asked_in_all(asked, lines, wanted)
    if asked.has("share") and asked.has("unpaid") and not asked.has("rate"):
        return dues_counted.share_unpaid(asked, lines, wanted)
    if len(wanted) > 1 and asked.fits("each_quarter_paid") and not asked.has("unpaid"):
        return dues_counted.every_quarter(asked, lines, wanted)
    return None


@heeds(WHEN, "unpaid", "paid", "sum", "rate", "everybody", "how_many_people", "share", "how_far")
def _whole(asked: Asked, lines: Sequence[Due], wanted: Sequence[str]) -> Told:
    """Who has not paid, how many have, how much came in and what is missing."""
    unpaid = [line for line in lines if line.state == "open"]
    paid = [line for line in lines if line.state != "open"]
    names = tuple(dict.fromkeys(line.name for line in unpaid))
    collected, missing = sum(line.paid_fen for line in paid), sum(line.due_fen for line in unpaid)
    said = say(
        asked, "unpaid" if unpaid else "all_paid", quarter=called(wanted), count=len(names), names=named(asked, names),
        paid=len(paid), collected=say_yuan(collected), missing=say_yuan(missing),
        percent=round(100 * len(paid) / len(lines)) if lines else 0,
    )  # fmt: skip
    whole = asked.has("sum") and not asked.fits("how_many_people")
    shown = lines if whole or not (unpaid or asked.has("unpaid")) else unpaid
    return Told(said, lines_table(asked, shown), names, progress(asked, lines, wanted), "dues", keys(shown))


@heeds(WHEN, "unpaid", "paid", "sum", "claimed", "verified", "everybody", "paid_names", "to_check", "which_day")
def _of_people(asked: Asked, lines: Sequence[Due], wanted: Sequence[str]) -> Told:
    said = ""
    for person in asked.people:
        own = [line for line in lines if line.name == person.name]
        if not own:
            said += say(asked, "nothing_owed", name=person.name, quarter=called(wanted))
        for line in own[-2:]:
            said += say(
                asked, f"one_{line.state}", name=line.name, quarter=say_quarter(line.quarter),
                amount=say_yuan(line.paid_fen or line.due_fen),
            )  # fmt: skip
            if line.paid_at and asked.fits("which_day"):
                said += say(asked, "paid_on", day=line.paid_at[5:10])
    names = tuple(person.name for person in asked.people)
    return Told(said, lines_table(asked, lines), names, None, "dues", keys(lines))


def _of_state(asked: Asked, lines: Sequence[Due], key: str, wanted: Sequence[str]) -> Told:
    there = [line for line in lines if _is(line, key)]
    names = tuple(dict.fromkeys(line.name for line in there))
    said = say(
        asked, f"{key}_there" if there else f"{key}_none", quarter=called(wanted), count=len(names),
        names=named(asked, names), sum=say_yuan(sum(line.paid_fen for line in there)),
    )  # fmt: skip
    said_as = (key, "to_check", "unpaid", "paid") if key == "claimed" else (key, "paid", "paid_names")
    return Told(said, lines_table(asked, there), names, None, "dues", keys(there), heeds=(WHEN, "sum", *said_as))


def _is(line: Due, key: str) -> bool:
    if key == "too_much":
        return line.state != "open" and line.paid_fen > line.due_fen > 0
    if key == "too_little":
        return line.state != "open" and line.paid_fen < line.due_fen
    return line.state != "open" if key == "paid" else line.state == key


@heeds(WHEN, "day", "paid_in", "paid", "sum", "paid_names", "how_many_people")
def _of_days(asked: Asked, lines: Sequence[Due]) -> Told:
    """What was paid on the days that were said."""
    stretch = asked.stretch or Stretch(asked.now, asked.now)
    start, end = stretch.start.isoformat(), stretch.end.isoformat()
    there = [line for line in lines if line.paid_at and start <= line.paid_at <= end]
    names = tuple(line.name for line in there)
    said = say(
        asked, "day_there" if there else "day_none", period=spoken(stretch, asked.now), count=len(there),
        names=named(asked, names), sum=say_yuan(sum(line.paid_fen for line in there)),
    )  # fmt: skip
    return Told(said, lines_table(asked, there), names, None, "dues", keys(there))
