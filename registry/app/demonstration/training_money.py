"""Lai Châu: dedicated lines of this year, one of them overdrawn, and money spent outside every one."""

from datetime import timedelta

from registry.app.demonstration.training_making import Making
from registry.policies.rules.budgets import EntryKind
from registry.training.models import TrainingBudgetLine, TrainingCourse, TrainingProgramme
from registry.training.operations import create
from registry.training.operations.spending import Money, spend

_SOURCE = "Ngân sách tỉnh, sự nghiệp đào tạo"
_DOCUMENT = "Kế hoạch bồi dưỡng năm nay (minh họa)"


def add_money(
    demo: Making, programme: TrainingProgramme, within: TrainingCourse, outside: TrainingCourse
) -> None:
    """A line of the programme, one of a course that goes beyond its plan, and a course that no line pays."""
    on, year = demo.act.on, demo.act.on.year
    lines = (
        TrainingBudgetLine(
            programme=programme,
            year=year,
            name="Bồi dưỡng kỹ năng số, nguồn riêng",
            source=_SOURCE,
            document=_DOCUMENT,
            planned_vnd=1_200_000_000,
        ),
        TrainingBudgetLine(
            course=within,
            year=year,
            name="Trung cấp lý luận chính trị, khóa trong năm",
            source=_SOURCE,
            document=_DOCUMENT,
            planned_vnd=450_000_000,
        ),
    )
    for line in lines:
        create(demo.session, line, demo.act)
    for of, kind, amount, days, note in (
        (lines[0], EntryKind.COMMITTED, 780_000_000, 90, "Hợp đồng với cơ sở đào tạo (minh họa)"),
        (lines[0], EntryKind.PAID, 390_000_000, 40, "Thanh toán đợt 1 (minh họa)"),
        (lines[1], EntryKind.COMMITTED, 486_500_000, 85, "Hợp đồng mở lớp (minh họa)"),
        (lines[1], EntryKind.PAID, 243_000_000, 30, "Thanh toán đợt 1 (minh họa)"),
        (outside, EntryKind.PAID, 62_400_000, 25, "Chi từ kinh phí thường xuyên của đơn vị (minh họa)"),
    ):
        spend(demo.session, of, Money(kind, amount, on - timedelta(days=days), note), demo.act)
