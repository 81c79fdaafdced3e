"""Finding the first entry of a branch's chain that cannot be trusted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlite_utils import Database

from storage.log.anchor import Anchor
from storage.log.chain import START, Entry, chain_hash, entries, hash_of_words


@dataclass(frozen=True)
class Fault:
    """Why the chain of a branch cannot be trusted, at the first entry where it shows."""

    branch_id: int
    """The branch."""
    number: int
    """The first bad entry."""
    reason: str
    """A short key: gap, previous, hash, content, erased; against an anchor cut (the tail is missing, or an older copy
    lies there) and anchor (some entry up to this one is not what was written)."""


def verify(db: Database, branch_id: int, anchors: Sequence[Anchor] = ()) -> Fault | None:
    """The first entry of the branch that was changed, cut out or swapped; None where all is as it was written.

    Anchors that were kept elsewhere show besides what the chain cannot show of itself.
    """
    erased = _erased(db, branch_id)
    kept = {each.count: each for each in anchors}
    expected, previous = 1, START
    for entry in entries(db, branch_id):
        reason = _fault(entry, expected, previous, erased)
        if not reason and expected in kept and not entry.hash.startswith(kept[expected].head):
            reason = "anchor"
        if reason:
            return Fault(branch_id, expected, reason)
        expected, previous = expected + 1, entry.hash
    if any(count >= expected for count in kept):
        return Fault(branch_id, expected, "cut")
    return None


def _erased(db: Database, branch_id: int) -> Mapping[int | None, int]:
    """Member -> the entry that says that their words were erased: nothing after it may be without words."""
    return dict(
        db.execute(
            "SELECT member_id, max(number) FROM entry WHERE branch_id = ? AND kind = 'erasure' GROUP BY member_id",
            [branch_id],
        ).fetchall()
    )


def _fault(entry: Entry, expected: int, previous: str, erased: Mapping[int | None, int]) -> str:
    if entry.number != expected:
        return "gap"
    if entry.previous != previous:
        return "previous"
    head: list[str | int | None] = [
        entry.branch_id, entry.number, entry.at, entry.actor_id, entry.channel, entry.kind, entry.member_id,
        entry.about_kind, entry.about_id, entry.content_hash, entry.previous,
    ]  # fmt: skip
    if entry.hash != chain_hash(head):
        return "hash"
    if entry.sentence is None or entry.fields is None or entry.salt is None:
        return "" if entry.number < erased.get(entry.member_id, 0) else "erased"
    if entry.content_hash != hash_of_words(entry.salt, entry.sentence, entry.fields):
        return "content"
    return ""
