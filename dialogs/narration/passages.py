"""What is read out as the answer: the sentence found, with what announces it, or with what it announces."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from dialogs.narration.index import Index, Place
from dialogs.narration.model import Passage, Sentence
from dialogs.narration.spoken import spoken_clause
from dialogs.narration.surroundings import Surroundings, announces, is_bracketed, surroundings

_READ_OUT = 130
"""Characters of an answer: half a minute of speech."""
_SAYS_LITTLE = 8
"""A sentence as short as this (答：可以。) is read with the next."""


def passage_of(index: Index, place: Place, answers: Callable[[str], bool] | None = None) -> Passage:
    """The passage around a place, long enough to hold what was asked for and short enough to be heard."""
    narration = index.documents[place.key]
    sentences = narration.sentences
    around = surroundings(sentences)
    sentence = sentences[place.sentence - 1]
    texts, sources = [sentence.text], [sentence.number]
    if len(sentence.text) > _READ_OUT:
        texts = [place.text]
    above = around[sentence.number - 1].announced
    if _incomplete(sentence):
        for following in sentences[sentence.number :]:
            if not _belongs(sentence, following, around) or sum(map(len, texts)) + len(following.text) > _READ_OUT:
                break
            texts, sources = [*texts, following.text], [*sources, following.number]
            if not following.heading and len(following.text) > _SAYS_LITTLE and not _listed(sentence, following, around):
                if answers is None or answers("".join(texts)):
                    break
    elif above and len(sentences[above - 1].text) + len(sentence.text) <= _READ_OUT:
        texts, sources = [sentences[above - 1].text, *texts], [above, *sources]
    return Passage(narration.title, spoken_clause(sentence.clause), _joined(texts), tuple(sources), place.key)


def _incomplete(sentence: Sentence) -> bool:
    return sentence.heading or announces(sentence) or is_bracketed(sentence.text) or len(sentence.text) <= _SAYS_LITTLE


def _belongs(sentence: Sentence, following: Sentence, around: Sequence[Surroundings]) -> bool:
    """Whether what follows still stands under a heading, a bracketed title or an announcement."""
    if is_bracketed(sentence.text):
        return around[following.number - 1].bracketed == sentence.number
    if announces(sentence):
        return around[following.number - 1].announced == sentence.number
    return following.clause[: len(sentence.clause)] == sentence.clause and not is_bracketed(following.text)


def _listed(sentence: Sentence, following: Sentence, around: Sequence[Surroundings]) -> bool:
    """Whether what follows is one item of a list, so that the next belongs to the answer as well."""
    announced = announces(sentence) and around[following.number - 1].announced == sentence.number
    return announced and len(following.clause) > len(sentence.clause)


def _joined(texts: Sequence[str]) -> str:
    """Texts one after the other; a heading gets its full stop."""
    return "".join(text if text.endswith(tuple("。！？；：，”）")) or text is texts[-1] else f"{text}。" for text in texts)
