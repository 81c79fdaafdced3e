"""谁听了六有一提升: who heard a document, how far, and who has not yet; for officers of the branch alone.

Any question skill may call it: it takes the words of the question and gives back the sentence and the rows.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from dialogs import words
from dialogs.documents.announcing import called
from dialogs.reply import Table
from dialogs.skill import Desk
from dialogs.understanding.meaning import Title
from dialogs.understanding.titles import find_title
from storage import documents, hearings, listening, members
from storage.documents import Document
from storage.listening import Listener
from storage.members import Member

MOST_NAMED = 6
"""Names that are said; the table has all."""


@dataclass(frozen=True)
class HeardBy:
    """The answer to such a question."""

    text: str
    """What is said."""
    table: Table
    """Everybody who listened, and then who did not."""
    document_id: int
    """The document that was meant."""


def asks_who_heard(text: str) -> bool:
    """Whether the words ask who listened to something."""
    cues = words.lists("documents/heard_by", "cues")
    return any(each in text for each in cues["who"]) and any(each in text for each in cues["heard"])


def names_document(text: str, desk: Desk) -> bool:
    """Whether the words name one of the branch's documents."""
    return _named(text, documents.documents(desk.db, desk.speaker.branch_id), desk) is not None


def asks_what_heard(text: str) -> bool:
    """王桂兰听了哪些文件: whether it is asked what somebody listened to."""
    return any(re.search(each, text) for each in words.lists("documents/heard_by", "cues")["what"])


def heard_what(person: Member, desk: Desk) -> str | None:
    """What a member listened to this year, for officers alone; that it was looked up is an entry under the member."""
    if desk.speaker.id not in {officer.id for officer in desk.officers}:
        return None
    titles = hearings.titles_heard(desk.db, person.id, datetime(desk.now.year, 1, 1), desk.now)
    desk.log("read_listened", member_id=person.id, source="documents/heard_by", by=desk.speaker.name, name=person.name)
    if not titles:
        return _say("person_nothing", name=person.name)
    return _say("person_heard", name=person.name, count=len(titles), titles=_names(titles))


def heard_by(text: str, desk: Desk) -> HeardBy | None:
    """Who listened to the document that the question names, else to the newest; None where there is none.

    None, too, for who is no officer: what a member listens to is between them and their branch's officers. The reading
    of the list is itself an entry of the branch log.
    """
    shelf = documents.documents(desk.db, desk.speaker.branch_id)
    if not shelf or desk.speaker.id not in {officer.id for officer in desk.officers}:
        return None
    document = _named(text, shelf, desk) or shelf[0]
    heard = listening.listeners(desk.db, document.id)
    known = {each.member_id for each in heard}
    others = [each.name for each in members.members(desk.db, desk.speaker.branch_id) if each.id not in known]
    desk.log("read_listening", source="documents/heard_by", name=desk.speaker.name, title=document.title)
    if any(each in text for each in words.lists("documents/heard_by", "cues")["not_yet"]):
        said = _say("not_yet" if others else "all", title=called(document), count=len(others), names=_names(others))
    else:
        whole = [each.name for each in heard if each.of and each.chapters >= each.of]
        said = _say(
            ("heard" if whole else "heard_none_whole") if heard else "nobody",
            title=called(document), count=len(heard), names=_names([each.name for each in heard]), whole=len(whole),
        )  # fmt: skip
    return HeardBy(said, _table(heard, others), document.id)


def _named(text: str, shelf: Sequence[Document], desk: Desk) -> Document | None:
    titles = [Title(str(each.id), each.title, each.spoken_names) for each in shelf]
    match = find_title(text, (), titles, desk.profile.region)
    return next((each for each in shelf if match and str(each.id) == match.id), None)


def _table(heard: Sequence[Listener], others: Sequence[str]) -> Table:
    lines = [(each.name, _far(each), _moment(each.first_at), _moment(each.last_at)) for each in heard]
    return Table(tuple(_say("columns").split("|")), (*lines, *((name, _say("not_heard"), "", "") for name in others)))


def _far(listener: Listener) -> str:
    if not listener.chapters:
        return _say("summary_only")
    return _say("whole" if listener.chapters >= listener.of else "parts", heard=listener.chapters, of=listener.of)


def _moment(stamp: str) -> str:
    at = datetime.fromisoformat(stamp)
    return _say("moment", month=at.month, day=at.day, hour=at.hour, minute=f"{at.minute:02d}")


def _names(names: Sequence[str]) -> str:
    more = _say("more") if len(names) > MOST_NAMED else ""
    return "、".join(names[:MOST_NAMED]) + more


def _say(key: str, **values: str | int) -> str:
    return words.load("documents/heard_by", "words").say(key, **values)
