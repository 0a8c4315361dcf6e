"""Loading the documents, parameters, lists and policies that come with the product. Flushes, never commits.

What was decided in this installation wins: documents corrected here, values added here and every published version stay
as they are. A correction of a shipped version comes as a version with the next number.
"""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from registry.audit.operations import record
from registry.policies.models import (
    DocumentLink,
    LegalDocument,
    Parameter,
    ParameterValue,
    Policy,
    PolicyVersion,
    YearlyList,
    YearlyListYear,
)
from registry.policies.operations.versions import published_version
from registry.policies.queries.documents import documents
from registry.policies.queries.parameters import parameters, yearly_lists
from registry.policies.queries.versions import policies
from registry.policies.rules.documents import Status
from registry.policies.rules.periods import day_of, periods_meet
from registry.policies.rules.states import DocumentKind, LinkKind

_FILE = Path(__file__).parents[1] / "data" / "policies.json"
Row = Mapping[str, Any]


def load_policies(
    session: Session, source: Row | None = None, *, at: datetime | None = None
) -> dict[str, int]:
    """Bring what is shipped into the database; {kind: how many rows were added or corrected}. Safe to run again."""
    data = source or json.loads(_FILE.read_text(encoding="utf-8"))
    when = at or datetime.now(UTC)
    changed: Counter[str] = Counter()
    known = {one.code: one for one in documents(session)}
    for row in data["documents"]:
        changed["documents"] += _load_document(session, known, row, when)
    session.flush()
    for row in data["documents"]:
        changed["links"] += _load_links(known, row)
    changed["values"] = _load_parameters(session, data["parameters"], known, when)
    changed["years"] = _load_lists(session, data["yearly_lists"], when)
    changed["versions"] = _load_versions(session, data["policies"], known, when)
    session.flush()
    found = {kind: count for kind, count in changed.items() if count}
    if found:
        record(session, None, "policies.loaded", "policies", "shipped", detail=found, at=when)
    return found


def _load_document(session: Session, known: dict[str, LegalDocument], row: Row, at: datetime) -> bool:
    document = known.get(row["code"])
    if document is None:
        document = known[row["code"]] = LegalDocument(code=row["code"], created_at=at, updated_at=at)
        session.add(document)
    elif document.is_edited:
        return False
    wanted = {
        "number": row["number"],
        "kind": DocumentKind(row["kind"]),
        "issuer": row["issuer"],
        "title": row["title"],
        "signed_on": day_of(row.get("signed_on")),
        "effective_from": day_of(row.get("effective_from")),
        "effective_to": day_of(row.get("effective_to")),
        "effective_after_days": row.get("effective_after_days"),
        "status": Status(row["status"]),
        "sources": list(row.get("sources") or ()),
        "confidence": row.get("confidence") or "",
        "note": row.get("note") or "",
    }
    stale = {name: value for name, value in wanted.items() if getattr(document, name) != value}
    for name, value in stale.items():
        setattr(document, name, value)
    return bool(stale)


def _load_links(known: Mapping[str, LegalDocument], row: Row) -> int:
    """Add the links that are missing; those of a document corrected here are left alone."""
    document = known[row["code"]]
    standing = {(link.other.code, link.kind) for link in document.links}
    added = 0
    for kind in () if document.is_edited else LinkKind:
        for code in row.get(kind.value) or ():
            if (code, kind) not in standing:
                document.links.append(DocumentLink(other=known[code], kind=kind))
                added += 1
    return added


def _load_parameters(
    session: Session, rows: Sequence[Row], known: Mapping[str, LegalDocument], at: datetime
) -> int:
    """Add parameters, and values on days that have none."""
    here = {(one.key, one.of): one for one in parameters(session)}
    added = 0
    for row in rows:
        name = (row["key"], row.get("of") or "")
        parameter = here.get(name)
        if parameter is None:
            parameter = Parameter(key=name[0], of=name[1], name=row["vi"], unit=row["unit"])
            session.add(parameter)
        for value in row["values"]:
            made = ParameterValue(
                value_vnd=value["value"],
                valid_from=date.fromisoformat(value["valid_from"]),
                valid_to=day_of(value.get("valid_to")),
                document=known.get(value.get("document") or ""),
                note=value.get("note") or "",
                created_at=at,
                updated_at=at,
            )
            if _is_free(parameter, made):
                parameter.values.append(made)
                added += 1
    return added


def _is_free(parameter: Parameter, made: ParameterValue) -> bool:
    period = made.valid_from, made.valid_to
    return not any(periods_meet((known.valid_from, known.valid_to), period) for known in parameter.values)


def _load_lists(session: Session, rows: Sequence[Row], at: datetime) -> int:
    here = {one.code: one for one in yearly_lists(session)}
    added = 0
    for row in rows:
        found = here.get(row["code"])
        if found is None:
            found = YearlyList(code=row["code"], name=row["vi"])
            session.add(found)
        there = {one.year for one in found.years}
        for year, codes in row["years"].items():
            if int(year) not in there:
                found.years.append(
                    YearlyListYear(
                        year=int(year), field_codes=sorted(codes), note="", created_at=at, updated_at=at
                    )
                )
                added += 1
    return added


def _load_versions(
    session: Session, rows: Sequence[Row], known: Mapping[str, LegalDocument], at: datetime
) -> int:
    here = {one.code: one for one in policies(session)}
    added = 0
    for row in sorted(rows, key=lambda one: (one["code"], one["version"])):
        policy = here.get(row["code"])
        if policy is None:
            policy = here[row["code"]] = Policy(code=row["code"], created_at=at, updated_at=at)
            session.add(policy)
        if any(one.number == row["version"] for one in policy.versions):
            continue
        made: PolicyVersion = published_version(policy, known[row["document"]], row, at=at)
        session.add(made)
        added += 1
    return added
