"""The branch log as it grows: how long ten questions and a search take at 10,000, 1,000,000 and 10,000,000 entries.

    bench/log.py [--quick]

A question is a whole turn of the secretary: understood, looked up, logged, committed. Prints a table, and as its last
line one JSON object: `p95_ms` at the longest log, over questions and searches; `growth`, that beside the shortest;
`appends_per_s`, each entry a commit of its own. Beside it, on the same entries, plain LIKE and sqlite-utils' search().
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from rich.console import Console
from rich.table import Table
from sqlite_utils import Database

sys.path.insert(0, str(Path(__file__).parents[1]))

from bench.log_entries import NOW, build
from bot.app import App, open_app
from bot.config import Config, DataConfig
from bot.turn import Incoming
from storage import log, members
from storage.database import open_database, writing
from storage.log import search

SIZES, QUICK = (10_000, 1_000_000, 10_000_000), (10_000, 100_000)
LIKE = "SELECT entry_id FROM entry_content WHERE sentence LIKE ? ORDER BY entry_id DESC LIMIT 20"
ROUNDS = 8
MOST_FOR_PEERS = 1_000_000
"""Rows that sqlite-utils' search() is tried on: at more it is the same, later."""
QUESTIONS = (
    "上个月支部做了什么", "调出昨天的日志", "查一下{name}的记录", "查一下日志里关于加装扶手的记录",
    "查一下日志里关于怀表的记录", "今年的日志里有没有提到{name}", "查一下十月十五号支部的记录",
    "检索关于垃圾分类的全部记录", "有没有关于老战友的记载", "支部上周做了哪些事",
)  # fmt: skip
SOUGHT = (
    "住院",
    "扶手",
    "怀表",
    "怀标",
    "漏睡",
    "老战友",
    "{name}",
    "{name} 复查",
    "旧书",
    "党费108",
    "没有这回事",
    "国参",
)


@dataclass
class Times:
    """Milliseconds, by what was asked."""

    entries: int
    questions: list[float] = field(default_factory=list)
    searches: list[float] = field(default_factory=list)
    like: list[float] = field(default_factory=list)
    their_search: list[float] = field(default_factory=list)
    their_hits: int = 0
    appends_per_s: float = 0.0
    batched_per_s: float = 0.0
    megabytes: float = 0.0

    @property
    def p95(self) -> float:
        return p95([*self.questions, *self.searches])


def p95(times: list[float]) -> float:
    return statistics.quantiles(times, n=20)[-1] if times else 0.0


def timed(times: list[float], work: Callable[[], object]) -> None:
    started = time.perf_counter()
    work()
    times.append((time.perf_counter() - started) * 1000)


def measure(folder: Path, count: int) -> Times:
    """Everything at one length."""
    file = folder / "data" / "nuanyang.db"
    # Building takes long and is not what is measured, so it stands back behind everything else on the machine.
    command = [sys.executable, str(Path(__file__).resolve()), "--build", str(count), str(file)]
    subprocess.run(["nice", "-n", "5", *command], check=True)
    found = Times(count, megabytes=file.stat().st_size / 1e6)
    with open_app(Config(data=DataConfig(folder=folder / "data")), lambda: NOW) as app:
        name = members.members(app.db, 1)[7].name
        asyncio.run(_ask(app, name, found))
        for _ in range(ROUNDS):
            for words in SOUGHT:
                timed(found.searches, lambda words=words: search.find(app.db, 1, words.format(name=name)))
        _append(app.db, found)
    _peers(file, count, found)
    return found


async def _ask(app: App, name: str, found: Times) -> None:
    secretary = members.find(app.db, "李卫民")[0]
    for round_ in range(-1, ROUNDS):  # the first round warms up
        for question in QUESTIONS:
            text = question.format(name=name) + "。" * max(round_, 0)
            started = time.perf_counter()
            answer = await app.turn.take(Incoming("cli", uuid.uuid4().hex, secretary.id, text))
            if answer.intent != "query_log":
                raise RuntimeError(f"{text} was taken for {answer.intent or answer.text}")
            if round_ >= 0:
                found.questions.append((time.perf_counter() - started) * 1000)


def _append(db: Database, found: Times) -> None:
    def one(number: int) -> None:
        log.append(
            db, branch_id=1, at=NOW + timedelta(seconds=number), kind="suggested",
            sentence=f"第{number}次说楼道的灯该换了", member_id=2, actor_id=2, channel="cli", fields={"number": number},
        )  # fmt: skip

    started = time.perf_counter()
    for number in range(200):
        with writing(db):
            one(number)
    found.appends_per_s = 200 / (time.perf_counter() - started)
    started = time.perf_counter()
    with writing(db):
        for number in range(2000):
            one(number)
    found.batched_per_s = 2000 / (time.perf_counter() - started)


def _peers(file: Path, count: int, found: Times) -> None:
    db = open_database(file)
    for words in ("怀表", "没有这回事", "老战友"):
        timed(found.like, lambda words=words: db.execute(LIKE, [f"%{words}%"]).fetchall())
    if count <= MOST_FOR_PEERS:
        plain = Database(memory=True)
        rows = db.execute("SELECT entry_id, sentence FROM entry_content").fetchall()
        plain["said"].insert_all(({"id": key, "sentence": sentence} for key, sentence in rows), pk="id")
        plain["said"].enable_fts(["sentence"])
        for words in ("怀表", "扶手", "老战友"):
            hits: list[object] = []
            timed(found.their_search, lambda words=words, hits=hits: hits.extend(plain["said"].search(words, limit=20)))
            found.their_hits += len(hits)
    db.close()


def report(all_found: list[Times]) -> None:
    table = Table(
        "entries", "file MB", "questions median / p95 ms", "search median / p95 ms", "appends/s (in one commit)",
        "LIKE median ms", "sqlite-utils search() ms, hits",
    )  # fmt: skip
    for each in all_found:
        theirs = f"{statistics.median(each.their_search):.1f}, {each.their_hits}" if each.their_search else "—"
        table.add_row(
            f"{each.entries:,}", f"{each.megabytes:.0f}",
            f"{statistics.median(each.questions):.1f} / {p95(each.questions):.1f}",
            f"{statistics.median(each.searches):.2f} / {p95(each.searches):.2f}",
            f"{each.appends_per_s:.0f} ({each.batched_per_s:.0f})", f"{statistics.median(each.like):.1f}", theirs,
        )  # fmt: skip
    Console(width=160).print(table)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--build", nargs=2, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.build:
        build(Path(options.build[1]), int(options.build[0])).close()
        return
    found = []
    for count in reversed(QUICK if options.quick else SIZES):  # the longest first: it is what takes time
        with tempfile.TemporaryDirectory(prefix="nuanyang-log-") as folder:
            found.append(measure(Path(folder), count))
        last = found[-1]
        print(f"{count:,}: p95 {last.p95:.1f} ms, search {p95(last.searches):.2f} ms", file=sys.stderr, flush=True)
    found.sort(key=lambda each: each.entries)
    report(found)
    last = found[-1]
    print(
        json.dumps(
            {
                "entries": last.entries,
                "p95_ms": round(last.p95, 1),
                "growth": round(last.p95 / found[0].p95, 2),
                "median_question_ms": round(statistics.median(last.questions), 1),
                "p95_search_ms": round(p95(last.searches), 2),
                "appends_per_s": round(last.appends_per_s),
                "like_ms": round(statistics.median(last.like), 1),
                "cores": os.cpu_count(),
            }
        )
    )


if __name__ == "__main__":
    main()
