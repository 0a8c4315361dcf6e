"""The sheet «Nhu cầu»: its columns, the words its cells may hold, examples. One table of facts; pure."""

from registry.exchange.rules.cells import Words
from registry.exchange.rules.columns import Column
from registry.exchange.rules.people_columns import FORMS
from registry.needs.rules import NeedKind
from registry.people.rules import vocabulary

NEEDS_SHEET = "Nhu cầu"

KINDS: Words[NeedKind] = Words(
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

_DEGREES = tuple(degree.vi for degree in vocabulary().degrees)
_FIELDS = tuple(one.vi for one in vocabulary().fields)
_MANY = "Có thể ghi nhiều mục, cách nhau bằng dấu chấm phẩy."

NEED_COLUMNS: tuple[Column, ...] = (
    Column(
        "external_id",
        "Mã ngoài",
        "Mã của nhu cầu trong hệ thống cũ, để nhập lại không sinh nhu cầu trùng. Không bắt buộc.",
        ("mã nhu cầu", "mã", "external id", "id"),
        width=14,
    ),
    Column(
        "title",
        "Tên nhu cầu",
        "Ví dụ: Kỹ sư dữ liệu, Trung tâm Chuyển đổi số.",
        ("tên vị trí", "vị trí", "vị trí việc làm", "vị trí cần tuyển", "nhu cầu", "title"),
        is_required=True,
        width=36,
    ),
    Column(
        "kind",
        "Loại nhu cầu",
        "Bỏ trống là vị trí việc làm.",
        ("loại", "kind"),
        choices=KINDS.listed,
        width=20,
    ),
    Column(
        "headcount",
        "Số người cần",
        "Số từ 1 trở lên. Bỏ trống là 1.",
        ("số lượng", "số người", "chỉ tiêu", "headcount"),
        width=11,
    ),
    Column(
        "organisation",
        "Cơ quan, đơn vị",
        "Cơ quan cần người. Chưa có trong danh sách thì được tạo mới.",
        ("cơ quan", "đơn vị", "cơ quan đơn vị", "đơn vị có nhu cầu", "tên đơn vị", "organisation", "company"),
        width=32,
    ),
    Column(
        "workplace",
        "Nơi làm việc",
        "Tỉnh hoặc xã, phường và tỉnh; tên cũ cũng được. Ví dụ: phường Tân Phong, Lai Châu.",
        ("địa điểm làm việc", "địa điểm", "nơi công tác", "địa bàn", "tỉnh", "workplace", "location"),
        width=26,
    ),
    Column("remote", "Làm từ xa", "Có hoặc Không.", ("từ xa", "remote"), choices=YES_NO.listed, width=11),
    Column(
        "essential",
        "Kỹ năng bắt buộc",
        "Tên kỹ năng và bậc trong ngoặc. Ví dụ: Python (4); SQL (3). Không quá 8 kỹ năng.",
        ("kĩ năng bắt buộc", "yêu cầu bắt buộc", "essential skills"),
        width=40,
    ),
    Column(
        "desirable",
        "Kỹ năng mong muốn",
        "Như trên; có thể thêm trọng số: Quản lý dự án (3, trọng số 2). Cả hai cột không quá 16 kỹ năng.",
        ("kỹ năng", "kĩ năng", "kỹ năng ưu tiên", "desirable skills", "skills"),
        width=40,
    ),
    Column(
        "experience_years",
        "Số năm kinh nghiệm",
        "Số năm tối đa được tính điểm, từ 1 đến 15.",
        ("năm kinh nghiệm", "kinh nghiệm", "years of experience"),
        width=13,
    ),
    Column(
        "experience_field",
        "Lĩnh vực kinh nghiệm",
        "Chọn trong danh mục. Bỏ trống là lĩnh vực nào cũng được.",
        ("lĩnh vực công tác", "lĩnh vực"),
        choices=_FIELDS,
        width=28,
    ),
    Column(
        "degree",
        "Trình độ",
        "Trình độ được tính điểm. Ví dụ: Đại học.",
        ("trình độ chuyên môn", "trình độ đào tạo", "bằng cấp", "degree"),
        choices=_DEGREES,
        only_choices=False,
        width=16,
    ),
    Column(
        "study_fields",
        "Lĩnh vực đào tạo",
        f"Lĩnh vực của bằng. {_MANY}",
        ("ngành đào tạo", "chuyên ngành", "ngành", "field of study"),
        choices=_FIELDS,
        only_choices=False,
        width=28,
    ),
    Column(
        "degree_required",
        "Trình độ tối thiểu",
        "Điều kiện cứng: ai thấp hơn bị loại. Bỏ trống nếu không đặt điều kiện.",
        ("trình độ bắt buộc", "yêu cầu trình độ"),
        choices=_DEGREES,
        only_choices=False,
        width=16,
    ),
    Column(
        "languages_required",
        "Ngoại ngữ tối thiểu",
        "Điều kiện cứng, kèm bậc. Ví dụ: Tiếng Anh (B2).",
        ("ngoại ngữ", "yêu cầu ngoại ngữ", "ngoại ngữ bắt buộc", "languages"),
        width=24,
    ),
    Column(
        "forms",
        "Hình thức làm việc",
        f"Hình thức dành cho người được chọn. {_MANY}",
        ("hình thức", "loại hợp đồng", "work form"),
        choices=FORMS.listed,
        only_choices=False,
        width=24,
    ),
    Column(
        "start_on",
        "Ngày bắt đầu",
        "Ngày người được chọn bắt đầu làm việc. Ví dụ: 01/03/2027.",
        ("ngày bắt đầu làm việc", "bắt đầu từ ngày", "start date"),
        width=14,
    ),
    Column(
        "expected_on",
        "Cần trước ngày",
        "Hạn cần có người. Ví dụ: 15/02/2027.",
        ("cần người trước ngày", "hạn", "thời hạn", "ngày cần", "deadline"),
        width=14,
    ),
    Column(
        "legal_basis",
        "Căn cứ",
        "Văn bản giao chỉ tiêu, đề án vị trí việc làm. Không quá 500 ký tự.",
        ("căn cứ pháp lý", "văn bản", "legal basis"),
        width=26,
    ),
    Column(
        "description",
        "Mô tả công việc",
        "Không quá 20.000 ký tự.",
        ("mô tả", "nhiệm vụ", "nội dung công việc", "description"),
        width=40,
    ),
    Column("note", "Ghi chú", "Không quá 4.000 ký tự.", ("ghi chú khác", "note", "notes"), width=26),
)
"""All columns in the order of the template."""

NEED_EXAMPLES: tuple[dict[str, str], ...] = (
    {
        "external_id": "LC-NC-01",
        "title": "Kỹ sư dữ liệu",
        "kind": "Vị trí việc làm",
        "headcount": "2",
        "organisation": "Sở Khoa học và Công nghệ tỉnh Lai Châu",
        "workplace": "Lai Châu",
        "essential": "Python (3); SQL (3)",
        "desirable": "Phân tích dữ liệu (3, trọng số 2); Quản lý dự án (2)",
        "experience_years": "5",
        "experience_field": "Máy tính và công nghệ thông tin",
        "degree": "Đại học",
        "study_fields": "Máy tính và công nghệ thông tin; Toán và thống kê",
        "degree_required": "Đại học",
        "languages_required": "Tiếng Anh (B1)",
        "forms": "Làm việc lâu dài",
        "start_on": "01/03/2027",
        "expected_on": "15/02/2027",
        "legal_basis": "Đề án vị trí việc làm của Sở",
        "description": "Xây dựng kho dữ liệu dùng chung của tỉnh.",
    },
    {
        "external_id": "LC-NC-02",
        "title": "Chuyên gia tư vấn chè cổ thụ",
        "kind": "Nhiệm vụ ngắn hạn",
        "workplace": "Sin Suối Hồ, Lai Châu",
        "remote": "Có",
        "desirable": "Trồng và chế biến chè (4)",
        "forms": "Tư vấn; Đợt ngắn ngày",
    },
)
"""Made-up needs that show every way of filling in; each row of them must import without a word about its cells."""
