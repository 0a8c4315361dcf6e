"""Training by category and by what lists say of participants: the counts of the report of training (IN-23, LC7, PT7)."""

from collections import Counter
from collections.abc import Mapping, Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from registry.accounts.rules import Viewer
from registry.balance.rules.tables import TOTAL, Cell, Table
from registry.open_data.queries.asked import Asked
from registry.open_data.rules.grids import Grid, Ref, list_of
from registry.open_data.rules.lines import Content, Line, Value
from registry.open_data.rules.names import (
    ANSWERS,
    CATEGORIES_EN,
    EVERYTHING,
    EVERYTHING_EN,
    LECTURERS,
    TRAITS,
    category_name,
)
from registry.people.rules.problems import N_
from registry.training.models import SessionLecturer, TrainingCourse, TrainingSession
from registry.training.queries.counting import Period, breakdown, by_category, together
from registry.training.rules import CATEGORIES, SessionState, Split
from registry.training.rules import Counted as Taken

PEOPLE, ATTENDANCES, ALL = "people", "attendances", "all"
NO_LECTURERS = N_("Chưa ghi giảng viên của lớp nào trong kỳ")
NOTHING = N_("Chưa ghi nhận lượt dự lớp nào trong kỳ")
_WORDS = {PEOPLE: "Người", ATTENDANCES: "Lượt", TOTAL: "Cộng", ALL: EVERYTHING}


def training_content(session: Session, asked: Asked) -> Content:
    """People and attendances of every category, and of all together, where people are counted anew."""
    counted, everybody = _counts(session, asked)
    if not counted:
        return Content([], [Line(_facts(asked, None), why=NOTHING)])
    grids = _grids(asked, counted, everybody)
    lines = [
        Line(
            _facts(asked, code),
            {"so_nguoi": one.people, "so_luot": one.attendances},
            ((0, (code, PEOPLE)), (0, (code, ATTENDANCES))),
        )
        for code, one in counted.items()
    ]
    total = {"so_nguoi": everybody.people, "so_luot": everybody.attendances}
    guards: tuple[Ref, ...] = ((1, (ALL, PEOPLE)), (0, (TOTAL, PEOPLE)), (0, (TOTAL, ATTENDANCES)))
    return Content(grids, [*lines, Line(_facts(asked, None), total, guards)])


def breakdown_content(session: Session, asked: Asked) -> Content:
    """People of every category who have a trait, have it not, or of whom lists do not say."""
    counted, everybody = _counts(session, asked)
    if not counted:
        return Content([], [Line(_facts(asked, None), why=NOTHING)])
    grids = _grids(asked, counted, everybody)
    whole, viewer = _period(asked), Viewer.installation()
    split = {code: breakdown(session, viewer, whole, [code]) for code in counted}
    split_all = breakdown(session, viewer, whole, list(counted))
    lines: list[Line] = []
    for trait in TRAITS:
        at = len(grids)
        grids.append(_trait_grid(asked, trait, {code: one[trait] for code, one in split.items()}))
        grids.append(_trait_grid(asked, trait, {ALL: split_all[trait]}, is_of_all=True))
        for code, one in split.items():
            lines += _trait_lines(asked, trait, code, one[trait], at)
        lines += _trait_lines(asked, trait, ALL, split_all[trait], at + 1)
    return Content(grids, [*lines, *_lecturer_lines(session, asked, grids)])


def lecturers(session: Session, asked: Asked) -> tuple[dict[str, int], int]:
    """({category: people who taught a class of it that was held in the period}, all of them, each counted once)."""
    day = func.coalesce(TrainingSession.actual_end, TrainingSession.actual_start)
    rows = session.execute(
        select(TrainingCourse.category, SessionLecturer.person_id, SessionLecturer.name)
        .join(TrainingSession, TrainingSession.id == SessionLecturer.session_id)
        .join(TrainingCourse, TrainingCourse.id == TrainingSession.course_id)
        .where(
            day.between(asked.starts, asked.ends),
            TrainingSession.state != SessionState.CANCELLED,
            TrainingSession.unit_path.startswith(asked.place, autoescape=True),
        )
        .distinct()
    ).all()
    counts = Counter(row.category for row in rows)
    ordered = {one.code: counts[one.code] for one in CATEGORIES if counts[one.code]}
    return ordered, len({(row.person_id, row.name) for row in rows})


