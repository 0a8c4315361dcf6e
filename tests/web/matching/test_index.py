"""The index as files: made, swapped, lost, forgotten; and asked while others write."""

import re
from collections.abc import Iterator
from dataclasses import fields
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from sqlalchemy import select, text, update
from sqlalchemy.orm import Session

from registry.accounts.rules import Viewer
from registry.matching.engine.index.snapshot import HORIZON_DAYS, Arrays
from registry.matching.models import MatchSnapshot
from registry.matching.operations import make_snapshot, record_snapshot
from registry.matching.queries import files, packing, snapshots
from registry.matching.queries.columns import read_columns
from registry.matching.queries.files import (
    BuildGoesOn,
    building,
    current_snapshot,
    index_folder,
    use_snapshot,
    write_snapshot,
)
from registry.matching.queries.people import Reads, person_facts
from registry.matching.queries.snapshots import FORGET_AFTER, Due, opened, rebuild_due
from registry.people.models import Person, SkillClaim
from registry.people.queries import people_among
from registry.people.rules import AvailabilityState, SkillDraft
from registry.skills.models import Skill
from registry.skills.operations import keep_pending
from tests.factories.candidates import TODAY, candidate, free_from
from tests.factories.people import AT

EVERYBODY = Viewer.installation()


@pytest.fixture
def folder(session: Session, tmp_path: Path) -> Path:
    """The folder of the index, which the session knows of."""
    session.info["folder"] = tmp_path
    made = index_folder(tmp_path)
    made.mkdir()
    return made


def built(session: Session, folder: Path, at: datetime = AT) -> str:
    """A snapshot of today in use; its version."""
    session.commit()
    snapshot = make_snapshot(session, TODAY)
    write_snapshot(folder, snapshot)
    record_snapshot(session, snapshot, at=at)
    session.commit()
    use_snapshot(folder, snapshot.version)
    return snapshot.version


def people(session: Session, count: int) -> list[Person]:
    return [candidate(session, f"Lò Văn {place}", ("IT15", 3)) for place in range(count)]


# --- files -------------------------------------------------------------------------------------------------


def test_what_was_written_is_read_again(session: Session, folder: Path) -> None:
    people(session, 3)
    session.commit()
    made = make_snapshot(session, TODAY)
    write_snapshot(folder, made)
    use_snapshot(folder, made.version)
    read = current_snapshot(folder)
    assert read is not None
    assert (read.version, read.as_of, read.change) == (made.version, TODAY, made.change)
    assert (read.words, read.education_kinds) == (made.words, made.education_kinds)
    for one in fields(Arrays):
        ours, theirs = getattr(made.arrays, one.name), getattr(read.arrays, one.name)
        assert ours.dtype == theirs.dtype
        assert np.array_equal(ours, theirs)
        assert not theirs.flags.writeable


def test_the_same_people_make_the_same_bytes(session: Session, folder: Path) -> None:
    people(session, 3)
    session.commit()
    one, other = read_columns(session, TODAY), read_columns(session, TODAY)
    assert one.words == other.words
    assert one.claims.skill.tobytes() == other.claims.skill.tobytes()


def test_words_of_no_concept_and_claims_to_confirm_are_not_in_the_columns(session: Session) -> None:
    term = keep_pending(session, "Quản trị vũ trụ số", "people")
    words = (SkillDraft("Quản trị vũ trụ số", pending_term_id=term.id),)
    person = candidate(session, "Lò Văn Chiến", ("IT15", 3), ("IT01", 4), skills=words)
    session.execute(update(SkillClaim).where(SkillClaim.level == 4).values(needs_confirmation=True))
    certain = session.scalars(select(Skill.id).where(Skill.code == "IT15")).one()
    claims = read_columns(session, TODAY).claims
    assert (claims.person.tolist(), claims.skill.tolist(), claims.rank.tolist()) == (
        [person.id],
        [certain],
        [3],
    )


def test_only_the_version_in_use_is_kept(session: Session, folder: Path) -> None:
    built(session, folder)
    version = built(session, folder)
    assert {one.name for one in folder.iterdir() if one.is_dir()} == {version}


def test_a_snapshot_in_use_outlives_its_files(session: Session, folder: Path) -> None:
    people(session, 2)
    built(session, folder)
    held = current_snapshot(folder)
    built(session, folder)
    assert held is not None
    assert held.public_id(1) == held.public_id(1)


