"""Voice messages in: what phones and browsers send is heard, what strangers send costs one message at most."""

from __future__ import annotations

import io
import struct
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import av
import numpy as np
import psutil
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from speech import audio
from speech.audio import Limits, decode, encode_ogg, encode_wav
from speech.contracts import HEARING_RATE, AudioTooLarge, Samples, UnreadableAudio
from tests.shared_data import shared


def tone(seconds: float, rate: int = HEARING_RATE) -> Samples:
    """A tone that swells, so that damage in the middle shows."""
    t = np.arange(int(seconds * rate), dtype=np.float32) / rate
    return np.asarray(0.3 * np.sin(2 * np.pi * 440 * t) * (0.6 + 0.4 * np.sin(2 * np.pi * 3 * t)), np.float32)


def encoded(container: str, codec: str, rate: int, seconds: float = 3.0, layout: str = "mono") -> bytes:
    """What a phone or browser would send."""
    out = io.BytesIO()
    with av.open(out, "w", format=container) as file:
        stream = file.add_stream(codec, rate=rate, layout=layout)
        frame = av.AudioFrame.from_ndarray(tone(seconds, rate).reshape(1, -1), format="flt", layout="mono")
        frame.sample_rate = rate
        resampler = av.AudioResampler(stream.format, layout, rate, frame_size=stream.frame_size or 1024)
        for piece in [*resampler.resample(frame), *resampler.resample(None)]:
            file.mux(stream.encode(piece))
        file.mux(stream.encode(None))
    return out.getvalue()


SENT_BY = {
    "Telegram": ("ogg", "libopus", 48_000, "mono"),
    "Firefox": ("ogg", "libopus", 48_000, "stereo"),
    "Chrome": ("webm", "libopus", 48_000, "mono"),
    "an iPhone": ("mp4", "aac", 44_100, "mono"),
    "an iPhone in stereo": ("mp4", "aac", 48_000, "stereo"),
    "a dictaphone": ("mp3", "libmp3lame", 44_100, "stereo"),
    "a telephone line": ("wav", "pcm_s16le", 8_000, "mono"),
    "an Android recorder": ("adts", "aac", 16_000, "mono"),
    "a careful archivist": ("flac", "flac", 16_000, "mono"),
}


@pytest.mark.parametrize("sender", SENT_BY)
def test_what_phones_and_browsers_send_is_decoded(sender: str) -> None:
    container, codec, rate, layout = SENT_BY[sender]
    recording = decode(encoded(container, codec, rate, layout=layout))
    assert recording.complete
    assert recording.seconds == pytest.approx(3.0, abs=0.15)
    assert recording.samples.dtype == np.float32
    spectrum = np.abs(np.fft.rfft(recording.samples))
    assert np.argmax(spectrum) / recording.seconds == pytest.approx(440, abs=5)


def test_our_own_voice_notes_come_back_as_they_were() -> None:
    sound = tone(2.5, 24_000)
    note = encode_ogg(sound, 24_000)
    assert note.startswith(b"OggS")
    assert len(note) < 2.5 * 24_000 / 8 * 1.4
    back = decode(note)
    assert back.seconds == pytest.approx(2.5, abs=0.05)
    assert back.complete
    exact = decode(encode_wav(tone(1), HEARING_RATE))
    assert np.abs(exact.samples - tone(1)).max() < 1e-4


