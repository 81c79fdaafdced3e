"""What can be said in every state: again, slower, louder, stop, help, thanks, 收到."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from dialogs import words
from dialogs.care import acknowledging
from dialogs.handlers.open_question import buttons, kind, still_open
from dialogs.handlers.puzzling import PUZZLED, offer_person
from dialogs.handlers.yes_or_no import like_yes
from dialogs.officers import finishing, suggesting
from dialogs.reply import Reply
from dialogs.scene import Scene, Step
from dialogs.understanding.features import bare
from storage import members

SPEED_STEP = 0.1
SLOWEST, FASTEST = 0.6, 1.2
LOUDNESS_STEP = 1.25
LOUDEST = 3.0
SURE_STOP = 0.95
"""Confidence from which a single syllable is a 停."""
ANSWERS_NOTHING = ("choose", "deny")
"""A choice where nothing can be chosen, a no where nothing was asked: something else was meant."""
SHORT = 8
"""Characters of an utterance that may be nothing but 等一下."""


def pressed(scene: Scene) -> Step | None:
    """A button that is an act (ack:12, done:7, passed:3) and 收到: only an officer of the branch may."""
    if scene.role != "secretary":
        return None
    kind, _, key = scene.text.partition(":")
    act = _ACTS.get(kind)
    if act is None or not key.isdigit():
        return acknowledging.take_by_word(scene)
    return act(scene, int(key))


def control(scene: Scene) -> Step | None:
    """Again, slower, faster, louder, stop: they change how Nuanyang speaks, never what was agreed."""
    if _cue(scene, "louder"):
        return _voice(scene, "louder")
    if in_between(scene):
        return Step(Reply(scene.words("manager").say("waiting"), buttons=scene.talk.last_buttons), scene.talk)
    question = scene.talk.question
    if question is not None and question.slot and bare(scene.text) in words.lists("manager", "cues")["ready"]:
        return Step(Reply(question.asked, buttons=buttons(scene, question)), scene.talk)
    intent = scene.meaning.intent
    if intent == "back" and scene.talk.question is not None and not _rather_a_yes(scene):
        return _go_back(scene)
    if intent == "repeat":
        text = scene.talk.last or scene.words("manager").say("nothing_to_repeat")
        return Step(Reply(text, buttons=scene.talk.last_buttons, intent=intent), scene.talk)
    if intent in ("slower", "faster"):
        return _voice(scene, intent)
    if intent == "help" and (question := scene.talk.question) is not None:
        text = scene.words("manager").say(f"help_{kind(question)}", question=question.asked)
        return Step(Reply(text, buttons=buttons(scene, question), intent=intent), scene.talk)
    if intent == "stop" and _surely_stop(scene):
        reply = Reply(scene.words("manager").say("stopped"), intent=intent)
        return Step(reply, replace(scene.talk.settled(), parked=(), puzzled=0, unclear=()))
    return None


def _rather_a_yes(scene: Scene) -> bool:
    """退, where 对 or 不对 is waited for, is a yes misheard as likely as it is 返回: it is asked again."""
    question = scene.talk.question
    return question is not None and not question.slot and len(bare(scene.text)) == 1 and like_yes(scene)


def in_between(scene: Scene) -> bool:
    """等一下 and 大声点 are the answer to nothing, not even where any words would do."""
    return _cue(scene, "louder") or (_cue(scene, "wait") and len(scene.text) <= SHORT)


def _surely_stop(scene: Scene) -> bool:
    """One syllable that may be a yes, misheard, drops no question: 嗯，止 was once 嗯，对. Nor does an unsure one."""
    if scene.meaning.unsure:
        return False
    certain = len(bare(scene.text)) > 1 or scene.meaning.confidence >= SURE_STOP
    return certain or scene.talk.question is None


def _go_back(scene: Scene) -> Step:
    """Ask the question before this one again; before the first there is none, so the matter is put aside."""
    if not scene.talk.earlier:
        return scene.settled(scene.words("manager").say("dropped"))
    *rest, question = scene.talk.earlier
    talk = replace(scene.talk, question=replace(question, at=scene.utterance.now), earlier=tuple(rest))
    return Step(Reply(question.asked, buttons=buttons(scene, question), intent="back"), talk)


def small_talk(scene: Scene) -> Step | None:
    """Greetings, thanks, help, and what Nuanyang kindly cannot do."""
    intent = scene.meaning.intent
    plain = scene.words("plain")
    if not plain.has(intent) or scene.is_wordless:
        return None
    key = f"{intent}_secretary" if scene.role == "secretary" and plain.has(f"{intent}_secretary") else intent
    lost = intent in ANSWERS_NOTHING and scene.talk.question is None
    if lost and scene.talk.puzzled + 1 >= PUZZLED:
        return offer_person(scene)
    text = plain.say(key, name=scene.desk("").address)
    talk = replace(scene.talk, undo=None, amend=None, puzzled=scene.talk.puzzled + 1 if lost else 0)
    return replace(still_open(scene, Step(Reply(text, intent=intent), talk)), lost=lost)


def _voice(scene: Scene, wanted: str) -> Step:
    """Remember how this member likes to be spoken to, and say the last answer again in that manner."""
    speaker = scene.utterance.speaker
    speed, loudness = speaker.speed, speaker.loudness
    if wanted == "louder":
        loudness = min(LOUDEST, loudness * LOUDNESS_STEP)
    else:
        change = SPEED_STEP if wanted == "faster" else -SPEED_STEP
        speed = round(min(FASTEST, max(SLOWEST, speed + change)), 2)
    members.set_voice(scene.db, speaker.id, speed=speed, loudness=loudness)
    text = scene.words("manager").say(wanted) + (scene.talk.last or scene.words("manager").say("way_on"))
    return Step(Reply(text, buttons=scene.talk.last_buttons, intent=wanted), scene.talk)


def _finish(scene: Scene, task_id: int) -> Step:
    done = finishing.finish(task_id, scene.desk(""))
    text = words.load(finishing.OWN, "officer").say(done.key, **done.words)
    return Step(Reply(text, intent="acknowledge", effects=done.effects), scene.talk)


def _pass_on(scene: Scene, suggestion_id: int) -> Step:
    officer = next(each for each in scene.desk("").officers if each.id == scene.utterance.speaker.id)
    done = suggesting.pass_on(suggestion_id, officer, scene.desk("suggestion"))
    text = words.load("officers/suggesting", "officer").say(done.key, **done.words)
    return Step(Reply(text, intent="acknowledge", effects=done.effects), scene.talk)


_ACTS: Mapping[str, Callable[[Scene, int], Step | None]] = {
    "ack": acknowledging.take,
    "false_alarm": acknowledging.false_alarm,
    "done": _finish,
    suggesting.PASSED: _pass_on,
}
"""Word of a button -> what an officer's press does with the key after it."""


def _cue(scene: Scene, name: str) -> bool:
    return any(cue in scene.text for cue in words.lists("manager", "cues")[name])
