"""The history of the tables, oldest first; a migration that has been released is never edited.

Times are ISO local text, money is integer fen. Tables are STRICT, so a wrong type is refused at the door.
"""

from __future__ import annotations

from sqlite_utils import Database
from sqlite_utils.migrations import Migrations

from storage.log import GUARDS, search, tally
from storage.tables_care import CARE_TABLES
from storage.tables_touch import TOUCH_TABLES

migrations = Migrations("nuanyang")


@migrations()
def m001_people(db: Database) -> None:
    """Branches, their people with roles by date, how to reach them, and their secret links."""
    _run(
        db,
        """CREATE TABLE branch (
            id INTEGER PRIMARY KEY, name TEXT NOT NULL, profile TEXT NOT NULL, created_at TEXT NOT NULL) STRICT""",
        """CREATE TABLE member (
            id INTEGER PRIMARY KEY, branch_id INTEGER NOT NULL REFERENCES branch, name TEXT NOT NULL,
            gender TEXT NOT NULL DEFAULT '', birth_year INTEGER, phone TEXT NOT NULL DEFAULT '',
            address TEXT NOT NULL DEFAULT '', called TEXT NOT NULL DEFAULT '', frail INTEGER NOT NULL DEFAULT 0,
            speed REAL NOT NULL DEFAULT 0.85, loudness REAL NOT NULL DEFAULT 1.0,
            dues_fen INTEGER, joined_at TEXT NOT NULL, left_at TEXT) STRICT""",
        "CREATE INDEX member_branch ON member (branch_id, name)",
        """CREATE TABLE role (
            id INTEGER PRIMARY KEY, member_id INTEGER NOT NULL REFERENCES member, role TEXT NOT NULL
            CHECK (role IN ('member', 'secretary', 'committee', 'liaison', 'party_committee')),
            title TEXT NOT NULL DEFAULT '', rung INTEGER NOT NULL DEFAULT 0,
            valid_from TEXT NOT NULL, valid_to TEXT) STRICT""",
        "CREATE INDEX role_member ON role (member_id)",
        """CREATE TABLE contact (
            id INTEGER PRIMARY KEY, member_id INTEGER NOT NULL REFERENCES member, channel TEXT NOT NULL,
            address TEXT NOT NULL, state TEXT NOT NULL DEFAULT 'ok' CHECK (state IN ('ok', 'blocked')),
            created_at TEXT NOT NULL, UNIQUE (channel, address)) STRICT""",
        """CREATE TABLE link (
            hash TEXT PRIMARY KEY, member_id INTEGER NOT NULL REFERENCES member,
            purpose TEXT NOT NULL CHECK (purpose IN ('page', 'enrol')), created_at TEXT NOT NULL,
            expires_at TEXT, used_at TEXT) STRICT""",
    )


