"""Which documents can be listened to."""

from __future__ import annotations

from dialogs import words
from dialogs.documents.heard_by import asks_what_heard
from dialogs.skill import Desk, Done, NotMine, Outcome, Wish
from dialogs.understanding.meaning import Title
from dialogs.understanding.sound import class_string
from dialogs.understanding.titles import find_title
from storage import documents, listening
from storage.documents import Document
from storage.outbox import Button

MOST_READ_OUT = 3
SHORTEST = 2
"""Characters of a topic; of a longer one the first may be what is done with it: 交党费."""
LONGEST_TITLE = 20
"""Characters up to which a title is read out whole; a longer one is called by its nickname."""


def act(wish: Wish, desk: Desk) -> Outcome:
    """Name three at a time, what the speaker has not heard first; reading a list needs no confirmation."""
    shelf = documents.documents(desk.db, desk.speaker.branch_id)
    if not shelf:
        return Done("no_documents", {"secretary": desk.secretary})
    if asks_what_heard(wish.text) and _says("own", wish.text):
        return NotMine(Wish("my_record", {}, wish.text))
    heard = listening.heard_documents(desk.db, desk.speaker.id)
    new = [each for each in shelf if each.id not in heard]
    ordered = [*new, *(each for each in shelf if each.id in heard)]
    if "rest" in wish.slots:
        return _tell("more", _left(wish, shelf), heard)
    if topic := wish.text_slot("topic"):
        fitting = _on(topic, ordered, desk) or (_on(topic[1:], ordered, desk) if len(topic) > SHORTEST else [])
        return _tell("about" if fitting else "none_about", fitting or ordered, heard, topic)
    if named := _named(wish.text, shelf, desk):
        others = _says("besides", wish.text)
        rest = [each for each in ordered if (each.id in named) != others]
        return _tell("besides" if others and rest else "list", rest or ordered, heard)
    if _says("new", wish.text):
        return _tell("new" if new else "none_new", new or ordered, heard)
    return _tell("list", ordered, heard)


def _named(text: str, shelf: list[Document], desk: Desk) -> set[int]:
    """Documents that are named in what was said: 积分 is a nickname, and so no topic."""
    titles = [Title(str(each.id), each.title, each.spoken_names) for each in shelf]
    match = find_title(text, (), titles, desk.profile.region)
    return {int(key) for key in (match.id, *match.rivals)} if match else set()


def _on(topic: str, shelf: list[Document], desk: Desk) -> list[Document]:
    """Documents with the topic in title, nickname or summary by sound; else those whose text has the very word."""
    said = class_string(topic)
    titled = [each for each in shelf if topic and said in class_string(f"{each.title};{each.nicknames};{each.summary}")]
    if titled:
        return sorted(titled, key=lambda each: -documents.full_text(desk.db, each.id).count(topic))
    return [each for each in shelf if topic and topic in documents.full_text(desk.db, each.id)]


def _left(wish: Wish, shelf: list[Document]) -> list[Document]:
    """What was not yet read out of the list before, in its order."""
    keys = wish.slots["rest"]
    return [each for key in (keys if isinstance(keys, tuple) else ()) for each in shelf if str(each.id) == key]


def _tell(key: str, shelf: list[Document], heard: set[int], topic: str = "") -> Done:
    """Read out three; 第二个 then reads that one, 还有 goes on with the rest, and of a single one 好的 is enough."""
    if not shelf:
        return Done("no_more")
    shown, rest = shelf[:MOST_READ_OUT], shelf[MOST_READ_OUT:]
    say = words.load("skills/document_list", "items").say
    titles = [
        say(f"item_{number}", title=_short(each)) + ("" if each.id in heard else say("unheard"))
        for number, each in enumerate(shown, 1)
    ]
    choose = Wish("document_listen", {"choices": _keys(shown)})
    follow = {"choose": choose, "next": Wish("document_list", {"rest": _keys(rest)})}
    if len(shown) == 1:
        titles, follow = [_short(shown[0])], {**follow, "affirm": choose}
    ending = "one" if len(shown) == 1 else "further" if rest else "several"
    return Done(
        key,
        {"count": str(len(shelf)), "titles": "；".join(titles), "topic": topic, "ending": say(ending)},
        buttons=tuple(Button(_short(each), each.title) for each in shown),
        follow=follow,
    )


def _keys(shelf: list[Document]) -> tuple[str, ...]:
    return tuple(str(each.id) for each in shelf)


def _short(document: Document) -> str:
    names = document.spoken_names
    return names[0] if names and len(document.title) > LONGEST_TITLE else document.title


def _says(name: str, text: str) -> bool:
    return any(cue in text for cue in words.lists("skills/document_list", "cues")[name])
