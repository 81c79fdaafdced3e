"""The voices measured: pace, time to the first sound, memory, and how well they are understood when read back.

    python bench/voice.py [--quick]

Both voices speak the same sentences in the same run and the product's recogniser hears them; an error is a wrong
syllable without its tone. The last line is one JSON object.
"""

from __future__ import annotations

import argparse
import json
import re
import resource
import shutil
import statistics
import sys
import tempfile
import time
from pathlib import Path

from pypinyin import lazy_pinyin
from rapidfuzz.distance import Levenshtein

sys.path.insert(0, str(Path(__file__).parents[1]))

from dialogs.narration import narrate
from dialogs.narration.pieces import readings
from dialogs.narration.sentences import split_sentences
from speech import work
from speech.audio import decode
from speech.contracts import Hints, Manner, Transcript
from speech.ear import for_the_ear
from speech.models import default_models_folder
from speech.work import HearingSettings, VoiceSettings

SENTENCES = (
    "您的党费交好了，第四季度36.50元，对不对？",
    "学习会安排在下周三上午9:00，地点在老干部活动中心2楼，我已经给您报上名了。",
    "陈书记已经收到您的消息，她说马上给您回电话。",
    "对不起，我没有听清，请您再说一遍。",
    "11月25日星期三下午3:00有一场联欢会，您要报名吗？",
    "关于推进“1335”离退休干部党建工作机制的通知，一共三章，我先念第一章。",
    "您今年一共参加了7次学习，请假2次。",
    "我听到您说身体不舒服，如果很急，请马上拨打120。",
    "党员人数超过50人的，可以建立党总支；正式党员3人以上的，要单独建立党支部。",
    "每个支部每年不低于3000元，返还80%的党费。",
    "这份文件讲了三件事，您要听哪一件？",
    "好的，已经告诉王书记了，他还没有确认，我会一直提醒他。",
)
DOCUMENTS = Path(__file__).parents[1] / "tests" / "narration"
FIGURES = (
    "根据榕离退工委〔2018〕4号文件，从2018年2月26日起推进“1335”机制。",
    "嘉峪关市实行“7+5”制度，按不低于80%的比例返还党费，每个支部每年不低于3000元。",
)
"""What a policy document is full of, and what is misread most easily."""
CHAPTERS, OF_EACH = 10, 110
"""Chapters that are spoken, and characters of each: whole sentences, those with figures first."""


def main() -> None:
    """Speak, read back, print a table and the JSON line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="four sentences, two chapters")
    parser.add_argument("--chapters", action="store_true", help="chapters of documents alone")
    options = parser.parse_args()
    sentences = SENTENCES[:4] if options.quick else SENTENCES
    models = default_models_folder()
    hearing = HearingSettings("whisper", models)
    with tempfile.TemporaryDirectory() as folder:
        kokoro = VoiceSettings("kokoro", "", models, Path(folder) / "kokoro")
        figures: dict[str, float] = {}
        if not options.chapters:
            figures = {**pace(kokoro, sentences), "kokoro_syllable_errors": read_back(kokoro, hearing, sentences)}
        wanted = chapters(2 if options.quick else CHAPTERS)
        figures["chapter_syllable_errors"] = read_back(kokoro, hearing, (*FIGURES, *wanted))
        figures["chapter_syllables"] = sum(len(syllables(each)) for each in (*FIGURES, *wanted))
        if not options.chapters and shutil.which("espeak-ng"):
            system = VoiceSettings("system", "cmn", models, Path(folder) / "system")
            figures["system_syllable_errors"] = read_back(system, hearing, sentences)
    for name, value in figures.items():
        print(f"{name:26} {value}")
    print(json.dumps(figures))


def pace(settings: VoiceSettings, sentences: tuple[str, ...]) -> dict[str, float]:
    """Seconds to load, seconds of work for a second of sound, first sound, and the same from the cache."""
    started = time.perf_counter()
    work.speak("您好。", settings, Manner())
    load = time.perf_counter() - started
    wall: list[float] = []
    processor: list[float] = []
    first: list[float] = []
    cached: list[float] = []
    for sentence in sentences:
        started, used = time.perf_counter(), time.process_time()
        clauses = work.speak_clauses(sentence, settings, Manner())
        sounds = [next(clauses)]
        first.append(time.perf_counter() - started)
        sounds += clauses
        seconds = sum(decode(sound).seconds for sound in sounds)
        wall.append((time.perf_counter() - started) / seconds)
        processor.append((time.process_time() - used) / seconds)
        work.speak(sentence, settings, Manner())
        started = time.perf_counter()
        work.speak(sentence, settings, Manner())
        cached.append(time.perf_counter() - started)
    return {
        "kokoro_load_s": round(load, 2),
        "kokoro_rtf": round(statistics.median(wall), 3),
        "kokoro_processor_rtf": round(statistics.median(processor), 3),
        "first_sound_s": round(statistics.median(first), 2),
        "cached_ms": round(statistics.median(cached) * 1000, 2),
        "voice_peak_rss_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
    }


def chapters(count: int) -> list[str]:
    """Sentences of so many chapters of documents, as they are read out."""
    texts = [path.read_text(encoding="utf-8") for path in sorted(DOCUMENTS.glob("*/*.txt"))]
    found: list[str] = []
    for reading in [each for text in texts for each in readings(narrate(text)) if re.search(r"\d", each.text)][:count]:
        whole = [each for line in reading.text.splitlines() for each in split_sentences(line)]
        room = OF_EACH
        for sentence in sorted(whole, key=lambda each: re.search(r"\d", each) is None):
            if len(sentence) <= room:
                room -= len(sentence)
                found.append(sentence)
    return found


def read_back(settings: VoiceSettings, hearing: HearingSettings, sentences: tuple[str, ...]) -> float:
    """Share of wrong syllables."""
    wrong = total = 0
    for sentence in sentences:
        heard = work.hear(work.speak(sentence, settings, Manner()), hearing, Hints())
        said = syllables(sentence)
        errors = Levenshtein.distance(syllables(heard.text if isinstance(heard, Transcript) else ""), said)
        if errors:
            print(f"  {errors:2} of {len(said):2}  {sentence}\n            {getattr(heard, 'text', '')}")
        wrong += min(errors, len(said))  # a recogniser that invents words is not punished twice
        total += len(said)
    return round(wrong / total, 4)


def syllables(text: str) -> list[str]:
    """What is heard of a text: toneless pinyin."""
    return lazy_pinyin("".join(re.findall(r"[\u4e00-\u9fff]", for_the_ear(text))))


if __name__ == "__main__":
    main()
