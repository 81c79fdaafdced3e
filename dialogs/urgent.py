"""A need in what was said, whatever else was said with it: acted on first, then the rest."""

from __future__ import annotations

from dataclasses import replace

from dialogs.acting import run
from dialogs.asking import joined, still_open
from dialogs.correcting import says_who
from dialogs.scene import Scene, Step, wish_of
from dialogs.skill import Wish, with_slots
from dialogs.understanding.meaning import CARE_INTENTS, Said, Understanding
from dialogs.understanding.wishes import split_wishes


def danger(scene: Scene) -> Step | None:
    """Danger first: it is acted on before anything is asked, and a second wish in the same breath after it."""
    meaning = scene.meaning
    if meaning.danger is None or _naming_somebody(scene) or says_who(scene):
        return None
    need = meaning if meaning.intent == meaning.danger else scene.as_meant(meaning.text, meaning.danger)
    first = run(scene, wish_of(need))
    own = meaning.intent not in CARE_INTENTS and meaning.intent in scene.skills and not meaning.unsure
    if own and (answered_wish := _waiting_for_this(scene)) is not None:
        return joined(first, run(replace(scene, talk=replace(first.talk, parked=scene.talk.parked)), answered_wish))
    wishes = (*([wish_of(meaning)] if own else []), *further(scene))
    return still_open(scene, replace(first, talk=replace(first.talk, later=wishes)))


def further(scene: Scene) -> list[Wish]:
    """The other wishes of the sentence, each with the slots of its own part."""
    parts = [scene.understand(Said(part)) for part in split_wishes(scene.text)] if scene.meaning.also else []
    return [wish_of(_own(scene, intent, parts)) for intent in scene.meaning.also if intent in scene.skills]


def _own(scene: Scene, intent: str, parts: list[Understanding]) -> Understanding:
    return next((part for part in parts if part.intent == intent), None) or scene.as_meant(scene.text, intent)


def _naming_somebody(scene: Scene) -> bool:
    """The answer to who is meant is not a new report: a bare name, pressed, was once heard as a death."""
    question = scene.talk.question
    if question is None:
        return False
    asked = question.wish.intent in CARE_INTENTS and question.slot == "person"
    return asked or any(scene.text == option.label for option in question.options)


def _waiting_for_this(scene: Scene) -> Wish | None:
    """老伴住院了 may be the answer to why: then the wish that waits for it goes on, with all that was said before."""
    question, meaning = scene.talk.question, scene.meaning
    if question is None or question.wish.intent != meaning.intent or question.slot not in meaning.slots:
        return None
    # Where any words will do, all of them are the answer.
    return with_slots(question.wish, {question.slot: scene.text} if question.optional else meaning.slots)
