"""Writing of matching: keeping a ranking as it stands on a day, so that a decision can be shown years later."""

import json
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.accounts.rules import Viewer
from registry.audit.operations import record
from registry.matching.engine.frozen import as_plain, canonical
from registry.matching.engine.reasons import Words
from registry.matching.engine.rows import ranked_rows
from registry.matching.engine.score import FORMULA_VERSION
from registry.matching.models import MatchRow, MatchRun
from registry.matching.queries import Ranked, Window, names_of, ranked
from registry.matching.queries.changes import scopes_of
from registry.needs.models import Need
from registry.skills.queries import vocabulary_version

# A decision is taken among the first; of all others the counts are kept.
KEPT_ROWS = 100


def run_match(
    session: Session, need: Need, viewer: Viewer, *, as_of: date, at: datetime, by: int | None
) -> MatchRun:
    """Rank everybody for the need and keep the result. Keeping the same inputs again gives the run there is."""
    found = ranked(session, need, viewer, as_of, window=Window(count=KEPT_ROWS))
    return keep_ranked(session, found, viewer, vocabulary=vocabulary_version(session), at=at, by=by).run


@dataclass(frozen=True)
class Kept:
    """A kept ranking, and whether it is a new one."""

    run: MatchRun
    is_new: bool


def keep_ranked(
    session: Session, found: Ranked, viewer: Viewer, *, vocabulary: str, at: datetime, by: int | None
) -> Kept:
    """Keep a ranking of `KEPT_ROWS` rows. `vocabulary` is the version of the vocabulary it was made with."""
    inputs_hash = _inputs_hash(found)
    kept = session.scalars(
        select(MatchRun)
        .where(
            MatchRun.need_id == found.need.id,
            MatchRun.inputs_hash == inputs_hash,
        )
        .order_by(MatchRun.id)
    ).all()
    scopes = scopes_of(viewer)
    same = next((run for run in kept if run.scopes == scopes), None)
    if same is not None:
        return Kept(same, False)
    run = _run(found, scopes, vocabulary, inputs_hash)
    run.computed_at, run.by_id = at, by
    run.rows = _rows(session, found)
    session.add(run)
    session.flush()
    record(
        session,
        by,
        "match.kept",
        "match_run",
        run.public_id,
        detail={"need": found.need.public_id, "as_of": found.as_of.isoformat(), "rows": len(run.rows)},
        at=at,
    )
    return Kept(run, True)


def _run(found: Ranked, scopes: list[list[str]], vocabulary: str, inputs_hash: str) -> MatchRun:
    tally = found.tally
    return MatchRun(
        need_id=found.need.id,
        as_of=found.as_of,
        formula_version=FORMULA_VERSION,
        vocabulary_version=vocabulary,
        index_version=found.index,
        scopes=scopes,
        inputs_hash=inputs_hash,
        need_inputs=as_plain(found.plan.need),
        similarities={code: dict(line) for code, line in sorted(found.concepts.table.items())},
        considered=tally.considered,
        not_enough_data=tally.not_enough_data,
        excluded_people=tally.excluded_people,
        ranked=tally.ranked,
        excluded=dict(tally.excluded),
        relaxations=dict(tally.relaxations),
    )


def _rows(session: Session, found: Ranked) -> list[MatchRow]:
    words = Words(names_of(session, found.concepts, [found.plan.need]))
    return [
        MatchRow(
            rank=content["rank"],
            person=content["person"],
            state=content["state"],
            certain=content["score"],
            potential=content["potential"],
            content=content,
            inputs=as_plain(found.facts[content["person"]]),
        )
        for content in ranked_rows(found.rows, words.condition_text)
    ]


def _inputs_hash(found: Ranked) -> str:
    """SHA-256 over what decided the kept rows and over every count: formula, day, need, similarities, facts."""
    tally = found.tally
    inputs = [
        FORMULA_VERSION,
        found.as_of.isoformat(),
        as_plain(found.plan.need),
        {code: dict(line) for code, line in found.concepts.table.items()},
        [as_plain(canonical(found.facts[row.person])) for row in found.rows],
        [tally.considered, tally.not_enough_data, tally.excluded_people, tally.ranked],
        [dict(tally.excluded), dict(tally.relaxations)],
    ]
    return sha256(json.dumps(inputs, sort_keys=True, separators=(",", ":")).encode()).hexdigest()
