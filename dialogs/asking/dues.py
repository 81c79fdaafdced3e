"""Who has paid, who has not, how much came in, who asked to pay less."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlite_utils import Database

from dialogs.asking.asked import Asked, Stretch
from dialogs.asking.told import Told, before_that, named, say, spoken, table
from dialogs.money import say_quarter, say_yuan
from dialogs.reply import Chart, Table
from storage.dues import quarter_of, quarters
from storage.questions import Asker, dues
from storage.questions.dues import Due

ORDER = ("too_much", "too_little", "claimed", "verified", "to_check", "unpaid", "paid")
"""In this order, for 没交 holds 交."""


def answer(asked: Asked, db: Database, asker: Asker) -> Told:
    """Answer for the quarters that were said, or this one."""
    if asked.has("relief"):
        return _reliefs(asked, db, asker)
    wanted = _quarters(asked)
    lines = [line for line in dues.of_quarters(db, asker, wanted) if asked.chosen(line.name)]
    if asked.has("not_kept"):
        near = _whole(asked, lines, wanted)
        return Told(say(asked, "cannot", near=near.said), near.table, near.names, answered=False)
    if asked.has("compare"):
        return _compared(asked, db, asker, wanted)
    if asked.people and asked.has("how_far"):
        return _how_far(asked, db, asker)
    if asked.number("behind_months") or asked.number("behind_quarters") or asked.has("behind"):
        return _behind(asked, db, asker)
    return _of_lines(asked, lines, wanted)


def _of_lines(asked: Asked, lines: Sequence[Due], wanted: Sequence[str]) -> Told:
    """What is asked of the dues of these quarters."""
    if asked.people:
        return _of_people(asked, lines, wanted)
    if asked.has("day") and asked.stretch and (asked.stretch.end - asked.stretch.start).days < 62:
        return _of_days(asked, lines)
    if asked.has("earliest", "most", "least"):
        return _extreme(asked, lines, wanted)
    key = asked.first(*ORDER)
    key = "claimed" if key == "to_check" else key
    if key in ("too_much", "too_little", "claimed", "verified"):
        return _of_state(asked, lines, key, wanted)
    if asked.has("everybody"):
        whole = _whole(asked, lines, wanted)
        return Told(whole.said, _table(asked, lines), whole.names, whole.chart, "dues", _keys(lines))
    if asked.has("paid_names") and key != "unpaid":
        return _of_state(asked, lines, "paid", wanted)
    return _whole(asked, lines, wanted)


def _whole(asked: Asked, lines: Sequence[Due], wanted: Sequence[str]) -> Told:
    """Who has not paid, how many have, how much came in and what is missing."""
    unpaid = [line for line in lines if line.state == "open"]
    paid = [line for line in lines if line.state != "open"]
    names = tuple(dict.fromkeys(line.name for line in unpaid))
    collected, missing = sum(line.paid_fen for line in paid), sum(line.due_fen for line in unpaid)
    said = say(
        asked, "unpaid" if unpaid else "all_paid", quarter=_called(wanted), count=len(names), names=named(asked, names),
        paid=len(paid), collected=say_yuan(collected), missing=say_yuan(missing),
        percent=round(100 * len(paid) / len(lines)) if lines else 0,
    )  # fmt: skip
    shown = lines if asked.has("sum") else unpaid or lines
    return Told(said, _table(asked, shown), names, _progress(asked, lines, wanted), "dues", _keys(shown))


def _of_people(asked: Asked, lines: Sequence[Due], wanted: Sequence[str]) -> Told:
    said = ""
    for person in asked.people:
        own = [line for line in lines if line.name == person.name]
        if not own:
            said += say(asked, "nothing_owed", name=person.name, quarter=_called(wanted))
        for line in own[-2:]:
            said += say(
                asked, f"one_{line.state}", name=line.name, quarter=say_quarter(line.quarter),
                amount=say_yuan(line.paid_fen or line.due_fen),
            )  # fmt: skip
    names = tuple(person.name for person in asked.people)
    return Told(said, _table(asked, lines), names, None, "dues", _keys(lines))


def _of_state(asked: Asked, lines: Sequence[Due], key: str, wanted: Sequence[str]) -> Told:
    there = [line for line in lines if _is(line, key)]
    names = tuple(dict.fromkeys(line.name for line in there))
    said = say(
        asked, f"{key}_there" if there else f"{key}_none", quarter=_called(wanted), count=len(names),
        names=named(asked, names), sum=say_yuan(sum(line.paid_fen for line in there)),
    )  # fmt: skip
    return Told(said, _table(asked, there), names, None, "dues", _keys(there))


def _is(line: Due, key: str) -> bool:
    if key == "too_much":
        return line.state != "open" and line.paid_fen > line.due_fen > 0
    if key == "too_little":
        return line.state != "open" and line.paid_fen < line.due_fen
    return line.state != "open" if key == "paid" else line.state == key


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
    return Told(said, _table(asked, there), names, None, "dues", _keys(there))


def _extreme(asked: Asked, lines: Sequence[Due], wanted: Sequence[str]) -> Told:
    """Who paid first, most or least."""
    paid = [line for line in lines if line.state != "open"]
    key = asked.first("earliest", "most", "least")
    if not paid:
        return _whole(asked, lines, wanted)
    values = [line.paid_at[:10] if key == "earliest" else line.paid_fen for line in paid]
    best = max(values) if key == "most" else min(values)
    there = [line for line, value in zip(paid, values, strict=True) if value == best]
    names = tuple(dict.fromkeys(line.name for line in there))
    said = say(
        asked, key, quarter=_called(wanted), names=named(asked, names), amount=say_yuan(there[0].paid_fen),
        day=there[0].paid_at[5:10],
    )  # fmt: skip
    return Told(said, _table(asked, there), names, None, "dues", _keys(there))


def _behind(asked: Asked, db: Database, asker: Asker) -> Told:
    """Who owes for several quarters, this one included."""
    least = asked.number("behind_quarters") or max(1, (asked.number("behind_months") or 6) // 3)
    lines = [
        line for line in dues.of_quarters(db, asker, _known(asked)) if line.state == "open" and asked.chosen(line.name)
    ]
    count = {line.name: sum(each.name == line.name for each in lines) for line in lines}
    names = tuple(name for name, quarters_ in count.items() if quarters_ >= least)
    there = [line for line in lines if line.name in names]
    key = "behind_there" if names else "behind_none"
    said = say(asked, key, quarters=least, count=len(names), names=named(asked, names))
    return Told(said, _table(asked, there), names, None, "dues", _keys(there))


def _how_far(asked: Asked, db: Database, asker: Asker) -> Told:
    """Which quarters each of those named has not paid, as far as the books go back."""
    lines = [line for line in dues.of_quarters(db, asker, _known(asked)) if asked.chosen(line.name)]
    said = ""
    shown: list[Due] = []
    for person in asked.people:
        own = [line for line in lines if line.name == person.name and line.state == "open"]
        paid = [line for line in lines if line.name == person.name and line.state != "open"]
        shown += own or paid[-1:]
        said += say(
            asked, "owes" if own else "owes_nothing", name=person.name, quarters=len(own),
            list="、".join(say_quarter(line.quarter) for line in own),
        )  # fmt: skip
    return Told(said, _table(asked, shown), tuple(each.name for each in asked.people), None, "dues", _keys(shown))


def _known(asked: Asked) -> list[str]:
    """The quarters of this year and the last."""
    return quarters(f"{asked.now.year - 1}Q1", quarter_of(asked.now))


def _compared(asked: Asked, db: Database, asker: Asker, wanted: Sequence[str]) -> Told:
    """What came in, beside what came in before."""
    if len(asked.stretches) > 1:
        before = _between(min(asked.stretches[:2], key=lambda each: each.start))
        wanted = _between(max(asked.stretches[:2], key=lambda each: each.start))
    elif asked.has("year_ago"):
        before = [f"{int(quarter[:4]) - 1}{quarter[4:]}" for quarter in wanted]
    else:
        first = _start_of(wanted[0])
        before = _between(before_that(Stretch(first, _end_of(wanted[-1]))))
    sums = []
    for which in (wanted, before):
        sums.append(sum(line.paid_fen for line in dues.of_quarters(db, asker, which) if line.state != "open"))
    key = "more" if sums[0] > sums[1] else "less" if sums[0] < sums[1] else "as_much"
    said = say(
        asked, key, quarter=_called(wanted), before=_called(before), sum=say_yuan(sums[0]),
        sum_before=say_yuan(sums[1]), difference=say_yuan(abs(sums[0] - sums[1])),
    )  # fmt: skip
    rows = [(_called(which), say_yuan(total)) for which, total in zip((wanted, before), sums, strict=True)]
    unit = say(asked, "unit_yuan")
    bars = (sums[1] / 100, sums[0] / 100)
    chart = Chart(say(asked, "chart_dues"), unit, (_called(before), _called(wanted)), ((say(asked, "paid_bar"), bars),))
    return Told(said, table(asked, "compare", rows), (), chart)


def _reliefs(asked: Asked, db: Database, asker: Asker) -> Told:
    found = [each for each in dues.reliefs(db, asker) if asked.chosen(each.name)]
    if asked.has("pending"):
        found = [each for each in found if each.state == "pending"]
    elif asked.has("approved"):
        found = [each for each in found if each.state == "approved"]
    names = tuple(dict.fromkeys(each.name for each in found))
    said = say(asked, "relief_there" if found else "relief_none", count=len(names), names=named(asked, names))
    cares = asker.cares(db)  # the reason is as private as an illness
    rows = [
        (each.name, each.at[:10], each.reason if cares else "", say(asked, f"state_{each.state}")) for each in found
    ]
    return Told(said, table(asked, "reliefs", rows), names, None, "application", tuple(each.id for each in found))


def _quarters(asked: Asked) -> list[str]:
    if asked.stretch is None:
        return [quarter_of(asked.now)]
    return _between(Stretch(asked.stretch.start, min(asked.stretch.end, max(asked.now, asked.stretch.start))))


def _between(stretch: Stretch) -> list[str]:
    return quarters(quarter_of(stretch.start), quarter_of(stretch.end))


def _start_of(quarter: str) -> datetime:
    return datetime(int(quarter[:4]), int(quarter[-1]) * 3 - 2, 1)


def _end_of(quarter: str) -> datetime:
    month = int(quarter[-1]) * 3
    return datetime(int(quarter[:4]), month, 31 if month in (3, 12) else 30)


def _called(wanted: Sequence[str]) -> str:
    """One quarter by its name, several from the first to the last."""
    named_ = [say_quarter(quarter) for quarter in (wanted[0], wanted[-1])]
    return named_[0] if len(wanted) == 1 else f"{named_[0]}—{named_[1]}"


def _progress(asked: Asked, lines: Sequence[Due], wanted: Sequence[str]) -> Chart:
    """What is asked beside what came in, quarter by quarter."""
    owed = tuple(sum(line.due_fen for line in lines if line.quarter == quarter) / 100 for quarter in wanted)
    paid = tuple(
        sum(line.paid_fen for line in lines if line.quarter == quarter and line.state != "open") / 100
        for quarter in wanted
    )
    labels = tuple(say_quarter(quarter) for quarter in wanted)
    series = ((say(asked, "due_bar"), owed), (say(asked, "paid_bar"), paid))
    return Chart(say(asked, "chart_dues"), say(asked, "unit_yuan"), labels, series)


def _table(asked: Asked, lines: Sequence[Due]) -> Table:
    return table(
        asked,
        "dues",
        [
            (
                line.name, line.quarter, say_yuan(line.due_fen) if line.due_fen else "",
                say_yuan(line.paid_fen) if line.paid_fen else "", say(asked, f"state_{line.state}"), line.paid_at[:10],
            )
            for line in lines
        ],
    )  # fmt: skip


def _keys(lines: Sequence[Due]) -> tuple[int, ...]:
    return tuple(line.id for line in lines if line.id)
