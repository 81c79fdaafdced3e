"""The record of one session: when and where, who came and who was excused, and the minutes as they were written."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from sqlite_utils import Database

from dialogs import words
from dialogs.asking.asked import Asked
from dialogs.asking.rolls import day_said, lines_of, of_topic
from dialogs.asking.sounded import SHARED
from dialogs.asking.told import Told, say, table
from storage import minutes
from storage.questions import Asker, attendance
from storage.sessions import Session

LONGEST_AGO = timedelta(days=400)
STATES = ("attended", "excused", "home_study", "unexplained")


def asks_for_minutes(text: str) -> bool:
    """Whether the record of a session is to be made; what stands in one is a search of the log."""
    return any(re.search(pattern, text) for pattern in words.lists(SHARED, "make_minutes")["patterns"])


def answer(asked: Asked, db: Database, asker: Asker) -> Told:
    """The session that is meant: by its day or its subject, else the one held last."""
    session = _meant(asked, db, asker)
    if session is None:
        return Told(say(asked, "minutes_nothing"), answered=False)
    roll = lines_of(asked, db, asker, [session])
    names = {state: [line.name for line in roll if line.state == state] for state in STATES}
    written = minutes.of_session(db, session.id)
    rows = [
        (say(asked, "minute_when"), session.starts_at[:16].replace("T", " ")),
        (say(asked, "minute_where"), session.place),
        *((say(asked, f"minute_{state}"), "、".join(names[state])) for state in STATES),
        (say(asked, "minute_text"), written.text if written else say(asked, "minutes_none")),
        *([(say(asked, "minute_by"), written.written_by)] if written else []),
    ]
    said = say(
        asked, "minutes" if written else "minutes_empty", day=day_said(session.starts_at, asked.now),
        title=session.title, all=len(roll), came=len(names["attended"]), excused=len(names["excused"]),
    )  # fmt: skip
    return Told(said, table(asked, "minutes", rows), about="session", keys=(session.id,))


def _meant(asked: Asked, db: Database, asker: Asker) -> Session | None:
    """The newest of those that fit; none where a kind or a day was named and nothing fits."""
    start = asked.stretch.start if asked.stretch else asked.now - LONGEST_AGO
    end = min(asked.stretch.end, asked.now) if asked.stretch else asked.now
    held: Sequence[Session] = attendance.held(db, asker, start, end)
    named = [each for each in held if each.title in asked.text]
    fitting = named or of_topic(replace(asked, intent="query_attendance"), held)
    return fitting[-1] if fitting else None