@migrations()
def m002_branch_life(db: Database) -> None:
    """Sessions with sign-up and attendance, documents and who heard them, dues."""
    _run(
        db,
        """CREATE TABLE session (
            id INTEGER PRIMARY KEY, branch_id INTEGER NOT NULL REFERENCES branch, title TEXT NOT NULL,
            kind TEXT NOT NULL CHECK (kind IN ('study', 'activity')), starts_at TEXT NOT NULL,
            place TEXT NOT NULL DEFAULT '', capacity INTEGER,
            state TEXT NOT NULL DEFAULT 'planned' CHECK (state IN ('planned', 'held', 'cancelled'))) STRICT""",
        "CREATE INDEX session_branch ON session (branch_id, starts_at)",
        """CREATE TABLE registration (
            id INTEGER PRIMARY KEY, session_id INTEGER NOT NULL REFERENCES session,
            member_id INTEGER NOT NULL REFERENCES member, asked_by INTEGER NOT NULL REFERENCES member,
            state TEXT NOT NULL CHECK (state IN ('registered', 'waiting', 'cancelled', 'leave')),
            at TEXT NOT NULL, UNIQUE (session_id, member_id)) STRICT""",
        """CREATE TABLE attendance (
            session_id INTEGER NOT NULL REFERENCES session, member_id INTEGER NOT NULL REFERENCES member,
            state TEXT NOT NULL CHECK (state IN ('attended', 'excused', 'home_study', 'unexplained')),
            at TEXT NOT NULL, PRIMARY KEY (session_id, member_id)) STRICT""",
        "CREATE INDEX attendance_member ON attendance (member_id)",
        """CREATE TABLE document (
            id INTEGER PRIMARY KEY, branch_id INTEGER NOT NULL REFERENCES branch, title TEXT NOT NULL,
            nicknames TEXT NOT NULL DEFAULT '', number TEXT NOT NULL DEFAULT '', text TEXT NOT NULL,
            summary TEXT NOT NULL, added_at TEXT NOT NULL, UNIQUE (branch_id, title)) STRICT""",
        """CREATE TABLE listening (
            id INTEGER PRIMARY KEY, document_id INTEGER NOT NULL REFERENCES document,
            member_id INTEGER NOT NULL REFERENCES member, part TEXT NOT NULL, at TEXT NOT NULL) STRICT""",
        """CREATE TABLE dues (
            id INTEGER PRIMARY KEY, member_id INTEGER NOT NULL REFERENCES member, quarter TEXT NOT NULL,
            due_fen INTEGER, paid_fen INTEGER,
            state TEXT NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'claimed', 'verified')),
            claimed_at TEXT, verified_by INTEGER REFERENCES member, verified_at TEXT,
            UNIQUE (member_id, quarter)) STRICT""",
    )


@migrations()
def m003_care(db: Database) -> None:
    """Care cases with every report and visit, and tasks for a human."""
    _run(
        db,
        """CREATE TABLE recording (
            id INTEGER PRIMARY KEY, sha256 TEXT NOT NULL UNIQUE, file TEXT NOT NULL, bytes INTEGER NOT NULL,
            received_at TEXT NOT NULL) STRICT""",
        """CREATE TABLE care_case (
            id INTEGER PRIMARY KEY, branch_id INTEGER NOT NULL REFERENCES branch, number INTEGER NOT NULL,
            trigger TEXT NOT NULL CHECK (trigger IN ('emergency', 'illness', 'hardship', 'bereavement', 'holiday')),
            member_id INTEGER REFERENCES member, who TEXT NOT NULL DEFAULT '',
            state TEXT NOT NULL DEFAULT 'reported' CHECK (state IN ('reported', 'acknowledged', 'visited', 'closed')),
            place TEXT NOT NULL DEFAULT '', reported_at TEXT NOT NULL, due_at TEXT NOT NULL,
            acknowledged_by INTEGER REFERENCES member, acknowledged_at TEXT, closed_at TEXT,
            UNIQUE (branch_id, number)) STRICT""",
        """CREATE UNIQUE INDEX care_one_open ON care_case (branch_id, member_id, trigger)
            WHERE state <> 'closed' AND member_id IS NOT NULL""",
        """CREATE TABLE care_report (
            id INTEGER PRIMARY KEY, case_id INTEGER NOT NULL REFERENCES care_case,
            reporter_id INTEGER NOT NULL REFERENCES member, said TEXT NOT NULL,
            recording_id INTEGER REFERENCES recording, at TEXT NOT NULL) STRICT""",
        """CREATE TABLE visit (
            id INTEGER PRIMARY KEY, case_id INTEGER NOT NULL REFERENCES care_case,
            visitor_id INTEGER REFERENCES member, at TEXT NOT NULL, notes TEXT NOT NULL DEFAULT '',
            gift_fen INTEGER) STRICT""",
        """CREATE TABLE task (
            id INTEGER PRIMARY KEY, branch_id INTEGER NOT NULL REFERENCES branch,
            kind TEXT NOT NULL CHECK (kind IN ('call_back', 'listen')), member_id INTEGER REFERENCES member,
            said TEXT NOT NULL DEFAULT '', recording_id INTEGER REFERENCES recording, created_at TEXT NOT NULL,
            due_at TEXT NOT NULL, done_at TEXT, done_by INTEGER REFERENCES member) STRICT""",
    )


