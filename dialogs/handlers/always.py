"""What can be said in every state: again, slower, louder, wait, back, stop, help."""

from __future__ import annotations

import re
from dataclasses import replace

from dialogs import words
from dialogs.handlers.instead import calls_off
from dialogs.handlers.mistaken import mistaken
from dialogs.handlers.open_question import buttons, kind
from dialogs.handlers.yes_or_no import like_yes
from dialogs.reply import Reply
from dialogs.scene import Scene, Step
from dialogs.understanding.features import bare
from dialogs.understanding.sound import syllables
from storage import members

SPEED_STEP = 0.1
SLOWEST, FASTEST = 0.6, 1.2
LOUDNESS_STEP = 1.25
LOUDEST = 3.0
SURE_STOP = 0.9
"""Confidence from which 停 is meant where something was asked: what means it has 0.94 and more, garbled words less."""
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
    return _louder(scene) or (has_cue(scene, "wait") and len(scene.text) <= SHORT) or _goes_for_something(scene)


def _louder(scene: Scene) -> bool:
    short = len(bare(scene.text)) <= SHORT
    return has_cue(scene, "louder") or (short and has_cue(scene, "louder_alone"))


def _goes_for_something(scene: Scene) -> bool:
    """等一下，我去接个电话: what somebody does meanwhile is no wish."""
    return any(re.match(cue, bare(scene.text)) for cue in words.lists("manager", "cues")["wait_while"])


def _surely_stop(scene: Scene) -> bool:
    """What may be a yes, misheard, drops no question: 嗯，止 was once 嗯，对, and 表出 没错. Nor does an unsure one.

    念到哪了 has no word of stopping, either.
    """
    if mistaken(scene):
        return False
    certain = scene.talk.question is None or scene.meaning.confidence >= SURE_STOP
    return certain and not scene.meaning.unsure


def _go_back(scene: Scene) -> Step:
    """Ask the question before this one again; before the first there is none, so the matter is put aside."""
    if not scene.talk.earlier:
        return scene.settled(scene.words("manager").say("dropped"))
    *rest, question = scene.talk.earlier
    talk = replace(scene.talk, question=replace(question, at=scene.utterance.now), earlier=tuple(rest))
    return Step(Reply(question.asked, buttons=buttons(scene, question), intent="back"), talk)


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


def has_cue(scene: Scene, name: str) -> bool:
    """Whether one of the words of this list is in what was said."""
    return any(cue in scene.text for cue in words.lists("manager", "cues")[name])
