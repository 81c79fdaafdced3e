"""A recogniser that hears what a talk tells it to hear, and else listens with the real one."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import ClassVar

from speech.contracts import Heard, Hints, Recogniser, Samples, Transcript
from speech.engines import open_recogniser
from speech.models import ModelStore, default_models_folder


class Ears:
    """An engine as `speech.contracts.Recogniser` wants it."""

    readings: ClassVar[list[tuple[str, ...]]] = []
    """What is heard next, best reading first."""

    def __init__(self, folder: Path, threads: int) -> None:
        self.name = "ears"

    def hear(self, samples: Samples, hints: Hints) -> Heard:
        """The next reading that was laid out; without one, what the real recogniser hears."""
        if not self.readings:
            return _real().hear(samples, hints)
        best, *others = self.readings.pop(0)
        return Transcript(best, tuple(others), 0.6, 1.0, 0.0, self.name)


@cache
def _real() -> Recogniser:
    return open_recogniser("whisper", ModelStore(default_models_folder()))
