"""What a skill is: a module in dialogs/skills with a function `act`, and a .toml of the same name beside it.

`act(wish, desk)` looks at what is wanted, does it in the database if it can, and hands back one of the outcomes:
`Done` (say this), `Ask` (one thing is missing), `Confirm` (read back first), or `NotMine` (something else was meant).
The manager does the rest.
"""

from __future__ import annotations

import pkgutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from importlib import import_module

from sqlite_utils import Database

from dialogs import skills, words
from dialogs.addressing import address
from dialogs.reply import Chart, Effect, Table
from dialogs.understanding.meaning import Slots, SlotValue
from dialogs.words import Words
from storage import duty, log
from storage.log import About
from storage.members import Member, Officer
from storage.outbox import Button
from storage.profiles import Profile


@dataclass(frozen=True)
class Wish:
    """What somebody wants, as far as it is known."""

    intent: str
    """The skill that does it."""
    slots: Slots = field(default_factory=dict)
    """What is known."""
    text: str = ""
    """The words in which it was said."""
    confirmed: bool = False
    """True once the speaker has said yes to the read-back."""
    doubts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Slots for which several values sound right."""

    def text_slot(self, name: str) -> str:
        """A slot as text, empty where it is not known."""
        value = self.slots.get(name)
        return value if isinstance(value, str) else ""

    def key_slot(self, name: str) -> int | None:
        """A slot that holds a row's key, or None."""
        value = self.slots.get(name)
        return value if isinstance(value, int) else None


@dataclass(frozen=True)
class Option:
    """One of the things that can be chosen."""

    label: str
    """What it is called, said and on a button."""
    slots: Slots
    """What choosing it makes known."""


@dataclass(frozen=True)
class Done:
    """Nothing is open: say the sentence."""

    key: str
    """The sentence in the skill's [replies]."""
    words: Mapping[str, str] = field(default_factory=dict)
    """What fills its places."""
    effects: tuple[Effect, ...] = ()
    """What was written."""
    undo: Wish | None = None
    """What 不对 does now."""
    amend: Wish | None = None
    """What 不对 leads to where nothing is taken back: it comes back with what is said anew (不是刘德福，是陈玉珍), and
    with all of it in the slot `amended`."""
    table: Table | None = None
    """The rows the answer rests on."""
    chart: Chart | None = None
    """The same as a picture."""
    entries: tuple[int, ...] = ()
    """Numbers of the entries behind it."""
    answered: bool = True
    """False where only the nearest to what was asked is told."""
    buttons: tuple[Button, ...] = ()
    """Choices offered besides."""
    source: str = ""
    """The file in whose [officer] the sentence stands; empty for the skill's own [replies]. What an officer does at
    the desk and says in a chat is one act with one set of words."""
    again: str | None = None
    """What 再说一遍 says, where that is less than all of it: the chapter, without where the reading goes on."""
    follow: Mapping[str, Wish] = field(default_factory=dict)
    """What 下一个, 停 and the like mean from now on: an intent, or a list of cues in the [follow] of the wish's
    skill -> the wish. It holds until another wish is done; a danger report, a greeting or 慢一点 leaves it."""


@dataclass(frozen=True)
class Ask:
    """One thing is missing: ask for it, and come back with it."""

    key: str
    """The question in the skill's [replies]."""
    slot: str
    """The slot it fills."""
    words: Mapping[str, str] = field(default_factory=dict)
    """What fills its places."""
    options: tuple[Option, ...] = ()
    """What can be chosen, in the order in which it is read out."""
    effects: tuple[Effect, ...] = ()
    """What was written already: danger is acted on before it is asked about."""
    slots: Slots = field(default_factory=dict)
    """What has become known meanwhile, kept with the wish."""
    source: str = ""
    """The file in whose [words] the question stands; empty for the skill's own [replies]."""
    optional: bool = False
    """True where the answer may be refused: yes, no, 不想说 and free words all come back in the slot, word for word,
    and the question is not asked a second time."""
    follow: Mapping[str, Wish] = field(default_factory=dict)
    """What may be asked back before it is answered, by the cues of the wish's skill: 在哪儿, of the choices."""


