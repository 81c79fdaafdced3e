"""The program in which pyttsx3 runs, one sentence a process: inside a server it crashes, hangs or writes no file.

Reads one JSON object from standard input, `{"text", "voice", "rate", "file"}`, and writes the sound to that file.
Ends with NO_VOICE, the voices there are on standard error, when the system has none of that name.
"""

from __future__ import annotations

import json
import sys
import threading
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pyttsx3.engine import Engine
    from pyttsx3.voice import Voice

NO_VOICE = 3
"""Exit status: there is no voice of that name."""
_SAME = {"cmn": ("cmn", "zh")}
"""Other names under which systems list a language."""


def main() -> int:
    """Speak what standard input says into a file."""
    import pyttsx3

    wanted = json.load(sys.stdin)
    engine = pyttsx3.init()
    voices = engine.getProperty("voices") or []
    voice = find(wanted["voice"], voices)
    if voice is None:
        sys.stderr.write(", ".join(sorted(str(each.id) for each in voices)))
        return NO_VOICE
    _speak(engine, voice, wanted["text"], wanted["rate"], wanted["file"])
    return 0


def find(name: str, voices: list[Voice]) -> Voice | None:
    """The voice of that identifier, name or language; of several in a language the first."""
    names = _SAME.get(name, (name,))
    for voice in voices:
        if name in (voice.id, voice.name, str(voice.id).rpartition("/")[2]):
            return voice
    for voice in voices:
        tags = [str(tag).lower().replace("_", "-") for tag in voice.languages or []]
        if any(tag == each or tag.startswith(f"{each}-") for tag in tags for each in names):
            return voice
    return None


def _speak(engine: Engine, voice: Voice, text: str, rate: int, file: str) -> None:
    engine.setProperty("voice", voice.id)
    engine.setProperty("rate", rate)
    finished = threading.Event()
    # runAndWait of pyttsx3 2.99 ends while espeak-ng is still at work in a thread of its own: no file in half the runs.
    engine.connect("finished-utterance", lambda **_: finished.set())
    engine.save_to_file(text, file)
    engine.runAndWait()
    finished.wait()  # for ever: our parent has the time-out


if __name__ == "__main__":
    sys.exit(main())
