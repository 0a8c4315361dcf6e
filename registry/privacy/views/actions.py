"""What an office may do with a request, as buttons and as pages."""

from dataclasses import dataclass
from typing import Any

from registry.privacy.models import RightsRequest
from registry.privacy.operations.handling import may_be_lifted
from registry.privacy.rules import FOLLOWING, NEVER_REFUSED, RightKind, StepKind
from registry.web.i18n import lazy_gettext as _l


@dataclass(frozen=True)
class Action:
    """One thing to do: its place in addresses, its words, and what must be written with it."""

    slug: str
    step: StepKind
    text: Any
    meaning: Any
    sentence: Any
    done: Any
    kind: str = ""


ACTIONS = (
    Action(
        "tra-loi",
        StepKind.ANSWERED,
        _l("Trả lời lần đầu"),
        _l("Báo cho người này biết đã nhận yêu cầu, sẽ làm gì, bước nào và đến bao giờ."),
        _l("Ghi lời trả lời"),
        _l("Đã ghi trả lời lần đầu"),
        "primary",
    ),
    Action(
        "hoan-tat",
        StepKind.DONE,
        _l("Hoàn tất"),
        _l("Ghi đã làm gì. Bên thứ ba đã nhận dữ liệu cũng phải được báo."),
        _l("Ghi đã làm gì"),
        _l("Đã hoàn tất yêu cầu"),
        "primary",
    ),
    Action(
        "gia-han",
        StepKind.EXTENDED,
        _l("Gia hạn"),
        _l("Chỉ được một lần, và phải nêu lý do."),
        _l("Ghi lý do gia hạn"),
        _l("Đã gia hạn"),
    ),
    Action(
        "tu-choi",
        StepKind.REFUSED,
        _l("Từ chối"),
        _l("Nêu căn cứ pháp luật và quyền khiếu nại. Hạn chế đã áp dụng theo yêu cầu này sẽ hết hiệu lực."),
        _l("Ghi lý do từ chối"),
        _l("Đã từ chối, có nêu lý do"),
        "danger",
    ),
    Action(
        "cho-dung-lai",
        StepKind.LIFTED,
        _l("Cho dùng lại"),
        _l("Chỉ khi chính người này yêu cầu. Hồ sơ lại hiện ở nơi các đồng ý cho phép."),
        _l("Ghi người này đã yêu cầu khi nào, bằng cách nào"),
        _l("Đã cho dùng lại"),
    ),
)
BY_SLUG = {action.slug: action for action in ACTIONS}


def is_possible(request: RightsRequest, action: Action) -> bool:
    """Whether this can be done with a request now. An erasure is completed by erasing."""
    if action.step is StepKind.LIFTED:
        return may_be_lifted(request)
    if action.step not in FOLLOWING[request.state]:
        return False
    if action.step is StepKind.EXTENDED:
        return request.extended_days is None
    if action.step is StepKind.REFUSED:
        return request.kind not in NEVER_REFUSED
    return action.step is not StepKind.DONE or request.kind is not RightKind.ERASURE


def actions_for(request: RightsRequest) -> list[Action]:
    """What can be done with a request now."""
    return [action for action in ACTIONS if is_possible(request, action)]
