# pyright: reportMissingImports=false, reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportUnknownArgumentType=false
"""The skill part alone, ours and tantivy's: the best of several terms with fixed scores per skill, summed.

tantivy is no part of the product: `pip install tantivy` into the environment before measuring.
"""

import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from typing import Any

import numpy as np

from registry.matching.engine.index.answer import Placed, Wish
from registry.matching.engine.index.building import build
from registry.matching.engine.index.snapshot import RANKS, STRENGTHS, Snapshot
from registry.matching.engine.index.terms import Question
from scripts.bench_needs import KERNELS, enter_needs, ready
from scripts.bench_population import draw
from scripts.bench_registry import ground_of, own_registry
from scripts.bench_timing import Spread, in_turn

ROWS = 50
HOW_TO_INSTALL = "tantivy is not installed: .venv/bin/python -m pip install tantivy"
_HEAP = 512 << 20

Found = list[tuple[int, int]]
"""Points and row, best first."""


@dataclass(frozen=True)
class SkillsCompared:
    """One need, its skills alone."""

    need: str
    tantivy: Spread
    numba: Spread
    numpy: Spread


def measure(people: int, needs: int, repeats: int) -> list[SkillsCompared] | None:
    """None when an answer differs or tantivy is not there."""
    if find_spec("tantivy") is None:
        print(HOW_TO_INSTALL, file=sys.stderr)
        return None
    with own_registry("sqlite") as (database, _url), tempfile.TemporaryDirectory() as folder:
        with database.writing() as session:
            ground = ground_of(session)
            asked = [ready(session, one, skills_only=True) for one in enter_needs(session, ground, needs)]
        snapshot = build(draw(people, ground, seed=1), ground.as_of, 0, "terms")
        index = _index(snapshot, folder)
        searcher = index.searcher()
        questions = [(one.need.code, one.question(snapshot)) for one in asked]
        for code, question in questions:
            if not _agree(
                code,
                _search(searcher, _query(question, snapshot, index.schema)),
                _ours(snapshot, question, "numba"),
            ):
                return None
        queries = [_query(question, snapshot, index.schema) for _code, question in questions]
        return [
            SkillsCompared(code, *_timed(searcher, query, snapshot, question, repeats))
            for query, (code, question) in zip(queries, questions, strict=True)
        ]


def _index(snapshot: Snapshot, folder: str) -> Any:
    """One segment with a document a row, in the order of rows; its terms are concept and rank."""
    import tantivy  # noqa: PLC0415 - optional

    builder = tantivy.SchemaBuilder()
    builder.add_text_field("claims", tokenizer_name="whitespace", index_option="basic")
    index = tantivy.Index(builder.build(), path=folder)
    writer = index.writer(heap_size=_HEAP, num_threads=1)
    for words in _words(snapshot):
        writer.add_document(tantivy.Document(claims=words))
    writer.commit()
    writer.wait_merging_threads()
    index.reload()
    if index.searcher().num_segments > 1:
        raise ValueError("several segments: documents are not numbered by row")
    return index


def _words(snapshot: Snapshot) -> Sequence[str]:
    """What every row claims, as text."""
    lengths = np.diff(snapshot.claims.starts)
    keys = np.repeat(np.arange(len(lengths)) // STRENGTHS, lengths)
    order = np.argsort(snapshot.claims.rows, kind="stable")
    counts = np.bincount(snapshot.claims.rows, minlength=len(snapshot))
    ends = np.cumsum(counts)
    terms = [_term(key) for key in range(snapshot.claims.keys // STRENGTHS)]
    said = [terms[key] for key in keys[order].tolist()]
    return [
        " ".join(said[end - count : end]) for end, count in zip(ends.tolist(), counts.tolist(), strict=True)
    ]


def _term(key: int) -> str:
    return f"s{key // RANKS}r{key % RANKS}"


def _query(question: Question, snapshot: Snapshot, schema: Any) -> Any:
    """Per skill the best of its terms, each worth its points; all of them summed."""
    import tantivy  # noqa: PLC0415 - optional

    skills: list[tuple[Any, Any]] = []
    for requirement in question.requirements:
        told = zip(requirement.low.tolist(), requirement.points.tolist(), strict=True)
        points = {_bucket(snapshot, low) // STRENGTHS: worth for low, worth in told if worth}
        terms = [
            tantivy.Query.const_score_query(
                tantivy.Query.term_query(schema, "claims", _term(key), "basic"), worth
            )
            for key, worth in points.items()
        ]
        if terms:
            skills.append((tantivy.Occur.Should, tantivy.Query.disjunction_max_query(terms)))
    return tantivy.Query.boolean_query(skills)


def _bucket(snapshot: Snapshot, position: int) -> int:
    return int(np.searchsorted(snapshot.claims.starts, position, side="right")) - 1


def _search(searcher: Any, query: Any) -> Found:
    hits = searcher.search(query, limit=ROWS, count=False).hits
    return [(round(score), address.doc) for score, address in hits]


def _ours(snapshot: Snapshot, question: Question, kernel: str) -> Found:
    visible = snapshot.arrays.usable
    first: Sequence[Placed] = KERNELS[kernel](snapshot, question, visible, Wish(0, ROWS)).first
    return [(one.certain, snapshot.row_of(one.person) or 0) for one in first]


def _agree(code: str, theirs: Found, ours: Found) -> bool:
    if theirs != ours:
        print(f"{code}: the first rows differ\n{theirs[:5]}\n{ours[:5]}", file=sys.stderr)
    return theirs == ours


def _timed(searcher: Any, query: Any, snapshot: Snapshot, question: Question, repeats: int) -> list[Spread]:
    return in_turn(
        [
            lambda: _search(searcher, query),
            lambda: _ours(snapshot, question, "numba"),
            lambda: _ours(snapshot, question, "numpy"),
        ],
        repeats,
    )
