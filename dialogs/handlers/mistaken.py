"""What a few small intents are taken for without a word of theirs: 我还没汇 is no 返回."""

from __future__ import annotations

from collections.abc import Mapping

from dialogs.scene import Scene
from dialogs.understanding.features import bare
from dialogs.words import lists

MISTAKEN: Mapping[str, int] = {
    "thanks": 0, "affirm": 2, "back": 2, "next": 3, "choose": 3, "stop": 3, "deny": 3, "contact_secretary": 3,
    "help": 4,
}  # fmt: skip
"""Intent -> characters that what was said has at most, where none of its own words is in it."""


def mistaken(scene: Scene) -> bool:
    """Whether it is longer than such a word and has none of them."""
    intent = scene.meaning.intent
    if intent not in MISTAKEN or len(bare(scene.text)) <= MISTAKEN[intent]:
        return False
    return not any(each in scene.text for each in lists("manager", "cues")[f"own_{intent}"])
