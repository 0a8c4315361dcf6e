"""The columns of the sheet «Danh sách lớp». One table of facts; pure."""

from registry.exchange.rules.cells import Words
from registry.exchange.rules.columns import Column, column
from registry.exchange.rules.words import YES_NO
from registry.people.rules import Sex
from registry.training.rules import ParticipationState, Result
from registry.training.rules.words import PARTICIPATIONS, RESULTS

TRAINING_SHEET = "Danh sách lớp"

STATES: Words[ParticipationState] = Words({text: state for state, text in PARTICIPATIONS.items()})
OUTCOMES: Words[Result] = Words(
    {text: result for result, text in RESULTS.items() if result is not Result.REVOKED}, {"Đỗ": Result.PASSED}
)
SEXES: Words[Sex] = Words({"Nam": Sex.MALE, "Nữ": Sex.FEMALE, "Khác": Sex.OTHER})

TRAINING_COLUMNS: tuple[Column, ...] = (
    column(
        "session",
        "Mã lớp",
        "Mã của lớp như trên trang của lớp. Một tệp có thể ghi nhiều lớp.",
        "lớp | mã lớp học | class",
        is_required=True,
        width=18,
    ),
    column(
        "full_name",
        "Họ và tên",
        "Chỉ dùng để nhận ra cùng một người; người chưa có hồ sơ thì họ tên không được lưu.",
        "họ tên | tên | học viên",
        is_required=True,
        width=28,
    ),
    column(
        "identity",
        "Số định danh cá nhân",
        "12 chữ số. Có số này thì đếm đúng số người; người chưa có hồ sơ thì số không được lưu.",
        "cccd | số cccd | căn cước | số căn cước | số định danh",
        width=20,
    ),
    column("code", "Mã hồ sơ", "Mã trong hệ thống này, ví dụ HS-20418.", "hồ sơ | mã hs", width=14),
    column(
        "birth", "Ngày sinh", "Cần khi không có số định danh và mã hồ sơ.", "năm sinh | sinh ngày", width=14
    ),
    column("sex", "Giới tính", "Nam, Nữ hoặc Khác.", "giới", choices=SEXES.listed, width=11),
    column(
        "sent_by",
        "Cơ quan cử",
        "Tên như trong danh sách đơn vị. Tên chưa có thì để trống khi lưu.",
        "đơn vị | cơ quan | đơn vị công tác | cơ quan công tác",
        width=30,
    ),
    column(
        "state",
        "Tham gia",
        "Bỏ trống là «Đã học xong» khi lớp đã bế giảng.",
        "trạng thái",
        choices=STATES.listed,
        width=15,
    ),
    column(
        "result", "Kết quả", "Chỉ ghi khi đã học xong.", "xếp loại kết quả", choices=OUTCOMES.listed, width=13
    ),
    column("result_on", "Ngày có kết quả", "Bỏ trống là ngày bế giảng.", "ngày kết quả", width=15),
    column("hours", "Số tiết đã học", "Số nguyên.", "số tiết | số giờ", width=12),
    column("grade", "Điểm", "Thang 10, ví dụ 8,5.", "điểm thi | điểm số", width=9),
    column("certificate", "Số chứng chỉ", "Số hiệu chứng chỉ, chứng nhận.", "chứng chỉ | số hiệu", width=18),
    column("certificate_on", "Ngày cấp chứng chỉ", "Ngày ghi trên chứng chỉ.", "ngày cấp", width=15),
    column(
        "is_rural",
        "Ở nông thôn",
        "Có hoặc Không; bỏ trống là không biết.",
        "nông thôn",
        choices=YES_NO.listed,
        width=11,
    ),
    column(
        "is_minority",
        "Dân tộc thiểu số",
        "Có hoặc Không; bỏ trống là không biết. Chỉ dùng để đếm, không hiện theo người.",
        "dtts",
        choices=YES_NO.listed,
        width=13,
    ),
    column(
        "is_vulnerable",
        "Nhóm yếu thế",
        "Có hoặc Không; bỏ trống là không biết.",
        "yếu thế",
        choices=YES_NO.listed,
        width=12,
    ),
    column(
        "is_teacher",
        "Nhà giáo",
        "Có hoặc Không; bỏ trống là không biết.",
        "giảng viên",
        choices=YES_NO.listed,
        width=10,
    ),
)
TRAITS = ("is_rural", "is_minority", "is_vulnerable", "is_teacher")

TRAINING_EXAMPLES: tuple[dict[str, str], ...] = (
    {
        "session": "LC-SO-01-K1",
        "full_name": "Nguyễn Thị Hòa",
        "identity": "001188456789",
        "birth": "15/08/1988",
        "sex": "Nữ",
        "sent_by": "Sở Khoa học và Công nghệ",
        "state": "Đã học xong",
        "result": "Đạt",
        "result_on": "20/06/2026",
        "hours": "24",
        "grade": "8,5",
        "certificate": "LC-SO-01/012",
        "certificate_on": "25/06/2026",
        "is_rural": "Không",
    },
    {"session": "LC-SO-01-K1", "full_name": "Lò Văn Pành", "birth": "1990", "state": "Vắng"},
)
"""Made-up participants who show every way of filling in."""
