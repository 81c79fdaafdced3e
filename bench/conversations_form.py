"""The peer: a fixed form. It asks its questions in their order, carries nothing over, and nothing can be put right.

It understands with the same parts as we do, asks again what it could not read, and writes with the same skill.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sqlite_utils import Database

from bench.conversations_members import MOST_TURNS, Goal
from dialogs.scene import Scene, Utterance
from dialogs.skill import NotMine, Skill, Wish
from dialogs.talk import Talk
from dialogs.understanding.amounts import find_amount
from dialogs.understanding.meaning import Said, SlotValue
from dialogs.understanding.times import as_span, find_time
from dialogs.understanding.understand import Understander

FREE = ("reason", "text", "topic", "title")
"""Fields that take what is said as it is."""


@dataclass(frozen=True)
class Filled:
    """How a form ended."""

    turns: int
    """Things said, the wish included."""
    text: str
    """What it said at the end; empty where it came to no end."""


@dataclass(frozen=True)
class Form:
    """Asks for the wish, then for each field."""

    db: Database
    """The branch."""
    skills: dict[str, Skill]
    """What can be done."""
    understander: Understander
    """Who understands."""

    def fill(
        self, goal: Goal, utterance: Utterance, says: Callable[[Sequence[str]], str], wishes: Sequence[str]
    ) -> Filled:
        """Answer its questions until it writes or patience ends; `says` is one of several sentences, as it is heard."""
        scene = Scene(self.db, utterance, Talk(), self.skills, self.understander)
        opening = says(wishes)
        intent = scene.understand(Said(opening)).intent
        turns, slots = 1, dict[str, SlotValue]()
        if intent != goal.skill or intent not in self.skills:
            plain = intent == goal.skill and scene.words("plain").has(intent)
            return Filled(turns, "".join(goal.told) if plain else "")
        for field in goal.form:
            while field.slot not in slots:
                if turns == MOST_TURNS:
                    return Filled(turns, "")
                turns += 1
                value = _read(scene, intent, field.slot, says(field.says))
                slots |= {} if value is None else {field.slot: value}
        skill = self.skills[intent]
        outcome = skill.act(Wish(intent, slots, opening, confirmed=True), scene.desk(intent))
        if isinstance(outcome, NotMine):  # a form knows one matter alone
            return Filled(turns, "")
        return Filled(turns, skill.replies.say(outcome.key, **outcome.words))


def _read(scene: Scene, skill: str, slot: str, said: str) -> SlotValue | None:
    """The value of one field, read from one answer."""
    if slot in FREE:
        return said
    if slot == "amount":
        amount = find_amount(said, bare=True)
        return amount.yuan if amount else None
    if slot in ("when", "period"):
        when = find_time(said, scene.utterance.now)
        return as_span(when) if when else None
    return scene.understand(Said(said), (skill,), slot).slots.get(slot)