def bomb(pages: int) -> bytes:
    """An Ogg/Opus file of empty packets: 540 bytes a page that decode to half a minute each."""

    def checksum(data: bytes) -> int:
        crc = 0
        for byte in data:
            crc ^= byte << 24
            for _ in range(8):
                crc = ((crc << 1) ^ 0x04C11DB7 if crc & 0x80000000 else crc << 1) & 0xFFFFFFFF
        return crc

    def page(number: int, granule: int, flags: int, packets: list[bytes]) -> bytes:
        lacing = bytes(len(packet) for packet in packets)
        head = struct.pack("<4sBBqIII", b"OggS", 0, flags, granule, 7, number, 0) + bytes([len(lacing)]) + lacing
        whole = head + b"".join(packets)
        return whole[:22] + struct.pack("<I", checksum(whole)) + whole[26:]

    empty = bytes([(3 << 3) | 1])  # two SILK frames of 60 ms that hold nothing
    head = b"OpusHead" + struct.pack("<BBHIhB", 1, 1, 0, 48_000, 0, 0)
    tags = b"OpusTags" + struct.pack("<I", 0) + struct.pack("<I", 0)
    body = [page(n + 2, (n + 1) * 5760 * 255, 4 * (n == pages - 1), [empty] * 255) for n in range(pages)]
    return page(0, 0, 2, [head]) + page(1, 0, 0, [tags]) + b"".join(body)


def test_a_small_file_that_holds_hours_stops_at_two_minutes_and_costs_little() -> None:
    file = bomb(200)
    assert len(file) < 110_000
    decode(encode_ogg(tone(0.5), HEARING_RATE))  # the decoder is warm
    child = _child()
    before, began = child.memory_info().rss, time.monotonic()

    recording = decode(file)

    assert recording.seconds == 120.0
    assert not recording.complete
    assert time.monotonic() - began < 10
    assert child.pid == _child().pid, "the decoder lived through it"
    assert child.memory_info().rss - before < 100_000_000


def _child() -> psutil.Process:
    worker = audio._worker(audio.DEFAULT)
    assert worker.child is not None
    return psutil.Process(worker.child.pid)


PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40
UNREADABLE = {
    "empty": b"",
    "one byte": b"O",
    "random": np.random.default_rng(1).bytes(20_000),
    "text": "报名学习会".encode() * 100,
    "a picture": PICTURE,
    "a picture that calls itself Ogg": b"OggS" + PICTURE,
    "random that calls itself Ogg": b"OggS" + np.random.default_rng(2).bytes(20_000),
    "random that calls itself WebM": b"\x1aE\xdf\xa3" + np.random.default_rng(3).bytes(20_000),
    "random that calls itself MP4": b"\0\0\0\x20ftypM4A " + np.random.default_rng(4).bytes(20_000),
    "a WAV of no samples": encode_wav(np.zeros(0, np.float32), HEARING_RATE),
    "an Ogg that is only its first page": encode_ogg(tone(1), HEARING_RATE)[:47],
    "an M4A that was cut": encoded("mp4", "aac", 44_100)[:9_000],
    "a playlist that names a file": b"#EXTM3U\n#EXTINF:10,\nfile:///etc/passwd\n",
    "a list of files to join": b"ffconcat version 1.0\nfile /etc/passwd\n",
}


@pytest.mark.parametrize("kind", UNREADABLE)
def test_what_is_no_sound_is_refused_kindly(kind: str) -> None:
    with pytest.raises(UnreadableAudio):
        decode(UNREADABLE[kind])
    assert decode(encode_wav(tone(0.5), HEARING_RATE)).seconds == 0.5, "and the next message is heard"


def test_a_film_without_sound_is_refused() -> None:
    out = io.BytesIO()
    with av.open(out, "w", format="matroska") as file:
        stream = file.add_stream("mpeg4", rate=5)
        stream.width = stream.height = 64
        stream.pix_fmt = "yuv420p"
        for _ in range(5):
            file.mux(stream.encode(av.VideoFrame.from_ndarray(np.zeros((64, 64, 3), np.uint8), format="rgb24")))
        file.mux(stream.encode(None))
    with pytest.raises(UnreadableAudio):
        decode(out.getvalue())


def test_a_file_over_the_limit_is_not_even_looked_at() -> None:
    with pytest.raises(AudioTooLarge, match="at most 20971520"):
        decode(b"OggS" + bytes(25_000_000))


def test_a_hole_in_the_middle_is_told_as_incomplete() -> None:
    note = encode_ogg(tone(8), HEARING_RATE)
    third = len(note) // 3
    holed = note[:third] + bytes(third) + note[2 * third :]
    recording = decode(holed)
    assert 1 < recording.seconds < 7.2
    assert not recording.complete


