"""How like concepts are is worked out once, and whatever changes a relation or a merge is seen at once."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import event, func, select
from sqlalchemy.orm import Session

from registry.skills import operations, queries
from registry.skills.models import Skill, SkillRelation, VocabularyState
from registry.skills.operations import load_vocabulary
from registry.skills.operations.changes import new_version
from registry.skills.queries import similar, versions
from registry.skills.queries.versions import KeptVersions
from registry.skills.readers import RelationRow, VocabularyFiles
from registry.skills.rules import RelationKind, SkillState
from tests.factories.curating import AT, last_change
from tests.factories.skills import skill

BY: dict[str, Any] = {"by": None, "at": AT}


def likeness(session: Session, wanted: str, claimed: str) -> int | None:
    """What `similar` says of two concepts by code."""
    return queries.similarity_of(session).get(skill(session, wanted).id, {}).get(skill(session, claimed).id)


def relation(session: Session, narrow: str, broad: str) -> SkillRelation:
    """A relation that is not saved yet."""
    ends = skill(session, narrow).id, skill(session, broad).id
    return SkillRelation(skill_id=ends[0], kind=RelationKind.BROADER, other_id=ends[1], is_local=True)


@pytest.fixture
def relations_read(session: Session) -> Callable[[], int]:
    """How often the relations were read so far."""
    read: list[str] = []

    def listen(state: Any) -> None:
        if state.is_select and "FROM skill_relation" in str(state.statement):
            read.append(str(state.statement))

    event.listen(session, "do_orm_execute", listen)
    return lambda: len(read)


def test_asked_again_it_is_the_same_and_no_relation_is_read(
    few: Session, relations_read: Callable[[], int]
) -> None:
    new_version(few)
    first = queries.similarity_of(few)
    assert relations_read() == 1
    assert queries.similarity_of(few) is first
    assert relations_read() == 1


def test_a_relation_of_a_curator_is_seen_at_once_and_so_is_its_undo(few: Session) -> None:
    assert likeness(few, "IT01", "IT02") is None
    operations.add_relation(few, skill(few, "IT02"), skill(few, "IT01"), RelationKind.BROADER, **BY)
    assert likeness(few, "IT01", "IT02") == 90
    few.commit()
    assert likeness(few, "IT01", "IT02") == 90
    operations.undo_change(few, last_change(few), **BY)
    assert likeness(few, "IT01", "IT02") is None


def test_what_is_written_and_not_committed_counts_whoever_writes_it(few: Session) -> None:
    assert likeness(few, "IT01", "IT02") is None
    made = relation(few, "IT02", "IT01")
    few.add(made)
    assert likeness(few, "IT01", "IT02") == 90
    made.kind = RelationKind.RELATED
    assert likeness(few, "IT01", "IT02") == 50
    few.delete(made)
    assert likeness(few, "IT01", "IT02") is None


def test_a_merge_that_is_not_committed_counts(few: Session) -> None:
    queries.similarity_of(few)
    merged = skill(few, "IT01")
    merged.state, merged.merged_into_id = SkillState.MERGED, skill(few, "IT02").id
    assert likeness(few, "IT02", "IT01") == 100


def test_what_was_rolled_back_is_nobodys(few: Session) -> None:
    before = queries.vocabulary_version(few)
    savepoint = few.begin_nested()
    few.add(relation(few, "IT02", "IT01"))
    assert likeness(few, "IT01", "IT02") == 90
    savepoint.rollback()
    assert queries.vocabulary_version(few) == before
    assert likeness(few, "IT01", "IT02") is None


def test_a_row_that_says_nothing_of_likeness_leaves_the_version(few: Session) -> None:
    before = queries.vocabulary_version(few)
    skill(few, "IT01").en = "Java language"
    few.flush()
    assert queries.vocabulary_version(few) == before


@pytest.mark.slow
def test_an_upgrade_is_seen_at_once(few: Session, files: VocabularyFiles) -> None:
    assert likeness(few, "IT01", "IT02") is None
    relations = [*files.relations, RelationRow("IT02", "broader", "IT01")]
    assert load_vocabulary(few, files=replace(files, relations=relations, sha256="mới"))
    assert likeness(few, "IT01", "IT02") == 90


def test_only_the_last_versions_are_kept(few: Session) -> None:
    kept: KeptVersions[queries.Similarities] = vars(similar)["_kept"]
    for _ in range(4):
        new_version(few)
        queries.similarity_of(few)
    assert kept.versions()[-1] == queries.vocabulary_version(few)
    assert len(kept.versions()) == 3


def test_a_version_that_changed_while_it_was_read_is_not_kept(
    few: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = iter(["một", "hai"])
    told: Callable[[Session], str] = lambda _session: next(names)  # noqa: E731 - one line
    monkeypatch.setattr(versions, "vocabulary_version", told)
    assert queries.similarity_of(few)
    assert "một" not in vars(similar)["_kept"].versions()


def test_a_vocabulary_without_a_name_is_never_kept(few: Session) -> None:
    few.delete(few.scalars(select(VocabularyState)).one())
    first = queries.similarity_of(few)
    assert queries.similarity_of(few) is not first
    assert few.scalar(select(func.count()).select_from(Skill)) == 10
