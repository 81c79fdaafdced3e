"""Who of the roster is as was asked: of an age or a place, without a telephone, in office, able to do something."""

from __future__ import annotations

from collections.abc import Callable

from dialogs.asking.asked import Asked
from dialogs.asking.sounded import heard
from storage.questions.people import Particulars


def as_asked(asked: Asked) -> list[Particulars] | None:
    """Who is of the age, gender, office, name or skill that was said; None where nothing of the kind was."""
    narrowed = asked.narrowed or bool(asked.without)
    pool = [each for each in asked.roster if asked.chosen(each.name)] if narrowed else list(asked.roster)
    fits = _by_register(asked) or _by_words(asked)
    return [each for each in pool if fits(each)] if fits else pool if narrowed else None


def _by_register(asked: Asked) -> Callable[[Particulars], bool] | None:
    """By what the roster holds or lacks of somebody."""
    known = {skill for each in asked.roster for skill in each.offers.split("、") if skill}
    if skills := {*asked.named("skills"), *asked.spelt(sorted(known))}:
        return lambda each: any(heard(skill, each.offers) for skill in skills)
    offices = {title for each in asked.roster for title in each.titles.split("、") if title}
    if not asked.has("officers") and (named_ := asked.spelt(sorted(offices))):
        return lambda each: any(title in each.titles for title in named_)
    lacking = {"no_phone": "phone", "no_address": "address", "no_talents": "offers"}
    if key := asked.first(*lacking):
        return lambda each: not getattr(each, lacking[key])
    having = {"officers": "titles", "frail": "frail", "talents": "offers"}
    if key := asked.first(*having):
        return lambda each: bool(getattr(each, having[key]))
    return None


def _by_words(asked: Asked) -> Callable[[Particulars], bool] | None:
    """By a part of their name or address."""
    if surname := asked.part("surname"):
        return lambda each: each.name.startswith(surname)
    if given := asked.part("given"):
        return lambda each: given in each.name[1:]
    if place := asked.part("lives_in"):
        return lambda each: place in each.address
    return None