def test_a_recording_that_ends_early_is_told_as_incomplete() -> None:
    whole = encoded("webm", "libopus", 48_000, seconds=6)
    recording = decode(whole[: len(whole) // 2])
    assert 2 < recording.seconds < 4
    assert not recording.complete


@settings(max_examples=40, deadline=None)
@given(cut=st.integers(0, 9_000), flip=st.integers(0, 8_999))
def test_no_cut_and_no_flipped_byte_does_more_than_lose_sound(cut: int, flip: int) -> None:
    note = bytearray(encode_ogg(tone(3), HEARING_RATE)[:cut])
    if flip < len(note):
        note[flip] ^= 0xFF
    try:
        recording = decode(bytes(note))
    except UnreadableAudio:
        return
    assert 0 < recording.seconds <= 120
    assert np.isfinite(recording.samples).all()
    assert np.abs(recording.samples).max() <= 1


def test_sound_that_is_no_number_or_far_too_loud_is_mended() -> None:
    wild = np.array([np.nan, np.inf, -np.inf, 1e30, 0.5] * 2_000, "<f4").tobytes()
    head = struct.pack("<4sI4s4sIHHIIHH4sI", b"RIFF", 36 + len(wild), b"WAVE", b"fmt ", 16, 3, 1, HEARING_RATE,
                       4 * HEARING_RATE, 4, 32, b"data", len(wild))  # fmt: skip
    samples = decode(head + wild).samples
    assert np.isfinite(samples).all()
    assert np.abs(samples).max() <= 1


def test_a_decoder_that_is_killed_costs_one_message() -> None:
    note = encode_wav(tone(0.5), HEARING_RATE)
    decode(note)
    _child().kill()
    _child().wait(5)
    assert decode(note).seconds == 0.5


def test_a_decoder_that_hangs_is_killed_after_its_time() -> None:
    limits = Limits(wall_seconds=1.0)
    note = encode_wav(tone(0.5), HEARING_RATE)
    decode(note, limits)
    child = audio._worker(limits).child
    assert child is not None
    psutil.Process(child.pid).suspend()
    began = time.monotonic()
    with pytest.raises(UnreadableAudio):
        decode(note, limits)
    assert time.monotonic() - began < 5
    assert not psutil.pid_exists(child.pid)
    assert decode(note, limits).seconds == 0.5
    audio._worker(limits).stop()


def test_a_message_cannot_take_more_memory_than_it_may() -> None:
    limits = Limits(memory=1_000_000)
    with pytest.raises(UnreadableAudio):
        decode(encode_wav(tone(100), HEARING_RATE), limits)
    audio._worker(limits).stop()


def test_the_decoder_does_not_die_of_the_work_of_many_messages() -> None:
    """The limit is a second a message; more than that is worked off over all of them."""
    limits = Limits(processor_seconds=1)
    note = encoded("ogg", "libopus", 48_000, seconds=60)
    decode(note, limits)
    child = audio._worker(limits).child
    assert child is not None
    process = psutil.Process(child.pid)
    while process.cpu_times().user < 2.5:
        assert decode(note, limits).seconds == pytest.approx(60, abs=0.1)
    audio._worker(limits).stop()


def test_many_threads_share_the_decoder() -> None:
    notes = [encode_wav(tone(0.2 + 0.1 * n), HEARING_RATE) for n in range(12)]
    barrier = threading.Barrier(4)

    def work(note: bytes) -> float:
        return decode(note).seconds

    with ThreadPoolExecutor(4, initializer=barrier.wait) as pool:
        found = list(pool.map(work, notes))
    assert found == pytest.approx([0.2 + 0.1 * n for n in range(12)], abs=1e-3)


def test_real_voice_notes_are_whole() -> None:
    for file in sorted(Path(shared("voice")).glob("*.ogg"))[:25]:
        recording = decode(file.read_bytes())
        assert recording.complete, file.name
        assert recording.seconds > 0.5
