"""Simulated members hold whole talks with Nuanyang, with clear words and as a recogniser spoils them.

    bench/conversations.py [--quick] [--show SKILL]

1,000 talks (--quick: 150), half of them clean, each with the real turn, in writing. A member wants one thing, answers
what is asked, chooses, confirms, puts right what is wrong, and gives up after eight turns. Whether the goal is reached
is looked up in the database; where a human is given what was not understood, it is not reached and nobody goes on.
The peer holds the same talks: a fixed form that asks its questions in their order.
--show prints the talks of a skill that did not go well. Prints tables, and as its last line one JSON object.
"""

from __future__ import annotations

import argparse
import asyncio
import itertools
import json
import random
import statistics
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

import pysqlite3
from rich.console import Console
from rich.progress import track
from rich.table import Table

sys.path.insert(0, str(Path(__file__).parents[1]))

from bench.conversations_form import Form
from bench.conversations_members import IMPATIENT, MOST_TURNS, SPEAKERS, Goal, Member, Wording, read_goals, sounds_in
from bench.conversations_noise import Ears, Homophones, ears
from bot.answer import Answer
from bot.app import App, learnt_folder, open_app
from bot.config import Config, DataConfig
from bot.demo import make_demo
from bot.turn import Incoming
from dialogs.scene import Utterance
from dialogs.skill import load_skills
from dialogs.talk import load_talk
from dialogs.understanding.meaning import Said
from dialogs.understanding.understand import Understander
from storage import members
from storage.database import open_database
from storage.members import Member as Speaker

NOW = datetime(2026, 11, 22, 9, 30)
A_WHILE = timedelta(seconds=20)
TALKS, QUICK_TALKS = 1000, 150
LONG = 3
"""Turns after which a talk took too long to be called good."""
VAGUE = 0.3
"""Share of the talks that open with what it is about and nothing more."""
MUST = {"goals_clean": ">= 95 %", "goals_noisy": ">= 90 %", "median_turns": "<= 3", "over_eight": "0", "dead_ends": "0"}

out = Console(width=150)


@dataclass
class Held:
    """How a talk went."""

    goal: Goal
    """What was wanted."""
    noisy: bool
    """Whether the recogniser spoilt it."""
    reached: bool = False
    """Whether it was reached, and nothing else was done instead."""
    turns: int = 0
    """Things the member said."""
    dead_ends: list[str] = field(default_factory=list)
    """Answers that showed no way on."""
    handed_over: bool = False
    """Whether a human was given it after it was not understood again and again."""
    false_alarm: bool = False
    """Whether a human was told of a need that there was not."""
    lines: list[str] = field(default_factory=list)
    """What was said and answered."""


