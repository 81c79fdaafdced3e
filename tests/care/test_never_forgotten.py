"""In any order of reports, answers, failures, restarts and clock jumps, a case that waits is called for again."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from storage import care, due
from storage.care import CareCase
from tests.care.watch import OFFICERS, Watch

ADDRESSES = st.sampled_from([address for *_, address in OFFICERS])
NAMES = st.sampled_from([name for name, *_ in OFFICERS])
TRIGGERS = st.sampled_from(["emergency", "illness"])


class Branch(RuleBasedStateMachine):
    """Everything that can happen to a branch in a bad night."""

    @initialize()
    def begin(self) -> None:
        self.watch = Watch()
        self.confirmed: dict[int, int] = {}

    def teardown(self) -> None:
        if hasattr(self, "watch"):
            self.watch.close()

    @rule(by=st.sampled_from(["王桂兰", "刘德福", "张建国", "李卫民"]), trigger=TRIGGERS)
    def somebody_reports(self, by: str, trigger: str) -> None:
        self.watch.report(by, "王桂兰不好了", trigger, "王桂兰")

    @rule(name=NAMES)
    def somebody_takes_it(self, name: str) -> None:
        cases = care.open_cases(self.watch.db, 1)
        if cases:
            self.watch.take(name, cases[0])

    @rule(address=ADDRESSES)
    def a_chat_refuses(self, address: str) -> None:
        self.watch.chats.refusing.add(address)

    @rule(address=ADDRESSES)
    def a_chat_dies(self, address: str) -> None:
        self.watch.chats.dead.add(address)

    @rule(address=ADDRESSES)
    def a_line_breaks(self, address: str) -> None:
        self.watch.chats.doubtful.append(address)

    @rule()
    def the_chats_come_back(self) -> None:
        self.watch.chats.dead.clear()
        self.watch.chats.refusing.clear()

    @rule()
    def the_process_dies(self) -> None:
        self.watch.restart()

    @rule()
    def what_is_due_happens(self) -> None:
        self.watch.work()

    @rule(seconds=st.integers(1, 900))
    def time_passes(self, seconds: int) -> None:
        self.watch.later(seconds=seconds)

    @rule(hours=st.integers(-72, 72))
    def the_clock_jumps(self, hours: int) -> None:
        self.watch.now += timedelta(hours=hours)

    @rule(false_alarm=st.booleans())
    def a_case_is_closed(self, false_alarm: bool) -> None:
        cases = care.open_cases(self.watch.db, 1)
        if cases:
            by = self.watch.person("李卫民").id
            care.close(self.watch.db, cases[0], by, self.watch.now, reason="人没事", false_alarm=false_alarm)

    @invariant()
    def an_open_case_has_a_call_to_come(self) -> None:
        if not hasattr(self, "watch"):
            return
        for case in care.open_cases(self.watch.db, 1):
            if case.waits:
                assert due.waiting(self.watch.db, kind="ladder_call", case_id=case.id), case

    @invariant()
    def nobody_is_told_that_it_is_taken_unless_it_is(self) -> None:
        if not hasattr(self, "watch"):
            return
        told = self.watch.rows("SELECT case_id, count(*) FROM outbox WHERE text LIKE '%已经收到%' GROUP BY case_id")
        for case_id, _ in told:
            taken = "SELECT 1 FROM delivery WHERE case_id = ? AND outcome = 'acknowledged'"
            assert self.watch.rows(taken, int(str(case_id))), "told as taken, and nobody took it"

    @invariant()
    def no_news_that_it_is_taken_is_on_its_way_for_a_case_that_waits(self) -> None:
        if not hasattr(self, "watch"):
            return
        assert not self.watch.rows(
            "SELECT outbox.id FROM outbox JOIN care_case ON care_case.id = case_id WHERE outbox.state = 'waiting' "
            "AND care_case.state IN ('reported', 'told') AND text LIKE '%已经收到%' AND text_sent_at IS NULL"
        )

    @invariant()
    def the_log_tells_of_every_acknowledgement(self) -> None:
        if not hasattr(self, "watch"):
            return
        acknowledged = self.watch.rows("SELECT count(*) FROM delivery WHERE outcome = 'acknowledged'")
        assert acknowledged == self.watch.rows("SELECT count(*) FROM entry WHERE kind = 'care_acknowledged'")


TestNeverForgotten = Branch.TestCase
TestNeverForgotten.settings = settings(
    max_examples=25, stateful_step_count=25, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)


def test_a_call_that_has_been_due_is_made_whatever_the_clock_did() -> None:
    """The wait of an open emergency is never longer than its profile says, however the clock was set meanwhile."""
    for jump in (-1000, -30, -1, 1, 30, 1000):
        watch = Watch()
        watch.report("王桂兰", "我摔倒了")
        watch.work()
        watch.now += timedelta(minutes=jump)
        before = len(watch.called())
        watch.later(minutes=7)
        case: CareCase = watch.case()
        assert case.waits
        assert len(watch.called()) > before, f"after a jump of {jump} minutes nobody is called"
        watch.close()
