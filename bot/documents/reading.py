"""From the bytes of a file to its text, whatever the file does: memory, time and size of the reader are limited."""

from __future__ import annotations

import json
import logging
import resource
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, cast

from bot.documents.wording import wording

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Limits:
    """What one file may cost."""

    bytes: int = 20 << 20
    """Largest file; Telegram hands bots no larger one."""
    memory: int = 1 << 30
    """Bytes of address space; the readers themselves need a quarter of it."""
    processor_seconds: int = 60
    """Processor time of the reader."""
    wall_seconds: float = 90.0
    """Time after which the reader is taken for hung."""


DEFAULT = Limits()
Progress = Callable[[int, int], None]
"""Hears how many pages of how many are read."""


def unheard(done: int, of: int) -> None:
    """Progress that nobody watches."""
    del done, of


class UnreadableDocument(Exception):
    """A file that cannot be taken in; the message names the thing and the remedy."""

    def __init__(self, fault: str, **values: int) -> None:
        super().__init__(wording("faults_zh")[fault].format(**values))
        self.fault = fault
        self._values = values

    def said(self, language: str) -> str:
        """The message in zh or en."""
        return wording(f"faults_{language}")[self.fault].format(**self._values)


@dataclass(frozen=True)
class ReadFile:
    """What was found in a file."""

    kind: str
    """docx, pdf, html, markdown or text: told by its content."""
    text: str
    """Its words, line by line."""


def read_file(data: bytes, told: Progress = unheard, limits: Limits = DEFAULT) -> ReadFile:
    """The text of a file. Blocks, so it is called off the event loop. Raises UnreadableDocument."""
    if len(data) > limits.bytes:
        raise UnreadableDocument("large", size=len(data) >> 20, most=limits.bytes >> 20)
    last: Mapping[str, str | int] = {}
    with _child(limits) as (out, send):
        send(data)
        for line in out:
            last = json.loads(line)
            if "done" in last:
                told(int(last["done"]), int(last["of"]))
    if "text" in last:
        return ReadFile(str(last["kind"]), str(last["text"]))
    if "fault" in last:
        logger.info("a file is not taken: %s %s", last["fault"], last.get("error", ""))
        figures = {name: value for name, value in last.items() if isinstance(value, int)}
        raise UnreadableDocument(str(last["fault"]), **figures)
    raise UnreadableDocument("costly")  # the kernel or the clock ended it


@contextmanager
def _child(limits: Limits) -> Iterator[tuple[IO[bytes], Callable[[bytes], None]]]:
    """A reader at work, limited before it has seen a byte of the file, and gone at the end in any case."""
    child = subprocess.Popen(
        [sys.executable, "-I", str(Path(__file__).with_name("child.py"))],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    clock = threading.Timer(limits.wall_seconds, child.kill)
    clock.start()
    source, out = cast("IO[bytes]", child.stdin), cast("IO[bytes]", child.stdout)

    def send(data: bytes) -> None:
        resource.prlimit(child.pid, resource.RLIMIT_AS, (limits.memory, limits.memory))
        resource.prlimit(child.pid, resource.RLIMIT_CPU, (limits.processor_seconds, limits.processor_seconds))
        resource.prlimit(child.pid, resource.RLIMIT_FSIZE, (0, 0))
        try:
            source.write(data)
            source.close()
        except BrokenPipeError:  # it fell before it had read all; its last words, if any, follow
            pass

    try:
        yield out, send
    finally:
        clock.cancel()
        child.kill()
        child.wait()
        out.close()
