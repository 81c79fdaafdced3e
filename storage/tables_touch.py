"""The tables of m010: four-knows cards, own days, holiday rounds, rhythms, check-ins, and contacts beside the cases.

The tasks get two more kinds. SQLite cannot change a CHECK, so their table is written anew with the same keys; no table
refers to it.
"""

from __future__ import annotations

_TASK_COLUMNS = (
    "id, branch_id, kind, member_id, officer_id, subject, said, recording_id, created_at, due_at, done_at, done_by"
)

TOUCH_TABLES = (
    """CREATE TABLE card (
        member_id INTEGER NOT NULL REFERENCES member,
        part TEXT NOT NULL CHECK (part IN ('where', 'daily', 'family_health', 'needs')),
        text TEXT NOT NULL, confirmed_at TEXT NOT NULL, confirmed_by INTEGER NOT NULL REFERENCES member,
        PRIMARY KEY (member_id, part)) STRICT""",
    """CREATE TABLE own_day (
        member_id INTEGER NOT NULL REFERENCES member,
        kind TEXT NOT NULL CHECK (kind IN ('birthday', 'party_birthday')),
        month INTEGER NOT NULL CHECK (month BETWEEN 1 AND 12), day INTEGER NOT NULL CHECK (day BETWEEN 1 AND 31),
        lunar INTEGER NOT NULL DEFAULT 0 CHECK (lunar IN (0, 1)), year INTEGER,
        PRIMARY KEY (member_id, kind)) STRICT""",
    """CREATE TABLE round (
        id INTEGER PRIMARY KEY, branch_id INTEGER NOT NULL REFERENCES branch, festival TEXT NOT NULL,
        day TEXT NOT NULL, opened_at TEXT NOT NULL, UNIQUE (branch_id, festival, day)) STRICT""",
    """CREATE TABLE round_case (
        round_id INTEGER NOT NULL REFERENCES round, member_id INTEGER NOT NULL REFERENCES member,
        case_id INTEGER NOT NULL REFERENCES care_case, PRIMARY KEY (round_id, member_id)) STRICT""",
    "CREATE INDEX round_case_case ON round_case (case_id)",
    """CREATE TABLE rhythm (
        member_id INTEGER PRIMARY KEY REFERENCES member, every_days INTEGER CHECK (every_days > 0),
        refused INTEGER NOT NULL DEFAULT 0 CHECK (refused IN (0, 1)), said TEXT NOT NULL,
        changed_at TEXT NOT NULL) STRICT""",
    """CREATE TABLE check_in (
        id INTEGER PRIMARY KEY, member_id INTEGER NOT NULL REFERENCES member,
        tries INTEGER NOT NULL DEFAULT 1, asked_at TEXT NOT NULL,
        state TEXT NOT NULL DEFAULT 'asked' CHECK (state IN ('asked', 'well', 'unwell', 'heard', 'unanswered')),
        answered_at TEXT, said TEXT NOT NULL DEFAULT '', recording_id INTEGER REFERENCES recording) STRICT""",
    "CREATE UNIQUE INDEX check_in_open ON check_in (member_id) WHERE state = 'asked'",
    "CREATE INDEX check_in_member ON check_in (member_id, id)",
    """CREATE TABLE contact_made (
        id INTEGER PRIMARY KEY, member_id INTEGER NOT NULL REFERENCES member,
        officer_id INTEGER NOT NULL REFERENCES member, at TEXT NOT NULL,
        outcome TEXT NOT NULL CHECK (outcome IN ('met', 'not_met', 'by_phone', 'family')),
        notes TEXT NOT NULL DEFAULT '', gift_fen INTEGER CHECK (gift_fen >= 0),
        recording_id INTEGER REFERENCES recording) STRICT""",
    "CREATE INDEX contact_made_member ON contact_made (member_id, at)",
    "CREATE INDEX inbox_member ON inbox (member_id, received_at)",
    """CREATE TABLE task_new (
        id INTEGER PRIMARY KEY, branch_id INTEGER NOT NULL REFERENCES branch,
        kind TEXT NOT NULL CHECK (kind IN ('call_back', 'listen', 'home_study', 'dues_collect', 'profile_update',
            'theme', 'silent_call', 'card_call')),
        member_id INTEGER REFERENCES member, officer_id INTEGER REFERENCES member,
        subject TEXT NOT NULL DEFAULT '', said TEXT NOT NULL DEFAULT '',
        recording_id INTEGER REFERENCES recording, created_at TEXT NOT NULL,
        due_at TEXT NOT NULL, done_at TEXT, done_by INTEGER REFERENCES member) STRICT""",
    f"INSERT INTO task_new ({_TASK_COLUMNS}) SELECT {_TASK_COLUMNS} FROM task",
    "DROP TABLE task",
    "ALTER TABLE task_new RENAME TO task",
)
