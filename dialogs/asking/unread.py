"""What of a question was not read: an answer that passes over it may be an answer to something else.

The words of a question are its names and times, the cues that its way of answering heeds, and the small words of every
question. Whatever else stands there is a condition, or a thing, of which the answer knows nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from dialogs import words
from dialogs.asking.asked import Asked
from dialogs.asking.clauses import BREAKS, asks, clauses_of, gaps, restricts, tells
from dialogs.asking.sounded import SHARED, Place, places
from dialogs.asking.told import BESIDE, WHEN

SHORTEST = 2
"""Characters in a row from which a word was passed over; a single one is a particle."""
PARTICULARS = "member_find"
DOUBTFUL = 2
"""Characters, wherever they stand, from which a question is not sure to have been understood."""
NO_CUES = ("log_silent", "log_common", "topics", "which_more", "year_ago", "of_late", "now", "women", "men")
"""Lists of cues that do not tell how something is to be answered."""


def passed_over(asked: Asked, heeds: Sequence[str] = ()) -> str:
    """The word that an answer which heeds these cues has passed over; empty for none."""
    word, gap = _weighty(asked, heeds), _longest_gap(asked, heeds)
    return gap if len(gap) > len(word) == 1 else word or gap


def unread(asked: Asked) -> int:
    """How many characters of a reading nobody can read."""
    return sum(finish - begin for begin, finish in _unread(asked, (), whole=True))


def _weighty(asked: Asked, heeds: Sequence[str]) -> str:
    """The first word that turns a question and was not read (平均, 除了, 最多, 没); empty for none."""
    if len(left := _apart(asked)) >= SHORTEST:
        return left
    if heeds and len(asked.times) > 1 and len(set(asked.stretches)) > 1 and BESIDE not in heeds:
        return asked.times[-1]
    read = _read(asked, heeds)
    silent = words.lists(SHARED, "unread")
    harmless = [match.span() for each in silent["no_denial"] for match in re.finditer(each, asked.text)]
    stories = _stories(asked)
    if match := next((found for each in silent["always"] if (found := re.search(each, asked.text))), None):
        return match[0]
    for word in (*silent["turning"], *silent["denying"]):
        for match in re.finditer(word, asked.text):
            at = match.span()
            if any(_overlap(at, each) for each in stories):
                continue
            if word in silent["denying"] and any(_overlap(at, each) for each in harmless):
                continue
            if not any(_overlap(at, each) for each in read) and not any(match[0] in time for time in asked.times):
                return asked.text[at[0] : at[1] + (2 if word in silent["denying"] else 0)]
    return ""


def _apart(asked: Asked) -> str:
    """What was excepted and is neither a name nor a word of this kind of question."""
    if any(places(word, asked.apart) for word in _known(asked)):
        return ""
    left = asked.apart
    for word in words.lists(SHARED, "unread")["small"]:
        left = left.replace(word, "")
    return left


def _longest_gap(asked: Asked, heeds: Sequence[str]) -> str:
    """The longest stretch of the question that was not read; empty for none."""
    bare = asked.intent == PARTICULARS and asked.people and not asked.read  # of a person anything may be asked
    least = 1 if bare else SHORTEST
    left = [asked.text[begin:finish] for begin, finish in _unread(asked, heeds)]
    if sum(map(len, left)) >= DOUBTFUL:  # 剪免费了的有水: a syllable here and there; 花, 钱 in 春游花了多少钱
        least = 1
    return max((gap for gap in reversed(left) if len(gap) >= least), key=len, default="")


def _read(asked: Asked, heeds: Sequence[str]) -> set[Place]:
    """Where something was read: by cues that are heeded, unless they are part of one that is not (出勤 in 出勤率)."""
    if not heeds:
        return asked.read | asked.sure
    found = {place for key in heeds for place in asked.standing(key)} | asked.sure
    passed = _passed(asked, heeds)
    return {place for place in found if not any(_within(place, each) for each in passed)}


def _passed(asked: Asked, heeds: Sequence[str]) -> set[Place]:
    """Where cues stand that ask for what the answer does not tell."""
    keys = {*words.lists(f"skills/{asked.intent}", "cues"), *words.lists(SHARED, "cues")}
    heeded = {place for key in heeds for place in asked.standing(key)}
    others = {place for key in keys - {*heeds, *NO_CUES} for place in asked.standing(key, as_written=True)}
    asks = [match.span() for match in re.finditer("有没有", asked.text)]
    return {each for each in others - heeded if not any(_overlap(each, one) for one in asks)}


def _unread(asked: Asked, heeds: Sequence[str], *, whole: bool = False) -> list[Place]:
    """Where nothing was read; the clauses around the question, which tell why it is asked, count for a `whole` only."""
    said = {at for place in _read(asked, heeds) for at in range(*place)}
    passed = {at for place in _passed(asked, heeds) for at in range(*place)} - said if heeds else set()
    read = set(said)
    silent = words.lists(SHARED, "unread")
    small = (*silent["small"], *(silent["heard"] if asked.spoken else ()))
    times = asked.times if not heeds or WHEN in heeds else ()
    known = words.lists(SHARED, "themes").get(asked.intent, ()) if heeds else _known(asked)
    for word in (*times, *known, *(word for word in small if len(word) > 1)):
        for place in places(word, asked.text):
            read.update(at for at in range(*place) if at not in passed)
    particles = {at for at, char in enumerate(asked.text) if char in small} - passed
    edges = {at for place in BREAKS.finditer(asked.text) for at in range(*place.span())} | {-1, len(asked.text)}
    stands = particles | read | edges
    between = {at for at in particles - read if stands.isdisjoint((at - 1, at + 1))}  # 老 in 养老院
    read |= particles - between
    for pattern in silent["spelt_out"]:
        read.update(at for match in re.finditer(pattern, asked.text) for at in range(*match.span()))
    stories = () if whole else _stories(asked)
    clauses = [each for each in clauses_of(asked.text) if each not in stories]
    last = clauses[-1:] if asked.follows else []
    return [
        gap
        for clause in clauses
        if whole
        or asked.spoken
        or not said
        or said.intersection(range(*clause))
        or clause in last
        or restricts(asked.text[slice(*clause)])
        or asks(asked.text[slice(*clause)])
        for gap in gaps(clause, read)
    ]


def _stories(asked: Asked) -> list[Place]:
    """The clauses before the question that tell why it is asked; what was heard may be heard wrong there as well."""
    clauses = [] if asked.spoken else list(clauses_of(asked.text))
    asking = next((at for at, each in enumerate(clauses) if asks(asked.text[slice(*each)])), 0)
    return [each for each in clauses[:asking] if tells(asked.text[slice(*each)])]


def _known(asked: Asked) -> Iterator[str]:
    """Every cue of this kind of question: that it asks for nothing here does not make it a word nobody knows."""
    for cues in words.lists(f"skills/{asked.intent}", "cues").values():
        yield from cues
    yield from words.lists(SHARED, "subjects").get(asked.intent, ())
    yield from asked.titles


def _overlap(one: Place, other: Place) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _within(inner: Place, outer: Place) -> bool:
    """Whether a place is part of a longer one."""
    return outer[0] <= inner[0] and inner[1] <= outer[1] and inner != outer
