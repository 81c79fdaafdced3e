"""Scoring for bench/understanding.py: reference utterances, and what an understanding of them is worth."""

from __future__ import annotations

import csv
import json
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from dialogs.understanding.meaning import CARE_INTENTS, Person, Role, Said, Situation, Title, Understanding
from dialogs.understanding.understand import Understander, as_line

SHARED = Path(__file__).parents[1].parent / "shared"
FREE = ("topic", "place", "reason", "text", "address", "title")


@dataclass(frozen=True)
class Line:
    """A reference utterance: what is said (or heard), and what it means."""

    id: str
    role: Role
    said: Said
    intent: str
    also: tuple[str, ...]
    slots: Mapping[str, object]
    now: datetime
    group: str
    """Style, or accent and noise, for the table."""

    @property
    def right(self) -> set[str]:
        """The intents that count as right."""
        return {self.intent, *self.also}


@dataclass
class Scores:
    """Counts over many lines."""

    lines: int = 0
    first: int = 0
    two: int = 0
    seconds: float = 0.0
    wrong: defaultdict[tuple[str, str], list[str]] = field(default_factory=lambda: defaultdict(list))
    by_intent: defaultdict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    by_group: defaultdict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    slots: defaultdict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    danger: Counter[str] = field(default_factory=Counter)
    confidences: list[tuple[float, bool]] = field(default_factory=list)

    def share(self, count: int) -> float:
        """A share of the lines, to four digits."""
        return round(count / max(1, self.lines), 4)

    def macro_f1(self) -> float:
        """Mean over intents of F1; an `also` counts as the intent."""
        values = [
            2 * c["hit"] / max(1, 2 * c["hit"] + c["missed"] + c["taken"])
            for c in self.by_intent.values()
            if c["hit"] + c["missed"]
        ]
        return round(sum(values) / max(1, len(values)), 4)

    def slot_f1(self, name: str) -> float:
        """F1 of a slot; free spans count by the share of characters that overlap."""
        c = self.slots[name]
        return round(2 * c["hit"] / 100 / max(1, c["wanted"] + c["given"]), 4)

    def calibration_error(self, bins: int = 10) -> float:
        """Expected calibration error: how far confidence is from the share that is right."""
        total = 0.0
        for number in range(bins):
            inside = [
                (c, ok) for c, ok in self.confidences if number / bins <= c < (number + 1) / bins or c == 1 == number
            ]
            if inside:
                gap = abs(sum(c for c, _ in inside) - sum(ok for _, ok in inside))
                total += gap / len(self.confidences)
        return round(total, 4)


def people() -> tuple[Person, ...]:
    rows = _table("roster.tsv")
    return tuple(Person(r["name"], r["gender"], int(r["birth_year"])) for r in rows)


def titles() -> tuple[Title, ...]:
    return tuple(Title(r["id"], r["title"], tuple(r["nicknames"].split(";"))) for r in _table("documents.tsv"))


def written_lines() -> list[Line]:
    rows = [json.loads(row) for row in (SHARED / "corpus/dev.jsonl").read_text(encoding="utf-8").splitlines()]
    return [_line(row, Said(row["text"]), row["style"]) for row in rows]


def heard_lines(transcripts: Mapping[str, Said]) -> list[Line]:
    """The spoken utterances with what was heard of them, grouped by accent."""
    rows = [json.loads(row) for row in (SHARED / "voice/manifest.jsonl").read_text(encoding="utf-8").splitlines()]
    return [
        _line(row, transcripts[row["id"]], f"{row['accent']} {'noise' if row['snr'] else 'quiet'}")
        for row in rows
        if row["id"] in transcripts
    ]


def _line(row: Mapping[str, object], said: Said, group: str) -> Line:
    also, slots = row["also"], row["slots"]
    assert isinstance(also, list)
    assert isinstance(slots, dict)
    role: Role = "secretary" if row["role"] == "secretary" else "member"
    return Line(
        str(row["id"]),
        role,
        said,
        str(row["intent"]),
        tuple(also),
        slots,
        datetime.fromisoformat(str(row["reference"])),
        group,
    )


def _table(name: str) -> list[dict[str, str]]:
    with (SHARED / "corpus" / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t"))


def score(understander: Understander, lines: Iterable[Line], roster: Sequence[Person], docs: Sequence[Title]) -> Scores:
    """Understand every line and count."""
    scores = Scores()
    for line in lines:
        situation = Situation(line.role, line.now, tuple(roster), tuple(docs))
        begin = time.process_time()
        understanding = understander.understand(line.said, situation)
        scores.seconds += time.process_time() - begin
        _count(scores, line, understanding)
    return scores


def _count(scores: Scores, line: Line, understanding: Understanding) -> None:
    first = understanding.intent
    right = first in line.right
    two = {first, *(guess.intent for guess in understanding.alternatives[:1])}
    scores.lines += 1
    scores.first += right
    scores.two += bool(two & line.right)
    scores.by_group[line.group].update(lines=1, first=right)
    scores.confidences.append((understanding.confidence, right))
    if right:
        scores.by_intent[first]["hit"] += 1
    else:
        scores.by_intent[line.intent]["missed"] += 1
        scores.by_intent[first]["taken"] += 1
        scores.wrong[line.intent, first].append(line.said.text)
    _count_danger(scores, line, understanding.danger)
    if first == line.intent:
        _count_slots(scores, line, understanding)


def _count_danger(scores: Scores, line: Line, danger: str | None) -> None:
    """Told means: the very intent, or any danger that is passed to a human."""
    if line.intent in CARE_INTENTS:
        scores.danger.update(reports=1, told=danger is not None)
        if line.intent == "care_emergency":
            scores.danger.update(emergencies=1, emergencies_told=danger is not None, as_such=danger == "care_emergency")
    elif not line.right & set(CARE_INTENTS):
        scores.danger.update(others=1, alarms=danger is not None, emergency_alarms=danger == "care_emergency")


def _count_slots(scores: Scores, line: Line, understanding: Understanding) -> None:
    given = as_line(understanding)["slots"]
    assert isinstance(given, dict)
    for name in line.slots.keys() | given.keys():
        count = scores.slots[name]
        count.update(wanted=name in line.slots, given=name in given)
        if name in line.slots and name in given:
            count["hit"] += round(200 * _alike(name, line.slots[name], given[name]) / 2)


def _alike(name: str, wanted: object, given: object) -> float:
    """1 for the same value; free spans by overlap, times by their day."""
    if name in FREE:
        return _overlap(str(wanted), str(given))
    if isinstance(wanted, dict) and isinstance(given, dict):
        return float(str(wanted["start"])[:10] == str(given["start"])[:10])
    if isinstance(wanted, list):
        return float(set(wanted) == set(given if isinstance(given, list) else [given]))
    return float(wanted == given)


def _overlap(wanted: str, given: str) -> float:
    common = sum((Counter(wanted) & Counter(given)).values())
    return 2 * common / max(1, len(wanted) + len(given))
