"""Open data of the demonstration: three sets with a release that is public, and one that waits for a second person."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from registry.accounts.models import Account
from registry.indicators.rules.figures import Period
from registry.open_data.operations.defining import DatasetTerms, DatasetWords, define_dataset
from registry.open_data.operations.releasing import prepare_release, publish_release, send_release
from registry.open_data.rules.kinds import DatasetKind, Licence, Theme
from registry.places.queries import unit_by_path

_NOTE = "Dữ liệu minh họa"


@dataclass(frozen=True)
class _Set:
    code: str
    kind: DatasetKind
    theme: Theme
    title: str
    title_en: str
    description: str
    description_en: str
    is_national: bool = False
    is_public: bool = True


_SETS = (
    _Set(
        "chi-tieu-nam-chuong-trinh",
        DatasetKind.INDICATORS,
        Theme.GOVERNMENT,
        "Chỉ tiêu của năm chương trình nhân lực",
        "Indicators of five workforce programmes",
        "Thực hiện, kế hoạch và tỷ lệ của từng chỉ tiêu, đếm từ hồ sơ hoặc theo báo cáo.",
        "Result, plan and percentage of each indicator, counted from records or as reported.",
        is_national=True,
    ),
    _Set(
        "dao-tao-lai-chau",
        DatasetKind.TRAINING,
        Theme.EDUCATION,
        "Đào tạo, bồi dưỡng theo nhóm, tỉnh Lai Châu",
        "Training by category, Lai Châu province",
        "Số người và số lượt dự lớp của từng nhóm đào tạo, bồi dưỡng.",
        "People and attendances of each category of training.",
    ),
    _Set(
        "cung-cau-lai-chau",
        DatasetKind.SECTORS,
        Theme.ECONOMY,
        "Cung cầu nhân lực theo lĩnh vực, tỉnh Lai Châu",
        "Workforce supply and demand by sector, Lai Châu province",
        "Chỗ còn trống của nhu cầu đang mở và số người sẵn sàng, theo lĩnh vực.",
        "Free places of open needs and people who are available, by sector.",
    ),
    _Set(
        "nguoi-hoc-lai-chau",
        DatasetKind.BREAKDOWN,
        Theme.POPULATION,
        "Người học theo đặc điểm, tỉnh Lai Châu",
        "Learners by trait, Lai Châu province",
        "Người học ở nông thôn, dân tộc thiểu số, nhóm yếu thế, nữ, nhà giáo, theo nhóm đào tạo.",
        "Learners who are rural, ethnic minority, vulnerable, female, or teachers, by category of training.",
        is_public=False,
    ),
)


def _period(one: _Set, on: date) -> Period:
    """The half-year that the programmes report; of training all from then to the day."""
    half = Period.half(2025, 1)
    return half if one.kind is DatasetKind.INDICATORS else Period(half.start, on)


def add_open_data(
    session: Session, officer: Account, head: Account, *, unit_path: str, now: datetime, on: date
) -> None:
    """The officer prepares, the head publishes."""
    for one in _SETS:
        path = "VN/" if one.is_national else unit_path
        unit = unit_by_path(session, path)
        terms = DatasetTerms(one.code, one.kind, None if unit is None else unit.id, path)
        words = DatasetWords(
            one.title,
            one.title_en,
            one.description,
            one.description_en,
            Licence.CC_BY,
            one.theme,
            "Sở Nội vụ tỉnh Lai Châu (minh họa)",
        )
        dataset = define_dataset(session, terms, words, by=officer.id, at=now)
        release = prepare_release(
            session, dataset, _period(one, on), by=officer.id, at=now, on=on, note=_NOTE
        )
        send_release(session, release, by=officer.id, at=now)
        if one.is_public:
            publish_release(session, release, by=head.id, at=now)
