"""Members are found by sound, told apart by what was written or spelled, and never taken for ordinary words."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogs.understanding.meaning import Person
from dialogs.understanding.names import PersonMatch, find_people
from tests.shared_data import shared

ROSTER = (
    Person("王桂兰", "女", 1945),
    Person("汪桂兰", "女", 1948),
    Person("张建国", "男", 1949),
    Person("章建国", "男", 1952),
    Person("李秀英", "女", 1941),
    Person("黎秀英", "女", 1944),
    Person("刘兰香", "女", 1952),
    Person("牛兰香", "女", 1949),
    Person("许卫东", "男", 1962, "书记"),
    Person("徐卫东", "男", 1961),
    Person("亓兆堃", "男", 1934),
    Person("綦鸿翥", "男", 1932),
    Person("昝赟生", "男", 1948),
    Person("吴文彬", "男", 1950),
    Person("胡文斌", "男", 1946),
    Person("邬垚", "男", 1958),
    Person("单志和", "男", 1940),
    Person("李有才", "男", 1946),
    Person("雷明亮", "男", 1957),
    Person("徐阿毛", "男", 1936),
    Person("欧阳淑芬", "女", 1943),
    Person("陆杭亮", "男", 1950),
)


def named(text: str, *alternatives: str, region: str = "") -> list[str]:
    """The names found that may be acted upon."""
    return [m.person.name for m in find_people(text, alternatives, ROSTER, region) if not m.loose]


def only(text: str, *alternatives: str) -> PersonMatch:
    """The one match."""
    (match,) = find_people(text, alternatives, ROSTER)
    return match


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("给王桂兰记一下", ["王桂兰"]),
        ("王贵兰住院了", ["王桂兰"]),
        ("其兆坤的走访拖了", ["亓兆堃"]),
        ("刘兰想的党费交了", ["刘兰香"]),
        ("奇红柱老先生", ["綦鸿翥"]),
        ("赞云生来了没有", ["昝赟生"]),
        ("批准吴瑶的申请", ["邬垚"]),
        ("善志和今天到了", ["单志和"]),
        ("鹿行亮没来", ["陆杭亮"]),
        ("欧阳书芬摔了一跤", ["欧阳淑芬"]),
        ("今天到的有张建国李秀英亓兆堃三个人", ["张建国", "李秀英", "亓兆堃"]),
        ("到会 吴文彬 刘兰香 邬垚", ["吴文彬", "刘兰香", "邬垚"]),
        ("出席的吴文斌，刘蓝香和咱云生", ["吴文彬", "刘兰香", "昝赟生"]),
        ("许卫东和徐卫东分别住在哪里", ["许卫东", "徐卫东"]),
    ],
)
def test_names_are_heard_by_sound_in_the_order_of_the_sentence(said: str, meant: list[str]) -> None:
    assert named(said) == meant


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("不是汪桂兰是王桂兰", ["王桂兰"]),
        ("我问的不是章建国，是张建国，他怎么样", ["张建国"]),
        ("张建国没走，走的是章建国", ["章建国"]),
        ("是徐卫东不是那个许卫东", ["徐卫东"]),
        ("缺席的不是吴文彬，他来了的", ["吴文彬"]),
        ("是不是王桂兰来过", ["王桂兰"]),
    ],
)
def test_a_denied_name_is_left_out_where_another_is_given(said: str, meant: list[str]) -> None:
    assert named(said) == meant


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("李秀英，黎明的黎，她没来", "黎秀英"),
        ("张建国，立早章那个", "章建国"),
        ("章建国弓长张的那个", "张建国"),
        ("张建国不是弓长张", "章建国"),
        ("汪桂兰，三横王", "王桂兰"),
        ("徐卫东，言午许", "许卫东"),
        ("胡文斌，口天吴，彬彬有礼的彬", "吴文彬"),
    ],
)
def test_a_spelled_character_decides(said: str, meant: str) -> None:
    match = only(said)
    assert match.person.name == meant
    assert match.rivals == ()


def test_when_nothing_tells_two_people_apart_the_other_is_a_rival() -> None:
    match = only("忘贵蓝今天没来")
    assert {match.person.name, *(p.name for p in match.rivals)} == {"王桂兰", "汪桂兰"}
    assert only("王桂兰今天没来").rivals == ()
    assert only("汪贵蓝今天没来").person.name == "汪桂兰"


@pytest.mark.parametrize(
    ("said", "meant", "loose"),
    [
        ("老亓今天没来", "亓兆堃", True),
        ("许书记说的", "许卫东", False),
        ("桂兰大姐来了没有", "王桂兰", True),
        ("秀英阿姨家", "李秀英", True),
        ("兆堃同志到了", "亓兆堃", False),
        ("綦老今天精神好", "綦鸿翥", True),
        ("老雷头上回说的", "雷明亮", True),
        ("帮阿毛报个名", "徐阿毛", True),
    ],
)
def test_forms_of_address_are_understood_but_a_bare_surname_is_loose(said: str, meant: str, loose: bool) -> None:
    match = only(said)
    assert (match.person.name, match.loose) == (meant, loose)


def test_an_address_that_fits_several_names_them_all() -> None:
    match = only("李大姐来过电话")
    assert [match.person.name, *(p.name for p in match.rivals)] == ["李秀英"]
    match = only("老李又没来")
    assert {match.person.name, *(p.name for p in match.rivals)} == {"李秀英", "李有才"}


def test_an_address_beside_the_full_name_adds_nobody() -> None:
    assert [m.person.name for m in find_people("老雷啊，就是雷明亮", (), ROSTER)] == ["雷明亮"]


@pytest.mark.parametrize(("said", "speaker"), [("我是雷明亮", True), ("我是雷明亮的老伴", False)])
def test_the_speaker_gives_their_own_name(said: str, speaker: bool) -> None:
    assert only(said).speaker is speaker


@pytest.mark.parametrize(
    "said",
    [
        "下午要去看病",
        "冰箱里有菜",
        "建国饭店离得远",
        "我的小孙子考上了",
        "建国七十多年了",
        "房间明亮得很",
        "他很有才",
        "这个月还上不上党课了",
        "家里没药了中午要去买",
        "张罗着建个国画班",
    ],
)
def test_ordinary_words_are_nobody(said: str) -> None:
    assert find_people(said, (), ROSTER) == []


def test_a_name_that_only_another_reading_has_is_found_there() -> None:
    match = only("帮七造啊报名", "帮亓兆堃报名")
    assert (match.person.name, match.reading) == ("亓兆堃", 1)
    assert named("王桂兰明天来", "汪桂兰明天来") == ["王桂兰"], "the same place is the same person"


def test_who_is_denied_in_the_best_reading_is_not_named_by_another() -> None:
    assert named("是亓兆堃，不是雷明亮", "是亓兆堃，不识雷明亮", "事亓兆堃不是雷明亮") == ["亓兆堃"]


def test_an_accent_of_the_region_is_heard() -> None:
    assert named("柳蓝香今天没来", region="fuzhou") == ["刘兰香"]
    assert named("无文斌不同意", region="wuxi") == ["吴文彬"]


def test_an_empty_roster_has_nobody() -> None:
    assert find_people("王桂兰", ("汪桂兰",), ()) == []


@given(st.text(max_size=200) | st.text(alphabet="王汪桂兰张章建国老李书记不是的黎明，我是邬垚下午要", max_size=60))
def test_any_text_can_be_searched_for_names(text: str) -> None:
    for match in find_people(text, (text[::-1],), ROSTER):
        assert 0 <= match.begin < match.finish <= len(text)
        assert 0 <= match.score <= 1


@pytest.mark.parametrize("style", ["asr", "other"])
def test_names_of_the_reference_utterances_are_found(style: str) -> None:
    lines = [json.loads(line) for line in shared("corpus", "dev.jsonl").read_text(encoding="utf-8").splitlines()]
    rows = shared("corpus", "roster.tsv").read_text(encoding="utf-8").splitlines()[1:]
    roster = [Person(name, gender, int(year)) for name, gender, year, _ in (row.split("\t") for row in rows)]
    right = []
    for line in lines:
        person = line["slots"].get("person")
        if person and (line["style"] == "asr") == (style == "asr"):
            found = find_people(line["text"], (), roster)
            names = {m.person.name for m in found if not m.loose and not m.speaker}
            right.append(names == ({person} if isinstance(person, str) else set(person)))
    assert sum(right) / len(right) >= 0.93


def test_a_given_name_of_which_something_is_reported_is_a_member() -> None:
    for said in ("桂兰住院了", "贵蓝住院了", "听说桂兰昨天夜里摔了", "小同志，桂兰病了"):
        match = only(said)
        assert {match.person.name, *(p.name for p in match.rivals)} == {"王桂兰", "汪桂兰"}, said
        assert match.loose, "two are meant as likely: ask"
    for said, meant in (("阿毛住院了", "徐阿毛"), ("阿猫住院了", "徐阿毛"), ("志和的老伴走了", "单志和")):
        assert (only(said).person.name, only(said).loose) == (meant, False), said


@pytest.mark.parametrize(
    "said",
    [
        "老伴住院了",
        "我妈病了",
        "今天病了",
        "明亮的屋子没了",
        "建国以后就走了",
        "有才能的人走了",
        "房间明亮，家里没人",
    ],
)
def test_what_sounds_like_a_given_name_is_nobody(said: str) -> None:
    assert find_people(said, (), ROSTER) == []


def test_the_only_one_of_a_surname_of_whom_a_need_is_reported_is_meant() -> None:
    assert (only("老亓住院了").person.name, only("老亓住院了").loose) == ("亓兆堃", False)
    assert only("老亓今天没来").loose
    assert only("老李住院了").loose, "two of the surname: ask"


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("流德附住院了", []),
        ("鹿航两没来，给他记上", ["陆杭亮"]),
        ("给黎秀衣记一笔", ["黎秀英"]),
        ("张建国和徐阿猫拍月收都到了", ["张建国", "徐阿毛"]),
        ("吴温冰欠党费", ["吴文彬"]),
        ("徐R毛来了", ["徐阿毛"]),
    ],
)
def test_a_garbled_name_is_heard_where_names_stand(said: str, meant: list[str]) -> None:
    assert named(said) == meant


def test_a_far_name_is_nobody_in_the_middle_of_a_sentence_or_across_a_comma() -> None:
    assert named("路港连来了") == ["陆杭亮"]
    assert named("我走的那条路港连着海") == []
    assert named("路，港连来了") == []


def test_who_is_named_beside_themselves_is_the_other_who_sounds_so() -> None:
    assert named("书卫东和书卫东住在哪里") in (["许卫东", "徐卫东"], ["徐卫东", "许卫东"])


def test_a_recognisers_spelling_proves_little() -> None:
    def rivals(text: str, *alternatives: str) -> set[str]:
        (match,) = find_people(text, alternatives, ROSTER)
        return {match.person.name, *(person.name for person in match.rivals)}

    assert rivals("张建国来了", "张建国来了。") == {"张建国", "章建国"}, "the very same sound"
    assert rivals("许卫东来了", "徐卫东来了") == {"许卫东", "徐卫东"}, "its readings do not agree"
    assert rivals("许卫东来了", "许卫东来了。") == {"许卫东"}, "the tones differ and all readings agree"
    assert rivals("张建国来了") == {"张建国"}, "written, and not heard"
    assert rivals("张建国弓长张来了", "张建国弓长张来了。") == {"张建国"}, "spelled aloud"


def test_ordinary_words_at_the_head_of_a_clause_are_no_garbled_name() -> None:
    roster = (Person("宋玉兰", "女", 1940), Person("严仁忠", "男", 1941), Person("何水官", "男", 1939))
    assert [m.person.name for m in find_people("严仁忠昨天夜里摔了,送医院了", (), roster)] == ["严仁忠"]
    assert not find_people("物业已经修好了水管走访完成", (), roster)


def test_a_name_written_in_another_reading_at_the_same_place_is_a_rival() -> None:
    roster = (Person("唐根发", "男", 1940), Person("谭根发", "男", 1941))
    found = find_people("唐根发说他明天来不了", ("谭根发说他明天来不了",), roster)
    assert [(m.person.name, [r.name for r in m.rivals]) for m in found] == [("唐根发", ["谭根发"])]


def test_a_name_that_is_garbled_less_in_another_reading_is_heard_there() -> None:
    roster = (Person("潘岳松", "男", 1953), Person("雷明亮", "男", 1957))
    found = find_people("雷明亮拍月搜两位的补助", ("雷明亮拍月松两位的补助",), roster)
    assert [m.person.name for m in found] == ["雷明亮", "潘岳松"]


def test_who_sounds_less_alike_than_one_the_recording_speaks_against_is_nobody_either() -> None:
    roster = (Person("沈仁和", "男", 1940), Person("岑仁和", "男", 1941))
    heard = ("未从融合在家里摔倒了。", ("未曾任何在家里摔倒了。",))
    assert not find_people(*heard, roster, unlikely=("岑仁和",))
    assert find_people("沈仁和在家里摔倒了", (), roster, unlikely=("岑仁和",))


def test_whom_the_recording_speaks_against_is_nobody_unless_written() -> None:
    roster = (Person("邓春妹", "女", 1940),)
    assert find_people("告诉灯村妹一声", (), roster)
    assert not find_people("告诉灯村妹一声", (), roster, unlikely=("邓春妹",))
    assert find_people("告诉邓春妹一声", (), roster, unlikely=("邓春妹",))
