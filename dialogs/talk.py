"""Where a person's talk stands: one row a person, so that a restart continues it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from pydantic import TypeAdapter
from sqlite_utils import Database

from dialogs.skill import Option, Wish
from storage.outbox import Button


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
    earlier: tuple[Question, ...] = ()
    """Questions of the same wish that were answered already, for 返回."""
    later: tuple[Wish, ...] = ()
    """Wishes said in the same breath that wait for the open question."""
    said: str = ""
    """What was said last, where it was not understood: the next words may belong to it."""
    said_at: datetime | None = None
    """When that was."""
    follow: Mapping[str, Wish] = field(default_factory=dict)
    """What 下一个, 停 and the like mean now."""
    unheard: tuple[int, ...] = ()
    """Recordings in a row in which nothing was understood."""
    puzzled: int = 0
    """Misunderstandings in a row."""

    def settled(self) -> Talk:
        """The talk with nothing open."""
        return replace(self, question=None, meanings=None, undo=None, done=None, earlier=(), later=())


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


def expired(question: Question | None, now: datetime, after: timedelta) -> bool:
    """Whether the question has waited too long."""
    return question is not None and now - question.at > after
