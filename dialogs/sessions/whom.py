"""For whom a place is wanted: the speaker, somebody of the roster, or a guest whom no roster knows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from dialogs import words
from dialogs.sessions.finding import topic_of
from dialogs.skill import Desk, Wish
from dialogs.understanding.meaning import Person
from dialogs.understanding.names import find_people
from dialogs.understanding.times import find_time
from storage import members
from storage.members import Member

_WORDS = "skills/session_register"


@dataclass(frozen=True)
class Somebody:
    """One person a place is for."""

    member_id: int
    """The member, or who brings the guest."""
    guest: str = ""
    """The guest as the member called them; empty for the member."""


@dataclass(frozen=True)
class Unclear:
    """Several members could be meant: ask."""

    choice: tuple[Member, ...]
    """Those who could."""


def wanted(wish: Wish, desk: Desk) -> tuple[Somebody, ...] | Unclear:
    """Everybody who was named, or the speaker where nobody was."""
    if chosen := wish.key_slot("member"):
        return (Somebody(chosen),)
    named = _of_the_roster(wish, desk)
    if isinstance(named, Unclear):
        return named
    guests = [Somebody(desk.speaker.id, guest) for guest in guests_in(wish.text)]
    if not named and not guests and (other := _unknown(wish, desk.now)):
        alike = _by_surname(other, desk)
        if len(alike) > 1:
            return Unclear(alike)
        guests = [Somebody(alike[0].id) if alike else Somebody(desk.speaker.id, other)]
    found = [*(Somebody(each.id) for each in named), *guests]
    beside = _match("together", wish.text) or _match("self", wish.text)
    if not found or (named and _match("with_me", wish.text)) or (guests and beside):
        found.insert(0, Somebody(desk.speaker.id))
    return tuple(dict.fromkeys(found))


def named_in(text: str, desk: Desk) -> list[Member]:
    """Members who are named in full, without the speaker."""
    everybody = {each.name: each for each in members.members(desk.db, desk.branch_id)}
    roster = tuple(Person(each.name, each.gender) for each in everybody.values())
    found = find_people(text, (), roster, desk.profile.region)
    return [everybody[each.person.name] for each in found if not each.loose and each.person.name != desk.speaker.name]


def guests_in(text: str) -> tuple[str, ...]:
    """Who is brought along, in the words in which they were called."""
    found = [match["guest"] for kind in ("together", "alone") for match in _matches(kind, text)]
    return tuple(dict.fromkeys(found))


def relation_in(text: str) -> str:
    """The first who is called by a relation at all (把我老伴的名额取消), empty where nobody is."""
    match = re.search("|".join(words.lists(_WORDS, "cues")["who"]), text)
    return match[0] if match else ""


def _of_the_roster(wish: Wish, desk: Desk) -> list[Member] | Unclear:
    branch = desk.speaker.branch_id
    doubtful = [each for name in wish.doubts.get("person", ()) for each in members.named(desk.db, branch, name)]
    if len(doubtful) > 1:
        return Unclear(tuple(doubtful))
    said = wish.slots.get("person")
    names = said if isinstance(said, tuple) else (said,) if isinstance(said, str) else ()
    found: list[Member] = []
    for name in names:
        namesakes = members.named(desk.db, branch, name)
        if len(namesakes) > 1:
            return Unclear(tuple(namesakes))
        found += namesakes
    return found


def _unknown(wish: Wish, now: datetime) -> str:
    """Somebody for whom it is asked in so many words, whoever it may be: 给孙大明报个名, but not 给参观报个名."""
    match = _match("other", wish.text) or _match("asked_me", wish.text)
    if match is None or find_time(match["guest"], now) or match["guest"] in topic_of(wish):
        return ""
    return match["guest"]


def _by_surname(called: str, desk: Desk) -> tuple[Member, ...]:
    """老张, 小张: everybody of that surname."""
    match = re.fullmatch(words.lists(_WORDS, "cues")["by_surname"][0], called)
    if match is None:
        return ()
    everybody = members.members(desk.db, desk.speaker.branch_id)
    return tuple(each for each in everybody if each.name.startswith(match[1]) and each.id != desk.speaker.id)


def _match(kind: str, text: str) -> re.Match[str] | None:
    return next(_matches(kind, text), None)


def _matches(kind: str, text: str) -> Iterator[re.Match[str]]:
    cues = words.lists(_WORDS, "cues")
    who = "(?:" + "|".join(cues["who"]) + ")"
    for pattern in cues[kind]:
        yield from re.finditer(pattern.replace("{who}", who), text)
