"""Names, telephone numbers, sums and titles, spoken with accents and noise by voices of the bench's own, heard again.

    python bench/names_spoken.py [--lot first] [--as turn|transcribe] [--quick]

People, sentences and voices are none of the reference recordings', so that nothing is fitted to those. As in a turn
the recogniser is told the branch's names; `--as transcribe` tells it nothing, like `nuanyang transcribe`.
A name is right where exactly those named are found, asked about where who was meant is among those asked about, and
wrong where somebody else is taken without a question. Of a telephone number the rest is asked about where it begins
with the digits that are left; it is missed, and asked for anew, where none are.
The last line is one JSON object. `--quick` hears nothing new.
"""

from __future__ import annotations

import argparse
import hashlib
import itertools
import json
import random
import sys
import tempfile
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
from rich.console import Console
from rich.progress import track
from rich.table import Table

sys.path.insert(0, str(Path(__file__).parents[1]))

from bench.accents import HABITS, spoken
from dialogs.listening import TITLE
from dialogs.understanding.amounts import find_amount
from dialogs.understanding.meaning import Person, Said, Title
from dialogs.understanding.names import find_people
from dialogs.understanding.phones import find_phone
from dialogs.understanding.titles import find_title
from speech import pronunciation
from speech.audio import decode, encode_ogg
from speech.contracts import Hints, Manner, Samples, Transcript
from speech.ear import for_the_ear
from speech.kokoro import KokoroVoice
from speech.models import ModelStore, default_models_folder
from speech.work import HearingSettings, recogniser

MATERIAL = Path(__file__).with_suffix(".toml")
KEPT = Path(tempfile.gettempdir()) / "nuanyang-bench" / "spoken"
VOICES = "zf_xiaoyi zm_yunyang"
"""Of the lots that name none."""
NOISE = (0.0, 0.0, 20.0, 12.0)
"""Signal to noise in dB; 0 is a quiet room."""
SPEEDS = (0.8, 0.9, 1.0)
TELEPHONE = 0.2
"""Share that comes over a telephone band, 300 to 3400 Hz."""
EACH = {"names": 3, "titles": 1, "phones": 6, "amounts": 6}
"""How often each sentence is said, with other values, in the lots that do not tell."""
EDGES = (300, 3400)


@dataclass(frozen=True)
class Spoken:
    """Something to be said, and what is right to find in it."""

    kind: str
    text: str
    right: tuple[str, ...]
    voice: str
    accent: str
    noise: float
    speed: float
    telephone: bool

    @property
    def key(self) -> str:
        return hashlib.sha256(repr(self).encode()).hexdigest()[:20]


@dataclass(frozen=True)
class Lot:
    """One lot of material."""

    people: tuple[Person, ...]
    titles: tuple[Title, ...]
    lines: tuple[Spoken, ...]


def lot(name: str) -> Lot:
    """The lines of a lot; the same at every run."""
    content = tomllib.loads(MATERIAL.read_text(encoding="utf-8"))[name]
    people = tuple(Person(each[:-1], each[-1], None) for each in content["people"].split())
    rows = [row.split("|") for row in content["documents"].split("\n") if row]
    titles = tuple(Title(f"T{n}", row[0], tuple(row[1].split(";"))) for n, row in enumerate(rows))
    rng = random.Random(name)
    said = [*_names(content, people, rng), *_titles(content, titles, rng), *_numbers(content, rng), *_nobody(content)]
    voices = str(content.get("voices", VOICES)).split()
    lines = tuple(
        Spoken(kind, text, right, voice, accent, rng.choice(NOISE), rng.choice(SPEEDS), rng.random() < TELEPHONE)
        for (kind, text, right), (accent, voice) in zip(
            said, itertools.cycle(itertools.product(HABITS, voices)), strict=False
        )
    )
    return Lot(people, titles, lines)


Said3 = tuple[str, str, tuple[str, ...]]


