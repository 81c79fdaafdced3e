"""The answer to which of two meanings was meant, by number, by its name, or as either sounds."""

from __future__ import annotations

from dialogs.acting import run
from dialogs.handlers.choosing import position, sounding_like
from dialogs.reply import Reply
from dialogs.scene import Scene, Step, wish_of
from dialogs.skill import Option
from dialogs.talk import Meanings
from dialogs.understanding.features import bare

SHORT = 6
"""Characters of what may be nothing but 第一个, misheard."""


def meant(scene: Scene) -> Step | None:
    """Do what was meant; a choice that is neither of the two is no choice of anything else: both are offered again."""
    offered = scene.talk.meanings
    if offered is None:
        return None
    number = position(scene, len(offered.intents))
    if number is None:
        number = _as_it_sounds(scene, offered)
    intent = offered.intents[number] if number is not None else scene.meaning.intent
    if intent in offered.intents:
        said = offered.text if number is not None else f"{offered.text}，{scene.text}"  # what is said with it counts
        return run(scene, wish_of(scene.as_meant(said, intent)))
    if intent not in ("choose", "affirm"):
        return None
    labels = [button.label for button in scene.talk.last_buttons]
    say = scene.words("simpler").say
    numbered = "；".join(say(f"option_{number}", label=label) for number, label in enumerate(labels, 1))
    text = say("options", question="", options=numbered) if labels else scene.talk.last
    return Step(Reply(text, buttons=scene.talk.last_buttons), scene.talk, lost=True)


def _as_it_sounds(scene: Scene, offered: Meanings) -> int | None:
    """的一个 is 第一个, where nothing else was surely said."""
    labels = [button.label for button in scene.talk.last_buttons]
    clearly = not scene.meaning.unsure and scene.meaning.intent in offered.intents
    if clearly or len(bare(scene.text)) > SHORT or len(labels) != len(offered.intents):
        return None
    heard = sounding_like(scene.text, [Option(label, {}) for label in labels])
    return labels.index(heard.label) if heard else None
