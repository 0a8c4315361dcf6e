"""The words of the vocabulary's pages: what people read for sectors, families, kinds and ways of resolving."""

from collections.abc import Mapping
from typing import Any

from registry.skills.rules import (
    LabelKind,
    LabelLanguage,
    LevelScale,
    Sector,
    SkillFamily,
)
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