def _names(content: dict, people: Sequence[Person], rng: random.Random) -> Iterator[Said3]:
    hat: list[str] = []
    for frame in content["names"] * _each(content)["names"]:
        while len(hat) < 2:  # everybody is named equally often
            hat += rng.sample([each.name for each in people], len(people))
        one = hat.pop()
        other = hat.pop() if "{b}" in frame else ""
        named = (one,) if not other or "不是{b}" in frame else (one, other)
        yield "names", frame.format(a=one, b=other), named


def _titles(content: dict, titles: Sequence[Title], rng: random.Random) -> Iterator[Said3]:
    for frame, title in itertools.product(content["titles"] * _each(content)["titles"], titles):
        yield "titles", frame.format(t=rng.choice((title.title, *title.nicknames))), (title.id,)


def _numbers(content: dict, rng: random.Random) -> Iterator[Said3]:
    for frame in content["phones"] * _each(content)["phones"]:
        digits = "1" + rng.choice("35789") + "".join(rng.choice("0123456789") for _ in range(9))
        grouped = "，".join((digits[:3], digits[3:7], digits[7:])) if rng.random() < 0.5 else digits
        yield (
            "phones",
            frame.format(p=grouped.translate(str.maketrans("0123456789", "零幺二三四五六七八九"))),
            (digits,),
        )
    sums = [each.split("=") for each in content["sums"].split()]
    for frame in content["amounts"] * _each(content)["amounts"]:
        spelt, yuan = rng.choice(sums)
        yield "amounts", frame.format(m=spelt), (yuan,)


def _nobody(content: dict) -> Iterator[Said3]:
    yield from (("nobody", sentence, ()) for sentence in content.get("nobody", ()))


def _each(content: dict) -> dict[str, int]:
    return {**EACH, **content.get("each", {})}


class Accented(KokoroVoice):
    """A voice that speaks as a region does."""

    def __init__(self, model: Path, voices: Path, mixed: str) -> None:
        """Several voices (zf_xiaoyi+zm_yunxia) make one of their own."""
        first, *others = mixed.split("+")
        super().__init__(model, voices, first, threads=1)
        styles = [self._styles, *(KokoroVoice(model, voices, other, threads=1)._styles for other in others)]
        self._styles = np.mean(styles, axis=0, dtype=np.float32)

    def say_so(self, text: str, accent: str, speed: float) -> Samples:
        """Speak with that accent."""
        words = pronunciation.words
        pronunciation.words = lambda said: [[spoken(each, accent) for each in word] for word in words(said)]
        try:
            return self.say(for_the_ear(text), Manner(speed=speed))
        finally:
            pronunciation.words = words


def recording(line: Spoken) -> bytes:
    """The line as a voice note; spoken once, then kept."""
    kept = KEPT / f"{line.key}.ogg"
    if not kept.exists():
        KEPT.mkdir(parents=True, exist_ok=True)
        samples = _worse(_voice(line.voice).say_so(line.text, line.accent, line.speed), line)
        kept.write_bytes(encode_ogg(samples, KokoroVoice.rate))
    return kept.read_bytes()


_voices: dict[str, Accented] = {}


def _voice(name: str) -> Accented:
    if name not in _voices:
        store = ModelStore(default_models_folder())
        _voices[name] = Accented(store.path("kokoro"), store.path("kokoro-voices"), name)
    return _voices[name]


def _worse(samples: Samples, line: Spoken) -> Samples:
    """Over a telephone band and in a noisy room, where the line says so."""
    if line.telephone:
        spectrum = np.fft.rfft(samples)
        pitch = np.fft.rfftfreq(len(samples), 1 / KokoroVoice.rate)
        spectrum[(pitch < EDGES[0]) | (pitch > EDGES[1])] = 0
        samples = np.fft.irfft(spectrum, len(samples)).astype(np.float32)
    if line.noise:
        hiss = np.random.default_rng(int(line.key[:8], 16)).standard_normal(len(samples))
        hiss = np.convolve(hiss, np.ones(8) / 8, "same")
        samples = samples + hiss * np.sqrt((samples**2).mean() / (hiss**2).mean() / 10 ** (line.noise / 10))
    return np.clip(samples, -1, 1).astype(np.float32)


