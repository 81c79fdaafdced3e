"""Where a person's talk stands: one row a person, so that a restart continues it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Literal

from pydantic import TypeAdapter
from sqlite_utils import Database

from dialogs.skill import Option, Wish
from storage.outbox import Button

MOST_PARKED = 3
"""Questions put off, of which an old head still knows what they were about."""
Grasp = Literal["nothing", "told", "acted"]
"""Nothing was understood; something was told but not written; something was written."""


@dataclass(frozen=True)
class Question:
    """What was asked and is not yet answered."""

    wish: Wish
    """The wish that waits for the answer."""
    slot: str
    """The slot the answer fills; empty where yes or no is wanted."""
    asked: str
    """The question as it was said."""
    at: datetime
    """When it was asked."""
    options: tuple[Option, ...] = ()
    """What can be chosen."""
    optional: bool = False
    """Whether it may stay unanswered."""


@dataclass(frozen=True)
class Unclear:
    """Something that was not understood."""

    text: str
    """The words as they were recognised."""
    recording_id: int | None
    """The voice message, for whoever will listen to it."""


@dataclass(frozen=True)
class Meanings:
    """A question which of two meanings was meant."""

    text: str
    """What was said."""
    intents: tuple[str, ...]
    """The likeliest meanings, in the order in which they were offered."""


@dataclass(frozen=True)
class Talk:
    """The state of one person's talk."""

    question: Question | None = None
    """What is open."""
    meanings: Meanings | None = None
    """The two meanings that were offered, while that is open."""
    last: str = ""
    """The last answer, for 再说一遍."""
    last_buttons: tuple[Button, ...] = ()
    """Its choices."""
    undo: Wish | None = None
    """What 不对 does now."""
    done: Wish | None = None
    """What `undo` takes back, so that one thing in it can be corrected."""
    amend: Wish | None = None
    """What stands, but can have one thing in it said anew: 不是刘德福，是陈玉珍 after a report of need."""
    earlier: tuple[Question, ...] = ()
    """Questions of the same wish that were answered already, for 返回."""
    parked: tuple[Question, ...] = ()
    """Questions that a question of another wish came before; the last of them is asked again first."""
    later: tuple[Wish, ...] = ()
    """Wishes said in the same breath that wait for the open question."""
    said: str = ""
    """What was said last: the next words may belong to it."""
    at: datetime | None = None
    """When that was."""
    grasp: Grasp = "acted"
    """What became of it."""
    follow: Mapping[str, Wish] = field(default_factory=dict)
    """What 下一个, 停 and the like mean now."""
    unheard: tuple[int, ...] = ()
    """Recordings in a row in which nothing was understood."""
    puzzled: int = 0
    """Misunderstandings in a row."""
    unclear: tuple[Unclear, ...] = ()
    """What was not understood of one matter, until it is done, dropped or in a human's hands."""

    def settled(self) -> Talk:
        """The talk with nothing open but what was put off."""
        return replace(self, question=None, meanings=None, undo=None, done=None, amend=None, earlier=(), later=())

    def asking(self, question: Question) -> Talk:
        """The talk with this question open; one of another wish that it comes before is put off till after it."""
        before = self.question
        put_off = before is not None and not before.optional and before.wish.intent != question.wish.intent
        parked = (*self.parked, before) if before is not None and put_off else self.parked
        return replace(self.settled(), question=question, parked=parked[-MOST_PARKED:]).without(question.wish.intent)

    def without(self, intent: str) -> Talk:
        """The talk in which no question of this wish is put off any more: it was said anew, or is done."""
        return replace(self, parked=tuple(each for each in self.parked if each.wish.intent != intent))


_ADAPTER = TypeAdapter(Talk)


def load_talk(db: Database, member_id: int) -> Talk:
    """Where this person's talk stands; a new one for somebody who has not talked yet."""
    row = db.execute("SELECT state FROM dialogue WHERE member_id = ?", [member_id]).fetchone()
    return _ADAPTER.validate_json(row[0]) if row else Talk()


def save_talk(db: Database, member_id: int, talk: Talk, now: datetime) -> None:
    """Write down where the talk stands, in the turn's transaction."""
    db.execute(
        "INSERT INTO dialogue (member_id, state, changed_at) VALUES (?, ?, ?) "
        "ON CONFLICT (member_id) DO UPDATE SET state = excluded.state, changed_at = excluded.changed_at",
        [member_id, _ADAPTER.dump_json(talk).decode(), now.isoformat(timespec="seconds")],
    )


def without_expired(talk: Talk, now: datetime, after: timedelta) -> tuple[Talk, str]:
    """The talk without what has waited too long, and the sentence that says so; empty where nothing had to go."""
    parked = tuple(question for question in talk.parked if now - question.at <= after)
    question = talk.question
    stale = talk.at is not None and now - talk.at > after
    late = question is not None and now - question.at > after
    if late or len(parked) < len(talk.parked) or (stale and talk.meanings is not None):
        said = "expired"
    else:
        said = "undo_expired" if stale and (talk.undo or talk.amend) else ""
    standing = replace(talk.settled(), unclear=()) if late or stale else talk
    return replace(standing, parked=parked), said
