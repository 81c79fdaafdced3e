"""Whisper through CTranslate2, fed only as much sound as there is: four times as fast as the stock call."""

from __future__ import annotations

import math
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import ctranslate2
import numpy as np
import tokenizers
from faster_whisper.feature_extractor import FeatureExtractor
from faster_whisper.tokenizer import Tokenizer

from speech.contracts import HEARING_RATE, Heard, Hints, NothingHeard, Samples, Transcript
from speech.guards import (
    bare,
    guards,
    is_doubtful,
    is_invented,
    is_too_little,
    is_too_much,
    is_traditional,
    loop,
    tidy,
)
from speech.phrases import weigh
from speech.telephone import mobiles, spelt, told
from speech.voice_activity import even, find_speech, halves, is_silent, windows

WINDOW = 30.0
"""Seconds of sound the model was trained on; longer recordings are cut."""

LONGEST = 28.0
"""Seconds of speech a window may hold, so that there is silence after it."""

PADDING = 4.0
"""Seconds of silence after the sound. With 2 the model loops on one short request in ten; measured over 107 requests
of one to four seconds, 4 has the fewest wrong syllables and takes a quarter of the time of a full window."""

SHORTEST = 0.3
"""Seconds under which a recording is no speech: a finger that slipped off the button."""

READINGS = 5
"""Beams searched and readings given; five cost a quarter more than one and loop far less."""

LONGEST_PROMPT = 220
"""Tokens of the prompt; the model takes half its memory of 448."""

LONGEST_TEXT = 200
"""Tokens a window may give."""

LONGEST_NUMBER = 12
"""Tokens a telephone number may take; most stand for two digits."""

RIVAL = 3.0
"""How much less likely (natural logarithm) a second number may be and is given as well."""

LEAST = 1e-9
"""Probability of a token that the model rules out."""


Reason = Literal["too_short", "silence", "noise", "invented"]


@dataclass(frozen=True)
class _Reading:
    text: str
    """What may have been said."""
    confidence: float
    """Mean probability of its tokens."""


@dataclass(frozen=True)
class _Heard:
    readings: list[_Reading]
    """Readings of a window, best first; none where the model only made something up."""
    unlikely: tuple[str, ...] = ()
    """Likely phrases that the sound speaks against."""


@dataclass(frozen=True)
class _Whole:
    readings: list[_Reading]
    """Readings of the whole recording, best first."""
    unlikely: tuple[str, ...]
    """Likely phrases that the sound speaks against."""
    complete: bool
    """False where words of a window were withheld."""


