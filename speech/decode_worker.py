"""The child process that decodes voice messages; started by `speech.audio`, imports nothing of the project.

It limits its own memory and processor time, so that a hostile file costs one message and not the service.
Talks over the socket it gets as standard input: see `REQUEST` and `ANSWER`.
"""

from __future__ import annotations

import io
import math
import resource
import socket
import struct
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import av
import av.error
import numpy as np
from numpy.typing import NDArray

REQUEST = struct.Struct("<16sdI")
"""Container format, longest sound in seconds, bytes that follow."""

ANSWER = struct.Struct("<B?I")
"""0 for sound or 1 for unreadable, whether all of the sound is there, samples (float32, 16 kHz) that follow."""

READY = b"!"
"""Sent once, when the process has loaded everything: its start is not counted against a message."""

RATE = 16_000
LOST = 0.1
"""A recording that is shorter than it says by more than this part is called incomplete."""


def decode(data: bytes, container: str, longest: float) -> tuple[NDArray[np.float32], bool]:
    """Sound of a file up to `longest` seconds, and whether that is all of it. Raises FFmpegError."""
    chunks: list[NDArray[np.float32]] = []
    count, limit = 0, int(longest * RATE)
    with av.open(io.BytesIO(data), "r", format=container) as file:
        stream = file.streams.audio[0]
        stream.codec_context.thread_count = 1
        announced = float(file.duration or 0) / av.time_base
        resampler = av.AudioResampler("flt", "mono", RATE)
        end = 0.0
        for frame in _frames(file, stream):
            if frame.time is not None:
                end = max(end, frame.time + frame.samples / frame.rate)
            for piece in resampler.resample(frame):
                chunks.append(_flat(piece))
                count += piece.samples
            if count >= limit:
                return np.concatenate(chunks)[:limit], announced * RATE <= limit
        chunks.extend(_flat(piece) for piece in resampler.resample(None))
    samples = np.concatenate(chunks) if chunks else np.zeros(0, np.float32)
    whole = samples.size >= max(announced, end) * RATE * (1 - LOST)
    return np.clip(np.nan_to_num(samples), -1, 1).astype(np.float32), whole


def _flat(piece: av.AudioFrame) -> NDArray[np.float32]:
    return piece.to_ndarray().reshape(-1).astype(np.float32, copy=False)


def _frames(file: av.container.InputContainer, stream: av.AudioStream) -> Iterator[av.AudioFrame]:
    """Every frame that can be decoded; a damaged packet costs its own sound only."""
    packets = file.demux(stream)
    while True:
        try:
            packet = next(packets)
            frames = packet.decode()
        except StopIteration:
            return
        except av.error.InvalidDataError:
            continue
        for frame in frames:
            if isinstance(frame, av.AudioFrame):
                yield frame


def limit_memory(bytes_: int) -> None:
    """Let the process take that much more address space than it has now."""
    pages = int(Path("/proc/self/statm").read_text("ascii").split()[0])
    most = pages * resource.getpagesize() + bytes_
    resource.setrlimit(resource.RLIMIT_AS, (most, most))


def allow_processor(seconds: int) -> None:
    """Let the process work that much longer; the kernel ends it after that."""
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (math.ceil(time.process_time()) + seconds, hard))


def main() -> None:
    """Answer requests until the other side is gone. Arguments: memory in bytes, processor seconds a message."""
    memory, processor = int(sys.argv[1]), int(sys.argv[2])
    channel = socket.socket(fileno=0)
    limit_memory(memory)
    channel.sendall(READY)
    with channel.makefile("rb") as requests:
        while header := requests.read(REQUEST.size):
            allow_processor(processor)
            container, longest, length = REQUEST.unpack(header)
            channel.sendall(_answer(requests.read(length), container.rstrip(b"\0").decode("ascii"), longest))


def _answer(data: bytes, container: str, longest: float) -> bytes:
    try:
        samples, whole = decode(data, container, longest)
    except (av.error.FFmpegError, IndexError, ValueError):  # IndexError: no audio stream in the file
        samples, whole = np.zeros(0, np.float32), False
    return ANSWER.pack(samples.size == 0, whole, samples.size) + samples.tobytes()


if __name__ == "__main__":
    main()
