"""Hear a document: its summary, then chapter by chapter, any part in full, and what it says to a question."""

from __future__ import annotations

import re
from dataclasses import replace

from dialogs import words
from dialogs.documents.going_on import answer, aside, asks, cue, go_on, names_something
from dialogs.documents.heard_by import asks_who_heard, heard_by
from dialogs.documents.reader import MOST_READ_OUT, Reader
from dialogs.documents.reading import Spot
from dialogs.skill import Ask, Desk, Done, NotMine, Option, Outcome, Wish
from dialogs.understanding.meaning import Title
from dialogs.understanding.ordinals import find_ordinal
from dialogs.understanding.slots import find_span
from dialogs.understanding.titles import find_title
from storage import documents, listening
from storage.documents import Document


def act(wish: Wish, desk: Desk) -> Outcome:
    """Go on with what is being read, or find the document that was asked for; reading needs no confirmation."""
    shelf = documents.documents(desk.db, desk.speaker.branch_id)
    step = wish.text_slot("step")
    if "choices" in wish.slots:
        return _chosen(wish, shelf, desk)
    if listed := asks_which_document(wish):
        return NotMine(listed)
    if asks_who_heard(wish.text) and (told := heard_by(wish.text, desk)):
        return Done("heard_by", {"text": told.text}, table=told.table)
    if step and not wish.text_slot("title"):
        return _other_named(step, wish, shelf, desk) or go_on(step, wish, shelf, desk)
    if not shelf:
        return Done("no_documents", {"secretary": desk.secretary})
    read = [each for each in shelf if step and each.id == wish.key_slot("document")]
    if read:  # a document was named in the middle of one, perhaps another
        wish = replace(wish, slots={name: value for name, value in wish.slots.items() if name != "document"})
    fitting = _fitting(shelf, wish, desk)
    if len(fitting) != 1 and not wish.text_slot("title"):
        return _unnamed(wish, shelf, desk)
    if len(fitting) != 1:
        return _which(fitting or shelf, "which" if fitting else "no_such")
    return _asked_for(fitting[0], wish, desk, *read)


def _other_named(step: str, wish: Wish, shelf: list[Document], desk: Desk) -> Outcome | None:
    """上次没听完的六有一提升, while another is being read: the one that is named."""
    if step != "next" or len(shelf) < 2:
        return None
    named = _fitting(shelf, replace(wish, slots={}), desk)
    other = len(named) == 1 and named[0].id != wish.key_slot("document")
    return _asked_for(named[0], replace(wish, slots={}), desk) if other else None


def _fitting(shelf: list[Document], wish: Wish, desk: Desk) -> list[Document]:
    """The one that was meant; those that sound as near; nothing where none was named."""
    if chosen := wish.key_slot("document"):
        return [document for document in shelf if document.id == chosen]
    titles = [Title(str(document.id), document.title, document.spoken_names) for document in shelf]
    match = find_title(wish.text, (wish.text_slot("title"),), titles, desk.profile.region)
    if match is None:
        return shelf if len(shelf) == 1 else []
    keys = {match.id, *match.rivals}
    return [document for document in shelf if str(document.id) in keys]


def asks_which_document(wish: Wish) -> Wish | None:
    """交党费的规矩哪份文件里讲了: which document it is in, and not yet what it says."""
    match = re.search(words.lists("documents/reading", "cues")["which_document"][0], wish.text)
    if match is None or wish.text_slot("step"):
        return None
    about = find_span("topic", "document_list", wish.text) or match["about"]
    return Wish("document_list", {"topic": about}, wish.text)


def _which(choice: list[Document], key: str = "which") -> Ask:
    options = tuple(Option(document.title, {"document": document.id}) for document in choice[:MOST_READ_OUT])
    return Ask(key, "document", {"titles": "；".join(option.label for option in options)}, options)


def _chosen(wish: Wish, shelf: list[Document], desk: Desk) -> Outcome:
    """第二份 of the documents that were just read out."""
    keys, picked = wish.slots["choices"], wish.key_slot("document")
    listed = [each for key in (keys if isinstance(keys, tuple) else ()) for each in shelf if str(each.id) == key]
    if named := [each for each in listed if each.id == picked]:  # the answer to which one
        return Reader(named[0], desk).begin()
    number = find_ordinal(wish.text) or len(listed) == 1
    if not 0 < abs(number) <= len(listed):
        return _which(listed or shelf)
    return Reader(listed[number - 1 if number > 0 else number], desk).begin()


def _unnamed(wish: Wish, shelf: list[Document], desk: Desk) -> Outcome:
    """No document was named: the one begun last where it is to be gone on with, else a question to all, else ask."""
    begun = listening.unfinished(desk.db, desk.speaker.branch_id, desk.speaker.id)
    if begun and cue("place", wish.text):
        return Reader(next(each for each in shelf if each.id == begun.document_id), desk).standing()
    if asks(wish.text):
        return answer(wish.text, [shelf], None, desk) or Done("not_said")
    if begun and any(cue(name, wish.text) for name in ("resume", "from_start", "part")):
        return _asked_for(next(each for each in shelf if each.id == begun.document_id), wish, desk)
    return _which(shelf, "no_such" if names_something(wish.text) else "which")


def _asked_for(document: Document, wish: Wish, desk: Desk, read: Document | None = None) -> Outcome:
    """What was wanted of this document; its summary, where nothing else was said.

    After a question the reading of `read` goes on, which may be another document.
    """
    reader = Reader(document, desk)
    if chapter := wish.key_slot("chapter"):
        return reader.read(Spot(chapter, wish.key_slot("piece") or 0))
    said = wish.text.replace(wish.text_slot("title") or "\0", "")
    if cue("from_start", said):
        return reader.from_start()
    if cue("resume", said):
        return reader.go_on(resumed=True)
    in_full = cue("in_detail", said)
    if in_full or cue("part", said):  # a part may be called like the document: 四必到那部分
        for words_said in (said, wish.text):
            if found := reader.part(words_said, in_full=in_full):
                return found
    if told := aside(said, reader):
        return told
    if asks(said):
        reader = Reader(read, desk) if read else reader
        return answer(wish.text, [[document]], reader, desk) or reader.done("not_said")
    return reader.begin()
