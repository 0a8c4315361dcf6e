"""Other catalogues beside ours: they tie by one equal English name, add only what collides with nothing, and decide nothing."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from registry.audit.models import AuditEvent
from registry.cli import catalogues
from registry.cli.context import CommandRefused
from registry.cli.main import build_parser
from registry.skills import operations, queries
from registry.skills.models import ExternalConcept, SkillLabel
from registry.skills.resolver import resolve
from registry.skills.rules import ExternalScheme, ExternalState, LabelOrigin
from registry.skills.rules.external_rows import ExternalRow
from tests.factories.curating import AT
from tests.factories.skills import skill

ROWS = (
    ExternalRow("1", "u/1", "accounting", ("bookkeeping at fairs", "auditing", "shared words", "welding")),
    ExternalRow("2", "u/2", "glass blowing", ("lampworking", "shared words")),
    ExternalRow("3", "u/3", "Machine  Learning", ("java",)),
)


def load(session: Session, *rows: ExternalRow) -> operations.Imported:
    return operations.import_external(session, ExternalScheme.ESCO, rows or ROWS, by=None, at=AT)


def stored(session: Session, code: str) -> ExternalConcept:
    return session.scalars(select(ExternalConcept).where(ExternalConcept.code == code)).one()


def esco_labels(session: Session) -> set[str]:
    return set(session.scalars(select(SkillLabel.text).where(SkillLabel.origin == LabelOrigin.ESCO)))


@pytest.mark.slow
def test_concepts_are_tied_by_one_equal_english_name_and_lend_free_labels(few: Session) -> None:
    done = load(few)
    assert (done.rows, done.new, done.labels) == (3, 3, 2)
    assert done.by_state[ExternalState.MATCHED] == 2
    assert done.by_state[ExternalState.UNMATCHED] == 1
    assert stored(few, "1").skill_id == skill(few, "FI01").id
    assert stored(few, "3").skill_id == skill(few, "IT16").id
    assert esco_labels(few) == {"bookkeeping at fairs", "welding"}
    words = queries.vocabulary(few)
    assert resolve("bookkeeping at fairs", words).skill == "FI01"
    assert resolve("auditing", words).skill == "FI02"
    assert not resolve("glass blowing", words).is_accepted


def test_the_same_file_again_changes_nothing(few: Session) -> None:
    load(few)
    version = queries.vocabulary_version(few)
    events = few.scalar(select(func.count()).select_from(AuditEvent))
    done = load(few)
    assert (done.new, done.labels) == (0, 0)
    assert queries.vocabulary_version(few) == version
    assert few.scalar(select(func.count()).select_from(AuditEvent)) == events


def test_labels_lent_by_one_catalogue_tie_nothing_of_another(few: Session) -> None:
    load(few)
    done = load(few, ExternalRow("9", "", "welding"))
    assert done.by_state == {ExternalState.UNMATCHED: 1}


def test_what_a_curator_decided_stays(few: Session) -> None:
    load(few)
    operations.refuse_external(few, stored(few, "1"), by=None, at=AT)
    operations.accept_external(few, stored(few, "2"), skill(few, "AG01"), by=None, at=AT)
    assert resolve("glass blowing", queries.vocabulary(few)).skill == "AG01"
    load(few)
    assert stored(few, "1").state is ExternalState.REFUSED
    assert stored(few, "2").state is ExternalState.ACCEPTED
    assert stored(few, "2").skill_id == skill(few, "AG01").id


def test_accepting_can_be_undone(few: Session) -> None:
    load(few)
    change = operations.accept_external(few, stored(few, "2"), skill(few, "AG01"), by=None, at=AT)
    operations.undo_change(few, change, by=None, at=AT)
    assert (stored(few, "2").state, stored(few, "2").skill_id) == (ExternalState.UNMATCHED, None)
    assert "glass blowing" not in esco_labels(few)


@pytest.fixture
def run(
    few: Session, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> Callable[..., str]:
    """Run a command over a file with this content; what it prints."""

    class Writing:
        def __enter__(self) -> Session:
            return few

        def __exit__(self, *_: object) -> None:
            return None

    monkeypatch.setattr(catalogues, "writing", Writing)

    def command(verb: str, content: bytes, *options: str) -> str:
        path = tmp_path / "tep.csv"
        path.write_bytes(content)
        parsed = build_parser().parse_args(["skills", verb, str(path), *options])
        assert parsed.run(parsed) == 0
        return capsys.readouterr().out

    return command


def test_the_commands_print_counts(few: Session, run: Callable[..., str]) -> None:
    esco = 'conceptUri,preferredLabel,altLabels\nhttp://x/s/7,accounting,"bookkeeping at fairs\nfair books"\n'
    told = json.loads(run("import-esco", esco.encode(), "--json"))
    assert told == {
        "rows": 1,
        "new": 1,
        "labels": 2,
        "matched": 1,
        "accepted": 0,
        "refused": 0,
        "ambiguous": 0,
        "unmatched": 0,
    }
    onet = "Element ID\tElement Name\n2.A\tGlass blowing\n".encode("utf-8-sig")
    words = run("import-onet", onet)
    assert "1 mục trong tệp, 1 mục mới, thêm 0 tên gọi tiếng Anh." in words
    assert "chưa gắn: 1" in words
    assert stored(few, "2.A").scheme is ExternalScheme.ONET


def test_files_that_are_something_else_are_refused_in_words(run: Callable[..., str], tmp_path: Path) -> None:
    with pytest.raises(CommandRefused, match="conceptUri, preferredLabel"):
        run("import-esco", b"a,b\n1,2\n")
    with pytest.raises(CommandRefused, match="UTF-8"):
        run("import-esco", b"conceptUri,preferredLabel\nx,\xff\xfe\n")
    parsed = build_parser().parse_args(["skills", "import-onet", str(tmp_path / "khong-co.csv")])
    with pytest.raises(CommandRefused, match="Không đọc được tệp"):
        parsed.run(parsed)
