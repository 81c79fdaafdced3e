"""Every rule names its document, or is marked as the branch's own."""

from __future__ import annotations

import pytest

from storage.care import TRIGGERS
from storage.profiles import UnknownProfile, load_profile, profile_names


@pytest.mark.parametrize("key", profile_names())
def test_each_value_has_a_source_or_is_the_branchs_own(key: str) -> None:
    profile = load_profile(key)
    for name, rule in profile.rules.items():
        assert rule.own or rule.clause, f"{key}: {name} names a document but no clause"


@pytest.mark.parametrize("key", profile_names())
def test_time_limits_stand_in_every_profile_and_are_marked_as_own(key: str) -> None:
    profile = load_profile(key)
    limits = [f"care.{trigger}.visit_hours" for trigger in TRIGGERS if trigger != "holiday"]
    for name in [*limits, "task.call_back.hours", "task.home_study.hours", "task.theme.hours"]:
        assert profile.hours(name) > 0
        assert profile.rules[name].own, "no document gives a limit in hours"


def test_the_localities_disagree_as_their_documents_do() -> None:
    assert load_profile("fuzhou").rules["branch.separate_from_members"].value == 5
    assert load_profile("wuxi").rules["branch.separate_from_members"].value == 3
    assert load_profile("jiayuguan").rules["dues.returned_percent"].value == 80
    assert load_profile("lishui").rules["dues.returned_percent"].value == 100


def test_an_unknown_profile_lists_those_there_are() -> None:
    with pytest.raises(UnknownProfile, match="weifang"):
        load_profile("beijing")
