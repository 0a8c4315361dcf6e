"""The words of the vocabulary's pages: what people read for sectors, families, kinds and ways of resolving."""

from collections.abc import Mapping
from typing import Any

from registry.skills.rules import (
    ChangeKind,
    ExternalScheme,
    ExternalState,
    LabelKind,
    LabelLanguage,
    LabelOrigin,
    LevelScale,
    Sector,
    SkillFamily,
)
from registry.web.i18n import gettext as _
from registry.web.i18n import lazy_gettext as _l

SECTORS: Mapping[Sector, Any] = {
    Sector.IT: _l("Công nghệ thông tin"),
    Sector.HEALTH: _l("Y tế"),
    Sector.AGRICULTURE: _l("Nông nghiệp"),
    Sector.AQUACULTURE: _l("Thủy sản"),
    Sector.TOURISM: _l("Du lịch"),
    Sector.LAW: _l("Pháp luật"),
    Sector.PUBLIC_ADMIN: _l("Quản lý nhà nước, công vụ"),
    Sector.ENGINEERING: _l("Kỹ thuật, công nghiệp"),
    Sector.EDUCATION: _l("Giáo dục"),
    Sector.ENVIRONMENT: _l("Tài nguyên, môi trường"),
    Sector.FINANCE: _l("Kinh tế, tài chính"),
    Sector.LANGUAGE: _l("Ngôn ngữ"),
    Sector.CONSTRUCTION: _l("Xây dựng"),
    Sector.LOGISTICS: _l("Vận tải, kho bãi"),
    Sector.ENERGY: _l("Năng lượng"),
    Sector.CULTURE: _l("Văn hóa"),
    Sector.SCIENCE: _l("Khoa học"),
    Sector.SOCIAL: _l("Xã hội"),
    Sector.SOFT_SKILL: _l("Kỹ năng mềm"),
    Sector.BUSINESS: _l("Kinh doanh, quản trị"),
    Sector.CRAFT: _l("Nghề thủ công, làng nghề"),
    Sector.SERVICES: _l("Dịch vụ"),
    Sector.SPORT: _l("Thể thao"),
    Sector.SECURITY: _l("Quốc phòng, an ninh, cứu nạn"),
}
FAMILIES: Mapping[SkillFamily, Any] = {
    SkillFamily.PROFESSION: _l("Chuyên môn"),
    SkillFamily.TRADE: _l("Kỹ năng nghề"),
    SkillFamily.TOOL: _l("Công cụ, phần mềm"),
    SkillFamily.LANGUAGE: _l("Ngoại ngữ, tiếng dân tộc"),
    SkillFamily.STATE_MANAGEMENT: _l("Quản lý nhà nước"),
    SkillFamily.POLITICAL_THEORY: _l("Lý luận chính trị"),
    SkillFamily.SOFT_SKILL: _l("Kỹ năng mềm"),
}
SCALES: Mapping[LevelScale, Any] = {
    LevelScale.GENERAL: _l("Thang chung, bậc 1 đến 5"),
    LevelScale.LANGUAGE: _l("Khung sáu bậc"),
    LevelScale.TRADE: _l("Bậc thợ, 1 đến 7"),
}
GROUPS: Mapping[tuple[LabelKind, LabelLanguage], Any] = {
    (LabelKind.ALIAS, LabelLanguage.VI): _l("Tên gọi khác bằng tiếng Việt"),
    (LabelKind.ALIAS, LabelLanguage.EN): _l("Tên gọi bằng tiếng Anh"),
    (LabelKind.ABBREVIATION, LabelLanguage.VI): _l("Viết tắt"),
    (LabelKind.ABBREVIATION, LabelLanguage.EN): _l("Viết tắt tiếng Anh"),
}
# How a text was understood, after «vì».
HOWS: Mapping[str, Any] = {
    "exact": _l("đúng tên"),
    "alias": _l("là tên gọi khác"),
    "abbreviation": _l("là chữ viết tắt"),
    "folded": _l("đúng tên, thiếu dấu"),
    "joined": _l("đúng tên, viết liền hoặc rời"),
    "stripped": _l("đúng tên sau khi bỏ mức và chức danh"),
    "expanded": _l("đúng tên, có phần viết tắt"),
    "decoded": _l("đúng tên, còn sót phím gõ"),
    "reordered": _l("đúng tên, đảo thứ tự từ"),
    "fuzzy": _l("gần giống một tên"),
    "initials": _l("trùng các chữ đầu của một tên"),
    "contained": _l("có chứa một tên"),
    "several": _l("nói đến nhiều kỹ năng"),
}
PENDING_PLACES: Mapping[str, Any] = {
    "people": _l("hồ sơ"),
    "needs": _l("nhu cầu"),
}
ORIGINS: Mapping[LabelOrigin, Any] = {
    LabelOrigin.CATALOGUE: _l("có sẵn"),
    LabelOrigin.EDITORIAL: _l("có sẵn"),
    LabelOrigin.OFFICER: _l("thêm tại đây"),
    LabelOrigin.ESCO: "ESCO",
    LabelOrigin.ONET: "O*NET",
}
KINDS: Mapping[LabelKind, Any] = {
    LabelKind.ALIAS: _l("Tên gọi khác"),
    LabelKind.ABBREVIATION: _l("Viết tắt"),
}
LANGUAGES: Mapping[LabelLanguage, Any] = {
    LabelLanguage.VI: _l("Tiếng Việt"),
    LabelLanguage.EN: _l("Tiếng Anh"),
}
SCHEMES: Mapping[ExternalScheme, str] = {ExternalScheme.ESCO: "ESCO", ExternalScheme.ONET: "O*NET"}
EXTERNAL_STATES: Mapping[ExternalState, Any] = {
    ExternalState.AMBIGUOUS: _l("Trùng nhiều kỹ năng"),
    ExternalState.UNMATCHED: _l("Chưa gắn"),
    ExternalState.MATCHED: _l("Tự gắn vì trùng tên tiếng Anh"),
    ExternalState.ACCEPTED: _l("Đã nhận"),
    ExternalState.REFUSED: _l("Đã bỏ"),
}


