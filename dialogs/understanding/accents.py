"""How far apart two syllables sound, for each region's way of speaking."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from heapq import heappop, heappush
from pathlib import Path
from typing import TypedDict, cast

import numpy as np
from numpy.typing import NDArray

Costs = NDArray[np.float32]
"""Costs between 0 (the same sound) and 1 (nothing in common)."""

INITIAL = re.compile(r"^(zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw])?")
FAR = 0.6
"""Confusions are chained (n/l, then in/ing) while the sum stays under this."""


class Confusion(TypedDict, total=False):
    """One table of sounds that are exchanged, as sound.toml writes it."""

    name: str
    initials: list[str]
    finals: list[str]
    syllables: list[str]
    after: list[str]
    cost: float
    regions: dict[str, float]


class ClassRule(TypedDict):
    """One rewriting towards the class of confused syllables."""

    pattern: str
    becomes: str


class SoundData(TypedDict):
    """sound.toml."""

    inventory: str
    spelling: dict[str, str]
    digits: dict[str, str]
    surnames: dict[str, str]
    second_readings: dict[str, str]
    unlike: dict[str, float]
    confusions: list[Confusion]
    classes: list[ClassRule]


@cache
def sound_data() -> SoundData:
    """The tables of sound.toml, read once."""
    text = Path(__file__).with_name("sound.toml").read_text(encoding="utf-8")
    return cast(SoundData, tomllib.loads(text))


def split(syllable: str) -> tuple[str, str]:
    """Initial and final as spelled: zhang -> (zh, ang), an -> ("", an)."""
    initial = cast(re.Match[str], INITIAL.match(syllable)).group()
    return initial, syllable[len(initial) :]


@dataclass(frozen=True)
class Accent:
    """The distances between all syllables as one region speaks them."""

    index: dict[str, int]
    """Row and column of a syllable; what is not in it is like nothing."""
    costs: Costs
    """Square table; the last row and column stand for unknown syllables, whose cost is 1 everywhere."""
    memory: dict[tuple[str, ...], NDArray[np.intp]] = field(default_factory=dict, compare=False, repr=False)
    """Rows of needles that are looked for again and again."""

    def rows(self, syllables: Iterable[str]) -> NDArray[np.intp]:
        """Row numbers of syllables; unknown ones get the last row."""
        last = len(self.costs) - 1
        return np.fromiter((self.index.get(s, last) for s in syllables), dtype=np.intp)

    def needle(self, syllables: tuple[str, ...]) -> NDArray[np.intp]:
        """Like `rows`, remembered."""
        found = self.memory.get(syllables)
        if found is None:
            found = self.memory[syllables] = self.rows(syllables)
        return found

    def cost(self, one: str, other: str) -> float:
        """What taking one syllable for the other costs, 0..1."""
        if one == other:
            return 0.0
        last = len(self.costs) - 1
        return float(self.costs[self.index.get(one, last), self.index.get(other, last)])


@cache
def accent(region: str = "") -> Accent:
    """The accent of a region (fuzhou, wuxi, lishui, weifang, gansu).

    The empty name, or one that is not known, stands for all of them: each confusion counts as in the region
    where it is commonest.
    """
    data = sound_data()
    letters = (chr(ord("a") + n) for n in range(26))
    inventory = list(dict.fromkeys([*data["inventory"].split(), *letters]))
    index = {syllable: row for row, syllable in enumerate(inventory)}
    costs = np.ones((len(inventory) + 1, len(inventory) + 1), dtype=np.float32)
    costs[:-1, :-1] = _unlike(inventory, data["unlike"])
    edges = _edges(index, data["confusions"], region)
    for row in range(len(inventory)):
        for column, cost in _reach(row, edges):
            costs[row, column] = min(costs[row, column], cost)
    return Accent(index, costs)


def _unlike(inventory: list[str], weights: dict[str, float]) -> Costs:
    """Costs of syllables that no confusion joins: one part in common is nearer than none."""
    parts = [split(syllable) for syllable in inventory]
    initials = np.array([initial for initial, _ in parts])
    finals = np.array([final for _, final in parts])
    costs = np.full((len(parts), len(parts)), weights["both"], dtype=np.float32)
    costs[initials[:, None] == initials[None, :]] = weights["final"]
    costs[finals[:, None] == finals[None, :]] = weights["initial"]
    np.fill_diagonal(costs, 0)
    return costs


def _edges(index: dict[str, int], confusions: list[Confusion], region: str) -> dict[int, list[tuple[int, float]]]:
    """Direct confusions between rows, both ways."""
    known = {name for confusion in confusions for name in confusion.get("regions", {})}
    edges: dict[int, list[tuple[int, float]]] = {}
    for confusion in confusions:
        regional = confusion.get("regions", {})
        if region in known:
            cost = regional.get(region, confusion["cost"])
        else:
            cost = min(regional.values(), default=confusion["cost"])
        for one, other in _pairs(index, confusion):
            edges.setdefault(index[one], []).append((index[other], cost))
            edges.setdefault(index[other], []).append((index[one], cost))
    return edges


def _pairs(index: dict[str, int], confusion: Confusion) -> Iterator[tuple[str, str]]:
    """The pairs of real syllables that a confusion joins."""
    for pair in confusion.get("syllables", []):
        one, other = pair.split()
        yield one, other
    after = confusion.get("after")
    initials, finals = confusion.get("initials"), confusion.get("finals")
    for syllable in index:
        initial, final = split(syllable)
        if initials and initial == initials[0]:
            other = initials[1] + final
        elif finals and final == finals[0] and (not after or initial in after):
            other = initial + finals[1]
        else:
            continue
        if other in index:
            yield syllable, other


def _reach(start: int, edges: dict[int, list[tuple[int, float]]]) -> Iterator[tuple[int, float]]:
    """Everything that chained confusions reach from a syllable, with the least cost (Dijkstra)."""
    done: dict[int, float] = {}
    queue = [(0.0, start)]
    while queue:
        cost, row = heappop(queue)
        if row in done:
            continue
        done[row] = cost
        yield row, cost
        for other, step in edges.get(row, []):
            if other not in done and cost + step < FAR:
                heappush(queue, (cost + step, other))
