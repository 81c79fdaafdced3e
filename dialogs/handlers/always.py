"""What can be said in every state: again, slower, louder, stop, help, thanks."""

from __future__ import annotations

import re
from dataclasses import replace

from dialogs import words
from dialogs.handlers.instead import calls_off
from dialogs.handlers.mistaken import mistaken
from dialogs.handlers.open_question import buttons, kind, still_open
from dialogs.handlers.puzzling import PUZZLED, offer_person
from dialogs.handlers.yes_or_no import like_yes
from dialogs.reply import Reply
from dialogs.scene import Scene, Step
from dialogs.talk import Talk
from dialogs.understanding.features import bare
from dialogs.understanding.meaning import CARE_INTENTS
from dialogs.understanding.sound import syllables
from storage import members

SPEED_STEP = 0.1
SLOWEST, FASTEST = 0.6, 1.2
LOUDNESS_STEP = 1.25
LOUDEST = 3.0
SURE_STOP = 0.9
"""Confidence from which 停 is meant where something was asked: what means it has 0.94 and more, garbled words less."""
NOWHERE = ("affirm", "back", "next", "choose")
"""What leads nowhere while nothing is read out or offered."""
ANSWERS_NOTHING = ("choose", "deny")
"""A choice where nothing can be chosen, a no where nothing was asked: something else was meant."""
OUT_OF_SCOPE = "out_of_scope"
OFFER = "volunteer_offer"
KINDS_OF_TALK = ("fraud", "memory", "joy")
"""Talk that has a sentence of its own, by the list of cues of its name."""
KNOWN_BY_WORDS = ("contact_secretary", "leave_request", *CARE_INTENTS)
"""What is meant although a doctor's word is in it: 头疼得厉害，能不能打电话给书记."""
SHORT = 8
"""Characters of an utterance that may be nothing but 等一下."""


def control(scene: Scene) -> Step | None:
    """Again, slower, faster, louder, stop: they change how Nuanyang speaks, never what was agreed."""
    if _louder(scene):
        return _voice(scene, "louder", _speed_named(scene))
    if in_between(scene):
        say, buttons_before = scene.words("manager").say, scene.talk.last_buttons
        reply = Reply(say("waiting"), again=scene.talk.last, buttons=buttons_before, intent="wait")
        return Step(reply, scene.talk)
    question = scene.talk.question
    if question is not None and question.slot and bare(scene.text) in words.lists("manager", "cues")["ready"]:
        return Step(Reply(question.asked, buttons=buttons(scene, question)), scene.talk)
    intent = scene.meaning.intent
    if intent == "back" and scene.talk.question is not None and not _rather_a_yes(scene):
        return _go_back(scene)
    if intent == "repeat" and _speed_named(scene):
        return _voice(scene, _speed_named(scene))
    if intent == "repeat":
        text = scene.talk.last or scene.words("manager").say("nothing_to_repeat")
        return Step(Reply(text, buttons=scene.talk.last_buttons, intent=intent), scene.talk)
    if intent in ("slower", "faster") and _about_speaking(scene, intent):
        return _voice(scene, intent)
    if intent == "help" and (question := scene.talk.question) is not None:
        text = scene.words("manager").say(f"help_{kind(question)}", question=question.asked)
        return Step(Reply(text, buttons=buttons(scene, question), intent=intent), scene.talk)
    if intent == "stop" and _surely_stop(scene) and not calls_off(scene):
        reply = Reply(scene.words("manager").say("stopped"), intent=intent)
        return Step(reply, replace(scene.talk.settled(), parked=(), puzzled=0, unclear=()))
    return None


def _about_speaking(scene: Scene, intent: str) -> bool:
    """Whether 快 or 慢 is heard in it, where it is not sure: 两千多块 was once 快一点."""
    return not scene.meaning.unsure or _speed_named(scene) == intent


def _speed_named(scene: Scene) -> str:
    """slower or faster, where 慢点 or 快点 is heard; empty else."""
    said, cues = " ".join(syllables(scene.text)), words.lists("manager", "cues")
    return next((each for each in ("slower", "faster") if any(cue in said for cue in cues[f"{each}_sounds"])), "")


def _rather_a_yes(scene: Scene) -> bool:
    """退, where 对 or 不对 is waited for, is a yes misheard as likely as it is 返回: it is asked again."""
    question = scene.talk.question
    return question is not None and not question.slot and len(bare(scene.text)) == 1 and like_yes(scene)


def in_between(scene: Scene) -> bool:
    """等一下 and 大声点 are the answer to nothing, not even where any words would do."""
    return _louder(scene) or (_cue(scene, "wait") and len(scene.text) <= SHORT) or _goes_for_something(scene)


def _louder(scene: Scene) -> bool:
    short = len(bare(scene.text)) <= SHORT
    return _cue(scene, "louder") or (short and _cue(scene, "louder_alone"))


def _goes_for_something(scene: Scene) -> bool:
    """等一下，我去接个电话: what somebody does meanwhile is no wish."""
    return any(re.match(cue, bare(scene.text)) for cue in words.lists("manager", "cues")["wait_while"])


def _surely_stop(scene: Scene) -> bool:
    """What may be a yes, misheard, drops no question: 嗯，止 was once 嗯，对, and 表出 没错. Nor does an unsure one."""
    certain = scene.talk.question is None or scene.meaning.confidence >= SURE_STOP
    return certain and not scene.meaning.unsure


def _go_back(scene: Scene) -> Step:
    """Ask the question before this one again; before the first there is none, so the matter is put aside."""
    if not scene.talk.earlier:
        return scene.settled(scene.words("manager").say("dropped"))
    *rest, question = scene.talk.earlier
    talk = replace(scene.talk, question=replace(question, at=scene.utterance.now), earlier=tuple(rest))
    return Step(Reply(question.asked, buttons=buttons(scene, question), intent="back"), talk)


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
    return free and scene.role == "member" and _cue(scene, "memory") and not _cue(scene, "offers")


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
    if intent == OUT_OF_SCOPE and (kind := next((each for each in KINDS_OF_TALK if _cue(scene, each)), "")):
        return kind
    if intent == OUT_OF_SCOPE and not any(cue in scene.text for cue in cues["health"]):
        return "chat"
    return "bye" if intent == "thanks" and any(cue in scene.text for cue in cues["bye"]) else intent


def _voice(scene: Scene, *wanted: str) -> Step:
    """Remember how this member likes to be spoken to, and say the last answer again in that manner."""
    speaker = scene.utterance.speaker
    speed, loudness = speaker.speed, speaker.loudness
    manners = [each for each in wanted if each]
    for each in manners:
        if each == "louder":
            loudness = min(LOUDEST, loudness * LOUDNESS_STEP)
        else:
            change = SPEED_STEP if each == "faster" else -SPEED_STEP
            speed = round(min(FASTEST, max(SLOWEST, speed + change)), 2)
    members.set_voice(scene.db, speaker.id, speed=speed, loudness=loudness)
    say = scene.words("manager").say
    text = "".join(map(say, manners)) + (scene.talk.last or say("way_on"))
    return Step(Reply(text, again=scene.talk.last, buttons=scene.talk.last_buttons, intent=manners[0]), scene.talk)


def _cue(scene: Scene, name: str) -> bool:
    return any(cue in scene.text for cue in words.lists("manager", "cues")[name])
