"""不对 after something was done: taken back, or one thing in it changed (不对，是星期四; 不是我，是老李)."""

from __future__ import annotations

from dataclasses import replace

from dialogs import words
from dialogs.acting import run
from dialogs.handlers.choosing import number_in
from dialogs.handlers.denying import denied
from dialogs.handlers.instead import calls_off, changes, doubts, takes_back
from dialogs.handlers.putting_right import put_right
from dialogs.scene import Scene, Step
from dialogs.skill import Wish
from dialogs.understanding.features import bare, without_hesitation
from dialogs.understanding.filling import Doubts
from dialogs.understanding.meaning import Said, Slots
from dialogs.understanding.names import find_people
from dialogs.understanding.times import find_time

KEPT = ("person", "reason")
"""What stays where another session is named (不对，是党课): for whom, and why."""


def corrected(scene: Scene) -> Step | None:
    """Undo what was done last; where the right thing is said in the same breath, do that instead."""
    undo, done = scene.talk.undo, scene.talk.done
    if undo is None:
        return _amended(scene)
    right, named = denied(scene.text)
    if scene.talk.amend is not None and len(bare(right)) > 1:  # one thing of many: 不对，胡文斌没来, after a roll
        return _amended_with(scene, scene.talk.amend, right)
    anew = (another_offered(done, right) or changes(scene, done, right)) if done and right else {}
    doubtful = doubts(scene, done, right) if done and right else {}
    if not anew and scene.meaning.intent != "deny" and not takes_back(scene) and not calls_off(scene):
        return None
    if not anew and scene.talk.puzzled:  # the no is to what was not understood in between
        return None
    step = run(scene, undo)
    if done is not None and len(bare(right)) > 1 and not scene.understander.slots_of(done.intent):
        # what has no parts is the words in which it was said: 不是，是让周敏打; 不对，是十点
        return done_anew(scene, step, Wish(done.intent, {}, put_right(done.text, right, scene.utterance.now)))
    if done is not None and (anew or doubtful):
        return done_anew(scene, step, with_new(scene, done, anew, doubtful))
    if done is not None and named and len(bare(right)) > 1 and "when" in scene.understander.slots_of(done.intent):
        kept = {name: value for name, value in done.slots.items() if name in KEPT}
        return done_anew(scene, step, Wish(done.intent, kept, right))
    return step


def another_offered(done: Wish, right: str) -> Slots:
    """不对，第三个: another of the sessions that were offered before one was chosen."""
    offered = done.slots.get("offered")
    if not isinstance(offered, tuple):
        return {}
    number = number_in(right, len(offered))
    at = number - 1 if number > 0 else number
    return {"session": int(offered[at])} if number and -len(offered) <= at < len(offered) else {}


def with_new(scene: Scene, done: Wish, anew: Slots, doubtful: Doubts) -> Wish:
    """What was done, with other slots."""
    known = {name: value for name, value in done.slots.items() if name in scene.understander.slots_of(done.intent)}
    if "topic" in anew:  # 我说的是党课那个: it has a day of its own
        known = {name: value for name, value in known.items() if name not in ("when", "period")}
    return Wish(done.intent, {**known, **anew}, scene.text, doubts=doubtful)


def done_anew(scene: Scene, undone: Step, wish: Wish) -> Step:
    """After it was taken back it is done as it is right; only what holds now is read back."""
    again = run(replace(scene, talk=undone.talk), wish)
    return Step(replace(again.reply, effects=undone.reply.effects + again.reply.effects), again.talk)


def only_names(scene: Scene) -> bool:
    """不是张建国，是林国栋 and 就是孙守业嘛 tell who, and nothing that happened: once heard as a death."""
    people = find_people(scene.text, (), scene.roster, scene.profile.region)
    left = "".join(
        char for at, char in enumerate(scene.text) if not any(each.begin <= at < each.finish for each in people)
    )
    names = [each.name for each in scene.roster]  # one that is denied is not among the people found
    for said in sorted([*names, *words.lists("manager", "cues")["about_names"]], key=len, reverse=True):
        left = left.replace(said, "")
    return bool(people) and not without_hesitation(left)


def says_who(scene: Scene) -> bool:
    """不是刘德福，是隔壁的老孟 puts a report right; the right thing by itself reports nothing."""
    if only_names(scene):
        return True
    right, named = denied(scene.text)
    when = find_time(right, scene.utterance.now)
    only_when = when is not None and not bare(right[: when.begin] + right[when.finish :])
    amend, meant = scene.talk.amend, scene.understand(Said(right)) if right else None
    if amend is None or not named or meant is None:
        return False
    same_need = meant.danger == amend.intent and "person" in meant.slots  # 说错了，是林国栋在二院
    return only_when or meant.danger is None or same_need


def _amended(scene: Scene) -> Step | None:
    """What stands whatever is said, with one thing in it said anew: a human was told, and now hears who it is."""
    amend = scene.talk.amend
    if amend is None or not (scene.meaning.intent == "deny" or says_who(scene)):
        return None
    right, _ = denied(scene.text)
    return _amended_with(scene, amend, right or (scene.text if only_names(scene) else ""))


def _amended_with(scene: Scene, amend: Wish, right: str) -> Step:
    anew = changes(scene, amend, right) if right else {}
    slots = {**amend.slots, **anew, "amended": scene.text}
    wish = Wish(amend.intent, slots, f"{amend.text}\n{scene.text}", doubts=doubts(scene, amend, right) if right else {})
    return run(scene, wish)
