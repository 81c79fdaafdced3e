"""What was not understood: asked again more simply, two meanings offered, and after two such in a row a person."""

from __future__ import annotations

from dataclasses import replace

from dialogs import asking
from dialogs.acting import attempt
from dialogs.handlers.correcting import only_names
from dialogs.handlers.mistaken import mistaken
from dialogs.handlers.open_question import buttons, simpler
from dialogs.handlers.passing_on import said_so_far
from dialogs.reply import Reply
from dialogs.scene import Scene, Step, wish_of
from dialogs.skill import Wish
from dialogs.talk import Meanings, Question, Talk, Unclear
from dialogs.understanding.danger_rules import live_notions
from dialogs.understanding.meaning import CARE_INTENTS
from dialogs.understanding.sentences import load_words
from storage.outbox import Button

ILLNESS, EMERGENCY = "care_illness", "care_emergency"
PUZZLED = 2
"""Misunderstandings in a row after which a person is offered."""
NO_ANSWER = ("affirm", "deny", "choose", "stop", "back")
"""What is answered nowhere else while a question is open: a yes, a no, a choice, a 停 or a 返回 that was not sure."""


def ask_again(scene: Scene) -> Step | None:
    """A question is open and this was no answer to it and no wish of its own: ask it more simply."""
    question, meaning = scene.talk.question, scene.meaning
    no_alarm = meaning.intent == EMERGENCY and meaning.danger is None  # 出脸，百寺运力 was 错了，六十块钱
    if question is None or not (meaning.unsure or meaning.intent in NO_ANSWER or no_alarm or scene.is_wordless):
        return None
    return asked_simpler(scene, question)


def asked_simpler(scene: Scene, question: Question) -> Step:
    """The question in fewer words; the second time in a row a person."""
    if scene.talk.puzzled + 1 >= PUZZLED:
        return offer_person(scene)
    reply = Reply(simpler(scene, question), buttons=buttons(scene, question))
    return Step(reply, replace(scene.talk, puzzled=scene.talk.puzzled + 1), lost=True)


def undecided(scene: Scene) -> Step | None:
    """Two meanings are as likely: offer both; after two misunderstandings in a row offer a person."""
    only_who = scene.meaning.intent in CARE_INTENTS and only_names(scene)  # 就是张建国 reports no death
    if not (scene.meaning.unsure or scene.is_wordless or only_who or mistaken(scene)):
        return None
    manager, talk = scene.words("manager"), scene.talk
    if scene.role == "secretary" and (kind := asking.asked_by_its_words(scene.text, scene.desk(""))):
        told = attempt(scene, wish_of(scene.as_meant(scene.text, kind)))  # what no meaning has learnt, the words say
        if told:
            return told
    if talk.puzzled + 1 >= PUZZLED:
        return offer_person(scene)
    near = [*_complaint(scene), scene.meaning.intent, *(guess.intent for guess in scene.meaning.alternatives)]
    offered = (
        ()
        if scene.is_wordless or only_who
        else tuple(dict.fromkeys(each for each in near if each in scene.skills and _called(scene, each)))[:2]
    )
    if len(offered) < 2:
        return Step(
            Reply(manager.say("not_understood")), replace(_undone_yet(talk), puzzled=talk.puzzled + 1), lost=True
        )
    first, second = (_called(scene, intent) for intent in offered)
    return Step(
        Reply(
            manager.say("which_meaning", first=first, second=second),
            buttons=(Button(first, first), Button(second, second)),
        ),
        replace(_undone_yet(talk), meanings=Meanings(scene.text, offered), puzzled=talk.puzzled + 1),
        lost=True,
    )


def _complaint(scene: Scene) -> list[str]:
    """我腰疼 may be told to a human, whatever else it may be."""
    return [ILLNESS] if scene.role == "member" and live_notions(scene.text).hits("mild") else []


def _undone_yet(talk: Talk) -> Talk:
    """Nothing open; what was done last can still be put right by 不对，是三点."""
    return replace(talk.settled(), undo=talk.undo, done=talk.done, amend=talk.amend)


def offer_person(scene: Scene) -> Step:
    """A human instead; the question that could not be answered waits until that is settled."""
    said = said_so_far(scene.talk, (*scene.talk.unclear, Unclear(scene.text, scene.utterance.recording_id)))
    desk = scene.desk("")
    if desk.officers and desk.officers[0].id == scene.utterance.speaker.id:  # there is nobody above to call
        reply = Reply(scene.words("manager").say("puzzled_officer"), buttons=scene.talk.last_buttons)
        return Step(reply, replace(scene.talk, puzzled=0), lost=True)
    text = scene.words("manager").say("offer_person", secretary=desk.secretary)
    question = Question(Wish("contact_secretary", text=said), "", text, scene.utterance.now)
    talk = replace(scene.talk.asking(question), puzzled=0)
    return Step(Reply(text, buttons=buttons(scene, question)), talk, lost=True)


def _called(scene: Scene, intent: str) -> str:
    """What a meaning is called when it is offered: as its own .toml has it, else as the manager's has; else empty."""
    own = next((words.called for words in load_words() if words.intent == intent), "")
    names = scene.words("meanings")
    return own or (names.say(intent) if names.has(intent) else "")
