"""下一个, 停, 讲细一点: what they mean while something is read out or listed, as the skill at work has told."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from dialogs import words
from dialogs.acting import attempt
from dialogs.handlers.open_question import still_open
from dialogs.scene import Scene, Step
from dialogs.skill import Wish

ON_AND_BACK = ("next", "back")
"""What goes through a list even while a question is open; a choice or a 停 then belongs to the question."""
ASKS_BACK = "asks"
"""What may be asked about the choices before one of them is chosen: 在哪儿上, 都有谁去."""


def followed(scene: Scene) -> Step | None:
    """Go on with what is being read out or listed; the skill may still say that something else was meant."""
    for key, wish in _meant_here(scene):
        if step := attempt(scene, _as_said(key, wish, scene)):
            return still_open(scene, step, asked_back=key == ASKS_BACK)
    return None


def _meant_here(scene: Scene) -> Iterator[tuple[str, Wish]]:
    """The wishes that the words may stand for: those with a cue in them first, for 讲细一点 is no 慢一点."""
    follow = scene.talk.follow or _standing()
    intent = "" if scene.meaning.unsure else scene.meaning.intent
    if scene.talk.question or scene.talk.meanings:
        back = ASKS_BACK in follow and _cue(scene.text, ASKS_BACK, follow[ASKS_BACK])
        keys = [intent] if intent in ON_AND_BACK else [ASKS_BACK] if back else []
    else:
        keys = [*(key for key, wish in follow.items() if _cue(scene.text, key, wish)), intent]
    return ((key, follow[key]) for key in keys if key in follow)


def _standing() -> Mapping[str, Wish]:
    """What may be meant where nothing is being followed: 接着上次的念, days later."""
    say = words.load("manager", "standing")
    return {key: Wish(say.say(key), {"step": key}) for key in say.places()}


def _cue(text: str, key: str, wish: Wish) -> bool:
    return any(cue in text for cue in words.lists(f"skills/{wish.intent}", "follow").get(key, ()))


def _as_said(key: str, wish: Wish, scene: Scene) -> Wish:
    """The wish with what was said just now, and what that was taken for (empty where nobody can tell)."""
    meaning = scene.meaning
    heard_as = "" if meaning.unsure else meaning.intent
    return replace(wish, slots={**meaning.slots, "step": key, **wish.slots, "heard_as": heard_as}, text=meaning.text)