def _lecturer_lines(session: Session, asked: Asked, grids: list[Grid]) -> list[Line]:
    """Teachers as trainers (PT7): how many people stood before classes, never among the learners."""
    counts, everybody = lecturers(session, asked)
    name, name_en = LECTURERS
    told = {"dac_diem_ma": "lecturer", "dac_diem": name, "dac_diem_en": name_en, "tra_loi": ANSWERS["yes"]}
    if not counts:
        return [Line(_facts(asked, None) | told, why=NO_LECTURERS)]
    words = _WORDS | {code: category_name(code) for code in counts} | {PEOPLE: name}
    at = len(grids)
    grids.append(list_of("lecturers", counts, asked.place, asked.days, has_sum=True, words=words))
    grids.append(list_of("lecturers_all", {ALL: everybody}, asked.place, asked.days, words=words))
    lines = [
        Line(_facts(asked, code) | told, {"so_nguoi": count}, ((at, (code, PEOPLE)),))
        for code, count in counts.items()
    ]
    guards: tuple[Ref, ...] = ((at + 1, (ALL, PEOPLE)), (at, (TOTAL, PEOPLE)))
    return [*lines, Line(_facts(asked, None) | told, {"so_nguoi": everybody}, guards)]


def _period(asked: Asked) -> Period:
    return Period(asked.starts, asked.ends, asked.place)


def _counts(session: Session, asked: Asked) -> tuple[Mapping[str, Taken], Taken]:
    viewer = Viewer.installation()
    found = by_category(session, viewer, _period(asked))
    ordered = {one.code: found[one.code] for one in CATEGORIES if one.code in found}
    return ordered, together(session, viewer, _period(asked), list(ordered))


def _grids(asked: Asked, counted: Mapping[str, Taken], everybody: Taken) -> list[Grid]:
    """People of the categories are held as if they could be added: whoever takes them for that learns no more."""
    counts: dict[Cell, int] = {}
    for code, one in counted.items():
        counts |= {(code, PEOPLE): one.people, (code, ATTENDANCES): one.attendances}
    table = Table(tuple(counted), (PEOPLE, ATTENDANCES), counts, has_row_sums=False)
    words = _WORDS | {code: category_name(code) for code in counted}
    return [
        Grid("training", table, asked.place, *asked.days, words),
        list_of("training_all", {ALL: everybody.people}, asked.place, asked.days, words=words),
    ]


def _trait_grid(asked: Asked, trait: str, splits: Mapping[str, Split], *, is_of_all: bool = False) -> Grid:
    counts: dict[Cell, int] = {}
    for row, one in splits.items():
        counts |= {(row, "yes"): one.yes or 0, (row, "no"): one.no or 0, (row, "unknown"): one.unknown or 0}
    rows: Sequence[str] = list(splits)
    known = "training_all" if is_of_all else "training"
    same = {(row, TOTAL): (f"{known}|{row}|{PEOPLE}", asked.place) for row in rows}
    if not is_of_all:
        same[TOTAL, TOTAL] = (f"training|{TOTAL}|{PEOPLE}", asked.place)
    table = Table(tuple(rows), tuple(ANSWERS), counts, has_column_sums=not is_of_all)
    words = _WORDS | {row: category_name(row) for row in rows if row != ALL}
    words |= {answer: f"{TRAITS[trait][0]}: {word}" for answer, word in ANSWERS.items()}
    return Grid(f"{known}.{trait}", table, asked.place, *asked.days, words, same)


def _trait_lines(asked: Asked, trait: str, row: str, split: Split, at: int) -> list[Line]:
    name, name_en = TRAITS[trait]
    facts = _facts(asked, None if row == ALL else row)
    facts |= {"dac_diem_ma": trait, "dac_diem": name, "dac_diem_en": name_en}
    counts = {"yes": split.yes, "no": split.no, "unknown": split.unknown}
    return [
        Line(facts | {"tra_loi": word}, {"so_nguoi": counts[answer]}, ((at, (row, answer)),))
        for answer, word in ANSWERS.items()
    ]


def _facts(asked: Asked, code: str | None) -> dict[str, Value]:
    """What every line says; no code: of all categories."""
    starts, ends = asked.days
    return {
        "nhom_ma": code or "*",
        "nhom": EVERYTHING if code is None else category_name(code),
        "nhom_en": EVERYTHING_EN if code is None else CATEGORIES_EN.get(code, ""),
        "dia_ban": asked.place_name,
        "tu_ngay": starts,
        "den_ngay": ends,
        "so_lieu_ngay": asked.on.isoformat(),
    }
