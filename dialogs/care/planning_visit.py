"""An officer means to go and see somebody: when is asked where it was not said, and which day where that is open."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dialogs import which_day
from dialogs.care import visit_words, visiting
from dialogs.care.visit_words import Moment
from dialogs.hours import number
from dialogs.reply import Effect
from dialogs.skill import Ask, Desk, Done, Outcome, Wish
from dialogs.understanding.meaning import Span
from storage.members import Member, Officer


def plan(person: Member, officer: Officer, said: str, wish: Wish, desk: Desk) -> Outcome:
    """Write down the visit for what is open for this person; the words stand with the skill care_done."""
    cases = visiting.open_cases_of(person, desk)
    if not cases:
        return Done("no_case", {"who": person.name})
    when = visit_words.planned_for(said, desk.now, _usual_hour(desk))
    if when is None:
        return Ask("when", "when", {"who": person.name}, slots={"person": person.name})
    if when.doubtful and not wish.key_slot("which_day"):
        asked = which_day.question(list(when.doubtful), "when", desk)
        return replace(asked, slots={"person": person.name, "which_day": 1})
    when = (_answered(when.doubtful, wish, desk) if when.doubtful else None) or when
    visit_id = visiting.plan(cases[0], officer, when.at, desk, when.spoken)
    values = {"who": person.name, "when": when.spoken}
    return Done("planned", values, (Effect("visit_planned", "visit", visit_id),))


def _answered(offered: Sequence[Span], wish: Wish, desk: Desk) -> Moment | None:
    """The one that was chosen when it was asked which, or what was said instead, in words that look ahead."""
    chosen = wish.slots.get("when")
    if isinstance(chosen, Span) and chosen in offered:
        return visit_words.moment_of(chosen, desk.now, _usual_hour(desk))
    return visit_words.planned_for(desk.said, desk.now, _usual_hour(desk))


def _usual_hour(desk: Desk) -> int:
    return number(desk.profile, "visit.usual_hour")
