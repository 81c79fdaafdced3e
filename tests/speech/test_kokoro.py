"""The real Mandarin voice speaks, and the real recogniser understands it."""

from __future__ import annotations

import re
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from pypinyin import lazy_pinyin
from rapidfuzz.distance import Levenshtein

from speech import work
from speech.audio import decode
from speech.contracts import Hints, Manner, ModelMissing, Transcript, VoiceFailed
from speech.ear import for_the_ear
from speech.kokoro import KokoroVoice
from speech.models import default_models_folder
from speech.work import HearingSettings, VoiceSettings
from tests.speech.conftest import model

pytestmark = pytest.mark.models

SORRY = "对不起，我没有听清，请您再说一遍。"
SENTENCES = (
    "您的党费交好了，第四季度36.50元，对不对？",
    "学习会安排在下周三上午9:00，地点在老干部活动中心2楼，我已经给您报上名了。",
    "陈书记已经收到您的消息，她说马上给您回电话。",
    "关于推进“1335”离退休干部党建工作机制的通知，一共三章，我先念第一章。",
    "11月25日星期三下午3:00有一场联欢会，您要报名吗？",
    "您今年一共参加了7次学习，请假2次。",
    SORRY,
    "我听到您说身体不舒服，如果很急，请马上拨打120。",
    "党员人数超过50人的，可以建立党总支。",
    "每个支部每年不低于3000元，返还80%的党费。",
)


@pytest.fixture(scope="module")
def voice() -> KokoroVoice:
    """The product's own voice, loaded once."""
    return KokoroVoice(model("kokoro"), model("kokoro-voices"), threads=2)


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> VoiceSettings:
    """How the product speaks, with a cache of its own that is empty at first."""
    model("kokoro-voices")
    return VoiceSettings("kokoro", "", default_models_folder(), tmp_path_factory.mktemp("voice"))


def sounds(text: str) -> list[str]:
    """Syllables without tones: what is heard, not how it is spelt."""
    return lazy_pinyin("".join(re.findall(r"[\u4e00-\u9fff]", for_the_ear(text))))


@pytest.mark.parametrize(
    "sentences",
    [(SENTENCES[0], SORRY), pytest.param(SENTENCES, marks=pytest.mark.soak)],
    ids=["money, and what is said most", "all of them"],
)
def test_what_is_spoken_is_understood(settings: VoiceSettings, sentences: tuple[str, ...]) -> None:
    model("whisper-base")
    hearing = HearingSettings("whisper", default_models_folder())
    wrong = total = 0
    misheard: list[str] = []
    for sentence in sentences:
        note = work.speak(sentence, settings, Manner())
        heard = work.hear(note, hearing, Hints())
        text = heard.text if isinstance(heard, Transcript) else ""
        errors = Levenshtein.distance(sounds(text), sounds(sentence))
        wrong, total = wrong + errors, total + len(sounds(sentence))
        misheard += [f"{sentence} -> {text}"] if errors else []
    assert wrong <= 0.03 * total, misheard


def test_the_same_again_comes_from_the_cache(settings: VoiceSettings) -> None:
    first = work.speak(SORRY, settings, Manner())
    started = time.process_time()
    assert work.speak(SORRY, settings, Manner()) == first
    assert time.process_time() - started < 0.01
    started = time.process_time()
    work.speak(SORRY, settings, Manner(loudness=1.5))
    assert time.process_time() - started < 1.0, "only the loudness is new, nothing is spoken again"


def test_clauses_can_be_heard_one_by_one(settings: VoiceSettings) -> None:
    notes = list(work.speak_clauses(f"您好。{SORRY}", settings, Manner()))
    lengths = [decode(note).seconds for note in notes]
    assert len(lengths) == 2
    assert all(length > 0.3 for length in lengths)
    whole = decode(work.speak(f"您好。{SORRY}", settings, Manner())).seconds
    assert sum(lengths) == pytest.approx(whole, abs=0.3)


def test_two_answers_at_once_share_one_loaded_voice(settings: VoiceSettings) -> None:
    anew = replace(settings, cache_bytes=settings.cache_bytes + 1)
    with ThreadPoolExecutor(2) as pool:
        first, second = pool.map(work.speaker, (anew, anew))
    assert first is second


@pytest.mark.soak
def test_very_short_answers_are_spoken_too(voice: KokoroVoice) -> None:
    for text in ("好的。", "请说。", "对。", "再见。"):
        samples = voice.say(text, Manner())
        assert 0.3 < samples.size / voice.rate < 2.0
        assert np.sqrt(np.mean(samples**2)) > 0.05


@pytest.mark.parametrize(
    "speed", [pytest.param(0.6, marks=pytest.mark.soak), pytest.param(0.85, marks=pytest.mark.soak), 1.2]
)
def test_a_lone_yes_is_spoken_by_another_voice_at_any_pace(speed: float) -> None:
    """zf_xiaoyi swallowed 对的 and 是, and the answer was refused."""
    other = KokoroVoice(model("kokoro"), model("kokoro-voices"), "zf_xiaoyi", threads=2)
    for text in ("对的", "是", "好的", "对"):
        assert other.say(text, Manner(speed)).size / other.rate > 0.2


@pytest.mark.soak
def test_slower_is_longer_and_louder_is_louder(voice: KokoroVoice) -> None:
    text = "请您再说一遍。"
    usual, slow = voice.say(text, Manner(1.0)), voice.say(text, Manner(0.7))
    assert slow.size > 1.2 * usual.size
    loud = voice.say(text, Manner(1.0, loudness=2.0))
    assert np.sqrt(np.mean(loud**2)) > 1.3 * np.sqrt(np.mean(usual**2))
    assert np.abs(loud).max() < 1


@pytest.mark.soak
def test_the_ends_are_quiet_so_that_nothing_clicks(voice: KokoroVoice) -> None:
    samples = voice.say("学习会。您来吗？", Manner())
    assert samples[0] == 0
    assert samples[-1] == 0


@pytest.mark.parametrize("text", ["", "。！？", "hello 123"])
def test_nothing_to_say_is_said_so(voice: KokoroVoice, text: str) -> None:
    with pytest.raises(VoiceFailed, match="nothing to say"):
        voice.say(text, Manner())


def test_sound_of_an_implausible_length_is_refused(voice: KokoroVoice, monkeypatch: pytest.MonkeyPatch) -> None:
    for seconds in (0.2, 60.0):
        hiss = np.random.default_rng(1).standard_normal(int(seconds * voice.rate)).astype(np.float32)
        monkeypatch.setattr(voice, "_synthesise", lambda *_, hiss=hiss: hiss)
        with pytest.raises(VoiceFailed, match="syllables came out as"):
            voice.say("学习会在下周三上午九点。", Manner())


def test_a_missing_voice_is_named_with_those_there_are(tmp_path: Path) -> None:
    with pytest.raises(ModelMissing, match=r"'zf_nobody'.*zf_xiaobei"):
        KokoroVoice(model("kokoro"), model("kokoro-voices"), "zf_nobody")
    with pytest.raises(ModelMissing, match="no Kokoro model"):
        KokoroVoice(tmp_path, model("kokoro-voices"))
