"""The session that was just spoken of: what is said next without naming one is about it (在哪儿上, 算我一个)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from dialogs import words
from dialogs.sessions.whom import guests_in
from dialogs.skill import Wish
from dialogs.understanding.ordinals import find_ordinal
from storage.sessions import Session

OWN = "sessions/spoken_of"
"""The file with the cues."""
ASKED = ("asks", "where", "company", "allowed", "skip", "own", "leave", "room", "remind")
"""The patterns of questions that can hardly be about anything but a session."""
NAMING = ("when", "period", "topic")
"""What tells one session from another."""


def follow(session: Session) -> dict[str, Wish]:
    """What may be said next about this session, by intent and by the cues of the skill that takes it."""
    about = {"about_session": session.id}
    return {
        "guest": Wish("session_register", about),
        "line": Wish("session_register", about),
        "back": Wish("leave_request", about),
        "asks": Wish("session_list", about),
        "see_you": Wish("session_list", about),
        "other_day": Wish("session_list"),
        "off": Wish("session_cancel", about),
        "not_going": Wish("leave_request", about),
        "session_register": Wish("session_register", about),
    }


def by_itself(wish: Wish) -> Wish:
    """The wish without what was spoken of before it."""
    return replace(wish, slots={name: value for name, value in wish.slots.items() if name != "about_session"})


def read_out(found: Sequence[Session], wish: Wish) -> list[Session]:
    """Of these the ones that were just read out, where any were: 在哪儿 after three is about those, 第二个 one."""
    keys = wish.slots.get("choices")
    listed = [each for each in found if isinstance(keys, tuple) and str(each.id) in keys]
    number = find_ordinal(wish.text) or 0
    return listed[number - 1 : number] if 0 < number <= len(listed) else listed or list(found)


def asked_about(wish: Wish) -> Wish | None:
    """The question about a session that only sounds like signing up for it or taking leave; None for anything else."""
    named = {name: wish.slots[name] for name in NAMING if name in wish.slots}
    if asks_for_guest(wish.text):
        return Wish("session_register", named, wish.text)
    return Wish("session_list", named, wish.text) if asks(wish.text) else None


def asks_for_guest(text: str) -> bool:
    """我老伴能不能跟我一块去 asks whether somebody may come, and would like them to."""
    return says("whether", text) and bool(guests_in(text))


def wants_another(text: str) -> bool:
    """我还要报名: whoever stands on the list of the one that was spoken of wants another."""
    return says("another", text)


def asks(text: str) -> bool:
    """Whether the words ask about a session, and do nothing: 星期三的课还上不上, 参观要不要走很多路."""
    return any(says(each, text) for each in (*ASKED, "question")) and not (says("acts", text) or says("what", text))


def surely_asks(text: str) -> bool:
    """Whether it asks when, where, with whom: of another thing one hardly asks so."""
    return any(says(each, text) for each in ASKED)


def says(name: str, text: str) -> bool:
    """Whether one of these patterns is in it."""
    return any(re.search(pattern, text) for pattern in words.lists(OWN, "patterns")[name])
