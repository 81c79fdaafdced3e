"""An officer's question as it was heard, in the words of the desk: every reading is spelt anew, the cheapest counts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dialogs.asking.before import follows
from dialogs.asking.lexicon import KINDS, lexicon, own_words
from dialogs.asking.respelling import respelt
from dialogs.asking.sounded import Place, asking_which
from dialogs.scene import Scene
from dialogs.understanding.meaning import Said
from dialogs.understanding.names import find_people
from dialogs.understanding.questions import only_asks
from dialogs.understanding.times import find_times

LATER = 0.15
"""What each further reading has to be cheaper by: the recogniser has its reasons."""
ASKS_NOTHING = 0.6
"""What a reading has to be cheaper by that asks nothing where another does: 座谈会谁请了假 before 座党会，请了假."""
AGAIN = "again"
"""Under which the talk keeps the question before."""


def in_desk_words(scene: Scene) -> Scene:
    """The scene with an officer's spoken question in the words of the desk; any other scene as it is."""
    said = scene.utterance.said
    if not isinstance(said, Said) or scene.utterance.recording_id is None or scene.role != "secretary":
        return scene
    if scene.talk.question or scene.meaning.danger or not (scene.meaning.intent in KINDS or scene.meaning.unsure):
        return scene
    anew = replace(scene, utterance=replace(scene.utterance, said=_anew(said, scene)))
    if anew.meaning.danger or not (_goes_on(anew.text, scene) or anew.meaning.intent in KINDS):
        return scene
    sure = _goes_on(anew.text, scene) or not anew.meaning.unsure or scene.meaning.intent in KINDS
    return anew if sure else scene


def _anew(said: Said, scene: Scene) -> Said:
    """Everything that was heard, the reading first that is made of the desk's words most cheaply."""
    known = lexicon(own_words(scene.db, scene.utterance.speaker.id, scene.utterance.now))
    heard = (said.text, *said.alternatives)
    spelt = [respelt(asking_which(text), known, _named(text, scene)) for text in heard]
    costs = {each.text: each.cost + LATER * number for number, each in reversed(list(enumerate(spelt)))}
    text, *others = sorted(costs, key=lambda each: costs[each] + _lacks(each, scene))
    return Said(text, tuple(others), said.unlikely)


def _lacks(text: str, scene: Scene) -> float:
    """What a reading is dearer by that asks nothing: neither by its words, nor as going on from the question before."""
    return 0.0 if only_asks(text) or _goes_on(text, scene) else ASKS_NOTHING


def _goes_on(text: str, scene: Scene) -> bool:
    return AGAIN in scene.talk.follow and follows(text)


def _named(text: str, scene: Scene) -> Sequence[Place]:
    """Where people and times stand."""
    people = find_people(text, (), scene.roster, scene.profile.region)
    names = [(who.begin, who.finish) for who in people]
    times = find_times(text, scene.utterance.now, "past", [text[slice(*name)] for name in names])
    return [place for place in (*names, *((time.begin, time.finish) for time in times)) if place[0] < place[1]]