@migrations()
def m004_traffic(db: Database) -> None:
    """What came in, what goes out, and where each person's dialogue stands."""
    _run(
        db,
        """CREATE TABLE inbox (
            id INTEGER PRIMARY KEY, channel TEXT NOT NULL, update_id TEXT NOT NULL,
            member_id INTEGER REFERENCES member, raw TEXT NOT NULL, recording_id INTEGER REFERENCES recording,
            received_at TEXT NOT NULL,
            state TEXT NOT NULL DEFAULT 'new' CHECK (state IN ('new', 'done', 'parked')),
            attempts INTEGER NOT NULL DEFAULT 0, answer TEXT, UNIQUE (channel, update_id)) STRICT""",
        "CREATE INDEX inbox_open ON inbox (channel, state) WHERE state = 'new'",
        """CREATE TABLE outbox (
            id INTEGER PRIMARY KEY, dedupe_key TEXT NOT NULL UNIQUE,
            lane TEXT NOT NULL CHECK (lane IN ('alert', 'reply', 'routine')), member_id INTEGER REFERENCES member,
            channel TEXT NOT NULL, address TEXT NOT NULL, text TEXT NOT NULL, spoken TEXT NOT NULL DEFAULT '',
            buttons TEXT NOT NULL DEFAULT '[]', recording_id INTEGER REFERENCES recording,
            case_id INTEGER REFERENCES care_case, created_at TEXT NOT NULL, due_at TEXT NOT NULL,
            state TEXT NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'sent', 'failed')),
            text_sent_at TEXT, sent_at TEXT, attempts INTEGER NOT NULL DEFAULT 0,
            remote_id TEXT, last_error TEXT NOT NULL DEFAULT '') STRICT""",
        "CREATE INDEX outbox_waiting ON outbox (channel, state, lane, due_at) WHERE state = 'waiting'",
        """CREATE TABLE dialogue (
            member_id INTEGER PRIMARY KEY REFERENCES member, state TEXT NOT NULL, changed_at TEXT NOT NULL) STRICT""",
    )


@migrations()
def m005_log(db: Database) -> None:
    """The branch log, its words apart from its chain, and the triggers that keep it append-only."""
    _run(
        db,
        """CREATE TABLE entry (
            id INTEGER PRIMARY KEY, branch_id INTEGER NOT NULL REFERENCES branch, number INTEGER NOT NULL,
            at TEXT NOT NULL, actor_id INTEGER, channel TEXT NOT NULL, kind TEXT NOT NULL, member_id INTEGER,
            about_kind TEXT NOT NULL, about_id INTEGER, content_hash TEXT NOT NULL, previous TEXT NOT NULL,
            hash TEXT NOT NULL, UNIQUE (branch_id, number)) STRICT""",
        """CREATE TABLE entry_content (
            entry_id INTEGER PRIMARY KEY REFERENCES entry, sentence TEXT NOT NULL, fields TEXT NOT NULL,
            salt TEXT NOT NULL) STRICT""",
        "CREATE INDEX entry_member ON entry (member_id, at)",
        *GUARDS.values(),
    )


