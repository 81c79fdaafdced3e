"""How fast and how right requests are recognised, beside the stock call of the same model in the same run.

    python bench/recognition.py [--quick]

Speed: medians over requests of about three seconds, warm, both recognisers in turn on each request.
Errors: characters and toneless pinyin syllables, digits and punctuation put aside.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import re
import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import cn2an
from faster_whisper import WhisperModel
from pypinyin import lazy_pinyin
from rapidfuzz.distance import Levenshtein

sys.path.insert(0, str(Path(__file__).parents[1]))

from dialogs.understanding.spelling import spelling
from speech.audio import decode, encode_ogg
from speech.contracts import Hints, Manner, Samples, Transcript
from speech.guards import guards
from speech.kokoro import KokoroVoice
from speech.models import ModelStore, default_models_folder
from speech.whisper import WhisperRecogniser

VOICE_SET = Path(__file__).parents[2] / "shared" / "voice"
THREADS = 2
"""Of the stock call: as many as the machine has. Ours takes its default."""
ABOUT_THREE_SECONDS = (2.4, 3.8)
SPOKEN = (
    "我想报名参加星期三的学习会", "这个季度的党费我交过了", "请把那份文件念给我听听", "我明天下午来不了要请个假",
    "我老伴生病住院了", "家里有困难想跟书记说说", "下一次活动是哪一天", "请你再说一遍慢一点",
    "帮我找一下张书记", "我的党费一共交了多少", "我上个月来了几次", "有什么新的通知没有",
    "我搬到女儿家去住了", "我想给支部提个建议", "昨天的学习会讲了什么", "我腿疼下不了楼",
    "能不能把材料送到家里来", "我可以教大家写毛笔字", "老李好久没有来了", "谢谢你我听明白了",
)  # fmt: skip


@dataclass
class Tally:
    """What one recogniser did."""

    times: list[float] = field(default_factory=list)
    wrong_characters: int = 0
    wrong_syllables: int = 0

    def add(self, said: str, heard: str, seconds: float | None) -> None:
        said, heard = bare(said), bare(heard)
        if seconds is not None:
            self.times.append(seconds)
        self.wrong_characters += Levenshtein.distance(said, heard)
        self.wrong_syllables += Levenshtein.distance(lazy_pinyin(said), lazy_pinyin(heard))


def bare(text: str) -> str:
    """Text without marks, numbers in Chinese characters."""
    text = re.sub(r"[^\w]", "", text)
    with contextlib.suppress(ValueError):  # a run of digits that is no number stays as it is
        text = cn2an.transform(text, "an2cn")
    return re.sub(r"\d", lambda digit: "零一二三四五六七八九"[int(digit[0])], text)


def requests() -> list[tuple[str, Samples]]:
    """What was said and how it sounds: the voice set, or where it is absent the bench's own sentences."""
    manifest = VOICE_SET / "manifest.jsonl"
    if manifest.exists():
        rows = [json.loads(line) for line in manifest.read_text("utf-8").splitlines()]
        return [(row["text"], decode((VOICE_SET / row["file"]).read_bytes()).samples) for row in rows]
    store = ModelStore(default_models_folder())
    voice = KokoroVoice(store.path("kokoro"), store.path("kokoro-voices"), "zf_xiaoyi")
    return [(text, decode(encode_ogg(voice.say(text, Manner()), voice.rate)).samples) for text in SPOKEN]


def chosen(everything: list[tuple[str, Samples]], quick: bool) -> tuple[list[tuple[str, Samples]], set[int]]:
    """The requests to recognise, and which of them are timed."""
    low, high = (seconds * 16_000 for seconds in ABOUT_THREE_SECONDS)
    timed = [request for request in everything if low <= request[1].size <= high][: 8 if quick else 20]
    others = [request for request in everything if not low <= request[1].size <= high]
    return timed + ([] if quick else others[:60]), set(range(len(timed)))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="only eight timed requests")
    quick = parser.parse_args().quick
    folder = ModelStore(default_models_folder()).path("whisper-base")
    ours_model = WhisperRecogniser(folder)
    stock_model = WhisperModel(str(folder), device="cpu", compute_type="int8", cpu_threads=THREADS)

    def ours(samples: Samples) -> str:
        heard = ours_model.hear(samples, Hints())
        return heard.text if isinstance(heard, Transcript) else ""

    def stock(samples: Samples) -> str:
        segments, _ = stock_model.transcribe(samples, language="zh", initial_prompt=guards().prompt)
        return "".join(segment.text for segment in segments)

    ways: dict[str, Callable[[Samples], str]] = {"ours": ours, "stock": stock}
    work, timed = chosen(requests(), quick)
    tallies = {name: Tally() for name in (*ways, "written")}
    for way in ways.values():
        way(work[0][1])
    for number, (said, samples) in enumerate(work):
        for name, way in ways.items():
            began = time.perf_counter()
            heard = way(samples)
            seconds = time.perf_counter() - began if number in timed else None
            tallies[name].add(said, heard, seconds)
            if name == "ours":
                tallies["written"].add(said, spelling().written(heard), seconds)
    report(tallies, [said for said, _ in work], len(timed))


def report(tallies: dict[str, Tally], said: list[str], timed: int) -> None:
    characters = sum(len(bare(text)) for text in said)
    medians = {name: statistics.median(tally.times) for name, tally in tallies.items()}
    print(f"{len(said)} requests, {timed} of them timed; ours on one thread, the stock call on {THREADS}")
    print(f"{'':8}{'median':>10}{'slowest':>10}{'characters':>12}{'syllables':>11}")
    for name, tally in tallies.items():
        wrong = tally.wrong_characters / characters, tally.wrong_syllables / characters
        print(f"{name:8}{medians[name]:8.2f} s{max(tally.times):8.2f} s{wrong[0]:11.1%}{wrong[1]:11.1%}")
    figures = {
        "recognise_speedup": round(medians["stock"] / medians["ours"], 2),
        "recognise_ms": round(1000 * medians["ours"]),
        "stock_ms": round(1000 * medians["stock"]),
        "character_errors": round(tallies["ours"].wrong_characters / characters, 4),
        "written_character_errors": round(tallies["written"].wrong_characters / characters, 4),
        "stock_character_errors": round(tallies["stock"].wrong_characters / characters, 4),
        "syllable_errors": round(tallies["ours"].wrong_syllables / characters, 4),
        "stock_syllable_errors": round(tallies["stock"].wrong_syllables / characters, 4),
        "requests": len(said),
    }
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
