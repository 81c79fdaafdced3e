"""For whom a broadcast is meant: everybody, or the group that was said (行动不便的, 还没交党费的, 报了名的)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from dialogs import words
from dialogs.asking.sounded import heard, places
from dialogs.skill import Desk
from storage import dues, members, roll, sessions
from storage.dues import quarter_of

OWN = "skills/broadcast"
AT_THE_HEAD = 2
"""Characters that may stand before the group: 还没交党费的."""
GROUPS = ("everybody", "frail", "unpaid", "signed_up", "not_signed_up", "absent", "officers")
"""Everybody, and the groups that can be told something by themselves."""
NAMED = ("frail", "unpaid", "not_signed_up", "signed_up", "absent", "officers")
"""The groups in the order in which they are looked for: 没报名的 before 报名的."""


@dataclass(frozen=True)
class Audience:
    """A group of the branch's people, without the speaker."""

    name: str
    """everybody, frail, unpaid, signed_up, not_signed_up, absent or officers."""
    people: tuple[int, ...]
    """Their keys, in roster order."""


def audience(text: str, desk: Desk) -> Audience:
    """The group that the words name, as written or as they sound; everybody where they name none."""
    cues = words.lists(OWN, "cues")
    name = next((group for group in NAMED if any(heard(cue, text) for cue in cues[group])), GROUPS[0])
    return of_name(name, desk)


def ordered(text: str) -> str:
    """The message of 给还没交党费的发个消息，说月底前交; empty for a question and for anything else."""
    match = re.search(words.lists(OWN, "cues")["orders"][0], text)
    return match["message"] if match else ""


def message(text: str) -> str:
    """What they are to hear, without the words that say who they are: 报了名的人，星期三改到二楼."""
    cues = words.lists(OWN, "cues")
    named = (place for group in NAMED for cue in cues[group] for place in places(cue, text))
    end = max((finish for begin, finish in named if begin <= AT_THE_HEAD), default=0)
    said = re.sub(words.lists(OWN, "cues")["after_group"][0], "", text[end:]) if end else text
    return re.sub(words.lists(OWN, "cues")["addressed"][0], "", said)


def of_name(name: str, desk: Desk) -> Audience:
    """The people of a group as the books have them now."""
    people = members.members(desk.db, desk.speaker.branch_id)
    chosen = {each.id for each in people} if name == GROUPS[0] else _chosen(name, desk)
    return Audience(name, tuple(each.id for each in people if each.id in chosen and each.id != desk.speaker.id))


def _chosen(name: str, desk: Desk) -> set[int]:
    branch = desk.speaker.branch_id
    if name == "frail":
        return {each.id for each in members.members(desk.db, branch) if each.frail}
    if name == "unpaid":
        owed = dues.of_quarter(desk.db, branch, quarter_of(desk.now))
        return {each.member_id for each in owed if each.state == "open" and each.due_fen}
    if name == "officers":
        return {each.id for each in members.officers(desk.db, branch, desk.now)}
    if name == "signed_up":
        coming = sessions.upcoming(desk.db, branch, desk.now)[:1]
        return {key for session in coming for key in roll.signed_up(desk.db, session.id)}
    if name == "not_signed_up":
        coming = sessions.upcoming(desk.db, branch, desk.now)[:1]
        there = {key for session in coming for key in roll.signed_up(desk.db, session.id)}
        return {each.id for each in members.members(desk.db, branch)} - there
    begun = sessions.between(desk.db, branch, desk.now.replace(hour=0, minute=0), desk.now)[-1:]
    lines = [line for session in begun for line in roll.roll(desk.db, session)]
    return {line.member_id for line in lines if line.state not in ("attended", "home_study")}
