"""CVs in prose: items with their place, in many manners; what is unsure stays below the line."""

import pytest

from registry.exchange.readers.cv.found import MOST_A_PART, SURE_FROM, CvRefused, Line
from registry.exchange.readers.cv.prose import items_of
from registry.exchange.readers.cv.reading import read_items
from registry.exchange.readers.cv.sections import heading_of
from tests.factories import cvs
from tests.factories.cv_manners import MANNERS, Manner


@pytest.mark.parametrize("manner", MANNERS, ids=lambda manner: manner.name)
def test_cvs_of_many_manners_are_read(manner: Manner) -> None:
    score = cvs.read_right(cvs.word(manner.text.split("\n")), "docx", manner)
    there, right = sum(score.there.values()), sum(score.right.values())
    assert right >= there * 0.9, score.missed
    assert sum(score.extra.values()) <= 1, score.missed


def test_a_pdf_says_on_which_page_and_under_which_heading() -> None:
    items = read_items(cvs.pdf(), "pdf")
    post = next(one for one in items if one.part == "experience")
    assert (post.page, post.section) == (1, "Work experience")
    assert post.quote.startswith("Data Engineer")
    assert "muster@isar.example" not in str(items)


def test_cells_of_a_pdf_that_stand_apart_are_apart() -> None:
    manner = MANNERS[0]
    score = cvs.read_right(cvs.pdf_of_lines(manner.text.split("\n")), "pdf", manner)
    assert score.right == score.there


def test_tables_of_word_are_read_row_by_row() -> None:
    rows = [["2015 – 2019", "Kế toán trưởng", "Công ty Chè Than Uyên"]]
    items = read_items(cvs.word(["Lò Thị Mai", "Kinh nghiệm"], rows=rows), "docx")
    assert items[-1].fields == {
        "title": "Kế toán trưởng",
        "organisation": "Công ty Chè Than Uyên",
        "started": "2015",
        "ended": "2019",
    }


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("III. KINH NGHIỆM LÀM VIỆC:", "experience"),
        ("E D U C A T I O N", "education"),
        ("Học vấn & Chứng chỉ", "education"),
        ("KY NANG", "skill"),
        ("Languages / Ngoại ngữ", "language"),
        ("Người tham chiếu", "others"),
        ("Hobbies", ""),
    ],
)
def test_headings_are_known(text: str, kind: str) -> None:
    found = heading_of(text)
    assert found is not None
    assert found[0] == kind


@pytest.mark.parametrize(
    "text", ["Kinh nghiệm 5 năm làm kế toán", "Curriculum vitae", "so thich", "Công ty Học vấn"]
)
def test_other_lines_are_no_headings(text: str) -> None:
    assert heading_of(text) is None


def test_what_lacks_a_period_or_a_post_is_not_sure() -> None:
    lines = ["Experience", "Kế toán, Công ty Chè Than Uyên"]
    (found,) = items_of([Line(text) for text in lines])
    assert found.sure < SURE_FROM
    (study,) = items_of([Line(text) for text in ("Education", "University of Mesa 2010 – 2014")])
    assert study.sure < SURE_FROM


def test_a_list_without_end_is_cut() -> None:
    lines = [Line("Kỹ năng"), *(Line(f"kỹ năng số {number}") for number in range(3_000))]
    assert len(items_of(lines)) == MOST_A_PART["skill"]


def test_long_lines_cost_little() -> None:
    with pytest.raises(CvRefused):
        read_items(cvs.word(["2015 - " * 20_000, "a@" * 20_000, "(" * 20_000, "1 " * 20_000]), "docx")