@migrations()
def m006_study(db: Database) -> None:
    """More kinds of tasks, guests and leave on a session's list, the branch's themes, and points.

    SQLite cannot change a CHECK or a UNIQUE, so both tables are written anew with the same keys. No table refers to
    them, so nothing else is touched.
    """
    _run(
        db,
        """CREATE TABLE task_new (
            id INTEGER PRIMARY KEY, branch_id INTEGER NOT NULL REFERENCES branch,
            kind TEXT NOT NULL
            CHECK (kind IN ('call_back', 'listen', 'home_study', 'dues_collect', 'profile_update', 'theme')),
            member_id INTEGER REFERENCES member, officer_id INTEGER REFERENCES member,
            subject TEXT NOT NULL DEFAULT '', said TEXT NOT NULL DEFAULT '',
            recording_id INTEGER REFERENCES recording, created_at TEXT NOT NULL,
            due_at TEXT NOT NULL, done_at TEXT, done_by INTEGER REFERENCES member) STRICT""",
        """INSERT INTO task_new
            (id, branch_id, kind, member_id, said, recording_id, created_at, due_at, done_at, done_by)
            SELECT id, branch_id, kind, member_id, said, recording_id, created_at, due_at, done_at, done_by
            FROM task""",
        "DROP TABLE task",
        "ALTER TABLE task_new RENAME TO task",
        """CREATE TABLE registration_new (
            id INTEGER PRIMARY KEY, session_id INTEGER NOT NULL REFERENCES session,
            member_id INTEGER NOT NULL REFERENCES member, guest TEXT NOT NULL DEFAULT '',
            asked_by INTEGER NOT NULL REFERENCES member,
            state TEXT NOT NULL CHECK (state IN ('registered', 'waiting', 'cancelled', 'leave')),
            said TEXT NOT NULL DEFAULT '', reason TEXT NOT NULL DEFAULT '', at TEXT NOT NULL,
            changed_at TEXT NOT NULL, UNIQUE (session_id, member_id, guest)) STRICT""",
        """INSERT INTO registration_new (id, session_id, member_id, asked_by, state, at, changed_at)
            SELECT id, session_id, member_id, asked_by, state, at, at FROM registration""",
        "DROP TABLE registration",
        "ALTER TABLE registration_new RENAME TO registration",
        """CREATE TABLE theme (
            id INTEGER PRIMARY KEY, branch_id INTEGER NOT NULL REFERENCES branch, month TEXT NOT NULL,
            theme TEXT NOT NULL, activity TEXT NOT NULL DEFAULT '', UNIQUE (branch_id, month)) STRICT""",
        """CREATE TABLE point (
            id INTEGER PRIMARY KEY, member_id INTEGER NOT NULL REFERENCES member, at TEXT NOT NULL,
            points INTEGER NOT NULL, reason TEXT NOT NULL, entry_id INTEGER REFERENCES entry) STRICT""",
        "CREATE INDEX point_member ON point (member_id, at)",
    )


@migrations()
def m007_listening(db: Database) -> None:
    """The chapters of each document, and where each listener stands in it."""
    _run(
        db,
        """CREATE TABLE chapter (
            document_id INTEGER NOT NULL REFERENCES document, number INTEGER NOT NULL,
            label TEXT NOT NULL DEFAULT '', title TEXT NOT NULL DEFAULT '', text TEXT NOT NULL,
            gist TEXT NOT NULL DEFAULT '', PRIMARY KEY (document_id, number)) STRICT""",
        """CREATE TABLE bookmark (
            document_id INTEGER NOT NULL REFERENCES document, member_id INTEGER NOT NULL REFERENCES member,
            chapter INTEGER NOT NULL, piece INTEGER NOT NULL,
            state TEXT NOT NULL CHECK (state IN ('reading', 'stopped', 'finished')), at TEXT NOT NULL,
            PRIMARY KEY (member_id, document_id)) STRICT""",
        "CREATE INDEX listening_document ON listening (document_id, member_id)",
    )