class WhisperRecogniser:
    """A Whisper model in CTranslate2's format."""

    name = "whisper"

    def __init__(self, model: Path, threads: int = 1) -> None:
        """Load the model from its folder; takes about half a second."""
        self._model = ctranslate2.models.Whisper(
            str(model), device="cpu", compute_type="int8", inter_threads=1, intra_threads=threads
        )
        self._features = FeatureExtractor(feature_size=self._model.n_mels)
        self._tokens = Tokenizer(
            tokenizers.Tokenizer.from_file(str(model / "tokenizer.json")),
            self._model.is_multilingual,
            task="transcribe",
            language="zh",
        )
        # The model also learnt from Taiwan and Hong Kong; what it cannot write, it writes in simplified characters.
        pieces = [self._tokens.decode([n]) for n in range(self._tokens.eot)]
        self._never = [-1, *(n for n, piece in enumerate(pieces) if is_traditional(piece))]

        special = range(self._tokens.eot + 1, self._tokens.tokenizer.get_vocab_size())
        self._no_digits = [*(n for n, piece in enumerate(pieces) if not piece.isdecimal()), *special]

    def hear(self, samples: Samples, hints: Hints) -> Heard:
        """Recognise Mandarin; words the model makes up on noise are withheld."""
        began = time.perf_counter()
        result = self._listen(samples, hints.prompt or guards().prompt, hints.likely)
        seconds, took = samples.size / HEARING_RATE, time.perf_counter() - began
        if isinstance(result, str):
            return NothingHeard(result, seconds, took, self.name)
        text, *others = dict.fromkeys(reading.text for reading in result.readings)
        sure = result.readings[0].confidence
        return Transcript(text, tuple(others), sure, seconds, took, self.name, result.complete, result.unlikely)

    def _listen(self, samples: Samples, prompt: str, likely: Sequence[str]) -> _Whole | Reason:
        """Readings of the whole recording, best first, or why there are none."""
        if samples.size < SHORTEST * HEARING_RATE:
            return "too_short"
        if is_silent(samples):
            return "silence"
        levelled = even(samples)
        parts = windows(levelled, find_speech(levelled), LONGEST)
        if not parts:
            return "noise"
        tokens = self._prompt(prompt)
        read = [self._read(part, tokens, likely) for part in parts]
        kept = [heard for heard in read if heard.readings]
        if not kept:
            return "invented"
        unlikely = tuple(phrase for heard in kept for phrase in heard.unlikely)
        return _Whole(_join([heard.readings for heard in kept]), unlikely, complete=len(kept) == len(read))

    def _prompt(self, text: str) -> list[int]:
        known = self._tokens.encode(" " + text)[-LONGEST_PROMPT:]
        return [self._tokens.sot_prev, *known, *self._tokens.sot_sequence, self._tokens.no_timestamps]

    def _read(self, part: Samples, prompt: list[int], likely: Sequence[str]) -> _Heard:
        """What was heard in one window."""
        seconds = part.size / HEARING_RATE
        sound = self._encode(part, seconds + PADDING)
        readings = self._decode(sound, prompt)
        first = readings[0]
        if not _plausible(first.text, seconds) or is_doubtful(first.text):
            sound = self._encode(part, WINDOW)
            readings = self._decode(sound, prompt)
        elif is_too_little(first.text, seconds):
            more = [found for half in halves(part) if (found := self._read(half, prompt, likely)).readings]
            if more:
                return _Heard(_join([each.readings for each in more]), more[0].unlikely)
            return _Heard(readings)
        kept = [each for each in readings if _plausible(each.text, seconds, heard_before=loop(first.text))]
        kept = self._with_number(sound, prompt, kept)
        return self._weigh(sound, kept, likely) if kept and likely else _Heard(kept)

    def _with_number(
        self, sound: ctranslate2.StorageView, prompt: list[int], readings: list[_Reading]
    ) -> list[_Reading]:
        """The readings with the likeliest mobile number where one was told and is not written whole."""
        stretch = told(readings[0].text) if readings else None
        if stretch is None:
            return readings
        text, sure = readings[0].text, readings[0].confidence
        before, after = text[: stretch.begin], text[stretch.finish :]
        written = [found.digits for each in readings if (found := told(each.text))]
        numbers = mobiles([*written, *self._digits(sound, prompt, before)])
        weighed = {number: self._likelihood(sound, f"{before}{spelt(number)}。") for number in numbers}
        ranked = sorted(numbers, key=lambda number: -weighed[number])
        likely = [number for number in ranked[:2] if weighed[number] >= weighed[ranked[0]] - RIVAL]
        return [*(_Reading(before + number + after, sure) for number in likely), *readings]

    def _digits(self, sound: ctranslate2.StorageView, prompt: list[int], before: str) -> list[str]:
        """What is heard after those words if it can be nothing but digits."""
        lead = self._tokens.encode(before) if before else []
        said = [*prompt, *lead]
        result = self._model.generate(
            sound,
            [said],
            beam_size=READINGS,
            num_hypotheses=READINGS,
            max_length=len(said) + LONGEST_NUMBER,
            suppress_blank=False,
            suppress_tokens=self._no_digits,
        )[0]
        return [self._tokens.decode(ids[len(lead) :]) for ids in result.sequences_ids]

    def _weigh(self, sound: ctranslate2.StorageView, readings: list[_Reading], likely: Sequence[str]) -> _Heard:
        """The readings with the likely phrases that the sound bears out put where they were said."""
        first = readings[0]
        weighed = weigh([each.text for each in readings], likely, lambda text: self._likelihood(sound, text))
        sure = {each.text: each.confidence for each in readings}
        put = [_Reading(text, sure.get(text, first.confidence)) for text in weighed.readings]
        return _Heard(put, weighed.unlikely)

    def _likelihood(self, sound: ctranslate2.StorageView, text: str) -> float:
        """How likely the model finds it that the sound is these words: natural logarithm of the probability."""
        heard = self._model.align(
            sound, list(self._tokens.sot_sequence), [self._tokens.encode(text)], [sound.shape[1]], median_filter_width=1
        )[0]
        return sum(math.log(max(each, LEAST)) for each in heard.text_token_probs)

    def _encode(self, part: Samples, seconds: float) -> ctranslate2.StorageView:
        """The encoder's view of a window, padded with silence to that length."""
        size = int(min(seconds, WINDOW) * HEARING_RATE)
        padded = np.pad(part[:size], (0, max(0, size - part.size)))
        mel = self._features(padded)
        even_length = mel.shape[1] // 2 * 2  # the encoder halves it
        features = np.ascontiguousarray(mel[np.newaxis, :, :even_length], dtype=np.float32)
        return self._model.encode(ctranslate2.StorageView.from_array(features))

    def _decode(self, sound: ctranslate2.StorageView, prompt: list[int]) -> list[_Reading]:
        result = self._model.generate(
            sound,
            [prompt],
            beam_size=READINGS,
            num_hypotheses=READINGS,
            max_length=len(prompt) + LONGEST_TEXT,
            suppress_tokens=self._never,
            return_scores=True,
        )[0]
        texts = [tidy(self._tokens.decode(ids)) for ids in result.sequences_ids]
        return [_Reading(text, math.exp(score)) for text, score in zip(texts, result.scores, strict=True)]


def _plausible(text: str, seconds: float, heard_before: str = "") -> bool:
    """Whether somebody may have said it; a loop only where two looks at the sound found the same."""
    if not bare(text) or is_invented(text) or is_too_much(text, seconds):
        return False
    stuck = loop(text)
    return not stuck or stuck == heard_before


def _join(windows: Sequence[Sequence[_Reading]]) -> list[_Reading]:
    """Readings of the whole from readings of its windows: the nth best of each, side by side."""
    whole = []
    for n in range(max((len(readings) for readings in windows), default=0)):
        chosen = [readings[min(n, len(readings) - 1)] for readings in windows]
        text = "".join(reading.text for reading in chosen)
        whole.append(_Reading(text, float(np.mean([reading.confidence for reading in chosen]))))
    return whole
