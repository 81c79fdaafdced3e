"""The tables of m009: what is due, cases from report to closing, visits, the duty list, each try at telling somebody.

SQLite cannot change a CHECK. The table of cases has tables that refer to it, so these are written anew first, against
the new table; then nothing refers to the old one, it goes, and renaming the new one renames what refers to it.
"""

from __future__ import annotations

OPEN = "state NOT IN ('closed', 'false_alarm')"
"""A case that still needs somebody."""

_CASE = """CREATE TABLE care_case_new (
    id INTEGER PRIMARY KEY, branch_id INTEGER NOT NULL REFERENCES branch, number INTEGER NOT NULL,
    trigger TEXT NOT NULL CHECK (trigger IN ('emergency', 'illness', 'hardship', 'bereavement', 'holiday')),
    member_id INTEGER REFERENCES member, who TEXT NOT NULL DEFAULT '',
    urgency INTEGER NOT NULL DEFAULT 1 CHECK (urgency BETWEEN 1 AND 3),
    state TEXT NOT NULL DEFAULT 'reported' CHECK (state IN
        ('reported', 'told', 'acknowledged', 'visit_planned', 'visited', 'closed', 'false_alarm')),
    place TEXT NOT NULL DEFAULT '', reported_at TEXT NOT NULL, asked_at TEXT NOT NULL,
    step INTEGER NOT NULL DEFAULT 0, due_at TEXT NOT NULL,
    acknowledged_by INTEGER REFERENCES member, acknowledged_at TEXT,
    closed_at TEXT, closed_by INTEGER REFERENCES member, close_reason TEXT NOT NULL DEFAULT '',
    merged_into INTEGER REFERENCES care_case_new, UNIQUE (branch_id, number)) STRICT"""

_VISIT = """CREATE TABLE visit_new (
    id INTEGER PRIMARY KEY, case_id INTEGER NOT NULL REFERENCES care_case_new,
    visitor_id INTEGER REFERENCES member, planned_at TEXT, at TEXT,
    outcome TEXT CHECK (outcome IN ('met', 'not_met', 'by_phone', 'family')),
    notes TEXT NOT NULL DEFAULT '', gift_fen INTEGER CHECK (gift_fen >= 0),
    recording_id INTEGER REFERENCES recording, recorded_by INTEGER REFERENCES member,
    CHECK (planned_at IS NOT NULL OR at IS NOT NULL), CHECK ((at IS NULL) = (outcome IS NULL))) STRICT"""

_OUTBOX = """CREATE TABLE outbox_new (
    id INTEGER PRIMARY KEY, dedupe_key TEXT NOT NULL UNIQUE,
    lane TEXT NOT NULL CHECK (lane IN ('alert', 'reply', 'routine')), member_id INTEGER REFERENCES member,
    channel TEXT NOT NULL, address TEXT NOT NULL, text TEXT NOT NULL, spoken TEXT NOT NULL DEFAULT '',
    buttons TEXT NOT NULL DEFAULT '[]', recording_id INTEGER REFERENCES recording,
    case_id INTEGER REFERENCES care_case_new, created_at TEXT NOT NULL, due_at TEXT NOT NULL,
    state TEXT NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'sent', 'failed', 'cancelled')),
    text_sent_at TEXT, sent_at TEXT, attempts INTEGER NOT NULL DEFAULT 0,
    remote_id TEXT, last_error TEXT NOT NULL DEFAULT '') STRICT"""
_OUTBOX_COLUMNS = (
    "id, dedupe_key, lane, member_id, channel, address, text, spoken, buttons, recording_id, case_id, created_at, "
    "due_at, state, text_sent_at, sent_at, attempts, remote_id, last_error"
)

