"""What a skill hands back: say this (`Done`), one thing is missing (`Ask`), read it back first (`Confirm`), not mine.

The manager turns it into words, buttons and an open question.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from dialogs.reply import Chart, Effect, Table
from dialogs.understanding.meaning import Slots
from dialogs.wish import Wish
from storage.outbox import Button


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