class Hall:
    """A demo branch that is as new before every talk."""

    def __init__(self, app: App, clock: list[datetime], heard_as: Ears | Homophones, wording: Wording) -> None:
        self.app = app
        self.form = Form(app.db, dict(load_skills()), Understander.load(learnt_folder(app.config)))
        self._clock = clock
        self._ears = heard_as
        self._wording = wording
        self._numbers = itertools.count(1)
        self._fresh = pysqlite3.connect(":memory:")
        app.db.conn.backup(self._fresh)
        app.db.conn.create_function("sounds_in", 2, lambda text, part: sounds_in(text or "", part))

    def talk(self, goal: Goal, noisy: bool, seed: int) -> Held:
        """One talk from the first sentence to the goal, or to the end of patience."""
        chance, speaker, spoil = self._enter(goal, noisy, seed)
        full = chance.random() >= VAGUE
        member = Member(goal, self._wording, chance, impatient=chance.random() < IMPATIENT, full=full)
        held = Held(goal, noisy)
        cases = self._cases()
        says = member.opens()
        while True:
            held.turns += 1
            heard = spoil(says)
            answer = self._say(speaker, heard)
            held.lines += [f"{says} ({heard})" if heard != says else says, f"    {answer.text}"]
            held.reached = self._is_reached(goal, speaker, answer.text if answer.intent == goal.skill else "")
            held.handed_over = not held.reached and not answer.intent and _call_back(answer)
            if held.reached or held.handed_over or held.turns == MOST_TURNS:
                held.false_alarm = not goal.skill.startswith("care") and self._cases() > cases
                return held
            if not self._shows_a_way_on(answer, speaker):
                held.dead_ends.append(answer.text)
            says = member.replies(answer)

    def fill(self, goal: Goal, noisy: bool, seed: int) -> Held:
        """The same by the fixed form."""
        chance, speaker, spoil = self._enter(goal, noisy, seed)
        wishes = goal.opens if chance.random() >= VAGUE else goal.vague
        utterance = Utterance(speaker, Said(""), self._clock[0], "cli", self._inbox_row(speaker), None)
        filled = self.form.fill(goal, utterance, lambda says: spoil(chance.choice([*says])), wishes)
        reached = self._is_reached(goal, speaker, filled.text)
        return Held(goal, noisy, reached, filled.turns)

    def _enter(self, goal: Goal, noisy: bool, seed: int) -> tuple[random.Random, Speaker, Callable[[str], str]]:
        """A branch as new, somebody who comes in, and what their voice or line does to their words."""
        self._fresh.backup(self.app.db.conn)
        self._clock[0] = NOW
        chance = random.Random(seed)
        condition = chance.choice(sorted(self._ears.rates))
        speaker = members.find(self.app.db, chance.choice(SPEAKERS))[0]
        spoiling = random.Random(f"{seed} {noisy}")
        for said in goal.before:
            self._say(speaker, said)
        return chance, speaker, lambda text: self._ears.mishear(text, condition, spoiling) if noisy else text

    def _say(self, speaker: Speaker, text: str) -> Answer:
        self._clock[0] += A_WHILE
        return asyncio.run(self.app.turn.take(Incoming("cli", f"s{next(self._numbers)}", speaker.id, text)))

    def _inbox_row(self, speaker: Speaker) -> int:
        """A row that the form's effects can refer to."""
        self._say(speaker, "")
        return int(self.app.db.execute("SELECT max(id) FROM inbox").fetchone()[0])

    def _is_reached(self, goal: Goal, speaker: Speaker, told: str) -> bool:
        if goal.told:
            return bool(told) and all(part in told for part in goal.told)
        row = self.app.db.execute(goal.reached, {"me": speaker.id}).fetchone()
        return bool(row and row[0])

    def _cases(self) -> int:
        return int(self.app.db.execute("SELECT count(*) FROM care_case").fetchone()[0])

    def _shows_a_way_on(self, answer: Answer, speaker: Speaker) -> bool:
        """An open question, a button, something done, or words that say how to go on."""
        if answer.buttons or answer.effects or load_talk(self.app.db, speaker.id).question:
            return True
        return any(way in answer.text for way in self._wording.ways_on)


def _call_back(answer: Answer) -> bool:
    return any(effect.kind == "call_back" for effect in answer.effects)


def drawn(goals: Sequence[Sequence[Goal]], talks: int, lot: int) -> Iterator[tuple[int, Goal]]:
    """As many goals as there are talks of one kind, every goal as often as every other, with the talk's seed.

    Each lot is other talks, heard otherwise: what was mended on one is held against another.
    """
    chance = random.Random(4 + lot)
    for number in range(talks):
        yield number + lot * talks, chance.choice(goals[number % len(goals)])


