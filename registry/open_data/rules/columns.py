"""The columns of each kind of set: what is not named here leaves in no file. Pure (EX-08, security row 8)."""

from collections.abc import Mapping

from registry.open_data.rules.dictionary import Column
from registry.open_data.rules.kinds import DatasetKind
from registry.open_data.rules.lines import REASON, STATUS

_PLACE = Column("dia_ban", "Địa bàn", "Area", "Tên địa bàn mà số liệu tính trên đó", is_required=True)
_STARTS = Column("tu_ngay", "Từ ngày", "From", "Ngày đầu của kỳ; trống: từ trước đến nay", "date")
_ENDS = Column("den_ngay", "Đến hết ngày", "To", "Ngày cuối của kỳ", "date", is_required=True)
_AS_OF = Column("so_lieu_ngay", "Số liệu ngày", "As of", "Ngày đếm từ hồ sơ", "date", is_required=True)
_STATUS = Column(
    STATUS,
    "Trạng thái",
    "Status",
    "«có số»; «ẩn (dưới 5 hoặc để che ô dưới 5)»: số từ 1 đến 4, hoặc số phải ẩn để không suy ra số ấy, hoặc để "
    "không suy ra khi so với bản công bố khác; «không có số»: xem cột lý do. Ô trống không bao giờ là 0",
    is_required=True,
)
_REASON = Column(REASON, "Lý do không có số", "Why missing", "Chỉ ghi khi không có số")
_TAIL = (_STATUS, _REASON)
_CATEGORY = (
    Column(
        "nhom_ma",
        "Mã nhóm",
        "Category code",
        "Mã trong danh mục nhóm đào tạo; «*»: mọi nhóm",
        is_required=True,
    ),
    Column("nhom", "Nhóm đào tạo, bồi dưỡng", "Training category", "Tên nhóm", is_required=True),
    Column("nhom_en", "Nhóm (tiếng Anh)", "Category in English", "Tên nhóm bằng tiếng Anh"),
)
_PEOPLE = "Người khác nhau dự ít nhất một lớp trong kỳ; một người dự hai nhóm được đếm ở cả hai, nên không cộng được"
_BALANCE = (
    Column("cau", "Cầu", "Demand", "Chỗ còn trống của các nhu cầu đang mở", "integer", "người"),
    Column("cung", "Cung", "Supply", "Người sẵn sàng nhận việc và chưa có việc", "integer", "người"),
    Column(
        "chua_ro", "Chưa rõ", "Unknown", "Người không rõ khi nào sẵn sàng; không nằm trong cung", "integer"
    ),
    Column(
        "chenh_lech", "Chênh lệch", "Difference", "Cung trừ cầu; số âm là thiếu người", "integer", "người"
    ),
)
COLUMNS: Mapping[DatasetKind, tuple[Column, ...]] = {
    DatasetKind.INDICATORS: (
        Column("ma", "Mã", "Code", "Mã chỉ tiêu", is_required=True),
        Column("chi_tieu", "Chỉ tiêu", "Indicator", "Tên chỉ tiêu", is_required=True),
        Column("chi_tieu_en", "Chỉ tiêu (tiếng Anh)", "Indicator in English", "Tên bằng tiếng Anh, nếu có"),
        Column("chuong_trinh", "Chương trình", "Programme", "Mã chương trình"),
        _PLACE,
        Column("dinh_nghia", "Định nghĩa", "Definition", "Chỉ tiêu đếm cái gì"),
        Column("don_vi_tinh", "Đơn vị tính", "Unit", "Đơn vị tính của giá trị", is_required=True),
        _STARTS,
        _ENDS,
        Column("gia_tri", "Giá trị", "Value", "Thực hiện trong kỳ", "decimal"),
        Column("gan_dung", "Gần đúng", "Approximate", "Nguồn ghi «khoảng»", "boolean"),
        Column("kem_theo", "Số đi kèm", "Beside", "Lượt bên cạnh người, tử số và mẫu số của tỷ lệ"),
        Column("ke_hoach", "Kế hoạch", "Plan", "Chỉ tiêu được giao gần nhất, kèm đơn vị"),
        Column("van_ban_giao", "Văn bản giao", "Plan document", "Văn bản giao chỉ tiêu"),
        Column("ty_le", "Tỷ lệ kế hoạch", "Percent of plan", "Thực hiện so với kế hoạch", "decimal", "%"),
        Column("nguon", "Nguồn", "Source", "Đếm từ hồ sơ, hoặc tên báo cáo"),
        _AS_OF,
        *_TAIL,
    ),
    DatasetKind.TRAINING: (
        *_CATEGORY,
        Column("so_nguoi", "Số người", "People", _PEOPLE, "integer", "người"),
        Column("so_luot", "Số lượt", "Attendances", "Lượt dự lớp trong kỳ", "integer", "lượt"),
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
            "Mã đặc điểm của người học; lecturer: người dạy, không phải người học",
            is_required=True,
        ),
        Column("dac_diem", "Đặc điểm", "Trait", "Theo danh sách lớp", is_required=True),
        Column("dac_diem_en", "Đặc điểm (tiếng Anh)", "Trait in English", "Tên bằng tiếng Anh"),
        Column(
            "tra_loi", "Trả lời", "Answer", "có, không, hoặc chưa rõ (danh sách không ghi)", is_required=True
        ),
        Column("so_nguoi", "Số người", "People", _PEOPLE, "integer", "người"),
        _PLACE,
        _STARTS,
        _ENDS,
        _AS_OF,
        *_TAIL,
    ),
    DatasetKind.SECTORS: (
        Column("linh_vuc_ma", "Mã lĩnh vực", "Sector code", "Mã lĩnh vực; «*»: cộng", is_required=True),
        Column("linh_vuc", "Lĩnh vực", "Sector", "Tên lĩnh vực", is_required=True),
        Column("linh_vuc_en", "Lĩnh vực (tiếng Anh)", "Sector in English", "Tên bằng tiếng Anh"),
        *_BALANCE,
        _PLACE,
        _AS_OF,
        *_TAIL,
    ),
    DatasetKind.AREAS: (
        Column("dia_ban_ma", "Mã địa bàn", "Area code", "Mã địa bàn; «*»: cộng", is_required=True),
        _PLACE,
        *_BALANCE,
        _AS_OF,
        *_TAIL,
    ),
}
"""In the order of the file."""
