"""What was said in the middle of a document: which part to read now, or a question to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dialogs import words
from dialogs.documents import library
from dialogs.documents.reader import Reader
from dialogs.documents.reading import Spot
from dialogs.skill import Desk, Done, NotMine, Outcome, Wish
from dialogs.understanding.features import bare
from dialogs.understanding.meaning import SlotValue
from dialogs.understanding.ordinals import find_ordinal
from storage import listening
from storage.documents import Document

QUESTIONS = frozenset(("", "document_listen", "dues_status", "my_record"))
"""What a question to a document is taken for: 书记补贴是多少钱 sounds like one about dues. Empty: nobody can tell."""
WHILE_READING = QUESTIONS | {"session_list", "theme_query", "out_of_scope"}
"""The same in the middle of reading; care_status never is: 谁来看过 is about somebody in need."""
ASKED_OF_IT = frozenset(
    ("dues_collect", "dues_pay", "dues_relief", "document_list", "leave_request", "home_study_request", "help",
     "profile_update", "session_register", "volunteer_offer", "suggestion")
)  # fmt: skip
"""What a question to the document that is being read may be taken for: 转院要什么手续 was taken for dues. Where the
document answers, nothing is done; care never is among them."""
PLACES = WHILE_READING | {"care_status", "choose", "repeat", "next", "back", "slower", "faster"}
"""What 讲讲党费那一章 and 第三点讲细一点 are taken for."""


A_TITLE = 3
"""Characters that a document's name has at least."""


def go_on(step: str, wish: Wish, shelf: Sequence[Document], desk: Desk) -> Outcome:
    """Do the step in the document that is being read, or where none is, in the one begun last."""
    document = wish.key_slot("document")
    if step == "ask":
        return _question(wish, _reader(document, shelf, desk), shelf, desk)
    if document is None and (begun := listening.unfinished(desk.db, desk.speaker.branch_id, desk.speaker.id)):
        document = begun.document_id
    reader = _reader(document, shelf, desk)
    if reader is None:
        return NotMine()
    if chapter := wish.key_slot("chapter"):
        return reader.read(Spot(chapter, wish.key_slot("piece") or 0))
    if step == "next":
        return reader.go_on(resumed=cue("earlier", wish.text))
    if step == "back":
        return reader.back()
    if step == "stop":
        return aside(wish.text, reader) or reader.stop()  # 念到哪了 has a word of neither
    return _part(step, wish, reader)


def cue(name: str, text: str) -> bool:
    """Whether one of these words is in it."""
    lists = {**words.lists("documents/reading", "cues"), **words.lists("skills/document_listen", "follow")}
    return any(each in text for each in lists[name])


def asks(text: str) -> bool:
    """Whether it is a question to which a passage may be the answer."""
    for each in words.lists("documents/reading", "cues")["no_question"]:
        text = text.replace(each, "")
    return cue("asks_for", text) or (cue("ask", text) and not cue("about", text))


def names_something(text: str) -> bool:
    """Whether a document is named at all, whichever: 把二十大报告念给我听, but not 念个文件给我听听."""
    for common in sorted(words.lists("documents/reading", "cues")["no_title"], key=len, reverse=True):
        text = text.replace(common, "")
    return len(bare(text)) >= A_TITLE


def aside(text: str, reader: Reader) -> Done | None:
    """What is asked about the reading itself: where one stands, which parts there are; None for another question."""
    if cue("place", text):
        return reader.standing()
    return reader.outline() if cue("outline", text) and not cue("in_detail", text) else None


def answer(question: str, shelves: Sequence[Sequence[Document]], reader: Reader | None, desk: Desk) -> Done | None:
    """The passage that answers, of the first shelf that has one; None where no document says it.

    What is being read goes on afterwards; 讲细一点 is the part that was quoted.
    """
    found = next((passage for shelf in shelves if (passage := library.ask(desk.db, question, shelf))), None)
    if found is None:
        return None
    say = words.load("documents/reading", "reading").say
    said = {"title": found.document, "where": found.clause, "text": found.text, "more": ""}
    said["beside"] = "".join(
        say("also" if other.key == found.key else "beside", title=other.document, where=other.clause, text=other.text)
        for other in found.others
    )
    quoted = next((each for shelf in shelves for each in shelf if str(each.id) == found.key), None)
    spot = Reader(quoted, desk).book.holding(found.text) if quoted else None
    if quoted is None or spot is None:
        return reader.done("answer", said) if reader else Done("answer", said)
    said["more"] = say("more")
    there: dict[str, SlotValue] = {
        "document": quoted.id,
        "step": "in_detail",
        "chapter": spot.chapter,
        "piece": spot.piece,
    }
    done = reader.done("answer", said) if reader else Done("answer", said)
    return replace(done, follow={**done.follow, "in_detail": Wish("document_listen", there)})


def _reader(document_id: int | None, shelf: Sequence[Document], desk: Desk) -> Reader | None:
    document = next((each for each in shelf if each.id == document_id), None)
    return Reader(document, desk) if document else None


def _part(step: str, wish: Wish, reader: Reader) -> Outcome:
    """The chapter that was named, in full where that was wanted."""
    heard_as, text = wish.text_slot("heard_as"), wish.text
    if heard_as in PLACES and (told := aside(text, reader)):
        return told
    if heard_as not in PLACES or _of_a_time(wish):
        named = heard_as in ASKED_OF_IT and cue("of_a_part", text)  # 组织保障那一块 sounds like a sum
        return (reader.part(text, in_full=cue("in_detail", text)) if named else None) or NotMine()
    if step == "from_start":
        return reader.from_start()
    if found := reader.part(text, in_full=cue("in_detail", text)):
        return found
    if find_ordinal(text):
        return reader.done("no_such_part", {"count": str(len(reader.book))})
    if step == "in_detail":
        return reader.in_full()
    return reader.outline() if heard_as in ("choose", "document_listen") else NotMine()


def _question(wish: Wish, reader: Reader | None, shelf: Sequence[Document], desk: Desk) -> Outcome:
    """A question that names neither the speaker nor a day; one that the books know better is left to them."""
    heard_as, text = wish.text_slot("heard_as"), wish.text
    elsewhere = cue("elsewhere", text)
    if reader and heard_as in {"", "document_list"} and (told := aside(text, reader)):
        return told
    if reader and heard_as in ASKED_OF_IT and cue("asks_what", text) and not cue("own", text) and not _of_a_time(wish):
        misheard = heard_as.startswith("dues_") and not elsewhere
        found = answer(text, [[reader.document]], reader, desk)
        return found or (reader.done("not_said") if misheard else NotMine())
    known = heard_as in WHILE_READING or (reader is not None and heard_as == "dues_collect" and cue("how_paid", text))
    if not known or cue("own", text) or _of_a_time(wish):
        return NotMine()
    if reader is None:
        asked = heard_as in QUESTIONS - {"document_listen"} and not elsewhere and asks(text)
        return (answer(text, [shelf], None, desk) if asked else None) or NotMine()
    if told := aside(text, reader):
        return told
    if not asks(text):
        return reader.begin()
    if elsewhere and heard_as not in QUESTIONS:
        return NotMine()
    found = answer(text, [[reader.document], shelf], reader, desk)
    return found or (reader.done("not_said") if heard_as in QUESTIONS and not elsewhere else NotMine())


def _of_a_time(wish: Wish) -> bool:
    return "period" in wish.slots or "when" in wish.slots