def held_talks(hall: Hall, goals: Sequence[Sequence[Goal]], talks: int, lot: int) -> tuple[list[Held], list[Held]]:
    """Every talk, clean and noisy, with us and with the form."""
    ours, theirs = [], []
    for seed, goal in track(list(drawn(goals, talks // 2, lot)), "Talks", console=Console(stderr=True)):
        for noisy in (False, True):
            ours.append(hall.talk(goal, noisy, seed))
            theirs.append(hall.fill(goal, noisy, seed))
    return ours, theirs


def share(talks: Sequence[Held], noisy: bool) -> float:
    """Part of the goals that were reached."""
    mine = [talk.reached for talk in talks if talk.noisy == noisy]
    return round(sum(mine) / len(mine), 4)


def figures(ours: Sequence[Held], theirs: Sequence[Held]) -> dict[str, float]:
    """The figures of the last line."""
    return {
        "goals_clean": share(ours, noisy=False),
        "goals_noisy": share(ours, noisy=True),
        "median_turns": statistics.median(talk.turns for talk in ours if talk.reached),
        "dead_ends": sum(len(talk.dead_ends) for talk in ours),
        "over_eight": sum(not talk.reached and not talk.handed_over for talk in ours),
        "handed_over": sum(talk.handed_over for talk in ours),
        "false_alarms": sum(talk.false_alarm for talk in ours),
        "form_goals_clean": share(theirs, noisy=False),
        "form_goals_noisy": share(theirs, noisy=True),
        "form_median_turns": statistics.median(talk.turns for talk in theirs if talk.reached),
    }


def by_skill(ours: Sequence[Held], theirs: Sequence[Held]) -> Table:
    """Goals reached and turns taken, skill by skill."""
    table = Table(
        "skill", "clean", "noisy", "median turns", "false alarms", "form clean", "form noisy", title="Goals reached"
    )
    for skill in sorted({talk.goal.skill for talk in ours}):
        mine, form = ([talk for talk in talks if talk.goal.skill == skill] for talks in (ours, theirs))
        turns = [talk.turns for talk in mine if talk.reached]
        cells = [f"{share(talks, noisy):.0%}" for talks in (mine, form) for noisy in (False, True)]
        alarms = str(sum(talk.false_alarm for talk in mine) or "")
        table.add_row(skill, *cells[:2], str(statistics.median(turns)) if turns else "-", alarms, *cells[2:])
    return table


def dead_ends_of(ours: Sequence[Held]) -> Table:
    """The answers that showed no way on."""
    counted: Counter[str] = Counter(text for talk in ours for text in talk.dead_ends)
    table = Table("answer without a way on", "times", title="Dead ends")
    for text, times in counted.most_common(10):
        table.add_row(text[:110], str(times))
    return table


def show(ours: Sequence[Held], skill: str) -> None:
    """The talks of a skill that did not go well."""
    for talk in ours:
        well = talk.reached and talk.turns <= LONG and not talk.dead_ends and not talk.false_alarm
        if not well and skill in ("all", talk.goal.skill):
            out.print(f"-- {talk.goal.skill}, {'noisy' if talk.noisy else 'clean'}", markup=False)
            out.print("\n".join(talk.lines), markup=False)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help=f"{QUICK_TALKS} talks")
    parser.add_argument(
        "--show", default="", metavar="SKILL", help="print its talks that did not go well (all: of every skill)"
    )
    parser.add_argument("--lot", type=int, default=0, help="other talks than those of docs/benchmarks.md")
    options = parser.parse_args()
    goals, wording = read_goals(Path(__file__).with_suffix(".toml"))
    heard_as = ears(options.quick)
    with tempfile.TemporaryDirectory() as scratch:
        config = Config(data=DataConfig(folder=Path(scratch)))
        db = open_database(config.database)
        make_demo(db, NOW, "wuxi")
        db.close()
        clock = [NOW]
        with open_app(config, lambda: clock[0]) as app:
            hall = Hall(app, clock, heard_as, wording)
            ours, theirs = held_talks(hall, goals, QUICK_TALKS if options.quick else TALKS, options.lot)
    if options.show:
        show(ours, options.show)
    found = figures(ours, theirs)
    out.print(by_skill(ours, theirs), dead_ends_of(ours))
    table = Table("figure", "value", "must", title=f"{len(ours)} talks; syllables misheard: {heard_as.mean:.1%}")
    for name, value in found.items():
        table.add_row(name, str(value), MUST.get(name, ""))
    out.print(table)
    print(json.dumps(found))


if __name__ == "__main__":
    main()
