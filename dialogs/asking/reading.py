"""Reading a question: from a wish, and from the question before where it goes on from that."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from dialogs import words
from dialogs.asking import whom
from dialogs.asking.asked import Asked
from dialogs.asking.before import Before, follows, kept, only_a_group, rest_beside_group, without_other
from dialogs.asking.saying import Words, spoken_words
from dialogs.asking.sounded import SHARED
from dialogs.asking.stretches import Stretch, year_before
from dialogs.asking.turning import CARE, HELD, OWN, says_how, subject, turned
from dialogs.asking.unread import unread
from dialogs.skill import Desk, Wish
from dialogs.understanding.meaning import Span
from dialogs.understanding.sound import similarity, syllables
from dialogs.understanding.times import Time
from storage.questions.people import Particulars

SAME_NAME = 0.94
"""How alike two names have to sound in the region that either may have been said where one was heard."""


def read(wish: Wish, desk: Desk, roster: Sequence[Particulars], titles: Sequence[str]) -> list[Asked]:
    """The question in each of its readings, the one with the fewest unread words first.

    Empty where a follow-up was looked for and something else was said.
    """
    before = kept(wish.text_slot("before"))
    goes_on = {text: _goes_on(text, before, desk, roster) for text in (wish.text, *desk.readings)}
    readings = [text for text, on in goes_on.items() if before is None or on]
    if not readings or (before and not goes_on[wish.text]):
        return []
    found = [_reading(replace(wish, text=text), desk, roster, titles, before) for text in readings]
    return sorted(found, key=unread)  # of as many unread words the likelier reading


def _goes_on(text: str, before: Before | None, desk: Desk, roster: Sequence[Particulars]) -> bool:
    """Whether it goes on from the question before: by its words, or as a group of those who were told of."""
    return follows(text) or bool(before and before.told and only_a_group(text, desk, roster))


def _reading(
    wish: Wish, desk: Desk, roster: Sequence[Particulars], titles: Sequence[str], before: Before | None
) -> Asked:
    """One reading of what was said."""
    if before is None:
        asked = _first(wish, desk, roster, titles)
    else:
        asked = _following(wish, desk, roster, titles, before)
    spoken = desk.recording_id is not None
    return replace(asked, titles=tuple(titles), spoken=spoken, read=set(asked.read), sure=set(asked.sure))


def _first(wish: Wish, desk: Desk, roster: Sequence[Particulars], titles: Sequence[str]) -> Asked:
    said = spoken_words(wish.text, desk, roster)
    things = (*titles, *words.lists(f"skills/{CARE}", "cues")["holiday"])
    named_after = [each for each in said.times if any(each.matched in thing for thing in things if thing in said.text)]
    said = replace(said, times=[each for each in said.times if each not in named_after])  # 重阳节参观 is no stretch
    left_out = frozenset(each.name for each in said.without)
    named = wish.slots.get("person")
    names = named if isinstance(named, tuple) else (named,) if isinstance(named, str) else ()
    names = () if said.cut else tuple(name for name in names if name not in left_out)
    doubted = () if said.cut else wish.doubts.get("person", ())
    alike = [each for each in doubted if _sounds_like(each, names, desk.profile.region)]
    chosen = [each for each in roster if each.name in (*names, *alike)] if names else said.people
    chosen = [*chosen, *(each for each in said.alike if each not in chosen)]
    if names:
        said = replace(said, either=())
    sure = [each for each in said.times if not each.doubt]  # which of two Sundays was meant is known by now
    stretches = _stretches(said.times)
    period = wish.slots.get("period")
    if isinstance(period, Span) and period.start and not said.sides and not sure:
        slot = _of_span(period)
        if _days(slot) not in [_days(each) for each in _stretches(named_after)]:
            stretches = (slot,)
    slots = {name: value for name, value in wish.slots.items() if isinstance(value, str)}
    intent = turned(wish.intent, said, titles, whom.group(said.text, desk.now.year, roster))
    asked = Asked(intent, said.text, desk.now, roster, tuple(chosen), stretches, slots=slots)
    return _with(asked, said)


def _sounds_like(name: str, names: Sequence[str], region: str) -> bool:
    """Whether the branch's region says a name as one of those that were heard: 林国栋 is 宁国栋 in Fuzhou alone."""
    near = (similarity(syllables(name), syllables(each), region) for each in names)
    return max(near, default=1.0) >= SAME_NAME


