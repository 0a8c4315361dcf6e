"""Lists of classes from Excel: errors by row in words, people and strangers, nothing twice, taken back."""

from collections.abc import Sequence

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.accounts.rules import Grant, Role, Scope, Viewer
from registry.exchange.models import ImportRow
from registry.exchange.operations.inline import import_in_one_go
from registry.exchange.operations.kinds import Acting, SourceRow
from registry.exchange.operations.making import kind_maker, take_back_record
from registry.exchange.operations.sources import Source, header_of, sheet_source
from registry.exchange.operations.templates import template_of
from registry.exchange.readers.workbook import read_workbook
from registry.exchange.rules.batches import CommitMode, ImportKind
from registry.exchange.rules.cells import Cell
from registry.exchange.rules.training_columns import TRAINING_EXAMPLES
from registry.organisations.rules import Office
from registry.people.models import Person, SkillClaim
from registry.people.operations.identity import write_identity
from registry.people.rules import IdentityDraft, IdentityKind
from registry.training.models import Participation
from registry.training.rules import ParticipationState, Result
from tests.factories import people
from tests.factories import training as make
from tests.factories.skills import skill

ACT = make.act()
ACTING = Acting(None, ACT.at, ACT.on)
OFFICER = Viewer.of_grants(1, [Grant(Role.OFFICER, Scope("VN/12/", ""))])
NUMBER = "001188456789"


def row(number: int, **cells: str) -> SourceRow:
    return SourceRow(number, {key: Cell(text) for key, text in {"session": "LOP-1", **cells}.items()})


def judged(session: Session, rows: Sequence[SourceRow], viewer: Viewer = OFFICER) -> list[str]:
    """What is said of each row, the first sentence."""
    kind = kind_maker(session, ImportKind.TRAINING, viewer, Office(), None, ACT.on)()
    return [one.findings[0].message if one.findings else "" for one in kind.judge(session, rows)]


def kept(session: Session, rows: Sequence[SourceRow]) -> int:
    """How many of the rows were made."""
    outcome = import_in_one_go(
        session,
        Source("Danh sách lớp", rows, {}),
        kind_maker(session, ImportKind.TRAINING, OFFICER, Office(), None, ACT.on),
        kind=ImportKind.TRAINING,
        mode=CommitMode.VALID_ONLY,
        file_name="lop.xlsx",
        office=Office(None, "VN/12/"),
        acting=ACTING,
    )
    return 0 if outcome.batch is None else outcome.batch.created


def test_every_mistake_is_said_in_vietnamese_at_its_row(session: Session) -> None:
    course = make.course(session)
    make.held(session, course)
    make.held(session, course, "CHUA-MO", is_over=False, actual_start=None)
    make.held(session, make.course(session, "KH-B", path="VN/01/"), "LOP-B", path="VN/01/")
    who = {"full_name": "Lò Văn Pành", "identity": NUMBER}
    found = judged(
        session,
        [
            row(2, **who),
            row(3, **who),
            row(4, full_name="Lò Văn Pành"),
            row(5, full_name="Giàng A Sử", birth="1990", grade="11"),
            row(6, full_name="Vàng A Páo", birth="1991", session="LOP-B"),
            row(7, full_name="Vàng A Páo", birth="1991", session="CHUA-MO", result="Đạt"),
            row(8, full_name="Sùng Thị Mai", birth="1992", state="Vắng", result="Đạt"),
            row(9, full_name="Sùng Thị Mai", birth="1992", code="HS-99999999"),
            row(10, full_name="Tẩn A Dao", birth="1993", sent_by="Sở chưa có trong danh sách"),
            row(11, full_name="", birth="1993"),
        ],
    )
    assert found == [
        "",
        "Người này đã có ở dòng 2 của cùng lớp. Mỗi người chỉ ghi một dòng trong một lớp",
        "Ghi số định danh, mã hồ sơ, hoặc ngày sinh: chỉ có họ tên thì không đếm đúng số người",
        "Nhập điểm từ 0 đến 10, nhiều nhất một chữ số lẻ, ví dụ 8,5",
        "Không có lớp mang mã này trong phạm vi của bạn",
        "Lớp chưa khai giảng: chưa có người học xong hay kết quả",
        "Có kết quả thì cột «Tham gia» phải là «Đã học xong»",
        "Không có hồ sơ mang mã này trong phạm vi của bạn",
        "Chưa có đơn vị tên này: dòng vẫn được nhập, cột này để trống",
        "Nhập họ và tên",
    ]


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_a_code_names_only_whose_record_the_importer_reads(session: Session, cadre: Person) -> None:
    """Reading the training of another province is no reading of its people."""
    far = people.person(session, "Đỗ Thị Xa", unit_path="VN/01/", by_law=True)
    make.held(session, make.course(session))
    grants = [Grant(Role.OFFICER, Scope("VN/12/")), Grant(Role.AUDITOR, Scope("VN/01/"))]
    rows = [row(n, full_name=one.full_name, code=one.code) for n, one in enumerate((cadre, far), 2)]
    said = judged(session, rows, Viewer.of_grants(2, grants))
    assert said == ["", "Không có hồ sơ mang mã này trong phạm vi của bạn"]


