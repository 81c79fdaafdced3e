"""Small talk that needs no skill: greetings, thanks, good news, old times, and what Nuanyang kindly cannot do."""

from __future__ import annotations

import re
from dataclasses import replace

from dialogs import words
from dialogs.handlers.always import has_cue
from dialogs.handlers.mistaken import mistaken
from dialogs.handlers.open_question import still_open
from dialogs.handlers.puzzling import PUZZLED, offer_person
from dialogs.reply import Reply
from dialogs.scene import Scene, Step
from dialogs.talk import Talk
from dialogs.understanding.features import bare
from dialogs.understanding.meaning import CARE_INTENTS

NOWHERE = ("affirm", "back", "next", "choose")
"""What leads nowhere while nothing is read out or offered."""
ANSWERS_NOTHING = ("choose", "deny")
"""A choice where nothing can be chosen, a no where nothing was asked: something else was meant."""
OUT_OF_SCOPE = "out_of_scope"
OFFER = "volunteer_offer"
KINDS_OF_TALK = ("fraud", "memory", "joy", "lonely")
"""Talk that has a sentence of its own, by the list of cues of its name."""
KNOWN_BY_WORDS = ("contact_secretary", "leave_request", *CARE_INTENTS)
"""What is meant although a doctor's word is in it: 头疼得厉害，能不能打电话给书记."""


def small_talk(scene: Scene) -> Step | None:
    """Greetings, thanks, help, and what Nuanyang kindly cannot do."""
    intent = OUT_OF_SCOPE if _asks_a_doctor(scene) or _remembers(scene) else scene.meaning.intent
    plain = scene.words("plain")
    if not plain.has(intent) or scene.is_wordless or (intent in NOWHERE and mistaken(scene)):
        return None
    key = _key(scene, intent)
    lost = intent in ANSWERS_NOTHING and scene.talk.question is None
    if lost and scene.talk.puzzled + 1 >= PUZZLED:
        return offer_person(scene)
    text = plain.say(key, name=scene.desk("").address)
    talk = replace(_after_small_talk(scene.talk, intent), puzzled=scene.talk.puzzled + 1 if lost else 0)
    return replace(still_open(scene, Step(Reply(text, intent=intent), talk)), lost=lost)


def _asks_a_doctor(scene: Scene) -> bool:
    """头昏要不要去医院 is for a doctor, whatever else it may be taken for."""
    cues = words.lists("manager", "cues")
    ill = any(cue in scene.text for cue in cues["health"])
    asks = ill and any(re.search(cue, bare(scene.text)) for cue in cues["doctor"])
    return asks and scene.meaning.intent not in KNOWN_BY_WORDS and scene.role == "member"


def _remembers(scene: Scene) -> bool:
    """我当年在部队里是炊事班长 offers no help: somebody wants to be listened to."""
    free = scene.talk.question is None and (scene.meaning.unsure or scene.meaning.intent == OFFER)
    return free and scene.role == "member" and has_cue(scene, "memory") and not has_cue(scene, "offers")


def _after_small_talk(talk: Talk, intent: str) -> Talk:
    """谢谢 leaves open that it is put right; other small talk does not, but for what was told of a need."""
    if intent == "thanks":
        return talk
    told = talk.amend is not None and talk.amend.intent in CARE_INTENTS and intent in ("affirm", "greet")
    return replace(talk, undo=None, amend=talk.amend if told else None)


def _key(scene: Scene, intent: str) -> str:
    """Which sentence of small talk: an officer's, the one for whom it is about health, or who takes leave."""
    cues = words.lists("manager", "cues")
    if scene.role == "secretary" and scene.words("plain").has(f"{intent}_secretary"):
        return f"{intent}_secretary"
    if intent == OUT_OF_SCOPE and (kind := next((each for each in KINDS_OF_TALK if has_cue(scene, each)), "")):
        return kind
    if intent == OUT_OF_SCOPE and not any(cue in scene.text for cue in cues["health"]):
        return "chat"
    return "bye" if intent == "thanks" and any(cue in scene.text for cue in cues["bye"]) else intent
