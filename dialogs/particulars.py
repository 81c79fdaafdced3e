"""What somebody tells of themselves: an address or a number, whose it is, and whether they move away."""

from __future__ import annotations

import re

from dialogs import words
from dialogs.handlers import dialling, heard_whole, telephone
from dialogs.handlers.dialling import Piece
from dialogs.skill import Desk, Wish
from dialogs.understanding.numbers import DIGITS, UNITS
from dialogs.understanding.sound import similarity, syllables
from storage import members

SOUNDS_LIKE = 0.75
"""Similarity from which a word is heard in others (电胯 for 电话)."""

_NUMERALS = f"[{''.join([*DIGITS, *UNITS])}0-9]+"
_CLAUSE = re.compile(r"[^，。！？；,.!?;\s]+")


def address(wish: Wish, desk: Desk) -> str:
    """The address with all of its clause after 住在: what is recognised may begin late and stop before the flat."""
    piece = wish.text_slot("address")
    if not wish.confirmed and (not piece or hears("phone", piece)):  # 电话没变 is no address
        return _where_they_live(wish.text)
    if wish.confirmed:
        return piece
    clauses: list[str] = [
        clause for said in (desk.said, wish.text) for clause in _CLAUSE.findall(said) if piece in clause
    ]
    if not clauses:
        return piece
    cues = words.lists("skills/profile_update", "cues")
    before = clauses[0][: clauses[0].index(piece)]
    begin = max(before.rfind(lead) + len(lead) if lead in before else 0 for lead in cues["before_address"])
    end = next((tail for tail in cues["after_address"] if clauses[0].endswith(tail)), "")
    named = next((lead for lead in cues["names_it"] if clauses[0].startswith(lead, begin)), "")
    return clauses[0][begin:].removeprefix(named).removesuffix(end)


def _where_they_live(said: str) -> str:
    """苏州园区 of 我搬到女儿家去了，在苏州园区; empty where nobody moved."""
    cue = words.lists("skills/profile_update", "cues")["lives_in"][0]
    clauses: list[str] = _CLAUSE.findall(said) if hears("address", said) else []
    return next((found["where"] for clause in clauses if (found := re.fullmatch(cue, clause))), "")


def one_part_anew(before: str, anew: str) -> str:
    """The address with one part of it put right (二单元 for 三单元), or the new one where it is more than a part."""
    part = re.compile(words.lists("skills/profile_update", "cues")["part_of_address"][0])
    found = part.fullmatch(anew)
    parts = re.compile(f"(?:{re.sub(r'[?]P<[a-z]+>', '?:', part.pattern)}){{2,}}")
    if parts.fullmatch(anew) and (first := part.match(anew)):  # 十二号二楼 of 清名桥街道十二号
        begins = [each.start() for each in part.finditer(before) if each["unit"] == first["unit"]]
        return before[: begins[-1]] + anew if begins else anew
    last = re.search(f"{_NUMERALS}$", before)
    if last and re.fullmatch(_NUMERALS, anew) and len(anew) == len(last[0]):  # 三零二 for 二零二
        return before[: last.start()] + anew
    same = [each for each in part.finditer(before) if found and each["unit"] == found["unit"]]
    return before[: same[-1].start()] + anew + before[same[-1].end() :] if same else anew


def asked_for(text: str) -> str:
    """Whether a telephone or an address is to be changed, as far as the words tell."""
    if hears("remove", text):
        return ""
    fields = ("phone", "address")
    return next((field for field in fields if hears(field, text)), "") or next(
        (field for field in fields if _sounds_of(field, text)), ""
    )


def number(wish: Wish) -> str:
    """The telephone number as far as it was told, with the piece that was said last."""
    if "piece" in wish.slots:
        known = wish.text_slot("digits") or wish.text_slot("phone")
        return dialling.put_together(
            known, Piece(wish.text_slot("piece"), wish.text_slot("place"), wish.text_slot("wrong"))
        )
    told = wish.text_slot("phone") or wish.text_slot("digits")
    if told and not wish.text_slot("digits") and telephone.is_part(told, wish.text):
        return ""
    if not told and (first := heard_whole.hearing(wish.text)):
        return heard_whole.likeliest([first])
    clauses: list[str] = _CLAUSE.findall(wish.text) if hears("phone", wish.text) else []
    return told or "".join(dialling.piece(clause).digits for clause in clauses)


def moves_away(said: str) -> bool:
    """Whether it is another town, so that two branches have something to do."""
    return hears("away", said)


def somebody_elses(said: str, desk: Desk) -> bool:
    """我儿子的电话, 张建国的手机, 联系人: a number under which somebody else is reached."""
    cues = words.lists("skills/profile_update", "cues")
    others = [each.name for each in members.members(desk.db, desk.speaker.branch_id) if each.id != desk.speaker.id]
    people = "|".join(map(re.escape, cues["people"] + others))
    devices = "|".join(map(re.escape, cues["phone"]))
    return hears("contact", said) or re.search(rf"(?:{people}).?(?:{devices})", said) is not None


def hears(cues: str, text: str) -> bool:
    """Whether one of these words is in it."""
    return any(cue in text for cue in words.lists("skills/profile_update", "cues")[cues])


def _sounds_of(cues: str, text: str) -> bool:
    """Whether a word of two syllables or more is heard where another is written."""
    said = syllables(text)
    wanted = [syllables(cue) for cue in words.lists("skills/profile_update", "cues")[cues] if len(cue) > 1]
    heard = ((said[at : at + len(cue)], cue) for cue in wanted for at in range(len(said) - len(cue) + 1))
    return any(similarity(stretch, cue) >= SOUNDS_LIKE for stretch, cue in heard)
