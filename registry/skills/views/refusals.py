"""Why a change of the vocabulary was refused, and what can be done, in words."""

from typing import Any

from registry.skills.models import Skill
from registry.skills.operations import (
    AlreadyRelated,
    AlreadyUndone,
    ChangedSince,
    LabelOwned,
    LabelTaken,
    LabelWordless,
    NameNeeded,
    NotActive,
    NothingChosen,
    NotWaiting,
    Refused,
    SameConcept,
    ScaleFixed,
    WouldCircle,
)
from registry.skills.rules import SkillState
from registry.skills.views.blueprint import skill_name
from registry.web.i18n import gettext as _
from registry.web.i18n import lazy_gettext as _l

_SENTENCES: dict[type[Refused], Any] = {
    LabelOwned: _l("Kỹ năng này đã có tên gọi đó"),
    LabelWordless: _l("Tên gọi phải có chữ hoặc số"),
    NameNeeded: _l("Đây là tên chính của kỹ năng. Đổi tên chính trước, rồi bỏ tên cũ"),
    NotActive: _l("Kỹ năng này đã ngừng dùng hoặc đã gộp. Chọn kỹ năng đang dùng"),
    SameConcept: _l("Chọn một kỹ năng khác kỹ năng này"),
    AlreadyRelated: _l("Hai kỹ năng này đã có quan hệ. Bỏ quan hệ cũ trước khi thêm quan hệ khác"),
    WouldCircle: _l("Kỹ năng đã chọn nằm dưới kỹ năng này, nên không thể rộng hơn nó"),
    ScaleFixed: _l("Hai kỹ năng dùng thang bậc khác nhau nên không gộp được: bậc đã khai sẽ đổi nghĩa"),
    NothingChosen: _l("Chọn ít nhất một tên gọi; tên chính ở lại với kỹ năng cũ"),
    NotWaiting: _l("Người khác vừa duyệt chữ này"),
    AlreadyUndone: _l("Thay đổi này đã được hoàn tác"),
    ChangedSince: _l("Không hoàn tác được vì phần liên quan đã đổi tiếp. Hoàn tác các thay đổi sau nó trước"),
}


def sentence_of(refused: Refused) -> str:
    """The refusal in words."""
    if isinstance(refused, LabelTaken):
        return _taken(refused)
    return str(_SENTENCES[type(refused)])


def holder_of(refused: Refused) -> Skill | None:
    """The concept that stands in the way, for a link to it."""
    return refused.holder if isinstance(refused, LabelTaken) else None


def _taken(refused: LabelTaken) -> str:
    name = skill_name(refused.holder)
    if refused.holder.state is SkillState.RETIRED:
        return _(
            "«%(text)s» là tên gọi của «%(name)s», kỹ năng đã ngừng dùng. Dùng lại kỹ năng đó, "
            "hoặc bỏ tên gọi ở đó trước",
            text=refused.text,
            name=name,
        )
    return _(
        "«%(text)s» đang là tên gọi của «%(name)s». Bỏ tên đó ở «%(name)s», gộp hai kỹ năng, "
        "hoặc đánh dấu «Chữ này nhiều nghĩa» và ghi khi nào hiểu là kỹ năng này",
        text=refused.text,
        name=name,
    )
