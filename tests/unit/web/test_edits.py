"""Who changed a value since a form was opened: only what both changed is a conflict."""

import pytest

from registry.web.edits import Changed, changed, marks

OPENED = marks({"name": "Lò Văn A", "note": "", "ngày": "15/8/1990"})


@pytest.mark.parametrize(
    ("name", "mine", "theirs", "by"),
    [
        ("name", "Lò Văn A", "Lò Văn A", Changed.NOBODY),
        ("name", "Lò Văn B", "Lò Văn B", Changed.NOBODY),
        ("name", "Lò Văn A", "Lò Văn C", Changed.THEIRS),
        ("name", "Lò Văn B", "Lò Văn A", Changed.MINE),
        ("name", "Lò Văn B", "Lò Văn C", Changed.BOTH),
        ("note", "", "mới", Changed.THEIRS),
        ("note", "một\r\nhai ", "một\nhai", Changed.NOBODY),
        ("ngày", "15/8/1990", "16/8/1990", Changed.THEIRS),
        ("unknown", "một", "hai", Changed.BOTH),
    ],
)
def test_a_value_is_compared_with_the_one_the_form_was_opened_with(
    name: str, mine: str, theirs: str, by: Changed
) -> None:
    assert changed(name, mine, theirs, OPENED) is by


@pytest.mark.parametrize("opened_with", ["", "   ", "name", ":::", "name:", "x" * 100_000])
def test_marks_that_cannot_be_read_make_every_difference_a_conflict(opened_with: str) -> None:
    assert changed("name", "một", "hai", opened_with) is Changed.BOTH