def _with(asked: Asked, said: Words) -> Asked:
    left_out = frozenset(each.name for each in said.without)
    named = {each.name for each in said.people}
    alike = [each.name for each in asked.people if each.name not in named] if named else []
    if not named and not asked.follows:  # nobody was heard for sure
        alike = [each.name for each in asked.people[1:]]
    return replace(
        asked,
        without=left_out,
        apart=said.apart,
        alike=() if said.both else tuple(alike),
        either=tuple(each.name for each in said.either),
        visited=said.visited,
        times=tuple(each.matched for each in said.times),
    )


def _following(wish: Wish, desk: Desk, roster: Sequence[Particulars], titles: Sequence[str], before: Before) -> Asked:
    said = spoken_words(wish.text, desk, roster)
    text = said.text
    cues = words.lists(SHARED, "follow")
    intent = before.intent if rest_beside_group(text, desk, roster) == "" else subject(text) or before.intent
    inside = any(cue in text for cue in cues["among"]) or any(re.search(each, text) for each in cues["within"])
    groups = [whom.group(each, desk.now.year, roster) for each in (text, before.text)]
    inside = inside or (only_a_group(text, desk, roster) and not groups[0].instead_of(groups[1]))
    among = frozenset(before.told) if inside else frozenset()
    spoken_of = before.people or (before.told if len(before.told) == 1 else ())  # 她多大年纪了
    old = tuple(each for each in roster if each.name in spoken_of)
    times = said.times
    stretches = _stretches(times) or (() if among and intent != before.intent else before.stretches)
    people = (*said.people, *said.alike) or (() if among else old)
    asked = _with(Asked(intent, text, desk.now, roster, people, stretches, among, follows=True), said)
    if asked.fits("same_time") and before.stretches:  # 去年同期呢
        same = before.stretches[0]
        asked = replace(asked, stretches=(year_before(same),))
        if asked.has("compare"):
            asked = replace(asked, stretches=(same, year_before(Stretch(same.start, min(same.end, desk.now)))))
    compares = asked.has("compare")
    if (
        compares and times and before.stretches and not asked.fits("same_time")
    ):  # 比上个月多还是少: the stretch before beside the one said now
        asked = replace(asked, stretches=(*before.stretches[:1], *_stretches(times)))
    if intent == before.intent and (compares or not says_how(asked)):
        asked = replace(asked, times=(*asked.times, *before.times))
        asked = asked.saying(f"{without_other(before.text, asked, titles)}，{text}")
    elif intent == before.intent == HELD and not _things(replace(asked, titles=tuple(titles))):
        things = _things(replace(asked.saying(before.text), titles=tuple(titles)))  # 没来的呢, after 上次书法班谁来了
        asked = asked.saying("，".join((*things, text)))
    return asked


def _things(asked: Asked) -> list[str]:
    """The kind of session that the words name, and the last or the one before where they say so."""
    return [cue for key in OWN for cue in asked.named(key)]


def _stretches(times: Sequence[Time]) -> tuple[Stretch, ...]:
    return tuple(
        Stretch(each.start, (each.end or each.start.replace(hour=23, minute=59)).replace(second=0)) for each in times
    )


def _days(stretch: Stretch) -> tuple[date, date]:
    return stretch.start.date(), stretch.end.date()


def _of_span(span: Span) -> Stretch:
    start = datetime.fromisoformat(span.start or "")
    end = datetime.fromisoformat(span.end) if span.end else start
    return Stretch(start, end if end > start else start.replace(hour=23, minute=59))
