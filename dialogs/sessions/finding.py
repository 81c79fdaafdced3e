"""The session that was meant: by its date, by its topic, or by a stretch of its title."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime

from dialogs import words
from dialogs.skill import Ask, Desk, Option, Wish
from dialogs.understanding.meaning import Span
from dialogs.understanding.ordinals import find_ordinal
from dialogs.understanding.slots import find_span
from dialogs.understanding.sound import similarity, syllables
from dialogs.understanding.times import as_span, find_times, say_time
from storage.sessions import Session

OFFERED = "offered"
"""The slot with the keys of those that were offered: 不对，第三个 is another of them."""
SOUNDS_LIKE = 0.75
"""Similarity from which a topic that was said is taken for one in a session's title."""
TELLING = 3
"""Syllables of a title that, said one after another, tell it apart: 纪念馆."""
MOST_READ_OUT = 3
"""Choices an old ear can keep in mind."""


def fitting(coming: Sequence[Session], wish: Wish, desk: Desk) -> list[Session]:
    """Those of the sessions that were meant; all of them where nothing was said that tells them apart.

    Of several the one that was just spoken of: 那算我一个 after 星期五的参观几点.
    """
    found = _told_apart(coming, wish, desk)
    spoken_of = wish.key_slot("about_session")
    return [each for each in found if each.id == spoken_of] or found


def each_of(coming: Sequence[Session], text: str, desk: Desk) -> list[Session]:
    """星期三学习星期五参观都报上, 参观跟党课我都报: a session for each day or title said; nothing for one alone."""
    if not re.search(words.lists("sessions/finding", "cues")["each"][0], text):
        return []
    days = [span for time in find_times(text, desk.now, "future") if time.day_said and (span := as_span(time))]
    found = [[each for each in coming if _within(each.start, day)] for day in days]
    sure = all(len(each) == 1 for each in found)
    if sure and len(found) > 1:
        return list(dict.fromkeys(each[0] for each in found))
    titled = [each for each in coming if _by_a_word(each, text)]
    return titled if not days and len(titled) > 1 else []


def _by_a_word(session: Session, text: str) -> bool:
    """参观 of 参观革命纪念馆: two characters of the title, without what many titles have."""
    own = _own_words(session)
    return any(own[at : at + 2] in text for at in range(len(own) - 1))


def _own_words(session: Session) -> str:
    own = session.title
    for common in words.lists("sessions/finding", "cues")["common"]:
        own = own.replace(common, "")
    return own


def _told_apart(coming: Sequence[Session], wish: Wish, desk: Desk) -> list[Session]:
    if chosen := wish.key_slot("session"):
        return [session for session in coming if session.id == chosen]
    when = stretch(wish)
    if when:
        coming = [session for session in coming if _within(session.start, when)]
        coming = [session for session in coming if session.starts_at == when.start] or coming
    topic = topic_of(wish)
    called = [session for session in coming if session.title in wish.text]
    named = called or [session for session in coming if _named(session, topic, wish.text, desk)]
    if named or not coming:
        return named
    if outings := _outings(coming, wish.text):
        return outings
    said = wish.text_slot("topic")
    if not when and re.search(words.lists("sessions/finding", "cues")["soonest"][0], wish.text):
        return list(coming[:1])
    return [] if said and not when else list(coming)


def _outings(coming: Sequence[Session], text: str) -> list[Session]:
    """去外头看的那个, 有什么活动能出去走走: the activities, where that tells them from what is studied indoors."""
    outside = any(cue in text for cue in words.lists("sessions/finding", "cues")["outing"])
    return [session for session in coming if session.kind == "activity"] if outside else []


def stretch(wish: Wish) -> Span | None:
    """The time that was said, None where none was."""
    for name in ("when", "period"):
        value = wish.slots.get(name)
        if isinstance(value, Span) and value.start:
            return value
    return None


def topic_of(wish: Wish) -> str:
    """What it is to be about, also where the intent has no slot for it: 党课我请个假."""
    return wish.text_slot("topic") or find_span("topic", "session_register", wish.text) or ""


def which(key: str, choice: Sequence[Session], desk: Desk) -> Ask:
    """Ask which of several sessions was meant; three are read out."""
    options = tuple(Option(spoken(session, desk), {"session": session.id}) for session in choice[:MOST_READ_OUT])
    choices = {"choices": tuple(str(session.id) for session in choice[:MOST_READ_OUT])}
    follow = {"asks": Wish("session_list", choices)}
    offered = {OFFERED: choices["choices"]}
    said = {"sessions": "；".join(option.label for option in options)}
    return Ask(key, "session", said, options, slots=offered, follow=follow)


def of_those_read_out(wish: Wish, coming: Sequence[Session]) -> Session | None:
    """第二个 of the sessions that were read out, whose keys the wish holds; None where no such number was said."""
    keys, number = wish.slots.get("choices"), find_ordinal(wish.text) or 0
    listed = [each for key in (keys if isinstance(keys, tuple) else ()) for each in coming if str(each.id) == key]
    return listed[number - 1 if number > 0 else number] if 0 < abs(number) <= len(listed) else None


def spoken(session: Session, desk: Desk) -> str:
    """When it is and what it is called."""
    return f"{say_time(session.start, desk.now)}，{session.title}"


def _within(start: datetime, when: Span) -> bool:
    """On the day that was said, and where a stretch of it was said, in that stretch."""
    begin = datetime.fromisoformat(when.start or "")
    if when.end is None:
        return start.date() == begin.date()
    return begin <= start <= datetime.fromisoformat(when.end)


def _named(session: Session, topic: str, text: str, desk: Desk) -> bool:
    if topic and _sounds_like(topic, session.title, desk):
        return True
    said, title = syllables(text), syllables(_own_words(session))
    stretches = [title[at : at + TELLING] for at in range(len(title) - TELLING + 1)]
    return any(said[at : at + TELLING] in stretches for at in range(len(said) - TELLING + 1))


def _sounds_like(topic: str, title: str, desk: Desk) -> bool:
    if topic in title:
        return True
    said, read = syllables(topic), syllables(title)
    windows = [read[at : at + len(said)] for at in range(max(1, len(read) - len(said) + 1))]
    return max(similarity(said, window, desk.profile.region) for window in windows) >= SOUNDS_LIKE