def test_people_take_part_as_themselves_strangers_leave_a_number_and_nothing_comes_twice(
    session: Session, cadre: Person
) -> None:
    session.add(write_identity(session, cadre, IdentityDraft(IdentityKind.CCCD, NUMBER)))
    session.flush()
    make.held(session, make.course(session, skills=[(skill(session).id, 3)]))
    rows = [
        row(2, full_name="LO THI HOA", identity=NUMBER, result="Đạt", grade="8,5"),
        row(3, full_name="Giàng A Sử", birth="15/08/1990", is_minority="Có"),
        row(4, full_name="Người vắng", identity="001088000123", state="Vắng"),
    ]
    assert kept(session, rows) == 3
    found = session.scalars(select(Participation).order_by(Participation.id)).all()
    assert [(one.person_id, one.state, one.result, one.happened_on) for one in found] == [
        (cadre.id, ParticipationState.COMPLETED, Result.PASSED, make.END),
        (None, ParticipationState.COMPLETED, None, make.END),
        (None, ParticipationState.ABSENT, None, None),
    ]
    assert found[0].participant == cadre.id
    assert all(one.participant < 0 for one in found[1:])
    assert session.scalar(select(SkillClaim.level).where(SkillClaim.person_id == cadre.id)) == 3
    assert kept(session, rows) == 0
    made = ImportRow(subject_id=found[0].public_id, subject_version=1, created_at=ACT.at)
    assert take_back_record(session, ImportKind.TRAINING, made, ACTING, "Hoàn tác")
    assert session.scalar(select(SkillClaim.id).where(SkillClaim.valid_to.is_(None))) is None


def test_the_same_stranger_is_one_participant_in_every_list(session: Session) -> None:
    course = make.course(session)
    for code in ("LOP-1", "LOP-2"):
        make.held(session, course, code)
    who = {"full_name": "Giàng A Sử", "identity": "001088000123"}
    assert kept(session, [row(2, **who), row(3, **who, session="LOP-2")]) == 2
    assert len(set(session.scalars(select(Participation.participant)))) == 1


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_the_template_reads_back_and_its_examples_are_right(session: Session) -> None:
    course = make.course(session)
    make.held(session, course, TRAINING_EXAMPLES[0]["session"])
    book = read_workbook(template_of(ImportKind.TRAINING), file_name="mau.xlsx")
    header = header_of(book, ImportKind.TRAINING)
    assert header is not None
    assert header.sheet == "Danh sách lớp"
    assert list(sheet_source(book, ImportKind.TRAINING, header).rows) == []
    rows = [
        SourceRow(number, {key: Cell(text) for key, text in example.items()})
        for number, example in enumerate(TRAINING_EXAMPLES)
    ]
    said = judged(session, rows, Viewer.installation())
    assert said == ["Chưa có đơn vị tên này: dòng vẫn được nhập, cột này để trống", ""]
