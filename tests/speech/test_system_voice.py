"""The system's own voice: in a child that may hang, crash or lie, and must not take us with it."""

from __future__ import annotations

import shutil
import time
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pytest

from speech.contracts import Manner, VoiceFailed
from speech.system_voice import SystemVoice
from speech.system_voice_child import find

needs_espeak = pytest.mark.skipif(
    not shutil.which("espeak-ng"), reason="espeak-ng is not installed: apt install espeak-ng"
)


@needs_espeak
def test_it_speaks_every_time() -> None:
    voice = SystemVoice()
    for text in ("您好，学习会在下周三。", "好的。", "请您再说一遍。") * 3:
        samples = voice.say(text, Manner())
        assert samples.size / voice.rate > 0.3
        assert 0.1 < np.abs(samples).max() <= 1


@needs_espeak
def test_it_speaks_other_languages_slower_and_faster() -> None:
    voice = SystemVoice("en-us")
    slow, fast = (voice.say("The meeting is on Wednesday.", Manner(speed)).size for speed in (0.7, 1.4))
    assert slow > 1.4 * fast


@needs_espeak
def test_an_unknown_voice_is_named_with_those_there_are() -> None:
    with pytest.raises(VoiceFailed, match=r"no voice 'klingon'.*cmn"):
        SystemVoice("klingon").say("您好。", Manner())


def test_nothing_to_say_starts_no_child(tmp_path: Path) -> None:
    with pytest.raises(VoiceFailed, match="nothing to say"):
        SystemVoice(child=tmp_path / "absent.py").say("。！", Manner())


BROKEN = {
    "hangs": "import time; time.sleep(60)",
    "crashes": "import os, signal; os.kill(os.getpid(), signal.SIGSEGV)",
    "writes no file": "pass",
    "writes rubbish": "import sys, json; open(json.load(sys.stdin)['file'], 'wb').write(b'RIFFrubbish')",
    "writes an empty file": "import sys, json; open(json.load(sys.stdin)['file'], 'wb')",
    "writes silence": """
import sys, json, wave
with wave.open(json.load(sys.stdin)["file"], "wb") as file:
    file.setnchannels(1); file.setsampwidth(2); file.setframerate(22050); file.writeframes(bytes(44100))
""",
}


@pytest.mark.parametrize("program", BROKEN.values(), ids=BROKEN)
def test_a_child_that_fails_is_a_voice_that_failed(tmp_path: Path, program: str) -> None:
    child = tmp_path / "child.py"
    child.write_text(program)
    started = time.monotonic()
    with pytest.raises(VoiceFailed, match="gave no sound"):
        SystemVoice(child=child, patience=0.5).say("您好。", Manner())
    assert time.monotonic() - started < 10


def test_a_child_that_fails_once_is_started_again(tmp_path: Path) -> None:
    child = tmp_path / "child.py"
    child.write_text(f"""
import json, math, pathlib, struct, sys, wave
mark = pathlib.Path({str(tmp_path / "tried")!r})
if not mark.exists():
    mark.touch(); sys.exit(1)
with wave.open(json.load(sys.stdin)["file"], "wb") as file:
    file.setnchannels(1); file.setsampwidth(2); file.setframerate(22050)
    file.writeframes(b"".join(struct.pack("<h", int(9000 * math.sin(i / 20))) for i in range(22050)))
""")
    assert SystemVoice(child=child).say("您好。", Manner()).size > 20_000


@dataclass
class Listed:
    """A voice as pyttsx3 lists it."""

    id: str
    name: str = ""
    languages: list[str] = field(default_factory=list)


LINUX = [Listed("gmw/en-us", "English (America)", ["en-us"]), Listed("sit/cmn", "Chinese (Mandarin)", ["cmn"])]
OTHERS = [Listed("com.voice.alex", "Alex", ["en_US"]), Listed("com.voice.tingting", "Tingting", ["zh_CN"])]


@pytest.mark.parametrize(
    ("name", "voices", "found"),
    [
        ("cmn", LINUX, "sit/cmn"),
        ("sit/cmn", LINUX, "sit/cmn"),
        ("en", LINUX, "gmw/en-us"),
        ("cmn", OTHERS, "com.voice.tingting"),
        ("Alex", OTHERS, "com.voice.alex"),
        ("cmn", [], None),
        ("ko", LINUX, None),
    ],
)
def test_a_voice_is_found_by_identifier_name_or_language(name: str, voices: list[Listed], found: str | None) -> None:
    voice = find(name, voices)  # type: ignore[arg-type]
    assert (voice and voice.id) == found
