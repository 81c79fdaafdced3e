"""What was spoken once is kept on disk: a bounded folder of sounds, the longest unused thrown out first."""

from __future__ import annotations

import hashlib
import logging
import os
import struct
import tempfile
import threading
import zlib
from pathlib import Path

log = logging.getLogger(__name__)

HEAD = struct.Struct("<4sIQ")
"""Mark, CRC-32 and length of what follows: a file cut by a power failure is recognised and dropped."""
MARK = b"NYV1"
ROOM = 0.9
"""Part of the limit that is filled again after a clean-up, so that not every new sound needs one."""


def key(*parts: str | float) -> str:
    """The name under which a sound is kept: a hash, so that a folder listing tells nobody what was said."""
    return hashlib.sha256("\0".join(map(str, parts)).encode()).hexdigest()


class VoiceCache:
    """Sounds by key, in files of one folder; several threads and processes may share it."""

    def __init__(self, folder: Path, limit: int) -> None:
        """`limit` in bytes; 0 keeps nothing. The folder is made when needed, readable by its owner alone."""
        self.folder = folder
        self.limit = limit
        self._lock = threading.Lock()
        self._size = sum(size for _, size, _ in self._files())

    def get(self, name: str) -> bytes | None:
        """The sound under that key, or None; a damaged file is removed."""
        path = self._path(name)
        try:
            content = path.read_bytes()
        except OSError:
            return None
        sound = _unwrap(content)
        if sound is None:
            log.info("a damaged sound is dropped from the voice cache")
            path.unlink(missing_ok=True)
            return None
        _touch(path)
        return sound

    def put(self, name: str, sound: bytes) -> None:
        """Keep a sound; on a full or read-only disk it is simply not kept."""
        content = HEAD.pack(MARK, zlib.crc32(sound), len(sound)) + sound
        if len(content) > self.limit:
            return
        try:
            self._write(self._path(name), content)
        except OSError as error:
            log.warning("the voice cache cannot be written: %s", error.strerror)
            return
        with self._lock:
            self._size += len(content)
            if self._size > self.limit:
                self._clean()

    def drop(self, name: str) -> None:
        """Keep the sound under that key no longer."""
        path = self._path(name)
        try:
            size = path.stat().st_size
            path.unlink()
        except OSError:
            return
        with self._lock:
            self._size -= size

    def clear(self) -> None:
        """Keep nothing any longer: a sound may say what nobody is to hear again."""
        for _, _, path in self._files():
            path.unlink(missing_ok=True)
        with self._lock:
            self._size = 0

    def _path(self, name: str) -> Path:
        return self.folder / name[:2] / name

    def _write(self, path: Path, content: bytes) -> None:
        """A reader sees the whole file or none."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        path.parent.mkdir(exist_ok=True)
        handle, scratch = tempfile.mkstemp(dir=path.parent, prefix=".new-")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(content)
            Path(scratch).replace(path)
        except OSError:
            Path(scratch).unlink(missing_ok=True)
            raise

    def _clean(self) -> None:
        files = sorted(self._files())
        self._size = sum(size for _, size, _ in files)
        for _, size, path in files:
            if self._size <= self.limit * ROOM:
                break
            path.unlink(missing_ok=True)
            self._size -= size

    def _files(self) -> list[tuple[int, int, Path]]:
        """Time of the last use in ns, size and path of every file; those that vanish meanwhile are left out."""
        found: list[tuple[int, int, Path]] = []
        for path in self.folder.glob("*/*"):
            try:
                status = path.stat()
            except OSError:
                continue
            found.append((status.st_mtime_ns, status.st_size, path))
        return found


def _unwrap(content: bytes) -> bytes | None:
    if len(content) < HEAD.size:
        return None
    mark, checksum, length = HEAD.unpack_from(content)
    sound = content[HEAD.size :]
    whole = mark == MARK and len(sound) == length and zlib.crc32(sound) == checksum
    return sound if whole else None


def _touch(path: Path) -> None:
    """Note the use; where that is impossible the sound only grows old sooner."""
    try:
        os.utime(path)
    except OSError as error:
        log.debug("the voice cache cannot note a use: %s", error.strerror)
