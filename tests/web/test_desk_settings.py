"""What a branch sets for itself at the desk takes effect where it is used, stays within reason, and is logged."""

from __future__ import annotations

import pytest

from bot.app import App
from dialogs import quiet
from dialogs.officers import setting_rules
from storage import log, settings
from storage.profiles import load_profile, profile_names
from tests.web.conftest import NOW
from tests.web.seats import Seat, told

RULE = "/desk/settings/rule"


def entries(app: App, kind: str) -> list[str | None]:
    return [entry.sentence for entry in log.entries(app.db, 1) if entry.kind == kind]


async def test_quiet_hours_are_set_and_hold(app: App, seat: Seat) -> None:
    page = await seat.presses(RULE, **{"quiet.from": "20:00", "quiet.to": "08:00"})
    assert told(page) == "改好了：夜里从几点起不打扰、早上到几点。"
    profile = settings.profile_of(app.db, 1)
    night = NOW.replace(hour=20, minute=30)
    assert quiet.not_before(profile, night).strftime("%d %H:%M") == "23 08:00"
    assert quiet.not_before(settings.profile_of(app.db, 2), night) == night, "the other branch has its own"
    assert entries(app, "setting") == [
        "李明把“夜里从几点起不打扰”从21:30改成20:00，本支部自定",
        "李明把“早上到几点”从07:00改成08:00，本支部自定",
    ]
    assert "晚上8点" in page.text
    assert "原来是晚上9点半" in page.text


async def test_a_check_in_rhythm_is_set_as_a_whole_or_not_at_all(app: App, seat: Seat) -> None:
    form = {"check_in.every_days": "3", "check_in.at": "19:00", "check_in.until": "18:00"}
    answer = await seat.presses(RULE, **form)
    assert answer.status_code == 422
    assert "“几点问候”要比“几点以后不问候”早" in answer.text
    assert 'value="3"' in answer.text, "what was typed still stands there"
    assert settings.of_branch(app.db, 1) == []
    assert told(await seat.presses(RULE, **form | {"check_in.until": "20:00"})).startswith("改好了")
    assert settings.profile_of(app.db, 1).rules["check_in.every_days"].value == 3


@pytest.mark.parametrize("value", ["0", "-1", "1.5", "三", "1000000", ""])
async def test_a_number_that_cannot_be_meant_is_asked_for_again(app: App, seat: Seat, value: str) -> None:
    answer = await seat.presses(RULE, **{"care.illness.visit_hours": value})
    assert answer.status_code == 422
    assert "请写 1 到 720 之间的整数" in answer.text
    assert settings.of_branch(app.db, 1) == []


async def test_what_a_document_gives_is_not_the_branch_s_to_set(app: App, seat: Seat) -> None:
    assert (await seat.presses(RULE, **{"study.sessions_per_month": "5"})).status_code == 422
    assert "文件规定的" in await seat.sees(f"{RULE}?key=study.sessions_per_month")
    assert "文件规定的" in await seat.sees(f"{RULE}?key=no.such.rule")
    assert settings.of_branch(app.db, 1) == []


async def test_a_value_is_put_back(app: App, seat: Seat) -> None:
    await seat.presses(RULE, **{"care.illness.visit_hours": "24"})
    assert "原来是48" in await seat.sees(f"{RULE}?key=care.illness.visit_hours")
    await seat.presses(f"{RULE}/reset", key="care.illness.visit_hours")
    assert settings.profile_of(app.db, 1).hours("care.illness.visit_hours") == 48


async def test_another_locality_is_followed_and_its_documents_come_first(app: App, seat: Seat) -> None:
    page = await seat.presses("/desk/settings/locality", profile="jiayuguan")
    assert told(page) == "以后照嘉峪关市的规定办。"
    assert settings.profile_of(app.db, 1).key == "jiayuguan"
    assert settings.profile_of(app.db, 2).key == "wuxi"
    assert entries(app, "locality") == ["李明把规定从无锡市改成嘉峪关市"]
    assert (await seat.presses("/desk/settings/locality", profile="beijing")).status_code == 422


@pytest.mark.parametrize("name", profile_names())
def test_every_value_that_can_be_set_lies_within_its_own_limits(app: App, name: str) -> None:
    for key, rule in load_profile(name).rules.items():
        if settings.can_be_set(rule) and isinstance(rule.value, int):
            least, most = setting_rules.limits(key)
            assert least <= rule.value <= most, key
    setting_rules.check(load_profile(name), {})
