"""The way of a question: read it, look it up on a connection that cannot write, say it, and log that it was read.

`asked` is a question, `reading` makes one of a wish and of the question before, `told` is an answer; the other modules
look up one subject each. The words stand with the skill of that subject, and in dialogs/asking.toml what all share.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from sqlite_utils import Database

from dialogs.asking import attendance, care, dues, entries, people, reports
from dialogs.asking.asked import Asked
from dialogs.asking.reading import read, remembered
from dialogs.asking.told import Told
from dialogs.documents.heard_by import asks_who_heard, heard_by, names_document
from dialogs.skill import Desk, Done, NotMine, Outcome, Wish
from storage.questions import Asker, reading
from storage.questions import entries as kept
from storage.questions.people import roster

ANSWERS: Mapping[str, Callable[[Asked, Database, Asker], Told]] = {
    "query_attendance": attendance.answer,
    "query_care": care.answer,
    "query_dues": dues.answer,
    "query_log": entries.answer,
    "member_find": people.answer,
    "report_make": reports.answer,
}
"""Intent -> who looks it up."""


def answer(wish: Wish, desk: Desk) -> Outcome:
    """Answer a secretary's question, or what goes on from the one before."""
    if (listened := _who_listened(wish, desk)) is not None:
        return listened
    asker = Asker(desk.speaker.id, desk.now)
    with reading(desk.db) as db:
        asked = read(wish, desk, roster(db, asker))
        if asked is None:
            return NotMine()
        told = ANSWERS[asked.intent](asked, db, asker)
        behind = told.entries or tuple(kept.behind(db, asker, told.about, told.keys))
    _log(asked, told, desk)
    follow = {"again": Wish(wish.intent, {"before": remembered(asked, told.names)})}
    return Done(
        "answer",
        {"said": told.said},
        table=told.table,
        chart=told.chart,
        entries=behind,
        answered=told.answered,
        follow=follow,
    )


def _who_listened(wish: Wish, desk: Desk) -> Done | None:
    """Who heard a document: it may sound like any question (谁没听 like 谁没来), but it names the document.

    A search of the log alone may mean the newest without a name; 谁没听完 after a study session means the session.
    """
    if not asks_who_heard(wish.text) or not (wish.intent == "query_log" or names_document(wish.text, desk)):
        return None
    told = heard_by(wish.text, desk)
    return Done("answer", {"said": told.text}, table=told.table) if told else None


def _log(asked: Asked, told: Told, desk: Desk) -> None:
    """That it was read is an entry; that something about health was, is one of its own, under whom it is about."""
    if told.refused:
        desk.log("read_refused", source="asking", name=desk.speaker.name)
        return
    rows = len(told.table.rows) if told.table else 0
    desk.log(f"read_{asked.intent}", source=f"skills/{asked.intent}", name=desk.speaker.name, count=rows)
    if told.health:
        about = asked.people[0].id if len(asked.people) == 1 else None
        desk.log("read_health", member_id=about, source="asking", name=desk.speaker.name, count=rows)
