"""For whom a broadcast is meant: everybody, or the group that was said (行动不便的, 还没交党费的, 报了名的)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from dialogs import words
from dialogs.asking.sounded import Place, places
from dialogs.asking.whom import Group, group
from dialogs.skill import Desk
from storage import dues, members, roll, sessions
from storage.dues import quarter_of
from storage.questions import Asker
from storage.questions.people import roster
from storage.sessions import Session

OWN = "skills/broadcast"
AT_THE_HEAD = 2
"""Characters that may stand before the group: 还没交党费的."""
GROUPS = ("everybody", "frail", "unpaid", "signed_up", "not_signed_up", "absent", "officers")
"""Everybody, and the groups that can be told something by themselves."""
OF_A_SESSION = ("signed_up", "not_signed_up")
DESCRIBED = "described"
"""Whoever is of the age, the gender or the street that was said."""
SHORTEST = 2
"""Characters of a title by which a session is known: 参观."""
NAMED = ("frail", "unpaid", "not_signed_up", "signed_up", "absent", "officers")
"""The groups in the order in which they are looked for: 没报名的 before 报名的."""


@dataclass(frozen=True)
class Audience:
    """A group of the branch's people, without the speaker."""

    name: str
    """everybody, frail, unpaid, signed_up, not_signed_up, absent, officers or described."""
    people: tuple[int, ...]
    """Their keys, in roster order."""
    about: str = ""
    """The words that describe them (八十岁以上的), or the session that they signed up for."""

    @property
    def kept(self) -> str:
        """The group as a talk keeps it until the yes."""
        return f"{self.name}:{self.about}"


def audience(text: str, desk: Desk) -> Audience:
    """The group that the words name, as written or as they sound; everybody where they name none."""
    name = next((group for group in NAMED if _places(group, text)), "")
    if not name and _described(text, desk).narrows:
        around = "|".join(words.lists(OWN, "cues")["before_group"] + words.lists(OWN, "cues")["behind_group"])
        who = re.sub(around, "", text.strip("，。：: "))
        return of_name(f"{DESCRIBED}:{who}", desk)
    return of_name(f"{name or GROUPS[0]}:{text if name in OF_A_SESSION else ''}", desk)


def ordered(text: str) -> str:
    """The message of 给还没交党费的发个消息，说月底前交; empty for a question and for anything else."""
    match = re.search(words.lists(OWN, "cues")["orders"][0], text)
    return match["message"] if match else ""


def message(text: str, desk: Desk) -> str:
    """What they are to hear, without the words that say who they are: 报了名的人，星期三改到二楼."""
    named = [place for group in NAMED for place in _places(group, text)]
    named += _described(re.split("[，,：:。]", text)[0], desk).places
    before = re.match(words.lists(OWN, "cues")["before_group"][0], text)
    head = AT_THE_HEAD + (before.end() if before else 0)
    end = max((finish for begin, finish in named if begin <= head), default=0)
    said = re.sub(words.lists(OWN, "cues")["after_group"][0], "", text[end:]) if end else text
    return re.sub(words.lists(OWN, "cues")["addressed"][0], "", said)


def of_name(kept: str, desk: Desk) -> Audience:
    """The people of a group as the books have them now."""
    name, _, about = kept.partition(":")
    people = members.members(desk.db, desk.speaker.branch_id)
    chosen = {each.id for each in people} if name == GROUPS[0] else _chosen(name, about, desk)
    keys = tuple(each.id for each in people if each.id in chosen and each.id != desk.speaker.id)
    return Audience(name, keys, about)


def _described(text: str, desk: Desk) -> Group:
    """Of which age, gender or street they are to be."""
    return group(text, desk.now.year, roster(desk.db, Asker(desk.speaker.id, desk.now)))


def _places(name: str, text: str) -> list[Place]:
    """Where a group is named, by its words or by the form of them (报名参观的人)."""
    cues = words.lists(OWN, "cues")
    found = [match.span() for each in cues.get(f"{name}_form", ()) for match in re.finditer(each, text)]
    return found + [place for cue in cues[name] for place in places(cue, text)]


def _next(about: str, desk: Desk) -> list[Session]:
    """The session that is spoken of by its title, else the next."""
    coming = sessions.upcoming(desk.db, desk.speaker.branch_id, desk.now)
    named = [
        each for each in coming if any(each.title[at : at + SHORTEST] in about for at in range(len(each.title) - 1))
    ]
    return (named or coming)[:1]


def _chosen(name: str, about: str, desk: Desk) -> set[int]:
    branch = desk.speaker.branch_id
    if name == DESCRIBED:
        described = _described(about, desk)
        return {each.id for each in roster(desk.db, Asker(desk.speaker.id, desk.now)) if described.holds(each)}
    if name == "frail":
        return {each.id for each in members.members(desk.db, branch) if each.frail}
    if name == "unpaid":
        owed = dues.of_quarter(desk.db, branch, quarter_of(desk.now))
        return {each.member_id for each in owed if each.state == "open" and each.due_fen}
    if name == "officers":
        return {each.id for each in members.officers(desk.db, branch, desk.now)}
    if name == "signed_up":
        return {key for session in _next(about, desk) for key in roll.signed_up(desk.db, session.id)}
    if name == "not_signed_up":
        there = {key for session in _next(about, desk) for key in roll.signed_up(desk.db, session.id)}
        return {each.id for each in members.members(desk.db, branch)} - there
    begun = sessions.between(desk.db, branch, desk.now.replace(hour=0, minute=0), desk.now)[-1:]
    lines = [line for session in begun for line in roll.roll(desk.db, session)]
    return {line.member_id for line in lines if line.state not in ("attended", "home_study")}
