"""The answer to a read-back: a yes, a no, what is right instead (不对，是三季度的), or more of what was read back."""

from __future__ import annotations

from dataclasses import replace

from dialogs import words
from dialogs.acting import run
from dialogs.handlers.denying import denied, only_denies
from dialogs.handlers.instead import changes, in_own_words
from dialogs.handlers.open_question import DENIED, buttons
from dialogs.handlers.yes_or_no import says_yes_and, sounds_yes
from dialogs.reply import Reply
from dialogs.scene import Scene, Step
from dialogs.skill import with_slots
from dialogs.talk import Question
from dialogs.understanding.answers import CONTROL, SURE_OTHER_WISH
from dialogs.understanding.features import bare
from dialogs.understanding.meaning import SlotValue
from dialogs.understanding.slots import FREE

NO_THING = ("affirm", "deny", *CONTROL)
"""What names nothing right, after what was read back was denied."""
A_WORD = 2
"""Characters that a thing said instead has at least: 不是的 names nothing."""


def to_read_back(scene: Scene, question: Question) -> Step | None:
    """A yes, a no, what is right instead, or more of what was read back."""
    if sounds_yes(scene) or says_yes_and(scene, question.asked):
        return run(scene, replace(question.wish, confirmed=True))
    if step := _denied_once(scene, question) or put_right(scene, question):
        return step
    fuller = _told_fuller(scene, question)
    return run(scene, with_slots(question.wish, fuller)) if fuller else None


def _denied_once(scene: Scene, question: Question) -> Step | None:
    """不对 to a read-back, and nothing more: nothing is written, and what is right can be said at once."""
    wish = question.wish
    known = set(wish.slots) & set(scene.understander.slots_of(wish.intent))
    if DENIED in wish.slots or not known or not only_denies(scene.text):
        return None
    open_still = replace(question, wish=with_slots(wish, {DENIED: 1}), at=scene.utterance.now)
    return Step(Reply(scene.words("manager").say("denied_once")), replace(scene.talk, question=open_still))


def put_right(scene: Scene, question: Question) -> Step | None:
    """不对，是三季度的 to a read-back: that is read back; a thing that cannot be made out is asked for once more."""
    right, named = denied(scene.text)
    if not right and DENIED in question.wish.slots and scene.meaning.intent not in NO_THING:
        right, named = scene.text, True
    if any(bare(right).startswith(cue) for cue in words.lists("manager", "cues")["not_now"]):
        return scene.settled(scene.words("manager").say("dropped"))
    changed = any(bare(scene.text).startswith(cue) for cue in words.lists("manager", "cues")["changed_to"])
    about_it = (
        changed or scene.meaning.intent in ("affirm", "deny", question.wish.intent) or (named and _unclear(scene))
    )
    if len(bare(right)) < A_WORD or not about_it:
        return None
    anew = changes(scene, question.wish, right) or (in_own_words(scene, question.wish, right) if named else {})
    if anew:
        return run(scene, with_slots(question.wish, anew), next(iter(anew)) if len(anew) == 1 else "")
    if not named:
        return None
    text = scene.words("manager").say("unread", question=question.asked)
    return Step(Reply(text, buttons=buttons(scene, question)), scene.talk, lost=True)


def _told_fuller(scene: Scene, question: Question) -> dict[str, SlotValue]:
    """滨湖区太湖花园二十三号, where 滨湖区 was read back: the same free words, with more after them."""
    said, names = bare(scene.text), scene.understander.slots_of(question.wish.intent)
    known = {
        name: bare(str(question.wish.slots[name])) for name in FREE if name in names and question.wish.slots.get(name)
    }
    return {name: said[said.index(value) :] for name, value in known.items() if value in said[:-A_WORD]}


def _unclear(scene: Scene) -> bool:
    """Whether nothing else was clearly said than what is right."""
    return scene.meaning.unsure or scene.meaning.confidence < SURE_OTHER_WISH
