"""Who has which tasks, what a task's state is, how complete a profile is, how typed skills are cut apart."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.registrations.forms import TASK, WHY
from registry.registrations.rules import (
    ABROAD,
    PARTS,
    REQUIRED,
    Audience,
    Task,
    TaskState,
    completeness_of,
    province_path,
    state_of_rows,
    tasks_of,
    typed_skills,
    wording,
)


def test_nobody_abroad_is_asked_for_papers_and_only_officials_for_a_post() -> None:
    for audience in Audience:
        tasks = tasks_of(audience)
        assert (Task.PAPERS in tasks) is (audience not in ABROAD)
        assert (Task.POST in tasks) is (audience is Audience.CADRE)
        assert set(tasks) >= REQUIRED
        assert tasks[0] is Task.CONSENT


@pytest.mark.parametrize(
    ("states", "whole"),
    [
        ([], TaskState.NOT_STARTED),
        ([TaskState.DONE, TaskState.DONE], TaskState.DONE),
        ([TaskState.DONE, TaskState.IN_PROGRESS], TaskState.IN_PROGRESS),
        ([TaskState.IN_PROGRESS, TaskState.NEEDS_FIX, TaskState.DONE], TaskState.NEEDS_FIX),
    ],
)
def test_a_task_of_entries_is_as_far_as_the_least_of_them(states: list[TaskState], whole: TaskState) -> None:
    assert state_of_rows(states) is whole


def test_completeness_grows_with_every_part_and_names_the_most_useful_next() -> None:
    nothing = completeness_of(())
    assert nothing.percent == 0
    assert nothing.next is PARTS[0]
    assert [part.weight for part in PARTS] == sorted((part.weight for part in PARTS), reverse=True)
    grown = [
        completeness_of([part.task for part in PARTS[:count]]).percent for count in range(len(PARTS) + 1)
    ]
    assert grown == sorted(set(grown))
    everything = completeness_of(list(Task))
    assert (everything.percent, everything.next) == (100, None)


@pytest.mark.parametrize(
    ("text", "skills"),
    [
        ("cấp cứu nhi, chế biến chè; tiếng Mông", ["cấp cứu nhi", "chế biến chè", "tiếng Mông"]),
        ("tiếng Anh (IELTS 6,5)\nSQL", ["tiếng Anh (IELTS 6,5)", "SQL"]),
        (" ,,\n; ", []),
        ("Kế toán (chưa xong\nSQL, CNTT", ["Kế toán (chưa xong", "SQL", "CNTT"]),
    ],
)
def test_typed_skills_are_cut_at_lines_and_commas_outside_brackets(text: str, skills: list[str]) -> None:
    assert typed_skills(text) == skills


@given(st.text(max_size=200))
def test_cutting_skills_apart_loses_no_letter(text: str) -> None:
    def letters(one: str) -> str:
        return "".join(char for char in one if char.isalnum())

    assert letters("".join(typed_skills(text))) == letters(text)


@pytest.mark.parametrize(
    ("path", "province"),
    [("VN/12/03150/", "VN/12/"), ("VN/12/", "VN/12/"), ("VN/", ""), ("", "")],
)
def test_a_unit_lies_in_a_province(path: str, province: str) -> None:
    assert province_path(path) == province


def test_every_task_has_words() -> None:
    assert set(TASK) == set(Task)
    assert {part.task for part in PARTS} <= set(WHY)


def test_the_wording_says_the_same_in_both_languages() -> None:
    told = wording()
    assert set(told["vi"]) == set(told["en"])
    shapes = [
        {
            key: len(json.loads(json.dumps(value)))
            for key, value in told[one].items()
            if isinstance(value, list)
        }
        for one in ("vi", "en")
    ]
    assert shapes[0] == shapes[1]
    assert "chưa kiểm chứng" in json.dumps(told["vi"], ensure_ascii=False)
