"""Which document is meant: by sound, nickname, a stretch of the title, or an abbreviation in its order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from dialogs.understanding.meaning import Title
from dialogs.understanding.title_sounds import by_abbreviation, by_kind_alone, by_name, without_fillers


@dataclass(frozen=True)
class TitleMatch:
    """A document that was named."""

    id: str
    """The document's key."""
    begin: int
    """First character of what was said, in the reading it was found in."""
    finish: int
    """Character after the last."""
    said: str
    """The stretch as said, recogniser's spelling kept."""
    score: float
    """0..1: 1 for a whole title or nickname in its very sounds."""
    rivals: tuple[str, ...] = ()
    """Keys of other documents that fit the same stretch nearly as well: ask."""
    reading: int = 0
    """0 for the best reading, n for the n-th alternative."""


def find_title(text: str, alternatives: Sequence[str], titles: Sequence[Title], region: str = "") -> TitleMatch | None:
    """The document named in what was said, None where none is.

    Alternatives are asked only where the best reading names nothing for certain. When two documents fit equally well
    (two 意见), the likelier is given with the other as rival.
    """
    best: TitleMatch | None = None
    for number, reading in enumerate([text, *alternatives]):
        match = _in_one_reading(reading, tuple(titles), region)
        if match and (best is None or match.score > best.score + 0.1 * (number > 0)):
            best = replace(match, reading=number)
        if best and best.score >= 0.9:
            break
    return best


def _in_one_reading(text: str, titles: tuple[Title, ...], region: str) -> TitleMatch | None:
    """The best stretch of one reading."""
    heard = without_fillers(text)
    found = [*by_name(heard, titles, region), *by_abbreviation(heard, titles, region)]
    if not found:
        found = [*by_kind_alone(heard, titles)]
    if not found:
        return None
    best = max(found, key=lambda c: (c.weight, c.score, -c.begin))
    rivals = {
        other.id: None
        for other in found
        if other.id != best.id
        and other.begin < best.finish
        and other.finish > best.begin
        and other.weight > best.weight - 0.75
    }
    begin, finish = heard.span(best.begin, best.finish)
    if best.turned and text[finish:] == "的":
        finish += 1  # 讲话 社区的: nothing follows that the 的 could belong to
    return TitleMatch(best.id, begin, finish, text[begin:finish], best.score, tuple(rivals))
