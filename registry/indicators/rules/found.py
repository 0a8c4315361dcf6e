"""Where an observation came from, and in which ways it may contradict. Pure (IN-05)."""

from collections.abc import Mapping
from enum import StrEnum

from registry.people.rules.problems import N_


class Origin(StrEnum):
    """How an observation came in."""

    BY_HAND = "by_hand"
    PRINTED = "printed"


ORIGIN_WORDS: Mapping[Origin, str] = {
    Origin.BY_HAND: N_("Nhập tay"),
    Origin.PRINTED: N_("Theo văn bản in"),
}


class ContradictionKind(StrEnum):
    """What an observation disagrees with."""

    PLAN_PERCENT = "plan_percent"
    COMPUTED = "computed"


CONTRADICTION_WORDS: Mapping[ContradictionKind, str] = {
    ContradictionKind.PLAN_PERCENT: N_("Tỷ lệ in không suy ra từ kế hoạch nào được nêu"),
    ContradictionKind.COMPUTED: N_("Số báo cáo khác số đếm từ hồ sơ"),
}