def heard(line: Spoken, hints: Hints, quick: bool) -> Said | None:
    """What the recogniser hears; heard once with that prompt, then kept. None where that is not at hand."""
    sound = recording(line) if not quick else b""
    kept = KEPT / f"{line.key}-{hashlib.sha256(repr(hints).encode()).hexdigest()[:6]}.json"
    if not kept.exists():
        if quick:
            return None
        settings = HearingSettings("whisper", default_models_folder())
        found = recogniser(settings).hear(decode(sound).samples, hints)
        said = Said(found.text, found.alternatives, found.unlikely) if isinstance(found, Transcript) else Said("")
        kept.write_text(json.dumps(asdict(said), ensure_ascii=False), encoding="utf-8")
    row = json.loads(kept.read_text(encoding="utf-8"))
    return Said(row["text"], tuple(row["alternatives"]), tuple(row["unlikely"]))


def judge(line: Spoken, said: Said, of: Lot) -> str:
    """right, asked, wrong or missed."""
    if line.kind == "names":
        return _judge_names(line, said, of)
    if line.kind == "titles":
        title = find_title(said.text, said.alternatives, of.titles)
        if title is None:
            return "missed"
        return "right" if title.id == line.right[0] else "asked" if line.right[0] in title.rivals else "wrong"
    if line.kind == "phones":
        phone = find_phone(said.text)
        begun = "".join(char for char in said.text if char.isdecimal())
        if phone is None:  # the rest is asked for, or all of it
            return "missed" if not begun else "asked" if line.right[0].startswith(begun) else "wrong"
        return "right" if phone == line.right[0] else "wrong"
    if line.kind == "nobody":
        found = find_people(said.text, said.alternatives, of.people, unlikely=said.unlikely)
        number = find_phone(said.text) or find_amount(said.text)
        return "wrong" if number or any(not each.loose for each in found) else "right"
    amount = find_amount(said.text, bare=True)
    return "missed" if amount is None else "right" if amount.yuan == float(line.right[0]) else "wrong"


def _judge_names(line: Spoken, said: Said, of: Lot) -> str:
    found = find_people(said.text, said.alternatives, of.people, unlikely=said.unlikely)
    wanted = set(line.right)
    taken = {each.person.name for each in found if not each.loose and not each.speaker}
    if taken == wanted:
        return "right"
    if any(not wanted & {each.person.name, *(r.name for r in each.rivals)} for each in found if not each.loose):
        return "wrong"
    return "asked" if wanted <= {n.name for each in found for n in (each.person, *each.rivals)} else "missed"


def main() -> None:
    """Speak, hear, count."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--lot", default="first", choices=tomllib.loads(MATERIAL.read_text(encoding="utf-8")))
    parser.add_argument("--as", dest="way", choices=("turn", "transcribe"), default="turn", help="what is told ahead")
    parser.add_argument("--quick", action="store_true", help="nothing newly heard")
    parser.add_argument("--show", action="store_true", help="what was not right")
    options, out = parser.parse_args(), Console(width=150)
    of = lot(options.lot)
    called = (name for each in of.titles for name in each.nicknames if len(name) >= TITLE)
    hints = Hints(likely=(*(each.name for each in of.people), *called)) if options.way == "turn" else Hints()
    counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for line in track(of.lines, "hearing", console=out, transient=True):
        said = heard(line, hints, options.quick)
        if said is None:
            continue
        verdict = judge(line, said, of)
        counts[line.kind][verdict] += 1
        if options.show and verdict != "right":
            out.print(
                f"{verdict} {line.kind} {line.accent}: {line.text} <- {said.text} | {' | '.join(said.alternatives)}"
            )
    table = Table(options.lot, "right", "asked about", "wrong", "missed")
    for kind, count in counts.items():
        table.add_row(kind, *(str(count[each]) for each in ("right", "asked", "wrong", "missed")))
    out.print(table)
    figures = {
        f"{kind}_{name}": round(sum(count[each] for each in of_) / count.total(), 4)
        for kind, count in counts.items()
        for name, of_ in (("right", ("right",)), ("right_or_asked", ("right", "asked")), ("wrong", ("wrong",)))
    }
    print(json.dumps({"lot": options.lot, "heard_as": options.way, **figures}))


if __name__ == "__main__":
    main()