# «name» is the concept, «other» the second one, «words» the text.
def N_(sentence: str) -> str:  # noqa: N802 - what the collection of sentences looks for
    """Mark a sentence that is translated when it is filled in."""
    return sentence


_CHANGES: Mapping[ChangeKind, str] = {
    ChangeKind.CONCEPT_CREATED: N_("Đã thêm kỹ năng «%(name)s»"),
    ChangeKind.CONCEPT_EDITED: N_("Đã sửa kỹ năng «%(name)s»"),
    ChangeKind.LABEL_ADDED: N_("Đã thêm tên gọi «%(words)s» cho «%(name)s»"),
    ChangeKind.LABEL_REMOVED: N_("Đã bỏ tên gọi «%(words)s» của «%(name)s»"),
    ChangeKind.RELATION_ADDED: N_("Đã thêm quan hệ giữa «%(name)s» và «%(other)s»"),
    ChangeKind.RELATION_REMOVED: N_("Đã bỏ quan hệ giữa «%(name)s» và «%(other)s»"),
    ChangeKind.RETIRED: N_("Đã ngừng dùng «%(name)s»"),
    ChangeKind.RESTORED: N_("Đã dùng lại «%(name)s»"),
    ChangeKind.MERGED: N_("Đã gộp «%(name)s» vào «%(other)s»"),
    ChangeKind.SPLIT: N_("Đã tách «%(name)s» khỏi «%(other)s»"),
    ChangeKind.TERM_LABELLED: N_("«%(words)s» là tên gọi của «%(name)s»"),
    ChangeKind.TERM_CREATED: N_("Đã thêm kỹ năng «%(name)s» từ chữ chờ duyệt"),
    ChangeKind.TERM_IGNORED: N_("Đã bỏ qua «%(words)s»"),
    ChangeKind.EXTERNAL_ACCEPTED: N_("Đã gắn «%(words)s» vào «%(name)s»"),
    ChangeKind.EXTERNAL_REFUSED: N_("Đã bỏ «%(words)s»"),
}


def change_words(kind: ChangeKind, *, name: str, other: str, words: str) -> str:
    """What a change did, in one sentence without its full stop."""
    return _(_CHANGES[kind], name=name, other=other, words=words)
