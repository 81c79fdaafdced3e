"""The model store: a folder of checked models that is filled once and then works without a network."""

from __future__ import annotations

import fcntl
import json
import logging
import os
import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, cast

from speech.catalogue import Model, ModelFile, read_catalogue
from speech.contracts import ModelMissing
from speech.fetching import NoProgress, Progress, is_right
from speech.stocking import Stocker, listed_files

log = logging.getLogger(__name__)


def default_models_folder() -> Path:
    """$NUANYANG_MODELS, or the user's data folder."""
    named = os.environ.get("NUANYANG_MODELS")
    if named:
        return Path(named)
    data = os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share"
    return Path(data) / "nuanyang" / "models"


@dataclass(frozen=True)
class ModelState:
    """How a model stands in the store."""

    name: str
    """Name in the catalogue."""
    title: str
    """What it is for."""
    licence: str
    """SPDX name."""
    bytes: int
    """Size of its files; of its download while they are unknown."""
    default: bool
    """Whether it belongs to the usual set."""
    state: Literal["ready", "missing", "damaged"]
    """Whether it can be used."""
    faults: tuple[str, ...]
    """The files that are absent, half or wrong."""


class ModelStore:
    """Models in a folder, each in a folder of its own name."""

    def __init__(self, folder: Path, catalogue: Mapping[str, Model] | None = None) -> None:
        """The folder need not exist yet; the catalogue is the product's own unless given."""
        self.folder = folder
        self.catalogue = read_catalogue() if catalogue is None else catalogue

    def list(self) -> Sequence[ModelState]:
        """Every model of the catalogue and how it stands."""
        return [self._state(model, trust=True) for model in self.catalogue.values()]

    def verify(self, names: Iterable[str] = ()) -> Sequence[ModelState]:
        """The same for the named models, or all, with the SHA-256 of every file computed anew."""
        models = [self._model(name) for name in names] or self.catalogue.values()
        return [self._state(model, trust=False) for model in models]

    def path(self, name: str) -> Path:
        """Folder of a model whose files are all right. Raises ModelMissing with the remedy."""
        state = self._state(self._model(name), trust=True)
        if state.state != "ready":
            what = f" ({', '.join(state.faults)})" if state.faults else ""
            raise ModelMissing(f"the model {name} is {state.state}{what}; run: nuanyang models fetch {name}")
        return self.folder / name

    def fetch(
        self,
        names: Sequence[str] = (),
        progress: Progress | None = None,
        source: Path | None = None,
        hubs: bool = False,
    ) -> None:
        """Fetch what is not there and right, of the named models or of the usual set.

        `source` is a folder of downloads or plain files, used instead of any network; `hubs` allows model hubs.
        Raises FetchFailed; what came down by then is kept for the next try.
        """
        models = [self._model(name) for name in names] or [m for m in self.catalogue.values() if m.default]
        with self._alone():
            parts = self.folder / ".parts"
            stocker = Stocker(self.folder, parts, source, hubs, progress or NoProgress())
            for model in models:
                state = self._state(model, trust=True)
                if state.state != "ready":
                    log.info("%s is %s: %s", model.name, state.state, ", ".join(state.faults))
                    stocker.stock(model, state.faults)
                    self._state(model, trust=False)
            # Downloads are kept until everything asked for stands, so that a try that failed goes on where it was.
            shutil.rmtree(parts, ignore_errors=True)

    def _model(self, name: str) -> Model:
        if name not in self.catalogue:
            raise ModelMissing(f"there is no model {name!r}; there are: {', '.join(self.catalogue)}")
        return self.catalogue[name]

    def _state(self, model: Model, trust: bool) -> ModelState:
        files = model.files or listed_files(self.folder / model.name)
        faults = self._faults(model.name, files, trust) if files else (model.name,)
        size = sum(file.bytes for file in files) or (model.archive.package.bytes if model.archive else 0)
        state: Literal["ready", "missing", "damaged"] = "ready"
        if faults:
            state = "damaged" if (self.folder / model.name).is_dir() else "missing"
        return ModelState(model.name, model.title, model.licence, size, model.default, state, faults)

    def _faults(self, name: str, files: Sequence[ModelFile], trust: bool) -> tuple[str, ...]:
        """Files that are wrong; with `trust`, one that is unchanged since it was found right is not read again."""
        memory = self.folder / ".checked" / f"{name}.json"
        known = _read(memory) if trust else {}
        found: dict[str, Stamp] = {}
        for file in files:
            path = self.folder / name / file.name
            stamp = _stamp(path, file)
            if stamp and (known.get(file.name) == stamp or is_right(path, file.bytes, file.sha256)):
                found[file.name] = stamp
        if found != known:
            _write(memory, found)
        return tuple(file.name for file in files if file.name not in found)

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Two fetches into one folder wait for each other."""
        self.folder.mkdir(parents=True, exist_ok=True)
        with (self.folder / ".lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield


Stamp = list[int | str]
"""Size, time of the last change in ns, and SHA-256 of a file when it was found right."""


def _stamp(path: Path, file: ModelFile) -> Stamp | None:
    try:
        status = path.stat()
    except OSError:
        return None
    return [status.st_size, status.st_mtime_ns, file.sha256] if status.st_size == file.bytes else None


def _read(memory: Path) -> Mapping[str, Stamp]:
    try:
        return cast(Mapping[str, Stamp], json.loads(memory.read_text("utf-8")))
    except (OSError, ValueError):
        return {}


def _write(memory: Path, found: Mapping[str, Stamp]) -> None:
    scratch = memory.with_suffix(f".{os.getpid()}")
    try:
        memory.parent.mkdir(parents=True, exist_ok=True)
        scratch.write_text(json.dumps(found), "utf-8")
        scratch.replace(memory)
    except OSError as error:  # a store that others filled may be read-only: then every start reads the files
        log.info("cannot note which models were found right: %s", error)
