"""The closed lists of the room in words for people. Views and templates read them; nothing stores them."""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Any

from registry.consents.rules import Channel
from registry.people.rules import (
    AcademicTitle,
    AchievementKind,
    AffinityKind,
    AvailabilityState,
    CadreKind,
    Classification,
    ContactKind,
    DatePrecision,
    EvidenceState,
    ExpertKind,
    IdentityKind,
    LegalBasis,
    PersonState,
    PlaceKind,
    ReturnIntent,
    RightToStay,
    Sex,
    StudyMode,
    VerificationMethod,
    Willingness,
    WorkForm,
)
from registry.web import choices as web_choices
from registry.web.i18n import current_language, lazy_words
from registry.web.i18n import lazy_gettext as _l

Words = Mapping[Any, Any]

STATE: Words = {
    PersonState.DRAFT: _l("Bản nháp"),
    PersonState.PENDING: _l("Chờ duyệt"),
    PersonState.INCOMPLETE: _l("Còn thiếu"),
    PersonState.ACTIVE: _l("Đang dùng"),
    PersonState.UNREACHABLE: _l("Không liên lạc được"),
    PersonState.WITHDRAWN: _l("Đã rút"),
    PersonState.MERGED: _l("Đã gộp"),
    PersonState.ERASED: _l("Đã xóa"),
}
LEGAL_BASIS: Words = {
    LegalBasis.CONSENT: _l("Người này đồng ý"),
    LegalBasis.LAW: _l("Hồ sơ cán bộ, công chức, viên chức giữ theo luật"),
}
SEX: Words = {Sex.FEMALE: _l("Nữ"), Sex.MALE: _l("Nam"), Sex.OTHER: _l("Khác")}
PRECISION: Words = {
    DatePrecision.DAY: _l("đến ngày"),
    DatePrecision.MONTH: _l("đến tháng"),
    DatePrecision.YEAR: _l("đến năm"),
}
IDENTITY: Words = {
    IdentityKind.CCCD: _l("Căn cước (CCCD, 12 số)"),
    IdentityKind.CMND: _l("CMND cũ (9 số)"),
    IdentityKind.PASSPORT: _l("Hộ chiếu"),
}
CONTACT: Words = {ContactKind.EMAIL: _l("Thư điện tử"), ContactKind.PHONE: _l("Điện thoại")}
EXPERT: Words = {
    ExpertKind.EXPERT: _l("Chuyên gia"),
    ExpertKind.FOREIGN_EXPERT: _l("Chuyên gia nước ngoài"),
    ExpertKind.EXCELLENT_GRADUATE: _l("Sinh viên tốt nghiệp xuất sắc"),
    ExpertKind.YOUNG_SCIENTIST: _l("Nhà khoa học trẻ tài năng"),
    ExpertKind.SKILLED_WORKER: _l("Lao động tay nghề cao"),
}
CADRE: Words = {
    CadreKind.CADRE: _l("Cán bộ"),
    CadreKind.CIVIL_SERVANT: _l("Công chức"),
    CadreKind.PUBLIC_EMPLOYEE: _l("Viên chức"),
}
OVERSEAS_WORDS = _l("Người Việt Nam ở nước ngoài")
ACADEMIC_TITLE: Words = {
    AcademicTitle.PROFESSOR: _l("Giáo sư"),
    AcademicTitle.ASSOCIATE_PROFESSOR: _l("Phó giáo sư"),
}
RETURN_INTENT: Words = {
    ReturnIntent.REMOTE_ADVICE: _l("Tư vấn từ xa"),
    ReturnIntent.SHORT_VISIT: _l("Về làm việc ngắn ngày"),
    ReturnIntent.PROJECT: _l("Làm dự án"),
    ReturnIntent.RETURN: _l("Về nước làm việc lâu dài"),
    ReturnIntent.UNDECIDED: _l("Chưa quyết định"),
}
RIGHT_TO_STAY: Words = {
    RightToStay.CITIZEN: _l("Là công dân nước đó"),
    RightToStay.PERMANENT: _l("Thường trú"),
    RightToStay.WORK: _l("Thị thực lao động"),
    RightToStay.STUDY: _l("Thị thực du học"),
    RightToStay.OTHER: _l("Khác"),
}
EVIDENCE: Words = {
    EvidenceState.SELF_DECLARED: _l("Tự khai"),
    EvidenceState.ATTACHED: _l("Có minh chứng"),
    EvidenceState.VERIFIED: _l("Đã xác minh"),
    EvidenceState.REJECTED: _l("Bị từ chối"),
    EvidenceState.EXPIRED: _l("Hết hạn"),
}
METHOD: Words = {
    VerificationMethod.ORIGINAL_SEEN: _l("Xem bản chính"),
    VerificationMethod.CERTIFIED_COPY: _l("Xem bản sao có chứng thực"),
    VerificationMethod.ISSUER_ASKED: _l("Hỏi nơi cấp"),
    VerificationMethod.PUBLIC_REGISTER: _l("Tra cứu sổ công khai"),
}
AVAILABILITY: Words = {
    AvailabilityState.AVAILABLE: _l("Sẵn sàng nhận việc"),
    AvailabilityState.PAUSED: _l("Tạm dừng, chưa muốn được tìm thấy"),
    AvailabilityState.NOT_AVAILABLE: _l("Không sẵn sàng"),
}
WORK_FORM: Words = {
    WorkForm.PERMANENT: _l("Làm việc lâu dài"),
    WorkForm.FIXED_TERM: _l("Hợp đồng có thời hạn"),
    WorkForm.PART_TIME: _l("Bán thời gian, kiêm nhiệm"),
    WorkForm.SECONDMENT: _l("Biệt phái, điều động"),
    WorkForm.SHORT_STAY: _l("Đợt ngắn ngày"),
    WorkForm.REMOTE: _l("Làm từ xa"),
    WorkForm.ADVICE: _l("Tư vấn"),
    WorkForm.TEACHING: _l("Giảng dạy"),
    WorkForm.PROJECT: _l("Theo dự án, nhiệm vụ"),
}
PLACE: Words = {
    PlaceKind.ANYWHERE: _l("Mọi nơi"),
    PlaceKind.REMOTE: _l("Làm từ xa"),
    PlaceKind.UNIT: _l("Địa bàn"),
}
ACHIEVEMENT: Words = {
    AchievementKind.AWARD: _l("Khen thưởng, danh hiệu"),
    AchievementKind.INITIATIVE: _l("Sáng kiến được công nhận"),
    AchievementKind.PATENT: _l("Sáng chế, giải pháp hữu ích"),
    AchievementKind.PUBLICATION: _l("Công bố khoa học"),
    AchievementKind.SCIENTIFIC_TASK: _l("Nhiệm vụ khoa học và công nghệ"),
}
AFFINITY: Words = {
    AffinityKind.ORIGIN: _l("Quê ở đây"),
    AffinityKind.STUDIED: _l("Từng học ở đây"),
    AffinityKind.WORKED: _l("Từng làm việc ở đây"),
    AffinityKind.FAMILY: _l("Có gia đình ở đây"),
    AffinityKind.MEMBER: _l("Hội viên một hội"),
}
WILLINGNESS: Words = {
    Willingness.ADVISE: _l("Tư vấn từ xa"),
    Willingness.VISIT: _l("Về làm việc ngắn ngày"),
    Willingness.PROJECT: _l("Tham gia một dự án"),
    Willingness.RETURN: _l("Về làm việc lâu dài"),
}
STUDY_MODE: Words = {
    StudyMode.FULL_TIME: _l("Chính quy"),
    StudyMode.IN_SERVICE: _l("Vừa làm vừa học"),
    StudyMode.DISTANCE: _l("Đào tạo từ xa"),
    StudyMode.TRANSFER: _l("Liên thông"),
    StudyMode.OTHER: _l("Hình thức khác"),
}
CLASSIFICATION: Words = {
    Classification.EXCELLENT: _l("Xuất sắc"),
    Classification.VERY_GOOD: _l("Giỏi"),
    Classification.GOOD: _l("Khá"),
    Classification.FAIRLY_GOOD: _l("Trung bình khá"),
    Classification.AVERAGE: _l("Trung bình"),
}
CHANNEL: Words = {
    Channel.PAPER: _l("Giấy có chữ ký"),
    Channel.PHONE: _l("Điện thoại"),
    Channel.SCREEN: _l("Tự chọn trên màn hình"),
}

