"""What an officer presses under an alert, and 收到: acts that no words of a wish stand for."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from dialogs import words
from dialogs.care import acknowledging
from dialogs.officers import finishing, suggesting
from dialogs.reply import Reply
from dialogs.scene import Scene, Step


def pressed(scene: Scene) -> Step | None:
    """A button that is an act (ack:12, done:7, passed:3) and 收到: only an officer of the branch may."""
    if scene.role != "secretary":
        return None
    kind, _, key = scene.text.partition(":")
    act = _ACTS.get(kind)
    if act is None or not key.isdigit():
        return acknowledging.take_by_word(scene)
    return act(scene, int(key))


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