@pytest.mark.parametrize("moment", ["half written", "written", "recorded", "pointer half written"])
def test_a_crash_leaves_the_one_before_in_use(session: Session, folder: Path, moment: str) -> None:
    people(session, 2)
    version = built(session, folder)
    snapshot = make_snapshot(session, TODAY)
    if moment == "half written":
        (folder / f".{snapshot.version}").mkdir()
        (folder / f".{snapshot.version}" / "row_ids.npy").write_bytes(b"\x93NUMPY")
    else:
        write_snapshot(folder, snapshot)
    if moment in {"recorded", "pointer half written"}:
        record_snapshot(session, snapshot, at=AT)
    if moment == "pointer half written":
        (folder / ".current").write_text(snapshot.version[:5])
    found = opened(session, TODAY)
    assert found is not None
    assert found.snapshot.version == version
    version = built(session, folder)
    assert {one.name for one in folder.iterdir() if one.is_dir()} == {version}


def test_files_of_another_program_are_not_read(
    session: Session, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    built(session, folder)
    monkeypatch.setattr(files, "LAYOUT", files.LAYOUT + 1)
    monkeypatch.setattr(files, "_loaded", {})
    assert opened(session, TODAY) is None
    assert rebuild_due(session, TODAY, AT) is Due.MISSING


def test_a_process_keeps_few_registries_mapped_and_reads_another_again(
    session: Session, folders: Iterator[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    loaded: dict[Path, Any] = {}
    monkeypatch.setattr(files, "_MOST_LOADED", 2)
    monkeypatch.setattr(files, "_loaded", loaded)
    versions: dict[Path, str] = {}
    for _ in range(3):
        folder = next(folders) / "index"
        snapshot = make_snapshot(session, TODAY)
        with building(folder):
            write_snapshot(folder, snapshot)
            files.use_snapshot(folder, snapshot.version)
        versions[folder] = snapshot.version
    for folder, version in versions.items():
        found = files.current_snapshot(folder)
        assert found is not None
        assert found.version == version
    assert list(loaded) == list(versions)[1:]
    assert files.current_snapshot(next(iter(versions))) is not None


def test_one_process_builds_at_a_time(tmp_path: Path) -> None:
    with building(tmp_path), pytest.raises(BuildGoesOn), building(tmp_path):
        raise AssertionError("two builders")
    with building(tmp_path):
        pass


def test_no_name_and_no_protected_attribute_reaches_the_files(session: Session, folder: Path) -> None:
    person = candidate(session, "Nguyễn Thị Bí Mật", ("IT15", 3))
    built(session, folder)
    held = b"".join(one.read_bytes() for one in sorted(folder.glob("*/*")))
    assert person.public_id.encode() in held
    assert "Bí Mật".encode() not in held
    assert person.code.encode() not in held


def test_no_protected_column_is_asked_for(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    def read_rows(session: Session, statement: Any, *handed: Any) -> Iterator[Any]:
        sent.append(str(statement.compile(session.connection())))
        return read(session, statement, *handed)

    sent: list[str] = []
    read = packing.read_rows
    monkeypatch.setattr(packing, "read_rows", read_rows)
    monkeypatch.setattr("registry.matching.queries.columns.read_rows", read_rows)
    read_columns(session, TODAY)
    everything = " ".join(sent)
    assert len(sent) == 8
    columns = set(re.findall(r"\bperson\.(\w+)", everything))
    assert columns == {
        "id",
        "public_id",
        "unit_path",
        "organisation_path",
        "state",
        "legal_basis",
        "closed_purposes",
    }
    assert "school" not in everything


# --- whom a snapshot may answer for ------------------------------------------------------------------------


def test_there_is_none_without_a_folder_or_files(session: Session, tmp_path: Path) -> None:
    assert opened(session, TODAY) is None
    session.info["folder"] = tmp_path
    assert opened(session, TODAY) is None


def test_who_changed_is_left_and_who_is_gone_is_only_masked(session: Session, folder: Path) -> None:
    stays, changes, goes = people(session, 3)
    built(session, folder)
    session.scalars(select(SkillClaim).where(SkillClaim.person_id == changes.id)).one().level = 5
    new = candidate(session, "Vàng A Páo", ("IT15", 3))
    session.delete(goes)
    session.commit()
    found = opened(session, TODAY)
    assert found is not None
    assert found.reference_ids.tolist() == sorted([changes.id, new.id])
    masked = {found.snapshot.public_id(row) for row in found.left_rows.tolist()}
    assert masked == {changes.public_id, goes.public_id}
    assert stays.public_id not in masked
    left = session.scalars(select(Person.public_id).where(found.left_people)).all()
    assert set(left) == {changes.public_id, new.public_id}


def test_two_claims_on_concepts_that_became_one_are_left(session: Session, folder: Path) -> None:
    both = candidate(session, "Lò Văn Chiến", ("IT15", 3), ("IT16", 4))
    candidate(session, "Vàng A Páo", ("IT15", 3))
    built(session, folder)
    found = opened(session, TODAY)
    assert found is not None
    assert not len(found.left_rows)
    rows = {one.code: one for one in session.scalars(select(Skill).where(Skill.code.in_(["IT15", "IT16"])))}
    session.execute(text("UPDATE skill SET state = 'merged', merged_into_id = :into WHERE id = :id"),
                    {"id": rows["IT15"].id, "into": rows["IT16"].id})  # fmt: skip
    found = opened(session, TODAY)
    assert found is not None
    assert found.reference_ids.tolist() == [both.id]


def test_days_it_does_not_know_are_not_its_own(session: Session, folder: Path) -> None:
    built(session, folder)
    assert opened(session, TODAY + timedelta(HORIZON_DAYS)) is not None
    assert opened(session, TODAY + timedelta(HORIZON_DAYS + 1)) is None
    assert opened(session, TODAY - timedelta(1)) is None


def test_a_pause_that_ends_within_the_horizon_is_left_on_that_day(session: Session, folder: Path) -> None:
    until = TODAY + timedelta(1)
    paused = free_from(TODAY, state=AvailabilityState.PAUSED, paused_until=until)
    person = candidate(session, "Lò Văn Chiến", ("IT15", 3), availability=paused)
    built(session, folder)
    for days, left in ((0, []), (1, []), (2, [person.id])):
        found = opened(session, TODAY + timedelta(days))
        assert found is not None
        assert found.reference_ids.tolist() == left
    reads = Reads({row.id: row.code for row in session.execute(select(Skill.id, Skill.code))})
    assert len(person_facts(session, EVERYBODY, reads, TODAY + timedelta(2))) == 1


def test_too_many_changes_leave_everybody(
    session: Session, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    built(session, folder)
    people(session, 3)
    session.commit()
    assert opened(session, TODAY) is not None
    monkeypatch.setattr(snapshots, "MOST_CHANGED", 2)
    assert opened(session, TODAY) is None


def test_files_of_another_time_of_the_database_are_not_used(session: Session, folder: Path) -> None:
    """As after an older copy of the database was restored: the files know of changes that never happened."""
    version = built(session, folder)
    session.query(MatchSnapshot).filter_by(version=version).delete()
    session.commit()
    assert opened(session, TODAY) is None
    assert rebuild_due(session, TODAY, AT) is Due.MISSING


def test_any_number_of_people_is_one_parameter(session: Session) -> None:
    person = candidate(session)
    ids = np.concatenate([np.array([person.id]), np.arange(10**6, 10**6 + 70_000)])
    assert session.scalars(select(Person.id).where(people_among(session, ids))).all() == [person.id]


# --- when a new one is due ---------------------------------------------------------------------------------


def test_a_new_one_is_due_when_the_day_or_the_people_changed(
    session: Session, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert rebuild_due(session, TODAY, AT) is Due.MISSING
    built(session, folder)
    assert rebuild_due(session, TODAY, AT) is None
    assert rebuild_due(session, TODAY + timedelta(1), AT) is Due.DAY
    people(session, 2)
    session.commit()
    assert rebuild_due(session, TODAY, AT) is None
    monkeypatch.setattr(snapshots, "WORTH_REBUILDING", 1)
    assert rebuild_due(session, TODAY, AT) is Due.CHANGED


def test_who_is_gone_is_forgotten_soon(session: Session, folder: Path) -> None:
    gone = candidate(session, "Lò Văn Chiến", ("IT15", 3))
    public_id = gone.public_id.encode()
    built(session, folder)
    session.delete(gone)
    session.commit()
    assert rebuild_due(session, TODAY, AT) is None
    assert rebuild_due(session, TODAY, AT + FORGET_AFTER + timedelta(seconds=1)) is Due.DELETED
    built(session, folder)
    assert all(public_id not in one.read_bytes() for one in folder.glob("*/*"))
