"""Rows in every table of a SQLite file, written past the models: what a backup must bring elsewhere unchanged.

A new table is filled by itself. Where a constraint wants more than the kinds of its columns tell, its row is told here.
"""

import sqlite3
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

from sqlalchemy import JSON, BigInteger, Boolean, Column, Date, Enum, Float, Integer, LargeBinary, Table

from registry.app.reference import MIGRATED_TABLES
from registry.app.schema import METADATA
from registry.db.types import UtcDateTime

FULL, BARE = 1, 2
"""The ids of the two rows of a table: all columns filled, and only those that must be."""

# Unicode that a careless writer changes: composed and decomposed letters, other planes, line ends that are none.
TEXT = "Đặng Thị Hòa Ho\u0300a 😀\u2028\x85\t\\\"'\x7f\n"
DOCUMENT = '{"z": [1.0, 1e2, null], "a":  "Ở \\u00e0", "số": 12345678901234567890}'

_BEFORE = "2026-11-19 01:02:03.000004"
_TOLD: Mapping[str, Mapping[str, Any]] = {
    "skill": {"state": "merged", "merged_into_id": BARE},  # a row that names a later one
    "person": {"state": "merged", "merged_into_id": BARE},
    "pending_term": {"state": "labelled"},
    "registration": {"state": "submitted"},
    "skill_change": {"state": "undone"},
    "skill_relation": {"other_id": BARE},
    "need": {"share_skills": 96},
    "availability": {"state": "paused"},
    "duplicate_merge": {"merged_id": BARE, "material_sealed": None},
    "duplicate_pair": {"second_id": BARE},
    "need_skill": {"pending_term_id": None},
    "skill_claim": {"pending_term_id": None},
    "retention_notice": {"person_id": None, "outcome": "done"},
    "reveal_request": {"state": "refused"},
    "evidence_link": {
        "experience_id": None,
        "language_claim_id": None,
        "achievement_id": None,
        "skill_claim_id": None,
    },
    "message": {"side": "unit"},
    "candidacy": {"closed_at": None},
    "candidacy_decision": {"kind": "referral", "outcome": "referred"},
    "conflict_override": {"allowed_by_id": BARE},
    "expert_opinion": {"state": "submitted"},
    "placement_check": {"months": 12, "outcome": "left"},
    "nomination": {"state": "accepted"},
    "api_token": {"made_at": _BEFORE},
    "document_link": {"other_id": BARE},
    "parameter_value": {"valid_to": None},
    "policy_version": {"made_by_id": None, "submitted_by_id": None},
    "figure_verification": {"document_id": None, "parameter_value_id": None, "list_year_id": None},
    "eligibility_decision": {"decided_by_id": None},
    "grant_payment": {"state": "paid"},
    "budget_line": {"planned_vnd": 12_600_000_000},
    "budget_entry": {"amount_vnd": -338_400_000},
    "campaign": {"state": "closed"},
    "campaign_message": {"language": "vi"},
    "demand_forecast": {"made_on": "2025-01-01"},
    "movement": {"place_path": ""},
    "shortage": {"state": "met"},
    "ordered_task": {"state": "approved", "refused_because": ""},
    "session_partner": {"programme_id": None},
    "session_lecturer": {"name": ""},
    "participation": {"participant": FULL, "state": "completed"},
    "programme_document": {"parent_id": BARE},
    "programme_node": {"parent_id": BARE},
    "programme_task": {"state": "done"},
    "observation": {"why_missing": None, "part_of_id": BARE, "replaced_by_id": None},
    "service_assignment": {"days_a_week": 3},
    "report_snapshot": {"state": "published", "published_by_id": BARE},
    "open_release": {"state": "withdrawn", "decided_by_id": BARE},
    "shortlist": {"kind": "pipeline"},
    "training_budget_line": {"course_id": None, "year": 2026, "planned_vnd": 1_200_000_000},
    "training_spending": {"programme_id": None, "course_id": None, "amount_vnd": -288_000_000},
}
_TOLD_OF_THE_BARE: Mapping[str, Mapping[str, Any]] = {
    "skill": {"state": "active"},
    "registration": {"state": "open"},
    "skill_change": {"state": "done"},
    "skill_relation": {"other_id": FULL},
    "need": {"share_skills": 92},
    "accepted_place": {"unit_path": ""},
    "duplicate_merge": {"merged_id": FULL},
    "need_skill": {"skill_id": BARE},
    "skill_claim": {"skill_id": BARE},
    "retention_notice": {"person_id": BARE, "outcome": "waiting"},
    "reveal_request": {"state": "asked"},
    "evidence_link": {"education_id": BARE},
    "message": {"side": "person"},
    "candidacy": {"closed_at": "2026-11-21 00:00:00.000000"},
    "candidacy_decision": {"kind": "selection", "outcome": "selected"},
    "conflict_override": {"allowed_by_id": FULL},
    "expert_opinion": {"state": "requested"},
    "placement_check": {"months": 36},
    "nomination": {"state": "proposed"},
    "api_token": {"made_at": _BEFORE},
    "document_link": {"other_id": FULL},
    "figure_verification": {"version_id": BARE},
    "eligibility_decision": {"state": "refused"},
    "budget_line": {"planned_vnd": 0},
    "budget_entry": {"amount_vnd": 288_000_000},
    "campaign": {"state": "draft"},
    "campaign_message": {"language": "en"},
    "demand_forecast": {"made_on": "2025-01-01", "withdrawn_because": ""},
    "shortage": {"state": "open"},
    "ordered_task": {"state": "asked", "refused_because": ""},
    "session_partner": {"session_id": BARE},
    "training_session": {"state": "planned"},
    "training_order": {"state": "asked"},
    "shortlist": {"kind": "panel", "term": "", "position": "", "decision_number": ""},
    "training_budget_line": {"course_id": BARE, "year": 2026, "planned_vnd": 0},
    "training_spending": {"course_id": BARE, "amount_vnd": 288_000_000},
    "participation": {"participant": -BARE},
    "programme_task": {"state": "assigned"},
    "observation": {"why_missing": "not_printed"},
    "service_assignment": {"days_a_week": 5},
    "report_snapshot": {"state": "draft"},
    "open_release": {"state": "draft", "reason": ""},
}
_ONE_ROW = {"change_counter", "duplicate_pair"}


