"""What a page sends is one turn; the same number again changes nothing; what cannot be taken is refused kindly."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from bot.web.upload import LARGEST_RECORDING, LONGEST_TEXT

from .conftest import Visits

SHAPE = {"heard", "text", "buttons", "voice", "parts", "table", "intent"}
NUMBER = (None, "a-first-number")


def inbox(visits: Visits) -> list[tuple[str, str]]:
    return [tuple(row) for row in visits.app.db.execute("SELECT update_id, state FROM inbox ORDER BY id").fetchall()]


async def test_a_pressed_choice_is_a_turn(visits: Visits) -> None:
    answer = await visits.say("王桂兰", "帮助")
    assert answer.status_code == 200
    told = answer.json()
    assert set(told) == SHAPE
    assert told["heard"] == "帮助"
    assert told["text"]
    assert [state for _, state in inbox(visits)] == ["done"]


async def test_the_same_number_again_gives_the_same_answer_and_one_turn(visits: Visits) -> None:
    first = (await visits.say("王桂兰", "我生病住院了")).json()
    second = (await visits.say("王桂兰", "我生病住院了")).json()
    assert first["text"] == second["text"]
    assert len(inbox(visits)) == 1
    assert visits.app.db.execute("SELECT count(*) FROM care_report").fetchone()[0] == 1


async def test_a_number_that_another_member_used_names_no_answer_of_theirs(visits: Visits) -> None:
    await visits.say("王桂兰", "我生病住院了", "the-very-same-number")
    theirs = (await visits.say("张建国", "帮助", "the-very-same-number")).json()
    assert theirs["heard"] == "帮助"
    assert len(inbox(visits)) == 2


async def test_sound_that_cannot_be_decoded_is_answered_and_kept(visits: Visits) -> None:
    answer = await visits.record("王桂兰", b"this is no sound at all")
    assert answer.status_code == 200
    assert answer.json()["text"]
    recording_id = visits.app.db.execute("SELECT recording_id FROM inbox").fetchone()[0]
    assert visits.app.recordings.load(recording_id) == b"this is no sound at all"


REFUSED = {
    "no form": ({"content": b"{}", "headers": {"content-type": "application/json"}}, 415),
    "no content type": ({"content": b"abc"}, 415),
    "a form that ends too soon": (
        {"content": b"--x\r\nContent-Disp", "headers": {"content-type": "multipart/form-data; boundary=x"}},
        400,
    ),
    "a form without a boundary": ({"content": b"x", "headers": {"content-type": "multipart/form-data"}}, 400),
    "nothing at all": ({"files": {"update_id": NUMBER}}, 400),
    "blank text": ({"files": {"update_id": NUMBER, "text": (None, "  ")}}, 400),
    "an empty recording": ({"files": {"update_id": NUMBER, "audio": ("said", b"", "audio/webm")}}, 400),
    "no number": ({"files": {"text": (None, "你好")}}, 400),
    "a number that is none": ({"files": {"update_id": (None, "../x"), "text": (None, "你好")}}, 400),
    "a picture": ({"files": {"update_id": NUMBER, "audio": ("p.png", b"\x89PNG", "image/png")}}, 415),
    "two recordings": (
        {"files": [("audio", ("a", b"1", "audio/webm")), ("audio", ("b", b"2", "audio/webm")), ("update_id", NUMBER)]},
        400,
    ),
    "a very long text": ({"files": {"update_id": NUMBER, "text": (None, "好" * (LONGEST_TEXT + 1))}}, 413),
    "25 MB": ({"files": {"update_id": NUMBER, "audio": ("said", bytes(25 << 20), "audio/webm")}}, 413),
    "one byte too many": (
        {"files": {"update_id": NUMBER, "audio": ("said", bytes(LARGEST_RECORDING + 1), "audio/webm")}},
        413,
    ),
}


@pytest.mark.parametrize("what", REFUSED)
async def test_what_cannot_be_taken_is_refused_with_a_sentence(visits: Visits, what: str) -> None:
    request, status = REFUSED[what]
    answer = await visits.http.post(f"{visits.of('王桂兰')}/say", **request)
    assert answer.status_code == status
    assert set(answer.json()) == SHAPE
    assert answer.json()["text"].endswith("。")
    assert inbox(visits) == []


async def test_an_upload_of_unknown_length_is_cut_off_while_it_comes_in(visits: Visits) -> None:
    sent = 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal sent
        yield b'--x\r\nContent-Disposition: form-data; name="audio"; filename="s"\r\nContent-Type: audio/webm\r\n\r\n'
        for _ in range(2000):
            sent += 1 << 20
            yield bytes(1 << 20)

    answer = await visits.http.post(
        f"{visits.of('王桂兰')}/say", content=endless(), headers={"content-type": "multipart/form-data; boundary=x"}
    )
    assert answer.status_code == 413
    assert sent < 8 * LARGEST_RECORDING


@pytest.mark.parametrize(
    "headers",
    [
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"origin": "https://elsewhere.example"},
        {"origin": "null"},
    ],
)
async def test_another_site_cannot_speak_for_a_member(visits: Visits, headers: dict[str, str]) -> None:
    answer = await visits.http.post(
        f"{visits.of('王桂兰')}/say", files={"update_id": NUMBER, "text": (None, "我生病了")}, headers=headers
    )
    assert answer.status_code == 403
    assert inbox(visits) == []


async def test_our_own_page_may(visits: Visits) -> None:
    for headers in ({"sec-fetch-site": "same-origin"}, {"origin": visits.app.config.address}):
        answer = await visits.http.post(
            f"{visits.of('王桂兰')}/say", files={"update_id": NUMBER, "text": (None, "帮助")}, headers=headers
        )
        assert answer.status_code == 200


async def test_a_fault_of_ours_is_a_kind_sentence_that_the_page_will_try_again(visits: Visits) -> None:
    visits.app.db.execute("ALTER TABLE inbox RENAME TO gone")
    answer = await visits.say("王桂兰", "我生病了")
    assert answer.status_code == 500
    assert set(answer.json()) == SHAPE
    assert "马上再试" in answer.json()["text"]
    assert answer.headers["referrer-policy"] == "no-referrer"


async def test_an_answer_that_cannot_be_spoken_is_still_read(visits: Visits) -> None:
    told = (await visits.say("王桂兰", "帮助")).json()
    for address in [told["voice"], *told["parts"]]:
        assert (await visits.http.get(address)).status_code == 404  # this branch has no speech models
