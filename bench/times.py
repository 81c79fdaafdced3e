"""Spoken times: how often start and end are exactly right, beside other parsers on the same expressions.

    bench/times.py [--quick]

Peers that are not installed are named as absent: dateparser (`parse`, `search_dates`), jionlp-time,
recognizers-text-date-time. Adapters are generous: ends that peers give as exclusive are made inclusive, a point is
compared only to the precision that was said, and the hint (future or past) is passed on where there is a setting.
Prints tables, and as its last line one JSON object.
"""

from __future__ import annotations

import argparse
import csv
import json
import statistics
import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from rich.console import Console
from rich.table import Table

sys.path.insert(0, str(Path(__file__).parents[1]))

from dialogs.understanding.times import find_time

SHARED = Path(__file__).parents[1].parent / "shared" / "datetime"
Answer = tuple[datetime, datetime | None] | None
Parser = Callable[[str, datetime, str], Answer]
QUICK = 4
"""With --quick every so many rows for the slow peers."""


@dataclass(frozen=True)
class Row:
    """One expression with its answer."""

    id: str
    text: str
    now: datetime
    hint: str
    kind: str
    start: str
    end: str
    category: str


@dataclass(frozen=True)
class Score:
    """One parser on one list."""

    verdicts: Counter[tuple[str, str]]
    """How many of (category, exact | none | wrong start | wrong end | false alarm)."""
    outside: float
    milliseconds: float


def rows(name: str) -> list[Row]:
    with (SHARED / name).open(encoding="utf-8", newline="") as file:
        listed = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    return [
        Row(
            row["id"], row["text"], datetime.fromisoformat(row["reference"]),
            "past" if "; past" in row["notes"] else "future" if "; future" in row["notes"] else "",
            row["kind"], row["start"] or "", row["end"] or "", row["notes"].split(";")[0].removeprefix("cat="),
        )
        for row in listed
    ]  # fmt: skip


def ours(text: str, now: datetime, hint: str) -> Answer:
    found = find_time(text, now, "past" if hint == "past" else "future")
    return (found.start, found.end) if found else None


def dateparser_settings(now: datetime, hint: str) -> dict[str, object]:
    return {"RELATIVE_BASE": now, "PREFER_DATES_FROM": hint or "future"}


def dateparser_parse(text: str, now: datetime, hint: str) -> Answer:
    import dateparser

    found = dateparser.parse(text, languages=["zh"], settings=dateparser_settings(now, hint))
    return (found.replace(tzinfo=None), None) if found else None


def dateparser_search(text: str, now: datetime, hint: str) -> Answer:
    from dateparser.search import search_dates

    found = search_dates(text, languages=["zh"], settings=dateparser_settings(now, hint))
    return (found[0][1].replace(tzinfo=None), None) if found else None


def jionlp_time(text: str, now: datetime, _: str) -> Answer:
    from jionlp_time import parse_time

    said = parse_time(text, time_base=now.timestamp())["time"]
    if not isinstance(said, list):
        return None
    start, end = (datetime.fromisoformat(moment) for moment in said)
    return start, end


def recognizers(text: str, now: datetime, hint: str) -> Answer:
    from recognizers_date_time import recognize_datetime
    from recognizers_text import Culture

    for result in recognize_datetime(text, Culture.Chinese, reference=now):
        values = [v for v in (result.resolution or {}).get("values", []) if "value" in v or "start" in v]
        if not values or "duration" in result.type_name:
            continue
        value = values[0] if hint == "past" else values[-1]
        start = moment(value.get("start") or value["value"], now)
        end = moment(value["end"], now) if "end" in value else None
        if start is None:
            continue
        whole_days = end is not None and len(value["end"]) <= 10
        return start, end - timedelta(days=1) if end and whole_days else end
    return None


def moment(said: str, now: datetime) -> datetime | None:
    try:
        if len(said) == 8 and ":" in said:
            return datetime.combine(now.date(), datetime.strptime(said, "%H:%M:%S").time())
        return datetime.fromisoformat(said)
    except ValueError:
        return None


PARSERS: dict[str, Parser] = {
    "nuanyang": ours,
    "dateparser parse": dateparser_parse,
    "dateparser search_dates": dateparser_search,
    "jionlp-time": jionlp_time,
    "recognizers-text": recognizers,
}


def shaped(when: datetime | None, like: str) -> str:
    return when.strftime("%Y-%m-%dT%H:%M" if "T" in like else "%Y-%m-%d") if when else ""


