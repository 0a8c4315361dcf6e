"""The columns of each kind of set: what is not named here leaves in no file. Pure (EX-08, security row 8)."""

from collections.abc import Mapping

from registry.open_data.rules.dictionary import Column
from registry.open_data.rules.kinds import DatasetKind
from registry.open_data.rules.lines import REASON, STATUS
from registry.people.rules.problems import N_

_PLACE = Column("dia_ban", "Địa bàn", "Area", N_("Tên địa bàn mà số liệu tính trên đó"), is_required=True)
_STARTS = Column("tu_ngay", "Từ ngày", "From", N_("Ngày đầu của kỳ; trống: từ trước đến nay"), "date")
_ENDS = Column("den_ngay", "Đến hết ngày", "To", N_("Ngày cuối của kỳ"), "date", is_required=True)
_AS_OF = Column("so_lieu_ngay", "Số liệu ngày", "As of", N_("Ngày đếm từ hồ sơ"), "date", is_required=True)
_STATUS = Column(
    STATUS,
    "Trạng thái",
    "Status",
    N_(
        "«có số»; «ẩn (dưới 5 hoặc để che ô dưới 5)»: số từ 1 đến 4, hoặc số phải ẩn để không suy ra số ấy, hoặc để "
        "không suy ra khi so với bản công bố khác; «không có số»: xem cột lý do. Ô trống không bao giờ là 0"
    ),
    is_required=True,
)
_REASON = Column(REASON, "Lý do không có số", "Why missing", N_("Chỉ ghi khi không có số"))
_TAIL = (_STATUS, _REASON)
_CATEGORY = (
    Column(
        "nhom_ma",
        "Mã nhóm",
        "Category code",
        N_("Mã trong danh mục nhóm đào tạo; «*»: mọi nhóm"),
        is_required=True,
    ),
    Column("nhom", "Nhóm đào tạo, bồi dưỡng", "Training category", N_("Tên nhóm"), is_required=True),
    Column("nhom_en", "Nhóm (tiếng Anh)", "Category in English", N_("Tên nhóm bằng tiếng Anh")),
)
_PEOPLE = N_(
    "Người khác nhau dự ít nhất một lớp trong kỳ; một người dự hai nhóm được đếm ở cả hai, nên không cộng được"
)
_BALANCE = (
    Column("cau", "Cầu", "Demand", N_("Chỗ còn trống của các nhu cầu đang mở"), "integer", N_("người")),
    Column("cung", "Cung", "Supply", N_("Người sẵn sàng nhận việc và chưa có việc"), "integer", N_("người")),
    Column(
        "chua_ro",
        "Chưa rõ",
        "Unknown",
        N_("Người không rõ khi nào sẵn sàng; không nằm trong cung"),
        "integer",
    ),
    Column(
        "chenh_lech",
        "Chênh lệch",
        "Difference",
        N_("Cung trừ cầu; số âm là thiếu người"),
        "integer",
        N_("người"),
    ),
)
COLUMNS: Mapping[DatasetKind, tuple[Column, ...]] = {
    DatasetKind.INDICATORS: (
        Column("ma", "Mã", "Code", N_("Mã chỉ tiêu"), is_required=True),
        Column("chi_tieu", "Chỉ tiêu", "Indicator", N_("Tên chỉ tiêu"), is_required=True),
        Column(
            "chi_tieu_en", "Chỉ tiêu (tiếng Anh)", "Indicator in English", N_("Tên bằng tiếng Anh, nếu có")
        ),
        Column("chuong_trinh", "Chương trình", "Programme", N_("Mã chương trình")),
        _PLACE,
        Column("dinh_nghia", "Định nghĩa", "Definition", N_("Chỉ tiêu đếm cái gì")),
        Column("don_vi_tinh", "Đơn vị tính", "Unit", N_("Đơn vị tính của giá trị"), is_required=True),
        _STARTS,
        _ENDS,
        Column("gia_tri", "Giá trị", "Value", N_("Thực hiện trong kỳ"), "decimal"),
        Column("gan_dung", "Gần đúng", "Approximate", N_("Nguồn ghi «khoảng»"), "boolean"),
        Column("kem_theo", "Số đi kèm", "Beside", N_("Lượt bên cạnh người, tử số và mẫu số của tỷ lệ")),
        Column("ke_hoach", "Kế hoạch", "Plan", N_("Chỉ tiêu được giao gần nhất, kèm đơn vị")),
        Column("van_ban_giao", "Văn bản giao", "Plan document", N_("Văn bản giao chỉ tiêu")),
        Column("ty_le", "Tỷ lệ kế hoạch", "Percent of plan", N_("Thực hiện so với kế hoạch"), "decimal", "%"),
        Column("nguon", "Nguồn", "Source", N_("Đếm từ hồ sơ, hoặc tên báo cáo")),
        _AS_OF,
        *_TAIL,
    ),
    DatasetKind.TRAINING: (
        *_CATEGORY,
        Column("so_nguoi", "Số người", "People", _PEOPLE, "integer", N_("người")),
        Column("so_luot", "Số lượt", "Attendances", N_("Lượt dự lớp trong kỳ"), "integer", N_("lượt")),
        _PLACE,
        _STARTS,
        _ENDS,
        _AS_OF,
        *_TAIL,
    ),
    DatasetKind.BREAKDOWN: (
        *_CATEGORY,
        Column(
            "dac_diem_ma",
            "Mã đặc điểm",
            "Trait code",
            N_("Mã đặc điểm của người học; lecturer: người dạy, không phải người học"),
            is_required=True,
        ),
        Column("dac_diem", "Đặc điểm", "Trait", N_("Theo danh sách lớp"), is_required=True),
        Column("dac_diem_en", "Đặc điểm (tiếng Anh)", "Trait in English", N_("Tên bằng tiếng Anh")),
        Column(
            "tra_loi",
            "Trả lời",
            "Answer",
            N_("có, không, hoặc chưa rõ (danh sách không ghi)"),
            is_required=True,
        ),
        Column("so_nguoi", "Số người", "People", _PEOPLE, "integer", N_("người")),
        _PLACE,
        _STARTS,
        _ENDS,
        _AS_OF,
        *_TAIL,
    ),
    DatasetKind.SECTORS: (
        Column("linh_vuc_ma", "Mã lĩnh vực", "Sector code", N_("Mã lĩnh vực; «*»: cộng"), is_required=True),
        Column("linh_vuc", "Lĩnh vực", "Sector", N_("Tên lĩnh vực"), is_required=True),
        Column("linh_vuc_en", "Lĩnh vực (tiếng Anh)", "Sector in English", N_("Tên bằng tiếng Anh")),
        *_BALANCE,
        _PLACE,
        _AS_OF,
        *_TAIL,
    ),
    DatasetKind.AREAS: (
        Column("dia_ban_ma", "Mã địa bàn", "Area code", N_("Mã địa bàn; «*»: cộng"), is_required=True),
        _PLACE,
        *_BALANCE,
        _AS_OF,
        *_TAIL,
    ),
}
"""In the order of the file."""