def fill_every_table(path: Path) -> None:
    """Two rows in every table, one where only one may be."""
    with closing(sqlite3.connect(path)) as connection:
        for table in METADATA.sorted_tables:
            if table.name in MIGRATED_TABLES:
                connection.execute(f"DELETE FROM {table.name}")  # noqa: S608 - our own names
            for row in (FULL,) if table.name in _ONE_ROW else (FULL, BARE):
                _insert(connection, table, row)
        broken = connection.execute("PRAGMA foreign_key_check").fetchall()
        assert not broken, broken
        connection.commit()


def all_rows(path: Path) -> dict[str, list[tuple[Any, ...]]]:
    """Every table of a SQLite file, those that no model knows too, as the file holds it."""
    with closing(sqlite3.connect(path)) as connection:
        names = connection.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name"
        ).fetchall()
        return {
            name: sorted(connection.execute(f'SELECT * FROM "{name}"').fetchall(), key=repr)  # noqa: S608 - our own names
            for (name,) in names
            if not name.startswith(("sqlite_", "person_text_words_"))
        }


def _insert(connection: sqlite3.Connection, table: Table, row: int) -> None:
    values = {column.name: _value(column, row) for column in table.columns}
    values |= _TOLD.get(table.name, {}) if row == FULL else _TOLD_OF_THE_BARE.get(table.name, {})
    columns, places = ", ".join(f'"{name}"' for name in values), ", ".join("?" * len(values))
    connection.execute(f"INSERT INTO {table.name} ({columns}) VALUES ({places})", list(values.values()))  # noqa: S608


def _value(column: Column[Any], row: int) -> Any:
    if column.primary_key or column.foreign_keys:
        return row if column.primary_key or row == FULL or not column.nullable else None
    if row == BARE and column.nullable:
        return None
    if isinstance(column.type, Enum):
        return column.type.enums[0 if row == FULL else -1]
    return _of_kind(column, row)


def _of_kind(column: Column[Any], row: int) -> Any:
    length = getattr(column.type, "length", None)
    values: tuple[tuple[type[Any], Any], ...] = (
        (UtcDateTime, f"2026-11-2{row} 23:59:59.00000{row}"),
        (Boolean, row == FULL),
        (BigInteger, 2**62 + row),
        (Integer, row),
        (Float, 0.1 * row),
        (Date, f"2028-02-2{row + 7}"),
        (LargeBinary, bytes(range(256)) * row),
        (JSON, DOCUMENT if row == FULL else "null"),
    )
    found = next((value for kind, value in values if isinstance(column.type, kind)), None)
    return f"{row}{TEXT}"[:length] if found is None else found