def verdict(row: Row, answer: Answer) -> str:
    if row.kind == "none":
        return "exact" if answer is None else "false alarm"
    if answer is None:
        return "none"
    if shaped(answer[0], row.start) != row.start:
        return "wrong start"
    if row.kind in ("range", "period") and shaped(answer[1], row.end) != row.end:
        return "wrong end"
    return "exact"


def wrong_day(row: Row, answer: Answer) -> bool:
    return answer is not None and (row.kind == "none" or answer[0].date().isoformat() != row.start[:10])


def ask(parser: Parser, row: Row) -> Answer:
    """The parser's answer; a peer that raises has found nothing."""
    try:
        return parser(row.text, row.now, row.hint)
    except Exception:  # noqa: BLE001  # whatever a peer raises counts as nothing found
        return None


def outside_share(parser: Parser, listed: Sequence[Row]) -> float:
    """Share of outside sentences whose start is right under either hint."""
    hits: dict[str, bool] = {}
    for row in listed:
        answer = ask(parser, row)
        same = answer is not None and shaped(answer[0], row.start) == row.start
        hits[row.id[:-1]] = hits.get(row.id[:-1], False) or same
    return sum(hits.values()) / len(hits) if hits else 0.0


def score(parser: Parser, dev: Sequence[Row], outside: Sequence[Row]) -> tuple[Score, int]:
    verdicts: Counter[tuple[str, str]] = Counter()
    wrong, spent = 0, []
    ask(parser, dev[0])
    for row in dev:
        begun = time.perf_counter()
        answer = ask(parser, row)
        spent.append((time.perf_counter() - begun) * 1000)
        verdicts[row.category, verdict(row, answer)] += 1
        wrong += wrong_day(row, answer)
    return Score(verdicts, outside_share(parser, outside), statistics.median(spent)), wrong


def installed(parser: Parser) -> bool:
    try:
        parser("明天", datetime(2026, 11, 22, 9, 30), "future")
    except ImportError:
        return False
    return True


def print_scores(console: Console, scores: dict[str, tuple[Score, int]], count: int) -> None:
    table = Table(title=f"{count} spoken times; percent")
    for column in ("parser", "exact", "wrong start", "wrong end", "none", "false alarm", "outside", "ms"):
        table.add_column(column)
    for name, (result, _) in scores.items():
        total = sum(result.verdicts.values())
        shares = [
            f"{100 * sum(n for (_, said), n in result.verdicts.items() if said == kind) / total:.1f}"
            for kind in ("exact", "wrong start", "wrong end", "none", "false alarm")
        ]
        table.add_row(name, *shares, f"{100 * result.outside:.1f}", f"{result.milliseconds:.2f}")
    console.print(table)
    categories = sorted({category for category, _ in scores["nuanyang"][0].verdicts})
    table = Table(title="exact, by kind of expression; percent")
    for column in ("kind", "rows", *scores):
        table.add_column(column)
    for category in categories:
        cells = []
        for result, _ in scores.values():
            total = sum(n for (kind, _), n in result.verdicts.items() if kind == category)
            cells.append(f"{100 * result.verdicts[category, 'exact'] / total:.0f}" if total else "-")
        size = sum(n for (kind, _), n in scores["nuanyang"][0].verdicts.items() if kind == category)
        table.add_row(category, str(size), *cells)
    console.print(table)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--quick", action="store_true", help="fewer rows for the peers")
    quick = options.parse_args().quick
    console = Console(width=120)
    if not SHARED.exists():
        console.print("the reference lists of spoken times are not on this machine")
        print(json.dumps({}))
        return
    dev, outside = rows("dev.tsv"), rows("outside.tsv")
    scores: dict[str, tuple[Score, int]] = {}
    for name, parser in PARSERS.items():
        if not installed(parser):
            console.print(f"{name}: not installed")
            continue
        step = QUICK if quick and parser is not ours else 1
        # The outside list holds each sentence twice in a row, with either hint.
        pairs = [row for number, row in enumerate(outside) if number // 2 % step == 0]
        scores[name] = score(parser, dev[::step], pairs)
    print_scores(console, scores, len(dev))
    mine, wrong = scores["nuanyang"]
    exact = sum(n for (_, said), n in mine.verdicts.items() if said == "exact") / len(dev)
    figures = {
        "times_exact": round(exact, 4),
        "times_wrong_day": round(wrong / len(dev), 4),
        "outside_right": round(mine.outside, 4),
        "times_ms": round(mine.milliseconds, 3),
    }
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