@dataclass(frozen=True)
class Confirm:
    """Everything is known: read it back, and come back with `confirmed`."""

    key: str
    """The read-back in the skill's [replies]."""
    words: Mapping[str, str] = field(default_factory=dict)
    """What fills its places."""
    slots: Slots = field(default_factory=dict)
    """What was read back, kept with the wish."""


@dataclass(frozen=True)
class NotMine:
    """What was said only sounded like a word for this skill: nothing was done, the next handler looks at it."""

    instead: Wish | None = None
    """What was meant, where that is known: a question about a session is none to sign up for it. Its skill must not
    hand it back."""


Outcome = Done | Ask | Confirm | NotMine


@dataclass(frozen=True)
class Desk:
    """What a skill works with during one turn: who speaks, when, and the branch's books."""

    db: Database
    """The database, inside the turn's transaction."""
    speaker: Member
    """Who speaks."""
    now: datetime
    """Local time."""
    channel: str
    """Where it is said."""
    turn: int
    """Key of the inbox row; chooses among variants of a sentence, makes outbox keys unique."""
    recording_id: int | None
    """The voice message in which it was said."""
    profile: Profile
    """The locality's rules."""
    skill: str
    """Name of the skill at work."""
    said: str = ""
    """The words of this turn: the wish itself, or the answer to what was asked."""
    readings: tuple[str, ...] = ()
    """What else may have been heard, likeliest first."""

    @property
    def branch_id(self) -> int:
        """The speaker's branch."""
        return self.speaker.branch_id

    @cached_property
    def officers(self) -> list[Officer]:
        """Everybody who may be called now, in the order in which they are called."""
        return duty.ladder(self.db, self.speaker.branch_id, self.now)

    @property
    def address(self) -> str:
        """How the speaker is addressed."""
        return address(self.speaker, self.officers, self.now)

    @property
    def secretary(self) -> str:
        """How members speak of the secretary on duty; the sentence for nobody where the list is empty."""
        return self.officers[0].spoken if self.officers else words.load("manager", "manager").say("nobody")

    def log(
        self,
        kind: str,
        about: About | None = None,
        member_id: int | None = None,
        source: str = "",
        **values: str | int,
    ) -> log.Entry:
        """Write an entry of the branch log, in the words of the skill's [log] or of another file's (`source`)."""
        sentence = words.load(source or f"skills/{self.skill}", "log").say(kind, **values)
        return log.append(
            self.db,
            branch_id=self.speaker.branch_id,
            at=self.now,
            kind=kind,
            sentence=sentence,
            actor_id=self.speaker.id,
            member_id=member_id if member_id is not None else self.speaker.id,
            channel=self.channel,
            about=about,
            fields=values if self.recording_id is None else {**values, "recording": self.recording_id},
        )


Act = Callable[[Wish, Desk], Outcome]


@dataclass(frozen=True)
class Skill:
    """A module of dialogs/skills and its words."""

    name: str
    """The intent it serves."""
    act: Act
    """What it does."""
    replies: Words
    """What it says."""


def load_skills() -> Mapping[str, Skill]:
    """Every skill that there is, by intent."""
    found = {}
    for module in pkgutil.iter_modules(skills.__path__):
        act: Act = import_module(f"{skills.__name__}.{module.name}").act
        found[module.name] = Skill(module.name, act, words.load(f"skills/{module.name}", "replies"))
    return found


def with_slots(wish: Wish, slots: Mapping[str, SlotValue]) -> Wish:
    """The wish, with more known."""
    return Wish(wish.intent, {**wish.slots, **slots}, wish.text, wish.confirmed, {})
