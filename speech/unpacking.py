"""Taking files out of downloads: members of wheels, zips and npm tarballs, joined, or a whole archive."""

from __future__ import annotations

import hashlib
import os
import shutil
import tarfile
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import IO

from speech.catalogue import Archive, ModelFile
from speech.fetching import CHUNK, SourceFailed


def join(pieces: Sequence[tuple[Path, str]], file: ModelFile, target: Path) -> None:
    """Write a model's file from its pieces (download, member) and check it. Raises SourceFailed."""
    digest, size = hashlib.sha256(), 0
    with target.open("wb") as out:
        for download, member in pieces:
            with _open(download, member) as source:
                while chunk := source.read(CHUNK):
                    digest.update(chunk)
                    size += out.write(chunk)
                    if size > file.bytes:
                        raise SourceFailed(f"{download.name} holds more than {file.name} should")
        out.flush()
        os.fsync(out.fileno())
    if digest.hexdigest() != file.sha256:
        raise SourceFailed(f"{file.name} made from {pieces[0][0].name} is not the file of the catalogue (SHA-256)")


@contextmanager
def _open(download: Path, member: str) -> Iterator[IO[bytes]]:
    if not member:
        with download.open("rb") as whole:
            yield whole
        return
    try:
        if download.name.endswith((".tgz", ".tar.gz")):
            with tarfile.open(download, "r:gz") as tar:
                inner = tar.extractfile(member)
                if inner is None:
                    raise SourceFailed(f"{member} in {download.name} is no file")
                yield inner
        else:
            with zipfile.ZipFile(download) as archive, archive.open(member) as inner:
                yield inner
    except (KeyError, zipfile.BadZipFile, tarfile.TarError) as error:
        raise SourceFailed(f"{download.name} has no readable {member}") from error


def unpack(download: Path, archive: Archive, folder: Path) -> None:
    """Unpack a zip or wheel into a folder that is new. Raises SourceFailed on anything but plain files inside."""
    try:
        with zipfile.ZipFile(download) as opened:
            members = [m for m in opened.infolist() if m.filename.startswith(archive.inside) and not m.is_dir()]
            if sum(member.file_size for member in members) > archive.unpacked_bytes or not members:
                raise SourceFailed(f"{download.name} unpacks to nothing, or to more than the catalogue allows")
            for member in members:
                path = folder / _safe(member.filename.removeprefix(archive.inside), download)
                path.parent.mkdir(parents=True, exist_ok=True)
                with opened.open(member) as source, path.open("wb") as out:
                    shutil.copyfileobj(source, out, CHUNK)
                    out.flush()
                    os.fsync(out.fileno())
    except zipfile.BadZipFile as error:
        raise SourceFailed(f"{download.name} is no readable archive") from error


def _safe(name: str, download: Path) -> PurePosixPath:
    path = PurePosixPath(name)
    if path.is_absolute() or ".." in path.parts or "\\" in name:
        raise SourceFailed(f"{download.name} holds a file outside its folder: {name}")
    return path


def sync_folder(folder: Path) -> None:
    """Make a rename in the folder survive a power cut."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def exchange(new: Path, target: Path) -> None:
    """Put a finished folder in the place of an old one, so that a half one is never seen."""
    old = target.with_name(f".{target.name}.old")
    shutil.rmtree(old, ignore_errors=True)
    sync_folder(new)
    if target.exists():
        target.rename(old)
    new.rename(target)
    sync_folder(target.parent)
    shutil.rmtree(old, ignore_errors=True)