NOTICE_LANGUAGE: Words = {"vi": _l("tiếng Việt"), "en": _l("tiếng Anh")}


def term(entry: Any) -> str:
    """A word of a vocabulary in the language of the page."""
    if entry is None:
        return ""
    return (entry.en if current_language() == "en" else "") or entry.vi


def terms(entries: Iterable[Any]) -> list[tuple[str, Any]]:
    """(code, words) of a vocabulary; the words are said in the language of the page that shows them."""
    return [(entry.code, lazy_words(term, entry)) for entry in entries]


def pairs(words: Words, blank: Any = None) -> list[tuple[str, Any]]:
    """(value, words) of a list; `blank` is the words of the empty choice."""
    listed = [(str(member), text) for member, text in words.items()]
    return listed if blank is None else [("", blank), *listed]


def choices(words: Words, blank: Any = None) -> list[Any]:
    """The options of a group of radios or boxes."""
    return web_choices.choices(pairs(words, blank))


def chosen(kind: type[StrEnum], value: str | None) -> Any:
    """The member of a list that a form field holds; None for the empty choice."""
    return kind(value) if value else None


def listed(words: Words, members: Iterable[Any]) -> list[str]:
    """The words of these members in the order of the list."""
    wanted = set(members)
    return [str(text) for member, text in words.items() if member in wanted]
