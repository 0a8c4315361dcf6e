"""A row of the sheet «Danh sách lớp» → who took part with what result, and what is to be mended. Pure."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from registry.exchange.rules.cells import Cell, Memory, RowReader
from registry.exchange.rules.findings import Finding
from registry.exchange.rules.training_columns import OUTCOMES, SEXES, STATES, TRAITS
from registry.exchange.rules.words import YES_NO
from registry.people.rules import IdentityKind, Sex, check_identity_number
from registry.people.rules.problems import N_, Problem
from registry.text import fold
from registry.training.rules import LONGEST_NUMBER, MOST_HOURS, ParticipationState, Result

_GRADE = re.compile(r"(\d{1,2})(?:[.,](\d))?", re.ASCII)
_CODE = re.compile(r"HS-\d{1,12}", re.ASCII)
_CODE_LIMIT = 40
_CCCD_DIGITS = 12
NOBODY = Problem(
    "nobody", N_("Ghi số định danh, mã hồ sơ, hoặc ngày sinh: chỉ có họ tên thì không đếm đúng số người")
)


@dataclass(frozen=True, slots=True)
class TrainingRow:
    """What a row says. Name, number and birth only tell who it is; of a stranger none of them is kept."""

    session: str
    name: str
    identity: str
    code: str
    birth: date | None
    sex: Sex | None
    sent_by: str
    state: ParticipationState | None
    result: Result | None
    result_on: date | None
    hours: int | None
    grade_tenths: int | None
    certificate: str
    certificate_on: date | None
    traits: Mapping[str, bool | None]
    findings: tuple[Finding, ...]

    @property
    def has_errors(self) -> bool:
        """Whether the row is kept out."""
        return any(one.is_error for one in self.findings)


def read_training_row(cells: Mapping[str, Cell], memory: Memory, today: date) -> TrainingRow:
    """Read one row."""
    row = RowReader(cells, memory)
    session = _required(row, "session", Problem("empty_session", N_("Nhập mã lớp")))
    name = _required(row, "full_name", Problem("empty_name", N_("Nhập họ và tên")))
    identity = row.read("identity", _number) or ""
    code = row.read("code", _code) or ""
    birth = row.dated("birth")
    if not (identity or code or birth) and not (row.is_refused("identity") or row.is_refused("code")):
        row.refuse("full_name", NOBODY)
    state, result = row.choice("state", STATES), row.choice("result", OUTCOMES)
    if result is not None and state not in (None, ParticipationState.COMPLETED):
        row.refuse(
            "result", Problem("not_finished", N_("Có kết quả thì cột «Tham gia» phải là «Đã học xong»"))
        )
    return TrainingRow(
        session,
        fold(name),
        identity,
        code,
        None if birth is None else birth.earliest,
        row.choice("sex", SEXES),
        row.text("sent_by"),
        state,
        result,
        _past(row, "result_on", today),
        row.whole("hours", 0, MOST_HOURS),
        row.read("grade", _grade),
        row.text("certificate", limit=LONGEST_NUMBER),
        _past(row, "certificate_on", today),
        {trait: row.choice(trait, YES_NO) for trait in TRAITS},
        tuple(row.findings),
    )


def _required(row: RowReader, key: str, missing: Problem) -> str:
    text = row.text(key, limit=_CODE_LIMIT if key == "session" else 200)
    if not text and not row.is_refused(key):
        row.refuse(key, missing)
    return text


def _number(text: str) -> str | Problem | None:
    """A number of twelve digits; Excel keeps one as a number and drops the noughts in front."""
    digits = "".join(text.split())
    if digits.isascii() and digits.isdigit() and len(digits) in (_CCCD_DIGITS - 1, _CCCD_DIGITS - 2):
        digits = digits.zfill(_CCCD_DIGITS)
    return check_identity_number(IdentityKind.CCCD, digits)


def _code(text: str) -> str | Problem:
    found = text.strip().upper()
    if _CODE.fullmatch(found) is None:
        return Problem("bad_code", N_("Mã hồ sơ có dạng HS-20418"))
    return found


def _grade(text: str) -> int | Problem:
    found = _GRADE.fullmatch(text.strip())
    tenths = -1 if found is None else int(found[1]) * 10 + int(found[2] or 0)
    if not 0 <= tenths <= 100:
        return Problem("bad_grade", N_("Nhập điểm từ 0 đến 10, nhiều nhất một chữ số lẻ, ví dụ 8,5"))
    return tenths


def _past(row: RowReader, key: str, today: date) -> date | None:
    day = row.day(key)
    if day is not None and day > today:
        row.refuse(key, Problem("future_day", N_("Ngày này không được sau hôm nay")))
    return day
