"""How somebody is addressed: as they wish, else by office, else by age and gender as far as known (刘老, 王阿姨)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from dialogs import words
from storage.members import Member, Officer
from storage.surnames import surname_of


def address(member: Member, officers: Sequence[Officer], now: datetime) -> str:
    """The form that cannot be wrong for this person: without a wish, an office, an age or a gender, name and 同志."""
    if member.called:
        return member.called
    say = words.load("addressing", "forms").say
    surname = surname_of(member.name)
    title = next((officer.title for officer in officers if officer.id == member.id), "")
    if title:
        return say("officer", surname=surname, title=title)
    if member.gender == "男" and _is_old_enough(member, "old_man", now):
        return say("old_man", surname=surname)
    if member.gender == "女" and _is_old_enough(member, "woman", now):
        return say("woman", surname=surname)
    return say("other", name=member.name)


def _is_old_enough(member: Member, form: str, now: datetime) -> bool:
    years = int(words.load("addressing", "years").say(form))
    return member.birth_year is not None and now.year - member.birth_year >= years