@migrations()
def m008_wishes(db: Database) -> None:
    """What members ask for or offer and a human decides on: applications, suggestions, the register of talents."""
    _run(
        db,
        """CREATE TABLE application (
            id INTEGER PRIMARY KEY, branch_id INTEGER NOT NULL REFERENCES branch,
            member_id INTEGER NOT NULL REFERENCES member,
            kind TEXT NOT NULL CHECK (kind IN ('dues_relief', 'phone', 'address', 'particulars')),
            said TEXT NOT NULL, reason TEXT NOT NULL DEFAULT '', value TEXT NOT NULL DEFAULT '',
            recording_id INTEGER REFERENCES recording,
            state TEXT NOT NULL DEFAULT 'pending' CHECK (state IN ('pending', 'approved', 'rejected')),
            at TEXT NOT NULL, decided_by INTEGER REFERENCES member, decided_at TEXT,
            CHECK ((state = 'pending') = (decided_by IS NULL))) STRICT""",
        "CREATE INDEX application_pending ON application (branch_id, state, at)",
        """CREATE TABLE suggestion (
            id INTEGER PRIMARY KEY, branch_id INTEGER NOT NULL REFERENCES branch,
            member_id INTEGER NOT NULL REFERENCES member, said TEXT NOT NULL,
            recording_id INTEGER REFERENCES recording,
            state TEXT NOT NULL DEFAULT 'new' CHECK (state IN ('new', 'passed_on', 'answered')), at TEXT NOT NULL,
            passed_on_by INTEGER REFERENCES member, passed_on_at TEXT,
            answer TEXT NOT NULL DEFAULT '', answered_by INTEGER REFERENCES member, answered_at TEXT) STRICT""",
        "CREATE INDEX suggestion_member ON suggestion (member_id)",
        """CREATE TABLE talent (
            id INTEGER PRIMARY KEY, member_id INTEGER NOT NULL REFERENCES member, skill TEXT NOT NULL,
            said TEXT NOT NULL, since TEXT NOT NULL, UNIQUE (member_id, skill)) STRICT""",
    )


@migrations()
def m009_care_ladder(db: Database) -> None:
    """What is due, the way of a case from report to closing, planned visits, the duty list, and tries at telling."""
    _run(db, *CARE_TABLES)


@migrations()
def m010_keeping_in_touch(db: Database) -> None:
    """Four-knows cards, own days, holiday rounds, check-ins, contacts beside the cases, and calls as tasks."""
    _run(db, *TOUCH_TABLES)


@migrations()
def m011_documents(db: Database) -> None:
    """Who put a document in, what of it was cut, and for which missed session hearing it was counted as study."""
    _run(
        db,
        "ALTER TABLE document ADD COLUMN added_by INTEGER REFERENCES member",
        "ALTER TABLE document ADD COLUMN removed TEXT NOT NULL DEFAULT '[]'",
        "CREATE INDEX document_branch ON document (branch_id, id)",
        """CREATE TABLE home_study (
            document_id INTEGER NOT NULL REFERENCES document, member_id INTEGER NOT NULL REFERENCES member,
            session_id INTEGER NOT NULL REFERENCES session, at TEXT NOT NULL,
            PRIMARY KEY (member_id, session_id), UNIQUE (member_id, document_id)) STRICT""",
    )


@migrations()
def m012_questions(db: Database) -> None:
    """The branch log by its words, its sounds, its days and what it is about; what was written before is taken in."""
    _run(
        db,
        search.INDEX,
        search.FORGET_FOR_GOOD,
        tally.TABLE,
        tally.COUNT_ALL,
        "CREATE INDEX entry_time ON entry (branch_id, at)",
        "CREATE INDEX entry_about ON entry (about_kind, about_id)",
        "CREATE INDEX care_reported ON care_case (branch_id, reported_at)",
    )
    written = db.execute(
        "SELECT entry.id, branch_id, member_id, sentence FROM entry JOIN entry_content ON entry_id = entry.id"
    ).fetchall()
    for entry_id, branch_id, member_id, sentence in written:
        search.index(db, entry_id, branch_id, member_id, sentence)


