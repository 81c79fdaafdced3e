"""What is read out as the answer: the sentence found, with what announces it, or with what it announces."""

from __future__ import annotations

from collections.abc import Sequence

from dialogs.narration.asking import Asked
from dialogs.narration.expecting import Answers
from dialogs.narration.index import Index, Place
from dialogs.narration.model import Passage, Sentence
from dialogs.narration.spoken import spoken_clause
from dialogs.narration.surroundings import Surroundings, announces, is_item

_READ_OUT = 130
"""Characters of an answer: half a minute of speech."""
_ENDED = tuple("。！？；：，”）")
_SAYS_LITTLE = 8
"""A sentence as short as this (答：可以。) is read with the next."""


def passage_of(index: Index, place: Place, wanted: Asked) -> Passage:
    """The passage around a place, long enough to hold what was asked for and short enough to be heard."""
    narration = index.documents[place.key]
    around = index.around[place.key]
    sentence = narration.sentences[place.sentence - 1]
    above = around[sentence.number - 1].announced or (around[sentence.number - 1].named if wanted.lists else 0)
    if above and wanted.lists:
        sentence = narration.sentences[above - 1]
    if _incomplete(sentence):
        chosen = _with_following(narration.sentences, sentence, around, wanted.answers)
    elif above and len(narration.sentences[above - 1].text) + len(sentence.text) <= _READ_OUT:
        chosen = [narration.sentences[above - 1], sentence]
    else:
        chosen = [sentence]
    text = place.text if len(chosen) == 1 and len(sentence.text) > _READ_OUT else _joined(chosen)
    sources = tuple(one.number for one in chosen)
    return Passage(narration.title, spoken_clause(sentence.clause), text, sources, place.key)


def stands_alone(index: Index, place: Place) -> bool:
    """False for a heading and for what only announces: there the answer stands in what follows."""
    return not _incomplete(index.documents[place.key].sentences[place.sentence - 1])


def _with_following(
    sentences: Sequence[Sentence], sentence: Sentence, around: Sequence[Surroundings], answers: Answers
) -> list[Sentence]:
    """A heading or an announcement with what stands under it: the whole list, else up to what was asked for."""
    chosen, length = [sentence], len(sentence.text)
    for following in sentences[sentence.number :]:
        length += len(following.text)
        if length > _READ_OUT or not _belongs(sentence, following, around):
            break
        chosen.append(following)
        if following.heading or len(following.text) <= _SAYS_LITTLE or _listed(sentence, following, around):
            continue
        if answers is None or answers(_joined(chosen[1:])):
            break
    return chosen


def _incomplete(sentence: Sentence) -> bool:
    return sentence.heading or announces(sentence) or len(sentence.text) <= _SAYS_LITTLE


def _belongs(sentence: Sentence, following: Sentence, around: Sequence[Surroundings]) -> bool:
    """Whether what follows still stands under a heading or an announcement."""
    if announces(sentence):
        return around[following.number - 1].announced == sentence.number
    return following.clause[: len(sentence.clause)] == sentence.clause


def _listed(sentence: Sentence, following: Sentence, around: Sequence[Surroundings]) -> bool:
    """Whether what follows is one item of a list, so that the next belongs to the answer as well."""
    announced = announces(sentence) and around[following.number - 1].announced == sentence.number
    return is_item(following) or (announced and len(following.clause) > len(sentence.clause))


def _joined(chosen: Sequence[Sentence]) -> str:
    """Sentences one after the other; a heading gets its full stop, an item of a list its semicolon."""
    *others, last = chosen
    return "".join(one.text if one.text.endswith(_ENDED) else one.text + _mark(one) for one in others) + last.text


def _mark(sentence: Sentence) -> str:
    return "；" if is_item(sentence) else "。"
