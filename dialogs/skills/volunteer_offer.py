"""A member offers what they can do: read back, then entered in the register of talents."""

from __future__ import annotations

import re

from dialogs import handing, words
from dialogs.asking.sounded import heard
from dialogs.reply import Effect
from dialogs.skill import Ask, Confirm, Desk, Done, Outcome, Wish
from dialogs.understanding.sound import similarity, syllables
from storage import talents
from storage.log import About

SAME_SOUND = 0.75
"""Similarity from which a skill is heard as a usual one: it is read back before it is written."""
OWN = "skills/volunteer_offer"
AND = "、"
"""Between skills that are offered together, each a row of the register."""


def act(wish: Wish, desk: Desk) -> Outcome:
    """Ask what it is where that was not said, read it back, and on a yes enter it and tell the officer on duty."""
    kept = handing.keep(wish, desk)
    skill = as_usual(wish.text_slot("topic") or skill_in(wish.text), desk)
    if not skill:
        return Ask("what", "topic", slots=kept.slots)
    skill = skill if wish.confirmed else with_others(skill, wish.text)
    known = {talent.skill for talent in talents.of_member(desk.db, desk.speaker.id)}
    if known.issuperset(skill.split(AND)):
        return Done("already", {"skill": skill})
    if not wish.confirmed:
        return Confirm("read_back", {"skill": skill}, {**kept.slots, "topic": skill})
    offered = [talents.offer(desk.db, desk.speaker.id, each, kept.said, desk.now) for each in skill.split(AND)]
    entry = desk.log("offered", About("talent", offered[0].id), name=desk.speaker.name, skill=skill, said=kept.said)
    told = handing.note(desk, f"talent:{offered[0].id}", entry, kept)
    effects = (*(Effect("offered", "talent", each.id) for each in offered), Effect("logged", "entry", entry.id))
    named = AND.join(each.skill for each in offered)
    return Done("entered", {"skill": named, "told": told, "name": desk.address}, effects)


def with_others(skill: str, text: str) -> str:
    """修收音机、写毛笔字: with the usual skills that are offered besides (也会……)."""
    cues = words.lists(OWN, "skills")
    if not any(re.search(pattern, text) for pattern in cues["besides"]):
        return skill
    found = [each for each in cues["usual"] if each in text]
    longest = [each for each in found if not any(each != other and each in other for other in found)]
    others = [each for each in longest if each not in skill and skill not in each]
    return AND.join(sorted([skill, *others], key=text.find))


def skill_in(text: str) -> str:
    """What somebody did or knows, where it was not said as an offer: 我以前是搞水利的."""
    usual = [each for each in words.lists(OWN, "skills")["usual"] if heard(each, text)]
    if usual:
        return max(usual, key=len)
    matches = (re.search(pattern, text) for pattern in words.lists(OWN, "skills")["patterns"])
    return next((match["skill"] for match in matches if match), "")


def as_usual(skill: str, desk: Desk) -> str:
    """谢谋比字, as a recogniser writes it, is 写毛笔字: what sounds like a usual skill is that one."""
    for pattern in words.lists(OWN, "skills")["around"]:  # 我包饺子可以 is 包饺子
        skill = re.sub(pattern, "", skill) or skill
    if len(skill) == 1:  # 唱, of 教大家唱
        return next((each for each in words.lists(OWN, "skills")["usual"] if each.startswith(skill)), skill)
    said = syllables(skill)
    usual = [(each, syllables(each)) for each in words.lists(OWN, "skills")["usual"]]
    near = [
        (similarity(said, read, desk.profile.region), each) for each, read in usual if len(read) == len(said) and said
    ]
    likeness, name = max(near, default=(0.0, ""))
    return name if likeness >= SAME_SOUND else skill