@migrations()
def m013_desk(db: Database) -> None:
    """The secretary's desk: one-time sign-in links, signed-in browsers, minutes, and how far an application has come.

    SQLite cannot change a CHECK, so `link` is written anew. No table refers to it.
    """
    _run(
        db,
        """CREATE TABLE link_new (
            hash TEXT PRIMARY KEY, member_id INTEGER NOT NULL REFERENCES member,
            purpose TEXT NOT NULL CHECK (purpose IN ('page', 'enrol', 'sign_in')), created_at TEXT NOT NULL,
            expires_at TEXT, used_at TEXT) STRICT""",
        """INSERT INTO link_new (hash, member_id, purpose, created_at, expires_at, used_at)
            SELECT hash, member_id, purpose, created_at, expires_at, used_at FROM link""",
        "DROP TABLE link",
        "ALTER TABLE link_new RENAME TO link",
        """CREATE TABLE sign_in (
            hash TEXT PRIMARY KEY, member_id INTEGER NOT NULL REFERENCES member, created_at TEXT NOT NULL,
            expires_at TEXT NOT NULL, ended_at TEXT) STRICT""",
        """CREATE TABLE minutes (
            session_id INTEGER PRIMARY KEY REFERENCES session, text TEXT NOT NULL,
            written_by INTEGER NOT NULL REFERENCES member, at TEXT NOT NULL) STRICT""",
        """CREATE TABLE application_step (
            application_id INTEGER NOT NULL REFERENCES application, step TEXT NOT NULL,
            by INTEGER NOT NULL REFERENCES member, at TEXT NOT NULL, PRIMARY KEY (application_id, step)) STRICT""",
    )


@migrations()
def m014_broadcasts(db: Database) -> None:
    """What officers told many at once."""
    _run(
        db,
        """CREATE TABLE broadcast (
            id INTEGER PRIMARY KEY, branch_id INTEGER NOT NULL REFERENCES branch, audience TEXT NOT NULL
            CHECK (audience IN ('everybody', 'frail', 'unpaid', 'signed_up', 'absent', 'officers')),
            text TEXT NOT NULL, sent_by INTEGER NOT NULL REFERENCES member, at TEXT NOT NULL) STRICT""",
    )


@migrations()
def m015_pictures(db: Database) -> None:
    """Pictures in the outbox: a row of its own, which goes out after the words it belongs to."""
    _run(
        db,
        "ALTER TABLE outbox ADD COLUMN chart TEXT NOT NULL DEFAULT ''",
        "ALTER TABLE outbox ADD COLUMN after_id INTEGER REFERENCES outbox",
    )


@migrations()
def m016_roster(db: Database) -> None:
    """Party group and liaison of a member, how somebody left, and what a branch has set for itself."""
    _run(
        db,
        "ALTER TABLE member ADD COLUMN party_group TEXT NOT NULL DEFAULT ''",
        "ALTER TABLE member ADD COLUMN liaison_id INTEGER REFERENCES member",
        """ALTER TABLE member ADD COLUMN left_how TEXT NOT NULL DEFAULT ''
            CHECK (left_how IN ('', 'transferred', 'deceased'))""",
        """CREATE TABLE setting (
            branch_id INTEGER NOT NULL REFERENCES branch, key TEXT NOT NULL, value TEXT NOT NULL,
            set_by INTEGER NOT NULL REFERENCES member, at TEXT NOT NULL, PRIMARY KEY (branch_id, key)) STRICT""",
    )


@migrations()
def m019_audiences(db: Database) -> None:
    """A broadcast goes to whoever has not signed up, too, and to a group that is described (八十岁以上的).

    SQLite cannot change a CHECK, so the table is written anew with the same keys; no table refers to it.
    """
    _run(
        db,
        """CREATE TABLE broadcast_new (
            id INTEGER PRIMARY KEY, branch_id INTEGER NOT NULL REFERENCES branch, audience TEXT NOT NULL
            CHECK (audience IN
                ('everybody', 'frail', 'unpaid', 'signed_up', 'not_signed_up', 'absent', 'officers', 'described')),
            text TEXT NOT NULL, sent_by INTEGER NOT NULL REFERENCES member, at TEXT NOT NULL) STRICT""",
        "INSERT INTO broadcast_new SELECT id, branch_id, audience, text, sent_by, at FROM broadcast",
        "DROP TABLE broadcast",
        "ALTER TABLE broadcast_new RENAME TO broadcast",
    )


@migrations()
def m021_channels(db: Database) -> None:
    """When each channel last answered."""
    _run(db, "CREATE TABLE channel (name TEXT PRIMARY KEY, answered_at TEXT NOT NULL) STRICT")


def _run(db: Database, *statements: str) -> None:
    for statement in statements:
        db.execute(statement)
