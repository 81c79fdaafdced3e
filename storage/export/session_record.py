"""The record of one session for the file (会议记录): when and where, who came and who was excused, what was written.

Why somebody was excused is theirs and does not go on paper.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlite_utils import Database

from storage import log, minutes, roll, sessions
from storage.database import reading_copy, writing
from storage.export.book import load_words
from storage.export.files import write_record
from storage.sessions import Session

STATES = ("attended", "excused", "home_study", "unexplained")


class NoSuchSession(LookupError):
    """The branch has no session with this key."""


@dataclass(frozen=True)
class Record:
    """What is to be written."""

    title: str
    """What stands on it."""
    branch: str
    """Whose session it was."""
    session: str
    """What it was called."""
    day: str
    """ISO date."""
    facts: tuple[tuple[str, str], ...]
    """When, where, who, each with its name."""
    text: tuple[str, ...]
    """The minutes, paragraph by paragraph."""
    signs: tuple[tuple[str, str], ...]
    """Who wrote it, and where it is signed."""


def make_record(db: Database, branch_id: int, session_id: int) -> Record:
    """The record of a session of this branch. Raises NoSuchSession."""
    session = sessions.session(db, branch_id, session_id)
    if session is None:
        raise NoSuchSession(f"branch {branch_id} has no session {session_id}")
    words = {key: str(value) for key, value in load_words()["minutes"].items()}
    written = minutes.of_session(db, session.id)
    paragraphs = [line.strip() for line in written.text.splitlines()] if written else [words["not_written"]]
    branch = db.execute("SELECT name FROM branch WHERE id = ?", [branch_id]).fetchone()[0]
    return Record(
        title=words["title"],
        branch=str(branch),
        session=session.title,
        day=session.starts_at[:10],
        facts=_facts(db, session, words),
        text=tuple(line for line in paragraphs if line),
        signs=((words["by"], written.written_by if written else ""), (words["checked"], "")),
    )


def export_record(
    db: Database, books: Path, branch_id: int, session_id: int, file: Path, now: datetime, actor_id: int | None = None
) -> Record:
    """Write the record into `file` (.docx), with an entry in the log that says who has it. Raises NoSuchSession."""
    reading = reading_copy(books)
    try:
        record = make_record(reading, branch_id, session_id)
    finally:
        reading.close()
    with writing(db):
        write_record(record.title, f"{record.branch}　{record.session}", record.facts, record.text, record.signs, file)
        values = {"day": record.day, "session": record.session, "file": file.name}
        log.append(
            db,
            branch_id=branch_id,
            at=now,
            kind="exported",
            sentence=str(load_words()["log"]["minutes"]).format(**values),
            actor_id=actor_id,
            channel="desk",
            about=log.About("session", session_id),
            fields={"kind": "minutes", "file": file.name},
        )
    return record


def _facts(db: Database, session: Session, words: dict[str, str]) -> tuple[tuple[str, str], ...]:
    lines = [line for line in roll.roll(db, session) if line.state]
    kinds = load_words()["values"]
    facts = [
        (words["when"], session.starts_at[:16].replace("T", " ")),
        (words["where"], session.place),
        (words["kind"], str(kinds[session.kind])),
        (words["expected"], words["people"].format(count=len(lines))),
    ]
    for state in STATES:
        names = [line.name for line in lines if line.state == state]
        said = words["names"].format(count=len(names), names="、".join(names)) if names else words["people"]
        facts.append((words[state], said.format(count=len(names))))
    return tuple(facts)
