"""不对 after something was done: taken back, or one thing in it changed (不对，是星期四; 不是我，是老李)."""

from __future__ import annotations

from dataclasses import replace

from dialogs.acting import run
from dialogs.instead import changes, denied, doubts, takes_back
from dialogs.scene import Scene, Step
from dialogs.skill import Wish
from dialogs.understanding.filling import Doubts
from dialogs.understanding.meaning import Said, Slots


def corrected(scene: Scene) -> Step | None:
    """Undo what was done last; where the right thing is said in the same breath, do that instead."""
    undo, done = scene.talk.undo, scene.talk.done
    if undo is None:
        return _amended(scene)
    right, _ = denied(scene.text)
    anew = changes(scene, done, right) if done and right else {}
    if not anew and scene.meaning.intent != "deny" and not takes_back(scene):
        return None
    step = run(scene, undo)
    if not anew or done is None:
        return step
    return done_anew(scene, step, done, anew, doubts(scene, done, right))


def done_anew(scene: Scene, undone: Step, done: Wish, anew: Slots, doubtful: Doubts) -> Step:
    """What was taken back is done with other slots; only what holds now is read back."""
    known = {name: value for name, value in done.slots.items() if name in scene.understander.slots_of(done.intent)}
    again = run(replace(scene, talk=undone.talk), Wish(done.intent, {**known, **anew}, scene.text, doubts=doubtful))
    return Step(replace(again.reply, effects=undone.reply.effects + again.reply.effects), again.talk)


def says_who(scene: Scene) -> bool:
    """不是刘德福，是隔壁的老孟 puts a report right; the right thing by itself reports nothing."""
    right, named = denied(scene.text)
    return scene.talk.amend is not None and named and scene.understand(Said(right)).danger is None


def _amended(scene: Scene) -> Step | None:
    """What stands whatever is said, with one thing in it said anew: a human was told, and now hears who it is."""
    amend = scene.talk.amend
    if amend is None or not (scene.meaning.intent == "deny" or says_who(scene)):
        return None
    right, _ = denied(scene.text)
    anew = changes(scene, amend, right) if right else {}
    slots = {**amend.slots, **anew, "amended": scene.text}
    wish = Wish(amend.intent, slots, f"{amend.text}\n{scene.text}", doubts=doubts(scene, amend, right) if right else {})
    return run(scene, wish)
