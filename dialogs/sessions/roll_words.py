"""How each of a list of people was at a session, from the words around their names: 王桂兰来了，刘德福没来."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence

from dialogs import words
from dialogs.skill import Wish
from storage.attendances import AttendanceState
from storage.roll import STATES, Line

OWN = "skills/attendance_record"
CAME: AttendanceState = "attended"
"""What is meant where nothing else is said."""
ABSENT: AttendanceState = "unexplained"
"""How somebody was who is excepted from those who came."""


def read_roll(wish: Wish, roster: Mapping[str, int], listed: Collection[str] = ()) -> dict[int, AttendanceState]:
    """Member -> state for everybody who was named, and for everybody else where it was said that all came.

    `listed` are those whose given names alone were called out, one after another: they are named like all others.
    Who is named only to say that they were absent (牛得福来了，刘德福没来) need not be among the people of the wish.
    """
    said = wish.slots.get("person")
    heard = [str(name) for name in said] if isinstance(said, tuple) else [said] if isinstance(said, str) else []
    heard += [name for name in listed if name not in heard]
    alone = len(heard) == 1 and not any(name in wish.text for name in heard)
    states = {roster[name]: (_state(wish.text) if alone else None) or CAME for name in heard if name in roster}
    written = [name for name in roster if name in wish.text]
    left_out = _left_out(wish.text)
    for clause in _clauses(wish.text, written):
        state = ABSENT if left_out and left_out in clause else _state(clause)
        for name in written:
            if name in clause and (name in heard or (state and f"{_pattern('denied')}{name}" not in clause)):
                states[roster[name]] = state or CAME
    if everybody_came(wish.text):
        states |= {key: CAME for key in roster.values() if key not in states}
    return states


def _left_out(text: str) -> str:
    """Who is excepted from those who came (除了刘德福都到了); empty for nobody, or where it is said how they were."""
    match = re.search(_pattern("except"), text)
    return match["who"] if match and not _state(match["who"]) else ""


def everybody_came(text: str) -> bool:
    """人到齐了, 其他人都来了."""
    return any(re.search(cue, text) for cue in words.lists(OWN, "cues")["everybody"])


def signs_up(text: str) -> bool:
    """陈玉珍报名参观，帮她记上: a place on the list of what is to come, and no roll."""
    return re.search(_pattern("signs_up"), text) is not None


def was_there(text: str) -> bool:
    """Whether the speaker is on the list too: …周敏，还有我自己."""
    return any(re.search(cue, text) for cue in words.lists(OWN, "cues")["speaker"])


def say_roll(lines: Sequence[Line]) -> str:
    """到会：王桂兰、张建国；请假：刘德福."""
    parts = words.load(OWN, "parts")
    kinds = [(state, [line.name for line in lines if line.state == state]) for state in STATES]
    return "；".join(parts.say(state, names="、".join(names), count=len(names)) for state, names in kinds if names)


def say_missing(names: Sequence[str], most: int) -> str:
    """Their names, or how many they are."""
    if len(names) <= most:
        return "、".join(names)
    return words.load(OWN, "parts").say("many", count=len(names), names="、".join(names[:most]))


def _state(words_around: str) -> AttendanceState | None:
    """How somebody was, from the words of the clause; None where they do not say."""
    cues = words.lists(OWN, "cues")
    for state in ("attended", "home_study", "excused", "unexplained"):
        if any(re.search(cue, words_around) for cue in cues[state]):
            return next(each for each in STATES if each == state)
    return None


def _clauses(text: str, names: Sequence[str]) -> list[str]:
    """The text in parts that say one thing each: people listed one after another belong to the words that follow."""
    clauses: list[str] = []
    waiting = ""
    for part in re.split(_pattern("clause_ends"), text):
        rest = part
        for name in names:
            rest = rest.replace(name, "")
        waiting += part
        if re.sub(_pattern("between_names"), "", rest):
            clauses += _by_state(waiting, names)
            waiting = ""
    return [*clauses, waiting] if waiting else clauses


def _by_state(clause: str, names: Sequence[str]) -> list[str]:
    """王桂兰来了刘德福没来, said in one breath, is cut before the second name."""
    cuts = sorted(clause.find(name) for name in names if name in clause)
    parts, begin = [], 0
    for cut in cuts:
        before = clause[begin:cut]
        if any(name in before for name in names) and re.search(_pattern("said_of_one"), before):
            parts.append(before)
            begin = cut
    return [*parts, clause[begin:]]


def _pattern(name: str) -> str:
    return words.lists(OWN, "patterns")[name][0]
