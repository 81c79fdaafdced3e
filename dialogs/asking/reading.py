"""Reading a question: from a wish, and from the question before where it goes on from that."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from pydantic import TypeAdapter

from dialogs import words
from dialogs.asking.asked import SHARED, Asked, Stretch, heard, without_denied
from dialogs.skill import Desk, Wish
from dialogs.understanding.meaning import Person, Span
from dialogs.understanding.names import PersonMatch, find_people
from dialogs.understanding.times import Time, find_times
from storage.questions.people import Particulars

LONGEST_FOLLOW_UP = 18
"""Characters of what may be nothing but 那上个月呢."""
BARE = 8
"""Characters of what may be nothing but 张建国呢."""
OWN = ("topics", "last")
"""Cues that name a thing, not a kind of question."""


@dataclass(frozen=True)
class Before:
    """The question before, as a follow-up needs it."""

    intent: str
    """Its kind."""
    text: str
    """Its words."""
    people: tuple[str, ...]
    """Who was named in it."""
    stretches: tuple[Stretch, ...]
    """The stretches that were said."""
    told: tuple[str, ...]
    """Of whom the answer told."""


_ADAPTER = TypeAdapter(Before)


def remembered(asked: Asked, told: Sequence[str]) -> str:
    """A question as the talk keeps it."""
    people = tuple(each.name for each in asked.people)
    return _ADAPTER.dump_json(Before(asked.intent, asked.text, people, asked.stretches, tuple(told))).decode()


def read(wish: Wish, desk: Desk, roster: Sequence[Particulars]) -> Asked | None:
    """The question; None where a follow-up was looked for and something else was said."""
    kept = wish.text_slot("before")
    if not kept:
        return _first(wish, desk, roster)
    return _following(wish, desk, roster, _ADAPTER.validate_json(kept)) if follows(wish.text) else None


def follows(text: str) -> bool:
    """Whether these words go on from the question before: 那上个月呢, 其中住院的有谁, 比上个月多还是少."""
    bare = text.strip("。，？！?!. ")
    cues = words.lists(SHARED, "follow")
    if len(bare) > LONGEST_FOLLOW_UP:
        return False
    begins = any(bare.startswith(cue) for cue in cues["begins"])
    ends = len(bare) <= BARE and any(bare.endswith(cue) for cue in cues["ends"])
    return begins or ends or any(cue in bare for cue in cues["holds"])


def _first(wish: Wish, desk: Desk, roster: Sequence[Particulars]) -> Asked:
    people, times, text = _read(wish.text, desk, roster)
    named = wish.slots.get("person")
    names = named if isinstance(named, tuple) else (named,) if isinstance(named, str) else ()
    alike = wish.doubts.get("person", ())
    chosen = [each for each in roster if each.name in (*names, *alike)] if names else people
    stretches = _stretches(times)
    period = wish.slots.get("period")
    if isinstance(period, Span) and period.start:
        slot = _of_span(period)
        days = (slot.start.date(), slot.end.date())
        stretches = (slot, *(each for each in stretches if (each.start.date(), each.end.date()) != days))
    slots = {name: value for name, value in wish.slots.items() if isinstance(value, str)}
    searched = any(heard(cue, text) for cue in words.lists(SHARED, "searched")["cues"])
    vague = wish.intent == "query_log" and not searched
    vague = vague or (wish.intent == "member_find" and not _says_how_of("member_find", text))
    intent = _subject(text) if vague else ""
    return Asked(intent or wish.intent, text, desk.now, roster, tuple(chosen), stretches, slots=slots)


def _following(wish: Wish, desk: Desk, roster: Sequence[Particulars], before: Before) -> Asked:
    people, times, text = _read(wish.text, desk, roster)
    cues = words.lists(SHARED, "follow")
    intent = _subject(text) or before.intent
    among = frozenset(before.told) if any(cue in text for cue in cues["among"]) else frozenset()
    old = tuple(each for each in roster if each.name in before.people)
    stretches = _stretches(times) or (() if among and intent != before.intent else before.stretches)
    asked = Asked(
        intent, text, desk.now, roster, tuple(people) or (() if among else old), stretches, among, follows=True
    )
    compares = asked.has("compare")
    if compares and times and before.stretches:  # 比上个月多还是少: the stretch before beside the one said now
        asked = replace(asked, stretches=(*before.stretches[:1], *_stretches(times)))
    if intent == before.intent and (compares or not _says_how(asked)):
        asked = replace(asked, text=f"{before.text}，{text}")
    return asked


def _subject(text: str) -> str:
    """The kind of question that the words alone turn to; empty for none."""
    subjects = words.lists(SHARED, "subjects").items()
    return next((intent for intent, own in subjects if any(heard(cue, text) for cue in own)), "")


def _says_how(asked: Asked) -> bool:
    """Whether the words alone say what is to be counted or listed."""
    return _says_how_of(asked.intent, asked.text)


def _says_how_of(intent: str, text: str) -> bool:
    own = words.lists(f"skills/{intent}", "cues")
    return any(heard(cue, text) for key, cues in own.items() if key not in OWN for cue in cues)


def _read(said: str, desk: Desk, roster: Sequence[Particulars]) -> tuple[list[Particulars], Sequence[Time], str]:
    """Who is named, which times, and the words without names."""
    people = tuple(Person(each.name, each.gender, each.birth_year) for each in roster)
    named: list[PersonMatch] = find_people(said, (), people, desk.profile.region)
    names = [said[who.begin : who.finish] for who in named if not who.loose]
    times = find_times(said, desk.now, "past", names)
    text = said
    for name in names:
        text = text.replace(name, "")
    spoken_of = {who.person.name for who in named if not who.loose and not who.speaker}
    return [each for each in roster if each.name in spoken_of], times, without_denied(text)


def _stretches(times: Sequence[Time]) -> tuple[Stretch, ...]:
    return tuple(
        Stretch(each.start, (each.end or each.start.replace(hour=23, minute=59)).replace(second=0)) for each in times
    )


def _of_span(span: Span) -> Stretch:
    start = datetime.fromisoformat(span.start or "")
    end = datetime.fromisoformat(span.end) if span.end else start
    return Stretch(start, end if end > start else start.replace(hour=23, minute=59))
