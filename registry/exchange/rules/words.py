"""The words that cells of closed lists may hold, and what each of them means. One table of facts; pure."""

from registry.consents.rules import Channel, PurposeCode
from registry.exchange.rules.cells import Words
from registry.needs.rules import NeedKind
from registry.people.rules import (
    AcademicTitle,
    AcceptedPlaceDraft,
    AvailabilityState,
    CadreKind,
    Classification,
    ExpertKind,
    LegalBasis,
    PlaceKind,
    WorkForm,
    vocabulary,
)
from registry.people.rules.problems import N_, Problem
from registry.people.rules.vocabulary import StudyField, Term, field_by_name

EVERYTHING, OVERSEAS = "everything", "overseas"

SEX_WORDS = ("Nam", "Nữ", "Khác")
KINDS: Words[ExpertKind | CadreKind | str] = Words(
    {
        "Chuyên gia": ExpertKind.EXPERT,
        "Chuyên gia nước ngoài": ExpertKind.FOREIGN_EXPERT,
        "Sinh viên tốt nghiệp xuất sắc": ExpertKind.EXCELLENT_GRADUATE,
        "Nhà khoa học trẻ tài năng": ExpertKind.YOUNG_SCIENTIST,
        "Lao động tay nghề cao": ExpertKind.SKILLED_WORKER,
        "Cán bộ": CadreKind.CADRE,
        "Công chức": CadreKind.CIVIL_SERVANT,
        "Viên chức": CadreKind.PUBLIC_EMPLOYEE,
        "Người Việt Nam ở nước ngoài": OVERSEAS,
    },
    {
        "Nhà khoa học trẻ": ExpertKind.YOUNG_SCIENTIST,
        "Thợ tay nghề cao": ExpertKind.SKILLED_WORKER,
        "Kiều bào": OVERSEAS,
        "Việt kiều": OVERSEAS,
    },
)
TITLES: Words[AcademicTitle] = Words(
    {"Giáo sư": AcademicTitle.PROFESSOR, "Phó giáo sư": AcademicTitle.ASSOCIATE_PROFESSOR},
    {"GS": AcademicTitle.PROFESSOR, "PGS": AcademicTitle.ASSOCIATE_PROFESSOR},
)
CLASSIFICATIONS: Words[Classification] = Words(
    {
        "Xuất sắc": Classification.EXCELLENT,
        "Giỏi": Classification.VERY_GOOD,
        "Khá": Classification.GOOD,
        "Trung bình khá": Classification.FAIRLY_GOOD,
        "Trung bình": Classification.AVERAGE,
    }
)
AVAILABILITY: Words[AvailabilityState] = Words(
    {
        "Sẵn sàng nhận việc": AvailabilityState.AVAILABLE,
        "Tạm dừng": AvailabilityState.PAUSED,
        "Không sẵn sàng": AvailabilityState.NOT_AVAILABLE,
    },
    {
        "Sẵn sàng": AvailabilityState.AVAILABLE,
        "Có": AvailabilityState.AVAILABLE,
        "Không": AvailabilityState.NOT_AVAILABLE,
    },
)
FORMS: Words[WorkForm] = Words(
    {
        "Làm việc lâu dài": WorkForm.PERMANENT,
        "Hợp đồng có thời hạn": WorkForm.FIXED_TERM,
        "Bán thời gian, kiêm nhiệm": WorkForm.PART_TIME,
        "Biệt phái, điều động": WorkForm.SECONDMENT,
        "Đợt ngắn ngày": WorkForm.SHORT_STAY,
        "Làm từ xa": WorkForm.REMOTE,
        "Tư vấn": WorkForm.ADVICE,
        "Giảng dạy": WorkForm.TEACHING,
        "Theo dự án, nhiệm vụ": WorkForm.PROJECT,
    },
    {
        "Lâu dài": WorkForm.PERMANENT,
        "Toàn thời gian": WorkForm.PERMANENT,
        "Biên chế, hợp đồng không thời hạn": WorkForm.PERMANENT,
        "Hợp đồng": WorkForm.FIXED_TERM,
        "Bán thời gian": WorkForm.PART_TIME,
        "Kiêm nhiệm": WorkForm.PART_TIME,
        "Biệt phái": WorkForm.SECONDMENT,
        "Ngắn ngày": WorkForm.SHORT_STAY,
        "Làm việc ngắn ngày tại chỗ": WorkForm.SHORT_STAY,
        "Từ xa": WorkForm.REMOTE,
        "Làm việc từ xa": WorkForm.REMOTE,
        "Dự án": WorkForm.PROJECT,
        "Theo dự án": WorkForm.PROJECT,
        "Theo đề tài, dự án": WorkForm.PROJECT,
    },
)
BASES: Words[LegalBasis] = Words(
    {"Đồng ý": LegalBasis.CONSENT, "Theo luật": LegalBasis.LAW},
    {
        "Người này đồng ý": LegalBasis.CONSENT,
        "Hồ sơ cán bộ, công chức, viên chức giữ theo luật": LegalBasis.LAW,
    },
)
PURPOSES: Words[PurposeCode | str] = Words(
    {
        "Tất cả mục đích": EVERYTHING,
        "Lưu hồ sơ": PurposeCode.REGISTRY,
        "Tìm nhu cầu phù hợp": PurposeCode.MATCHING,
        "Cho biết tên và cách liên hệ": PurposeCode.CONTACT,
        "Xét chính sách hỗ trợ": PurposeCode.POLICY_CHECK,
        "Nhận thư mời": PurposeCode.CAMPAIGNS,
        "Chia sẻ với tỉnh khác": PurposeCode.OTHER_PROVINCES,
        "Thống kê": PurposeCode.STATISTICS,
    },
    {
        "Tất cả": EVERYTHING,
        "Lưu hồ sơ trong sổ đăng ký": PurposeCode.REGISTRY,
        "Cho biết tên và liên hệ": PurposeCode.CONTACT,
        "Nhận thư mời và thông tin chiến dịch": PurposeCode.CAMPAIGNS,
    },
)
CHANNELS: Words[Channel] = Words(
    {"Giấy có chữ ký": Channel.PAPER, "Điện thoại": Channel.PHONE, "Tự chọn trên màn hình": Channel.SCREEN},
    {"Giấy": Channel.PAPER, "Màn hình": Channel.SCREEN},
)
ACCEPTED: Words[AcceptedPlaceDraft] = Words(
    {"Mọi nơi": AcceptedPlaceDraft(PlaceKind.ANYWHERE), "Làm từ xa": AcceptedPlaceDraft(PlaceKind.REMOTE)},
    {
        "Toàn quốc": AcceptedPlaceDraft(PlaceKind.ANYWHERE),
        "Cả nước": AcceptedPlaceDraft(PlaceKind.ANYWHERE),
        "Từ xa": AcceptedPlaceDraft(PlaceKind.REMOTE),
    },
)
POLITICAL: Words[int] = Words({one.vi: one.rank or 0 for one in vocabulary().political_theory})
MANAGEMENT: Words[int] = Words({one.vi: one.rank or 0 for one in vocabulary().state_management})
CIVIL_RANKS: Words[Term] = Words(
    {name: one for one in vocabulary().civil_ranks for name in (one.vi, one.code)}
)
NEED_KINDS: Words[NeedKind] = Words(
    {
        "Vị trí việc làm": NeedKind.POSITION,
        "Nhiệm vụ ngắn hạn": NeedKind.SHORT_TASK,
        "Hội đồng, nhóm chuyên gia": NeedKind.PANEL,
        "Biệt phái": NeedKind.SECONDMENT,
        "Suất đào tạo": NeedKind.TRAINING_PLACE,
    },
    {"Vị trí": NeedKind.POSITION, "Nhiệm vụ": NeedKind.SHORT_TASK, "Hội đồng": NeedKind.PANEL},
)
YES_NO: Words[bool] = Words({"Có": True, "Không": False}, {"x": True, "TRUE": True, "FALSE": False})
DEGREES = tuple(degree.vi for degree in vocabulary().degrees)
FIELDS = tuple(one.vi for one in vocabulary().fields)


def parse_field(text: str) -> StudyField | Problem:
    """A field of study or work by its name or code."""
    return field_by_name(text) or Problem("unknown_field", N_("Chọn lĩnh vực có trong trang «Danh mục»"))
