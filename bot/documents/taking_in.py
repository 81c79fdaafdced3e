"""A file becomes a document of the branch: read, made ready, kept, entered in the log, and told of, in one commit.

`prepare_file` blocks for seconds and runs off the event loop; `keep_file` writes and runs on it. The desk's upload,
the chat and the command line call the two, and nothing else.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlite_utils import Database

from bot.documents.reading import Progress, UnreadableDocument, read_file, unheard
from bot.documents.wording import wording
from dialogs.documents import library
from dialogs.documents.announcing import announce
from dialogs.documents.library import Kept, Nameless, Prepared
from dialogs.skill import Desk
from storage import documents, log
from storage.database import writing
from storage.log import About
from storage.members import Member
from storage.settings import profile_of

MOST_EXAMPLES = 2
"""Cut lines that are named to the secretary; all of them are kept with the document."""
LONGEST_EXAMPLE = 18


@dataclass(frozen=True)
class PreparedFile:
    """A file that has been read and made ready."""

    kind: str
    """docx, pdf, html, markdown or text: told by its content."""
    document: Prepared
    """What will be kept."""


def prepare_file(data: bytes, title: str = "", told: Progress = unheard) -> PreparedFile:
    """Read a file in a limited child process and make its text ready. Raises UnreadableDocument. Blocks."""
    found = read_file(data, told)
    try:
        return PreparedFile(found.kind, library.prepare(found.text, title))
    except Nameless as error:
        raise UnreadableDocument("nameless") from error


def keep_file(
    db: Database, officer: Member, ready: PreparedFile, now: datetime, channel: str, nicknames: str = ""
) -> Kept:
    """Keep what was read in the officer's branch; members are told once. A file that is there already changes nothing.

    One transaction, or a part of the caller's.
    """
    with writing(db):
        kept = library.keep(
            db, officer.branch_id, ready.document, now, nicknames=nicknames, added_by=officer.id
        )  # fmt: skip
        if kept.outcome == "standing":
            return kept
        log.append(
            db,
            branch_id=officer.branch_id,
            at=now,
            kind=f"document_{kept.outcome}",
            sentence=wording("log")[kept.outcome].format(name=officer.name, title=ready.document.title),
            actor_id=officer.id,
            member_id=officer.id,
            channel=channel,
            about=About("document", kept.document_id),
        )
        document = documents.document(db, officer.branch_id, kept.document_id)
        if document is not None:
            announce(document, desk_of(db, officer, now, channel), renewed=kept.outcome == "renewed")
        return kept


def desk_of(db: Database, officer: Member, now: datetime, channel: str) -> Desk:
    """The books as this officer has them before them."""
    return Desk(db, officer, now, channel, 0, None, profile_of(db, officer.branch_id), "")


def report(kept: Kept, ready: PreparedFile) -> str:
    """What the secretary is told: what it is, how many parts, what was cut, and what members will hear first."""
    told = ready.document
    return wording("chat")[kept.outcome].format(
        title=told.title, parts=len(told.chapters), cut=_cut(told), summary=told.summary
    )


def _cut(told: Prepared) -> str:
    say = wording("chat")
    if told.advertising:
        others = tuple(line for line in told.removed if line not in told.advertising)
        besides = say["cut_besides"].format(count=len(others), examples=_examples(others)) if others else ""
        return say["cut_advertising"].format(examples=_examples(told.advertising)) + besides
    if told.removed:
        return say["cut_some"].format(count=len(told.removed), examples=_examples(told.removed))
    return say["cut_none"]


def _examples(lines: tuple[str, ...]) -> str:
    return "；".join(
        line if len(line) <= LONGEST_EXAMPLE else f"{line[:LONGEST_EXAMPLE]}……" for line in lines[:MOST_EXAMPLES]
    )
