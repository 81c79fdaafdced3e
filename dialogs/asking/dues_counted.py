"""Dues counted: who was first or last, who is behind and by how much, this quarter beside another, shares and sums."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from sqlite_utils import Database

from dialogs.asking.asked import Asked
from dialogs.asking.quarters import before, between, called, keys, lines_table, progress
from dialogs.asking.told import BESIDE, WHEN, Told, heeds, named, say, table
from dialogs.money import say_quarter, say_yuan
from dialogs.reply import Chart
from storage.questions import Asker, dues
from storage.questions.dues import Due


@heeds(WHEN, "earliest", "latest", "most", "least", "paid", "day", "which_day")
def extreme(asked: Asked, lines: Sequence[Due], wanted: Sequence[str]) -> Told | None:
    """Who paid first, last, most or least; None where nobody has paid."""
    paid = [line for line in lines if line.state != "open"]
    key = asked.first("earliest", "latest", "most", "least")
    if not paid:
        return None
    values = [line.paid_at[:10] if key in ("earliest", "latest") else line.paid_fen for line in paid]
    best = max(values) if key in ("most", "latest") else min(values)
    there = [line for line, value in zip(paid, values, strict=True) if value == best]
    names = tuple(dict.fromkeys(line.name for line in there))
    said = say(
        asked, key, quarter=called(wanted), names=named(asked, names), amount=say_yuan(there[0].paid_fen),
        day=there[0].paid_at[5:10],
    )  # fmt: skip
    return Told(said, lines_table(asked, there), names, None, "dues", keys(there))


@heeds(WHEN, "of_each_quarter", "which_quarter", "most", "least", "paid", "sum", "the_more")
def best_quarter(asked: Asked, lines: Sequence[Due], wanted: Sequence[str]) -> Told:
    """In which quarter most or least came in."""
    sums = {quarter: _collected(line for line in lines if line.quarter == quarter) for quarter in wanted}
    least = asked.has("least")
    best = min(sums.values()) if least else max(sums.values())
    there = [quarter for quarter, total in sums.items() if total == best]
    said = say(
        asked, "least_quarter" if least else "most_quarter", amount=say_yuan(best),
        quarters=named(asked, [say_quarter(quarter) for quarter in there]),
    )  # fmt: skip
    rows = [(say_quarter(quarter), say_yuan(total)) for quarter, total in sums.items()]
    told = "，".join(f"{quarter}{total}" for quarter, total in rows)
    return Told(said + say(asked, "quarters_each", told=told), table(asked, "compare", rows))


@heeds(WHEN, "each_quarter_paid", "paid", "paid_names", "everybody")
def every_quarter(asked: Asked, lines: Sequence[Due], wanted: Sequence[str]) -> Told:
    """Who has paid for each of these quarters."""
    owed = Counter(line.name for line in lines)
    paid = Counter(line.name for line in lines if line.state != "open")
    names = tuple(name for name in owed if paid[name] == owed[name])
    said = say(
        asked, "every_quarter" if names else "no_every_quarter", quarter=called(wanted), count=len(names),
        names=named(asked, names),
    )  # fmt: skip
    return Told(said, table(asked, "times", [(name, paid[name]) for name in names]), names)


@heeds(WHEN, "share", "unpaid", "sum", "rate")
def share_unpaid(asked: Asked, lines: Sequence[Due], wanted: Sequence[str]) -> Told:
    """How many of those who owe have not paid, in percent."""
    open_ = [line for line in lines if line.state == "open"]
    said = say(
        asked, "share_unpaid", quarter=called(wanted), count=len(open_), all=len(lines),
        percent=round(100 * len(open_) / len(lines)) if lines else 0,
    )  # fmt: skip
    names = tuple(dict.fromkeys(line.name for line in open_))
    return Told(said, lines_table(asked, open_), names, None, "dues", keys(open_))


@heeds(WHEN, "asked_sum", "sum", "paid")
def asked_in_all(asked: Asked, lines: Sequence[Due], wanted: Sequence[str]) -> Told:
    """What the branch asks of everybody together."""
    owed, paid = sum(line.due_fen for line in lines), _collected(lines)
    said = say(asked, "asked_in_all", quarter=called(wanted), sum=say_yuan(owed), collected=say_yuan(paid))
    return Told(said, lines_table(asked, lines), (), progress(asked, lines, wanted), "dues", keys(lines))


@heeds(WHEN, "amount", "paid")
def of_amount(asked: Asked, lines: Sequence[Due], wanted: Sequence[str], yuan: int) -> Told:
    """Of whom this much is asked a quarter."""
    there = [line for line in lines if line.due_fen == yuan * 100]
    names = tuple(dict.fromkeys(line.name for line in there))
    said = say(
        asked, "amount_there" if there else "amount_none", amount=say_yuan(yuan * 100), count=len(names),
        names=named(asked, names), quarter=called(wanted),
    )  # fmt: skip
    return Told(said, lines_table(asked, there), names, None, "dues", keys(there))


@heeds(
    WHEN, BESIDE, "compare", "higher_than", "beside", "rate", "paid", "sum", "year_ago", "which_quarter", "which_more"
)
def compared(asked: Asked, db: Database, asker: Asker, wanted: Sequence[str]) -> Told:
    """What came in, or what share of those who owe has paid, beside the quarters before or those that were said."""
    asked.fits("beside")
    if len(asked.stretches) > 1:
        early, late = sorted(asked.stretches[:2], key=lambda each: each.start)
        older, wanted = between(early), between(late)
    elif asked.has("year_ago"):
        older = [f"{int(quarter[:4]) - 1}{quarter[4:]}" for quarter in wanted]
    else:
        older = before(wanted)
    sides = [
        [line for line in dues.of_quarters(db, asker, each) if asked.chosen(line.name)] for each in (wanted, older)
    ]
    rate = asked.has("rate")
    one, other = ((_rate(lines) if rate else _collected(lines)) for lines in sides)
    kind = "_rate" if rate else ""
    key = "more" if one > other else "less" if one < other else "as_much"
    said = say(
        asked, key + kind, quarter=called(wanted), before=called(older), sum=_amount(one, rate),
        sum_before=_amount(other, rate), difference=_amount(abs(one - other), rate),
    )  # fmt: skip
    rows = [(called(which), _amount(value, rate)) for which, value in ((wanted, one), (older, other))]
    unit = say(asked, "unit_percent" if rate else "unit_yuan")
    bars = tuple(value if rate else value / 100 for value in (other, one))
    labels = (called(older), called(wanted))
    chart = Chart(say(asked, "chart_dues"), unit, labels, ((say(asked, "paid_bar"), bars),))
    return Told(said, table(asked, "compare", rows), (), chart)


def _collected(lines: Iterable[Due]) -> int:
    return sum(line.paid_fen for line in lines if line.state != "open")


def _rate(lines: Sequence[Due]) -> int:
    return round(100 * sum(line.state != "open" for line in lines) / len(lines)) if lines else 0


def _amount(value: int, rate: bool) -> str:
    return str(value) if rate else say_yuan(value)
