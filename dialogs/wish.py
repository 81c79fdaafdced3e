"""What somebody wants, as far as it is known: the first thing a skill is given."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from dialogs.understanding.meaning import Slots, SlotValue


@dataclass(frozen=True)
class Wish:
    """What somebody wants, as far as it is known."""

    intent: str
    """The skill that does it."""
    slots: Slots = field(default_factory=dict)
    """What is known."""
    text: str = ""
    """The words in which it was said."""
    confirmed: bool = False
    """True once the speaker has said yes to the read-back."""
    doubts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Slots for which several values sound right."""

    def text_slot(self, name: str) -> str:
        """A slot as text, empty where it is not known."""
        value = self.slots.get(name)
        return value if isinstance(value, str) else ""

    def key_slot(self, name: str) -> int | None:
        """A slot that holds a row's key, or None."""
        value = self.slots.get(name)
        return value if isinstance(value, int) else None


def with_slots(wish: Wish, slots: Mapping[str, SlotValue]) -> Wish:
    """The wish, with more known."""
    return Wish(wish.intent, {**wish.slots, **slots}, wish.text, wish.confirmed, {})
