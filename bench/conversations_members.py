"""Simulated members: each has a goal, some patience and an ear or a line that spoils what they say."""

from __future__ import annotations

import random
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bot.answer import Answer
from dialogs import words
from dialogs.understanding.sentences import load_words
from dialogs.understanding.sound import syllables

MOST_TURNS = 8
"""After so many a member gives up."""
IMPATIENT = 0.3
"""Share of the members who ask to hear again what they did not expect."""
SPEAKERS = ("王桂兰", "汪桂兰", "张建国", "胡文斌")
"""Who talks: members of the demo branch of whom no goal tells, and whose dues are open."""


@dataclass(frozen=True)
class Tell:
    """The answer to a question."""

    asked: str
    """A part of the question."""
    says: Sequence[str]
    """How it is answered."""


@dataclass(frozen=True)
class Field:
    """A question of the fixed form."""

    slot: str
    """What it fills."""
    says: Sequence[str]
    """How it is answered."""


@dataclass(frozen=True)
class Goal:
    """What somebody wants, with the words for it; one case drawn."""

    skill: str
    """The skill that does it."""
    opens: Sequence[str]
    """Sentences that say all that matters."""
    vague: Sequence[str]
    """Sentences that say only what it is about."""
    reached: str = ""
    """SQL over :me, true once it is reached."""
    told: Sequence[str] = ()
    """What an answer must hold where nothing is written."""
    reads: Sequence[str] = ()
    """What a right answer or read-back holds."""
    choose: str = ""
    """What the right button holds."""
    choose_by: Sequence[str] = ()
    """How the right choice can be told besides by its number."""
    corrects: Sequence[str] = ()
    """How a wrong answer is put right."""
    tells: Sequence[Tell] = ()
    """Answers to questions."""
    before: Sequence[str] = ()
    """Said before, clearly."""
    form: Sequence[Field] = ()
    """The questions of the fixed form."""


@dataclass(frozen=True)
class Wording:
    """What every member says, whatever the goal."""

    yes: Sequence[str]
    """To a right read-back."""
    no: Sequence[str]
    """To a wrong one."""
    no_thanks: Sequence[str]
    """To an offer; what is wanted is said after it."""
    again: Sequence[str]
    """To something that was not caught."""
    ordinals: Sequence[str]
    """For the first choice, the second, …"""
    ways_on: Sequence[str]
    """In an answer, these show how to go on."""


def read_goals(file: Path) -> tuple[list[list[Goal]], Wording]:
    """The goals, each with all its cases, and what is said whatever the goal."""
    content: dict[str, Any] = tomllib.loads(file.read_text(encoding="utf-8"))
    goals = [[_goal(written, case) for case in written["cases"]] for written in content.pop("goal")]
    return goals, Wording(**content)


def _goal(written: Mapping[str, Any], case: Mapping[str, str]) -> Goal:
    filled = {key: _filled(value, case) for key, value in written.items() if key != "cases"}
    filled["tells"] = [Tell(**each) for each in filled.get("tells", [])]
    filled["form"] = [Field(**each) for each in filled.get("form", [])]
    return Goal(**filled)


def _filled(value: Any, case: Mapping[str, str]) -> Any:
    if isinstance(value, str):
        return value.format_map(case)
    if isinstance(value, list):
        return [_filled(each, case) for each in value]
    return {key: _filled(each, case) for key, each in value.items()}


@dataclass
class Member:
    """Somebody who wants something, and says what comes to their mind at each answer."""

    goal: Goal
    """What they want."""
    wording: Wording
    """How they talk."""
    chance: random.Random
    """Their whims."""
    impatient: bool = False
    """Whether they ask to hear again what they did not expect."""
    full: bool = True
    """Whether they say all at once."""
    _said: list[str] = field(default_factory=list)
    _about: str = ""

    def opens(self) -> str:
        """The first sentence."""
        return self._wish(self.goal.opens if self.full else self.goal.vague)

    def replies(self, answer: Answer) -> str:
        """What they say to an answer that is not yet what they wanted."""
        if answer.intent not in ("", "repeat"):  # the same words again are about the same thing
            self._about = answer.intent
        if self.impatient:
            self.impatient = False
            return self._one(self.wording.again)
        labels = [button.label for button in answer.buttons]
        if labels == yes_no():
            return self._confirms(answer)
        chosen = self._chosen(labels)
        if chosen is not None:
            return self._chooses(chosen)
        for tell in self.goal.tells:
            if tell.asked in answer.text:
                return self._one(tell.says)
        if self._about == self.goal.skill and self.goal.corrects and not self._is_right(answer.text):
            return self._one(self.goal.corrects)
        if self._about != self.goal.skill and _can_be_undone(answer.text):
            return self._one(self.wording.no)
        return self._wish([*self.goal.opens, *self.goal.vague])

    def _confirms(self, answer: Answer) -> str:
        about_it = self._about == self.goal.skill or bool(self.goal.reads)
        if about_it and self._is_right(answer.text):
            return self._one(self.wording.yes)
        if self._about == self.goal.skill and self.goal.corrects:
            return self._one(self.goal.corrects)
        return self._one(self.wording.no_thanks) + self._wish(self.goal.opens)

    def _chosen(self, labels: Sequence[str]) -> int | None:
        called = called_when_offered(self.goal.skill)
        for number, label in enumerate(labels[: len(self.wording.ordinals)]):
            if label == called or (self.goal.choose and self.goal.choose in label):
                return number
        return None

    def _chooses(self, number: int) -> str:
        by_number = self.wording.ordinals[number]
        return by_number if self.chance.random() < 0.7 or not self.goal.choose_by else self._one(self.goal.choose_by)

    def _is_right(self, text: str) -> bool:
        return all(sounds_in(text, part) for part in self.goal.reads)

    def _wish(self, wordings: Sequence[str]) -> str:
        """One that was not said before, as long as there is one."""
        fresh = [each for each in wordings if each not in self._said]
        said = self._one(fresh or wordings)
        self._said.append(said)
        return said

    def _one(self, sentences: Sequence[str]) -> str:
        return self.chance.choice(list(sentences))


def sounds_in(text: str, part: str) -> bool:
    """Whether the part is heard in the text: members listen, so what sounds the same is the same."""
    heard, wanted = syllables(text), syllables(part)
    return any(heard[at : at + len(wanted)] == wanted for at in range(len(heard) - len(wanted) + 1))


def yes_no() -> list[str]:
    """The labels under a read-back."""
    manager = words.load("manager", "manager")
    return [manager.say("button_yes"), manager.say("button_no")]


def called_when_offered(skill: str) -> str:
    """What a skill is called where two meanings are offered."""
    own = next((each.called for each in load_words() if each.intent == skill), "")
    names = words.load("manager", "meanings")
    return own or (names.say(skill) if names.has(skill) else "")


def _can_be_undone(text: str) -> bool:
    """Whether the answer says that 不对 takes it back."""
    return words.load("manager", "manager").say("button_no") in text
