"""Hear the summary of a document."""

from __future__ import annotations

from dialogs.reply import Effect
from dialogs.skill import Ask, Desk, Done, Option, Outcome, Wish
from dialogs.understanding.meaning import Title
from dialogs.understanding.titles import find_title
from storage import documents
from storage.documents import Document
from storage.log import About


def act(wish: Wish, desk: Desk) -> Outcome:
    """Find the document by its title or nickname and read its summary out; reading needs no confirmation."""
    shelf = documents.documents(desk.db, desk.speaker.branch_id)
    if not shelf:
        return Done("no_documents", {"secretary": desk.secretary})
    fitting = _fitting(shelf, wish, desk)
    if len(fitting) != 1:
        options = tuple(Option(document.title, {"document": document.id}) for document in (fitting or shelf)[:3])
        return Ask("which", "document", {"titles": "；".join(option.label for option in options)}, options)
    document = fitting[0]
    listening = documents.heard(desk.db, document.id, desk.speaker.id, "summary", desk.now)
    entry = desk.log("heard", About("document", document.id), name=desk.speaker.name, title=document.title)
    return Done(
        "summary",
        {"title": document.title, "summary": document.summary},
        (Effect("heard", "listening", listening), Effect("logged", "entry", entry.id)),
    )


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
