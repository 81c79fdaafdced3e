"""A Whisper model in CTranslate2's format: what it hears in a sound, and how likely it finds words put to it."""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import Path

import ctranslate2
import numpy as np
import tokenizers
from faster_whisper.feature_extractor import FeatureExtractor
from faster_whisper.tokenizer import Tokenizer

from speech.contracts import HEARING_RATE, Samples
from speech.guards import is_traditional, tidy

WINDOW = 30.0
"""Seconds of sound the model was trained on; longer recordings are cut."""

READINGS = 5
"""Beams searched and readings given; five cost a quarter more than one and loop far less."""

LONGEST_PROMPT = 220
"""Tokens of the prompt; the model takes half its memory of 448."""

LONGEST_TEXT = 200
"""Tokens a window may give."""

LONGEST_NUMBER = 18
"""Tokens a number in words may take: ten digits after the 幺 of a mobile number, of which eight are perhaps of two."""

LEAST = 1e-9
"""Probability of a token that the model rules out."""


@dataclass(frozen=True)
class Reading:
    """One way to write what was heard."""

    text: str
    """What may have been said."""
    confidence: float
    """Mean probability of its tokens."""


@dataclass(frozen=True)
class Sound:
    """The encoder's view of a window."""

    features: ctranslate2.StorageView


class WhisperModel:
    """The model and its tokens, told to write simplified Chinese."""

    def __init__(self, folder: Path, threads: int) -> None:
        """Load the model from its folder; takes about half a second."""
        self._model = ctranslate2.models.Whisper(
            str(folder), device="cpu", compute_type="int8", inter_threads=1, intra_threads=threads
        )
        self._features = FeatureExtractor(feature_size=self._model.n_mels)
        self._tokens = Tokenizer(
            tokenizers.Tokenizer.from_file(str(folder / "tokenizer.json")),
            self._model.is_multilingual,
            task="transcribe",
            language="zh",
        )
        pieces = [self._tokens.decode([n]) for n in range(self._tokens.eot)]
        # The model also learnt from Taiwan and Hong Kong; what it cannot write, it writes in simplified characters.
        self._never = [-1, *(n for n, piece in enumerate(pieces) if is_traditional(piece))]
        self._all_but: dict[str, list[int]] = {}

    def prompt(self, text: str) -> list[int]:
        """The tokens that lead to what was said in a talk about those words."""
        known = self._tokens.encode(" " + text)[-LONGEST_PROMPT:]
        return [self._tokens.sot_prev, *known, *self._tokens.sot_sequence, self._tokens.no_timestamps]

    def encode(self, part: Samples, seconds: float) -> Sound:
        """A window of sound, padded with silence to that length."""
        size = int(min(seconds, WINDOW) * HEARING_RATE)
        padded = np.pad(part[:size], (0, max(0, size - part.size)))
        mel = self._features(padded)
        even_length = mel.shape[1] // 2 * 2  # the encoder halves it
        features = np.ascontiguousarray(mel[np.newaxis, :, :even_length], dtype=np.float32)
        return Sound(self._model.encode(ctranslate2.StorageView.from_array(features)))

    def readings(self, sound: Sound, prompt: list[int]) -> list[Reading]:
        """What was said, the likeliest first."""
        result = self._generate(sound, prompt, LONGEST_TEXT, self._never)
        texts = [tidy(self._tokens.decode(ids)) for ids in result.sequences_ids]
        return [Reading(text, math.exp(score)) for text, score in zip(texts, result.scores, strict=True)]

    def spoken(self, sound: Sound, prompt: list[int], before: str, signs: str) -> list[tuple[str, float]]:
        """What was said after those words if it can be nothing but these characters, the likeliest first.

        Each with the natural logarithm of its probability.
        """
        lead = self._tokens.encode(before) if before else []
        never = self._others(signs)
        result = self._generate(sound, [*prompt, *lead], LONGEST_NUMBER, never, within=True)
        texts = [self._tokens.decode(ids[len(lead) :]) for ids in result.sequences_ids]
        return list(zip(texts, result.scores, strict=True))

    def _others(self, signs: str) -> list[int]:
        """All tokens but those of these characters and the end."""
        if signs not in self._all_but:
            own = {self._tokens.eot, *(token for sign in signs for token in self._tokens.encode(sign))}
            everything = range(self._tokens.tokenizer.get_vocab_size())
            self._all_but[signs] = [token for token in everything if token not in own]
        return self._all_but[signs]

    def _generate(
        self, sound: Sound, said: list[int], longest: int, never: list[int], *, within: bool = False
    ) -> ctranslate2.models.WhisperGenerationResult:
        """What goes on from what was said, in at most so many tokens and none of those that are never written.

        `within` a sentence it may also end at once, and scores are those of the whole, not their mean.
        """
        return self._model.generate(
            sound.features,
            [said],
            beam_size=READINGS,
            num_hypotheses=READINGS,
            max_length=len(said) + longest,
            suppress_blank=not within,
            length_penalty=0.0 if within else 1.0,
            suppress_tokens=never,
            return_scores=True,
        )[0]

    def likelihood(self, sound: Sound, text: str) -> float:
        """How likely it is that the sound is these words: natural logarithm of the probability."""
        begin, tokens = list(self._tokens.sot_sequence), self._tokens.encode(text)
        heard = self._model.align(sound.features, begin, [tokens], [sound.features.shape[1]], median_filter_width=1)[0]
        return sum(math.log(max(each, LEAST)) for each in heard.text_token_probs)
