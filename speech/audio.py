"""Voice messages in and out: whatever a phone or browser sends becomes samples, samples become OGG/Opus or WAV.

What strangers send is decoded in a child process of limited memory and time (`decode_worker`), kept warm.
"""

from __future__ import annotations

import io
import logging
import os
import socket
import struct
import subprocess
import sys
import threading
import time
import wave
from dataclasses import dataclass
from pathlib import Path

import av
import numpy as np

from speech.contracts import HEARING_RATE, AudioTooLarge, Recording, Samples, UnreadableAudio
from speech.decode_worker import ANSWER, READY, REQUEST

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Limits:
    """What one voice message may cost."""

    bytes: int = 20 * 1024 * 1024
    """Largest file; Telegram hands bots no larger one."""
    seconds: float = 120.0
    """Longest sound; what comes after it is not decoded."""
    memory: int = 512 * 1024 * 1024
    """Bytes of address space the decoder may take beyond what it starts with."""
    processor_seconds: int = 60
    """Processor time of the decoder."""
    wall_seconds: float = 60.0
    """Time after which the decoder is taken for hung."""


DEFAULT = Limits()

START_SECONDS = 60.0
"""Time the decoder may take to load on a busy machine; 0.2 s on an idle one."""


def decode(data: bytes, limits: Limits = DEFAULT) -> Recording:
    """Decode OGG, WebM, MP4/M4A/3GP, MP3, AAC, AMR, FLAC, CAF or WAV to mono samples at HEARING_RATE.

    Raises UnreadableAudio for anything that holds no sound, AudioTooLarge for more bytes than the limit.
    """
    if len(data) > limits.bytes:
        raise AudioTooLarge(f"the recording has {len(data)} bytes; at most {limits.bytes} are taken")
    container = recognise_container(data)
    if container is None:
        raise UnreadableAudio("the file is no sound recording of a kind that phones and browsers make")
    samples, whole = _worker(limits).decode(data, container)
    if samples.size == 0:
        raise UnreadableAudio("there is no sound in the file that can be decoded")
    return Recording(samples, samples.size / HEARING_RATE, whole)


_MARKS: tuple[tuple[int, bytes, str], ...] = (
    (0, b"OggS", "ogg"),
    (0, b"\x1aE\xdf\xa3", "matroska"),
    (4, b"ftyp", "mp4"),
    (0, b"RIFF", "wav"),
    (0, b"fLaC", "flac"),
    (0, b"caff", "caf"),
    (0, b"#!AMR", "amr"),
    (0, b"ID3", "mp3"),
    (0, b"\xff\xf1", "aac"),
    (0, b"\xff\xf9", "aac"),
)


def recognise_container(data: bytes) -> str | None:
    """The container by its first bytes, as the decoder names it.

    Only these are ever opened: left to guess, the decoder also reads playlists that name files and addresses.
    """
    for offset, mark, container in _MARKS:
        if data[offset : offset + len(mark)] == mark:
            return container
    if len(data) > 2 and data[0] == 0xFF and data[1] & 0xE6 == 0xE2:  # MPEG audio, layer III, no tags
        return "mp3"
    return None


class _Worker:
    """The decoding child: started when first needed, killed and started anew when a file breaks it."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.lock = threading.Lock()
        self.child: subprocess.Popen[bytes] | None = None
        self.channel: socket.socket | None = None

    def decode(self, data: bytes, container: str) -> tuple[Samples, bool]:
        with self.lock:
            try:
                return self._ask(data, container)
            except (OSError, struct.error) as error:  # a time-out is an OSError, too
                log.warning("the decoder was lost on %d bytes of %s: %r", len(data), container, error)
                self.stop()
                raise UnreadableAudio("the decoder did not survive the file") from error

    def _ask(self, data: bytes, container: str) -> tuple[Samples, bool]:
        channel = self.channel if self.child and self.child.poll() is None else None
        if channel is None:
            self.stop()
            channel = self._start()
        deadline = time.monotonic() + self.limits.wall_seconds
        channel.settimeout(self.limits.wall_seconds)
        channel.sendall(REQUEST.pack(container.encode("ascii"), self.limits.seconds, len(data)) + data)
        silent, whole, count = ANSWER.unpack(_receive(channel, ANSWER.size, deadline))
        samples = np.frombuffer(_receive(channel, 4 * count, deadline), np.float32)
        return samples, whole and not silent

    def _start(self) -> socket.socket:
        ours, theirs = socket.socketpair()
        program = Path(__file__).with_name("decode_worker.py")
        with theirs:
            self.child = subprocess.Popen(
                [sys.executable, "-I", str(program), str(self.limits.memory), str(self.limits.processor_seconds)],
                stdin=theirs.fileno(),
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
        self.channel = ours
        _receive(ours, len(READY), time.monotonic() + START_SECONDS)
        return ours

    def stop(self) -> None:
        if self.channel is not None:
            self.channel.close()
        if self.child is not None:
            self.child.kill()
            self.child.wait()
        self.child = self.channel = None


def _receive(channel: socket.socket, count: int, deadline: float) -> bytearray:
    received = bytearray()
    while len(received) < count:
        channel.settimeout(max(deadline - time.monotonic(), 0.001))
        chunk = channel.recv(min(count - len(received), 1 << 20))
        if not chunk:
            raise ConnectionResetError("the decoder is gone")
        received += chunk
    return received


_workers: dict[Limits, _Worker] = {}
_workers_lock = threading.Lock()


def _worker(limits: Limits) -> _Worker:
    with _workers_lock:
        return _workers.setdefault(limits, _Worker(limits))


# A forked child shares the parent's sockets: it must start decoders of its own.
os.register_at_fork(after_in_child=_workers.clear)


def encode_ogg(samples: Samples, rate: int) -> bytes:
    """OGG/Opus, mono, 24 kbit/s: what messengers show as a voice note."""
    out = io.BytesIO()
    with av.open(out, "w", format="ogg") as file:
        stream = file.add_stream("libopus", rate=48_000, layout="mono", bit_rate=24_000)
        stream.options = {"application": "voip"}
        frame = av.AudioFrame.from_ndarray(samples.astype(np.float32).reshape(1, -1), format="flt", layout="mono")
        frame.sample_rate = rate
        resampler = av.AudioResampler("s16", "mono", 48_000, frame_size=960)
        for piece in [*resampler.resample(frame), *resampler.resample(None)]:
            file.mux(stream.encode(piece))
        file.mux(stream.encode(None))
    return out.getvalue()


def encode_wav(samples: Samples, rate: int) -> bytes:
    """WAV, mono, 16 bit."""
    out = io.BytesIO()
    with wave.open(out, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes((np.clip(samples, -1, 1) * 32767).astype("<i2").tobytes())
    return out.getvalue()
