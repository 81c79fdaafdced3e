"""What a place under consideration is besides its words: what it holds, whom it is for, whom its document knows."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from dialogs.narration.asking import Asked
from dialogs.narration.index import Index, Place
from dialogs.narration.model import Sentence
from dialogs.narration.passages import passage_of, stands_alone
from dialogs.narration.quantities import Quantity, suits

OF_STRANGERS = 0.4
"""What is left of a likelihood where the document does not know the people that are asked about."""
LACKING = 0.5
"""And where the kind of thing that is asked for is not told."""


@dataclass(frozen=True)
class LookedAt:
    """A place under consideration, and what it is besides its words."""

    place: Place
    """The place."""
    sentence: Sentence
    """The sentence it stands in."""
    announced: int
    """Number of the sentence that announces it, 0 for none."""
    fits: bool | None
    """Whether what is read out of it holds the kind of thing that is asked for; None where any may answer."""
    meant_for: bool | None
    """Whether it is for one of the asker's age or pension; None where that makes no difference."""
    counted: bool
    """Whether it lists just as many things as are asked for by number."""
    says_whether: bool
    """Whether it allows or forbids, where that is asked."""


def look_at(index: Index, at: int, wanted: Asked) -> LookedAt:
    """Look closely at one place."""
    place = index.places[at]
    text = _read_out(index, at, wanted)
    sentence = index.documents[place.key].sentences[place.sentence - 1]
    fits = wanted.answers(text) if wanted.answers else None
    says = wanted.whether is not None and wanted.whether(text)
    announced = index.around[place.key][place.sentence - 1].announced
    return LookedAt(
        place, sentence, announced, fits, _suits(wanted.own, place.text), wanted.counts and fits is True, says
    )


def as_asked(wanted: Asked, places: list[LookedAt]) -> list[LookedAt]:
    """Who asks whether he may is answered by what shuts him out, where nothing lets him in."""
    if wanted.whether is None or any(each.meant_for for each in places):
        return places
    return [replace(each, meant_for=True) if each.meant_for is False else each for each in places]


def discount(index: Index, each: LookedAt, wanted: Asked) -> float:
    """What is left of a likelihood: less than 1 where a sum or a day is asked for and none is told, and where the
    document nowhere names the kind of people that is asked about."""
    whole = index.documents[each.place.key].whole if wanted.strangers else ""
    strange = any(not re.search(named, whole) for named in wanted.strangers)
    lacking = each.fits is False and not wanted.lists and not wanted.counts  # a list may be told in other words
    return (OF_STRANGERS if strange else 1.0) * (LACKING if lacking else 1.0)


def _read_out(index: Index, at: int, wanted: Asked) -> str:
    """The statement; under a heading or an announcement what would be read out with it."""
    place = index.places[at]
    return place.text if stands_alone(index, place) else passage_of(index, place, wanted).text


def _suits(own: Sequence[Quantity], text: str) -> bool | None:
    """Whether a place is meant for one of this age or pension; None where that makes no difference."""
    suited = [suits(text, quantity) for quantity in own]
    return True if True in suited else False if False in suited else None
