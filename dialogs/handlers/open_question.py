"""An open question: its choices, and how it is asked again, after something else or more simply."""

from __future__ import annotations

from dataclasses import replace

from dialogs.scene import Scene, Step
from dialogs.skill import Option
from dialogs.talk import Question
from storage.outbox import Button

DENIED = "denied_once"
"""Slot of a wish whose read-back was denied: it waits for what is right, and is not asked again after other things."""


def buttons(scene: Scene, question: Question) -> tuple[Button, ...]:
    """What can be pressed under the question."""
    if question.slot:
        return tuple(Button(option.label, option.label) for option in question.options)
    say = scene.words("manager").say
    return tuple(Button(say(key), say(key)) for key in ("button_yes", "button_no"))


def kind(question: Question) -> str:
    """What kind of answer is wanted."""
    return "options" if question.options else "slot" if question.slot else "yes_no"


def joined(first: Step, second: Step) -> Step:
    """Two steps of one turn as one: both are said, and the talk stands where the second left it."""
    reply = replace(
        second.reply,
        text=first.reply.text + second.reply.text,
        intent=first.reply.intent,
        slots=first.reply.slots,
        effects=first.reply.effects + second.reply.effects,
        buttons=second.reply.buttons or first.reply.buttons,
        table=second.reply.table or first.reply.table,
    )
    return Step(reply, second.talk)


def still_open(scene: Scene, step: Step, *, asked_back: bool = False) -> Step:
    """After something said in between, the open question is asked again, unless it may stay unanswered.

    Where what was said asks something itself, the question is put off until that is answered (`Talk.asking`). Where it
    asked about the choices (`asked_back`: 在哪儿上), and each was named in the answer, it need not be asked again.
    """
    question = scene.talk.question
    if question is None or question.optional or step.talk.question not in (None, question):
        return step
    if DENIED in question.wish.slots:
        return step
    kept = Step(step.reply, replace(step.talk, earlier=scene.talk.earlier))
    if _offered(question, step) or (asked_back and _named(question, step)):
        return replace(kept, talk=replace(kept.talk, question=replace(question, at=scene.utterance.now)))
    shortly = asked_back and any(_name(option) in step.reply.text for option in question.options)
    return _again(scene, kept, question, _asked(question.asked) if shortly else question.asked)


def _offered(question: Question, step: Step) -> bool:
    """Whether what was said in between names all its choices anyway: the list of documents, asked which one."""
    shown = {button.label for button in step.reply.buttons}
    return bool(question.options) and all(option.label in shown for option in question.options)


def _named(question: Question, step: Step) -> bool:
    return bool(question.options) and all(_name(option) in step.reply.text for option in question.options)


def _name(option: Option) -> str:
    """党课 of 十一月二十五号，星期三，党课."""
    return option.label.rpartition("，")[2]


def resumed(scene: Scene, step: Step) -> Step:
    """With nothing else open any more, the question that was put off last is asked again."""
    if step.talk.question is not None or step.talk.meanings is not None or not step.talk.parked:
        return step
    *rest, question = step.talk.parked
    return _again(scene, Step(step.reply, replace(step.talk, parked=tuple(rest))), question, question.asked)


def simpler(scene: Scene, question: Question) -> str:
    """The question once more in fewer words: how it can be answered, and its last sentence or its choices."""
    say = scene.words("simpler").say
    if question.options:
        numbered = [say(f"option_{number}", label=each.label) for number, each in enumerate(question.options, 1)]
        return say("options", question=_without_names(_asked(question.asked)), options="；".join(numbered))
    return say(kind(question), question=_asked(question.asked))


def _asked(text: str) -> str:
    """What is asked, without what was told before and after it."""
    end = text.rfind("？") + 1 or len(text)
    return text[text.rfind("。", 0, end - 1) + 1 : end]


def _without_names(question: str) -> str:
    """哪一位：甲，还是乙？ without those who are told once more as the choices."""
    before, colon, _ = question.partition("：")
    return f"{before}？" if colon else question


def _again(scene: Scene, step: Step, question: Question, asked: str) -> Step:
    again = scene.words("manager").say("again_open", question=asked)
    reply = replace(step.reply, text=step.reply.text + again, buttons=step.reply.buttons or buttons(scene, question))
    return Step(reply, replace(step.talk, question=replace(question, at=scene.utterance.now)))
