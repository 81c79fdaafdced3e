"""What was not understood: asked again more simply, two meanings offered, and after two such in a row a person."""

from __future__ import annotations

from dataclasses import replace

from dialogs.handlers.open_question import buttons, simpler
from dialogs.reply import Reply
from dialogs.scene import Scene, Step
from dialogs.skill import Wish
from dialogs.talk import Meanings, Question
from dialogs.understanding.sentences import load_words
from storage.outbox import Button

PUZZLED = 2
"""Misunderstandings in a row after which a person is offered."""
NO_ANSWER = ("affirm", "choose", "stop")
"""What is answered nowhere else while a question is open: a yes, a choice or a 停 that was not sure enough."""


def ask_again(scene: Scene) -> Step | None:
    """A question is open and this was no answer to it and no wish of its own: ask it more simply."""
    question = scene.talk.question
    if question is None or not (scene.meaning.unsure or scene.meaning.intent in NO_ANSWER or scene.is_wordless):
        return None
    if scene.talk.puzzled + 1 >= PUZZLED:
        return _offer_person(scene, f"{question.wish.text}\n{scene.text}")
    reply = Reply(simpler(scene, question), buttons=buttons(scene, question))
    return Step(reply, replace(scene.talk, puzzled=scene.talk.puzzled + 1))


def undecided(scene: Scene) -> Step | None:
    """Two meanings are as likely: offer both; after two misunderstandings in a row offer a person."""
    if not scene.meaning.unsure and not scene.is_wordless:
        return None
    manager, talk = scene.words("manager"), scene.talk
    if talk.puzzled + 1 >= PUZZLED:
        return _offer_person(scene, scene.text)
    near = [scene.meaning.intent, *(guess.intent for guess in scene.meaning.alternatives)]
    offered = (
        ()
        if scene.is_wordless
        else tuple(intent for intent in near if intent in scene.skills and _called(scene, intent))[:2]
    )
    if len(offered) < 2:
        return Step(Reply(manager.say("not_understood")), replace(talk.settled(), puzzled=talk.puzzled + 1))
    first, second = (_called(scene, intent) for intent in offered)
    return Step(
        Reply(
            manager.say("which_meaning", first=first, second=second),
            buttons=(Button(first, first), Button(second, second)),
        ),
        replace(talk.settled(), meanings=Meanings(scene.text, offered), puzzled=talk.puzzled + 1),
    )


def _offer_person(scene: Scene, said: str) -> Step:
    """A human instead; the question that could not be answered waits until that is settled."""
    text = scene.words("manager").say("offer_person", secretary=scene.desk("").secretary)
    question = Question(Wish("contact_secretary", text=said), "", text, scene.utterance.now)
    talk = replace(scene.talk.asking(question), puzzled=0)
    return Step(Reply(text, buttons=buttons(scene, question)), talk)


def _called(scene: Scene, intent: str) -> str:
    """What a meaning is called when it is offered: as its own .toml has it, else as the manager's has; else empty."""
    own = next((words.called for words in load_words() if words.intent == intent), "")
    names = scene.words("meanings")
    return own or (names.say(intent) if names.has(intent) else "")
