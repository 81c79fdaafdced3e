"""Numbers are listened to once more: the sound chooses among the telephone numbers and sums that were perhaps told."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from speech.phrases import Likelihood
from speech.sums import sums
from speech.telephone import mobiles, spelt, told

RIVAL = 3.0
"""How much less likely (natural logarithm) a second telephone number may be and is given as well."""
SYLLABLE = 4.0
"""Added for each syllable of a sum: common words are likelier to the model wherever they stand. Of 73 spoken sums 50
were right as written and 60 are so, none that was right is lost, and 195 sentences without a sum stay as they are."""
AFTER = 4
"""Characters after a sum that are weighed with it."""

Digits = Callable[[str], Sequence[str]]
"""What is heard after those words if it can be nothing but digits, the likeliest first."""


def with_mobile(readings: Sequence[str], digits: Digits, likelihood: Likelihood) -> list[str]:
    """The best reading with the likeliest mobile number where one was told and is not written whole.

    A second number that is nearly as likely follows; nothing where none was told or can be made out.
    """
    stretch = told(readings[0])
    if stretch is None:
        return []
    before, after = readings[0][: stretch.begin], readings[0][stretch.finish :]
    written = [found.digits for each in readings if (found := told(each))]
    weighed = {number: likelihood(f"{before}{spelt(number)}。") for number in mobiles([*written, *digits(before)])}
    ranked = sorted(weighed, key=lambda number: -weighed[number])[:2]
    return [before + number + after for number in ranked if weighed[number] >= weighed[ranked[0]] - RIVAL]


def with_sum(text: str, likelihood: Likelihood) -> str | None:
    """The text with the likeliest sum where something in it may be one; None where it is as written."""
    found = sums(text)
    if not any(not each.written for each in found):
        return None
    until = max(each.finish for each in found) + AFTER
    weighed = {
        each: likelihood(text[: each.begin] + each.spelt + text[each.finish : until]) + SYLLABLE * each.inside
        for each in found
    }
    best = max(found, key=lambda each: weighed[each])
    written = [weighed[each] for each in found if each.written]
    if best.written or weighed[best] <= (written[0] if written else likelihood(text[:until])):
        return None
    return text[: best.begin] + best.spelt + text[best.finish :]