CARE_TABLES = (
    _CASE,
    """INSERT INTO care_case_new (id, branch_id, number, trigger, member_id, who, urgency, state, place, reported_at,
            asked_at, due_at, acknowledged_by, acknowledged_at, closed_at)
        SELECT id, branch_id, number, trigger, member_id, who, iif(trigger = 'emergency', 3, 1), state, place,
            reported_at, reported_at, due_at, acknowledged_by, acknowledged_at, closed_at FROM care_case""",
    """CREATE TABLE care_report_new (
        id INTEGER PRIMARY KEY, case_id INTEGER NOT NULL REFERENCES care_case_new,
        reporter_id INTEGER NOT NULL REFERENCES member,
        reporter_kind TEXT NOT NULL CHECK (reporter_kind IN ('self', 'member', 'family', 'secretary')),
        said TEXT NOT NULL, recording_id INTEGER REFERENCES recording, at TEXT NOT NULL) STRICT""",
    """INSERT INTO care_report_new SELECT care_report.id, case_id, reporter_id,
            CASE WHEN reporter_id = member_id THEN 'self'
                WHEN reporter_id IN (SELECT member_id FROM role WHERE role <> 'member') THEN 'secretary'
                ELSE 'member' END,
            said, recording_id, at
        FROM care_report JOIN care_case ON care_case.id = case_id""",
    _VISIT,
    """INSERT INTO visit_new (id, case_id, visitor_id, at, outcome, notes, gift_fen)
        SELECT id, case_id, visitor_id, at, 'met', notes, gift_fen FROM visit""",
    _OUTBOX,
    f"INSERT INTO outbox_new ({_OUTBOX_COLUMNS}) SELECT {_OUTBOX_COLUMNS} FROM outbox",
    *(f"DROP TABLE {table}" for table in ("care_report", "visit", "outbox", "care_case")),
    *(f"ALTER TABLE {table}_new RENAME TO {table}" for table in ("care_case", "care_report", "visit", "outbox")),
    f"""CREATE UNIQUE INDEX care_one_open ON care_case (branch_id, member_id, trigger)
        WHERE {OPEN} AND member_id IS NOT NULL""",
    "CREATE INDEX care_report_case ON care_report (case_id)",
    "CREATE INDEX visit_case ON visit (case_id)",
    "CREATE INDEX outbox_waiting ON outbox (channel, state, lane, due_at) WHERE state = 'waiting'",
    "CREATE INDEX outbox_case ON outbox (case_id) WHERE case_id IS NOT NULL",
    """CREATE TRIGGER care_close_needs_visit BEFORE UPDATE OF state ON care_case
        WHEN NEW.state IN ('closed', 'false_alarm') AND NEW.close_reason = '' AND NEW.merged_into IS NULL
            AND NOT EXISTS (SELECT 1 FROM visit WHERE case_id = NEW.id AND outcome <> 'not_met')
        BEGIN SELECT RAISE(ABORT, 'a case closes with a visit or with a reason'); END""",
    """CREATE TABLE delivery (
        id INTEGER PRIMARY KEY, case_id INTEGER NOT NULL REFERENCES care_case,
        officer_id INTEGER NOT NULL REFERENCES member, channel TEXT NOT NULL, rung INTEGER NOT NULL,
        step INTEGER NOT NULL, at TEXT NOT NULL,
        outcome TEXT NOT NULL CHECK (outcome IN ('tried', 'delivered', 'refused', 'failed', 'acknowledged')),
        message_id INTEGER REFERENCES outbox) STRICT""",
    "CREATE INDEX delivery_case ON delivery (case_id)",
    """CREATE TABLE duty (
        id INTEGER PRIMARY KEY, branch_id INTEGER NOT NULL REFERENCES branch,
        member_id INTEGER NOT NULL REFERENCES member, rung INTEGER NOT NULL,
        valid_from TEXT NOT NULL, valid_to TEXT, weekdays TEXT NOT NULL DEFAULT '',
        from_clock TEXT NOT NULL DEFAULT '', to_clock TEXT NOT NULL DEFAULT '') STRICT""",
    "CREATE INDEX duty_branch ON duty (branch_id, rung)",
    """CREATE TABLE due (
        id INTEGER PRIMARY KEY, branch_id INTEGER NOT NULL REFERENCES branch, kind TEXT NOT NULL,
        dedupe_key TEXT NOT NULL UNIQUE, member_id INTEGER REFERENCES member, case_id INTEGER REFERENCES care_case,
        subject TEXT NOT NULL DEFAULT '', put_at TEXT NOT NULL, due_at TEXT NOT NULL,
        stretch INTEGER NOT NULL DEFAULT 0 CHECK (stretch IN (0, 1)),
        state TEXT NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'fired', 'cancelled')),
        fired_at TEXT, late INTEGER NOT NULL DEFAULT 0 CHECK (late IN (0, 1)),
        tries INTEGER NOT NULL DEFAULT 0, again_at TEXT, last_error TEXT NOT NULL DEFAULT '') STRICT""",
    "CREATE INDEX due_waiting ON due (due_at) WHERE state = 'waiting'",
    "CREATE INDEX due_case ON due (case_id) WHERE state = 'waiting' AND case_id IS NOT NULL",
)
