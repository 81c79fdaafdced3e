"""Numbers are listened to once more: the sound chooses among the telephone numbers and sums that were perhaps told."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from speech.phrases import Likelihood
from speech.sums import MONEY, Sum, clear_sum, sums
from speech.telephone import TOLD, certain, told

SYLLABLE = 4.0
"""Added for each syllable of a sum: common words are likelier to the model wherever they stand. Of 73 spoken sums 50
were right as written and 60 are so, none that was right is lost, and 195 sentences without a sum stay as they are."""
AFTER = 4
"""Characters after a sum that are weighed with it."""

Spoken = Callable[[str, str], Sequence[tuple[str, float]]]
"""What is heard after those words if it can be nothing but those characters, the likeliest first, with the natural
logarithm of its probability."""


def with_mobile(readings: Sequence[str], spoken: Spoken) -> str | None:
    """The first reading in which a mobile number was told, with as much of it as is certain; None where none was told.

    Of a number that is not certain the beginning stands, or nothing: it is asked about then, not read back wrong.
    """
    stretches = [told(each) for each in readings]
    text, stretch = next(((text, found) for text, found in zip(readings, stretches, strict=True) if found), ("", None))
    if stretch is None:
        return None
    before, after = text[: stretch.begin], text[stretch.finish :]
    heard = [("幺" + said, chance) for said, chance in spoken(f"{before}幺", TOLD)]
    return before + certain(heard, (each.digits for each in stretches if each)) + after or "1"


def with_sum(text: str, spoken: Spoken, likelihood: Likelihood, *, asked_for: bool = False) -> str | None:
    """The text with the likeliest sum where something in it may be one; None where it is as written.

    What is clearly a sum if it can be nothing else is one; only where that is not clear the sums that sound like what
    is written are weighed. Where a sum was asked for, words that are none may be one as a whole: 伊败生 for 一百三.
    """
    found = sums(text)
    if not found and not asked_for:
        return None
    begin, finish = max((each.begin for each in found), default=0), max((each.finish for each in found), default=None)
    if sure := clear_sum(spoken(text[:begin], MONEY)):
        as_written = any(each.written and each.spelt == sure for each in found)
        return None if as_written else text[:begin] + sure + (text[finish:] if finish else "")
    return _weighed(text, found, likelihood)


def _weighed(text: str, found: Sequence[Sum], likelihood: Likelihood) -> str | None:
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
