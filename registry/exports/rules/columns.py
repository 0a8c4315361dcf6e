"""The columns of each list. One table of facts; pure.

A column that the template of imports has too bears the same header, so that a file that left can come back in. Identity
numbers, sensitive traits and days of birth are no columns: no work on a list needs them, and each record shows them to
whoever may see them. The list of cadres is the exception: it is made to be carried over into another register of them.
"""

from dataclasses import dataclass

from registry.exchange.rules.need_columns import NEED_COLUMNS, NEEDS_SHEET
from registry.exchange.rules.people_columns import PEOPLE_COLUMNS, PEOPLE_SHEET
from registry.exports.rules.kinds import ExportList

WHY = "why"
"""The column whose texts are kept with the places of a ranking, where it was chosen."""
_HEADERS = {
    **{("people", one.key): one.header for one in PEOPLE_COLUMNS},
    **{("needs", one.key): one.header for one in NEED_COLUMNS},
}


@dataclass(frozen=True)
class ExportColumn:
    """A column: its key, its header in the file, whether it is ticked from the start, and its group where there are some."""

    key: str
    header: str
    is_usual: bool = True
    group: str = ""

    @property
    def full_header(self) -> str:
        """«Nhóm: cột», for files with one line of headers."""
        return f"{self.group}: {self.header}" if self.group else self.header


def _same(kind: str, key: str, *, is_usual: bool = True) -> ExportColumn:
    """A column of the template of imports."""
    return ExportColumn(key, _HEADERS[kind, key], is_usual)


_PEOPLE = (
    ExportColumn("code", "Mã hồ sơ"),
    _same("people", "full_name"),
    _same("people", "headline"),
    _same("people", "kinds"),
    _same("people", "residence"),
    _same("people", "degree"),
    _same("people", "study_field"),
    _same("people", "years"),
    _same("people", "skills"),
    _same("people", "availability"),
    ExportColumn("evidence", "Minh chứng", is_usual=False),
    _same("people", "organisation", is_usual=False),
    _same("people", "position", is_usual=False),
    _same("people", "email", is_usual=False),
    _same("people", "phone", is_usual=False),
)
_PLACES_IN_RANKING = (
    ExportColumn("rank", "Hạng"),
    ExportColumn("certain", "Điểm"),
    ExportColumn("potential", "Điểm nếu đủ dữ liệu", is_usual=False),
    ExportColumn(WHY, "Vì sao khớp", is_usual=False),
)
_ON_SHORTLIST = (
    ExportColumn("list_note", "Ghi chú trong danh sách"),
    ExportColumn("list_added", "Vào danh sách lúc", is_usual=False),
)
_NEEDS = (
    ExportColumn("code", "Mã nhu cầu"),
    _same("needs", "title"),
    _same("needs", "kind"),
    ExportColumn("state", "Trạng thái"),
    _same("needs", "headcount"),
    _same("needs", "organisation"),
    _same("needs", "workplace"),
    _same("needs", "remote"),
    _same("needs", "essential"),
    _same("needs", "desirable"),
    _same("needs", "start_on", is_usual=False),
    _same("needs", "expected_on"),
    ExportColumn("opened_on", "Công bố ngày", is_usual=False),
    _same("needs", "legal_basis", is_usual=False),
    _same("needs", "description", is_usual=False),
)
CANDIDACIES_SHEET = "Ứng tuyển"
_CANDIDACIES = (
    ExportColumn("code", "Mã hồ sơ"),
    _same("people", "full_name"),
    ExportColumn("need_code", "Mã nhu cầu"),
    ExportColumn("need_title", "Nhu cầu"),
    ExportColumn("stage", "Bước"),
    ExportColumn("since", "Từ ngày"),
    ExportColumn("source", "Nguồn", is_usual=False),
    ExportColumn("referral", "Giới thiệu"),
    ExportColumn("selection", "Tuyển chọn"),
    ExportColumn("reason", "Lý do", is_usual=False),
    ExportColumn("next_step", "Việc tiếp theo"),
    ExportColumn("due_on", "Hạn"),
    ExportColumn("owner", "Phụ trách"),
    ExportColumn("opened_on", "Mở ngày", is_usual=False),
    ExportColumn("closed_on", "Đóng ngày", is_usual=False),
)
GRANTS_SHEET, COMMITMENTS_SHEET = "Hỗ trợ", "Sổ cam kết"
_GRANTED = (
    ExportColumn("code", "Mã hồ sơ"),
    _same("people", "full_name"),
    ExportColumn("policy", "Chính sách"),
    ExportColumn("policy_code", "Mã chính sách", is_usual=False),
    ExportColumn("version", "Phiên bản", is_usual=False),
    ExportColumn("number", "Số quyết định"),
)
_GRANTS = (
    *_GRANTED,
    ExportColumn("decided_on", "Ngày quyết định"),
    ExportColumn("signer", "Người ký", is_usual=False),
    ExportColumn("need_code", "Mã nhu cầu", is_usual=False),
    ExportColumn("groups", "Nhóm được hưởng", is_usual=False),
    ExportColumn("is_against", "Khác kết quả tính", is_usual=False),
    ExportColumn("state", "Trạng thái"),
    ExportColumn("planned", "Kế hoạch (đồng)"),
    ExportColumn("committed", "Đã cam kết chi (đồng)"),
    ExportColumn("paid", "Đã chi (đồng)"),
)
_COMMITMENTS = (
    *_GRANTED,
    ExportColumn("starts_on", "Cam kết từ ngày"),
    ExportColumn("until", "Đến hết ngày"),
    ExportColumn("state", "Trạng thái"),
    ExportColumn("paid", "Đã nhận (đồng)"),
    ExportColumn("repayable", "Hoàn trả nếu nghỉ ngày đã chọn (đồng)"),
    ExportColumn("formula", "Cách tính hoàn trả", is_usual=False),
    ExportColumn("breached_on", "Vi phạm từ ngày", is_usual=False),
    ExportColumn("found", "Phải hoàn trả vì vi phạm (đồng)"),
    ExportColumn("repaid", "Đã hoàn trả (đồng)"),
    ExportColumn("left", "Còn phải trả (đồng)"),
    ExportColumn("repay_by", "Hạn trả"),
)
TRAINING_SHEET = "Danh sách lớp"
_TRAINING = (
    ExportColumn("code", "Mã hồ sơ"),
    _same("people", "full_name"),
    ExportColumn("session", "Mã lớp"),
    ExportColumn("course", "Khóa học"),
    ExportColumn("sent_by", "Cơ quan cử"),
    ExportColumn("state", "Tham gia"),
    ExportColumn("result", "Kết quả"),
    ExportColumn("result_on", "Ngày có kết quả", is_usual=False),
    ExportColumn("hours", "Số tiết đã học", is_usual=False),
    ExportColumn("grade", "Điểm"),
    ExportColumn("certificate", "Số chứng chỉ"),
    ExportColumn("certificate_on", "Ngày cấp chứng chỉ", is_usual=False),
    ExportColumn("committed_until", "Cam kết công tác đến hết ngày", is_usual=False),
)
CADRES_SHEET = "Hồ sơ cán bộ"
# The groups of the record of cadres (forms 2C/TCTW-98 and HS02-VC/BNV, circular 06/2023/TT-BNV: not verified against the
# texts) of which the registry holds something. What it has no purpose for (Party, health, family, salary course) has no column.
_OWN, _SELF, _ENTRY, _OFFICE = (
    "Sổ đăng ký",
    "1. Thông tin cá nhân",
    "2. Tuyển dụng",
    "3. Chức vụ, ngạch, lương hiện nay",
)
_LEARNED, _AWARDS = "4. Trình độ", "7. Khen thưởng"
_COURSES, _POSTS = "9. Quá trình đào tạo", "10. Quá trình công tác"
_CADRES = (
    ExportColumn("code", "Mã hồ sơ", group=_OWN),
    ExportColumn("full_name", "Họ và tên", group=_SELF),
    ExportColumn("other_names", "Tên khác", group=_SELF),
    ExportColumn("birth", "Ngày sinh", group=_SELF),
    ExportColumn("sex", "Giới tính", group=_SELF),
    ExportColumn("birthplace", "Nơi sinh", group=_SELF),
    ExportColumn("origin", "Quê quán", group=_SELF),
    ExportColumn("identity", "Số định danh cá nhân", is_usual=False, group=_SELF),
    ExportColumn("residence", "Nơi ở", group=_SELF),
    ExportColumn("recruited", "Ngày tuyển dụng", group=_ENTRY),
    ExportColumn("kinds", "Đối tượng", group=_OFFICE),
    ExportColumn("organisation", "Cơ quan, đơn vị", group=_OFFICE),
    ExportColumn("office", "Chức vụ", group=_OFFICE),
    ExportColumn("position", "Vị trí việc làm", group=_OFFICE),
    ExportColumn("rank_name", "Ngạch, hạng", group=_OFFICE),
    ExportColumn("rank_code", "Mã ngạch", group=_OFFICE),
    ExportColumn("step", "Bậc lương", group=_OFFICE),
    ExportColumn("coefficient", "Hệ số lương", group=_OFFICE),
    ExportColumn("since", "Từ ngày", group=_OFFICE),
    ExportColumn("degree", "Trình độ chuyên môn cao nhất", group=_LEARNED),
    ExportColumn("political_theory", "Lý luận chính trị", group=_LEARNED),
    ExportColumn("state_management", "Quản lý nhà nước", group=_LEARNED),
    ExportColumn("languages", "Ngoại ngữ", group=_LEARNED),
    ExportColumn("awards", "Khen thưởng, danh hiệu", group=_AWARDS),
    ExportColumn("courses", "Trường, ngành, thời gian, hình thức, văn bằng", group=_COURSES),
    ExportColumn("posts", "Thời gian, chức danh, đơn vị", group=_POSTS),
)
COLUMNS: dict[ExportList, tuple[ExportColumn, ...]] = {
    ExportList.PEOPLE: _PEOPLE,
    ExportList.NEEDS: _NEEDS,
    ExportList.RANKING: (*_PLACES_IN_RANKING, *_PEOPLE),
    ExportList.SHORTLIST: (*_PEOPLE, *_ON_SHORTLIST),
    ExportList.SELECTION: _PEOPLE,
    ExportList.CADRES: _CADRES,
    ExportList.CANDIDACIES: _CANDIDACIES,
    ExportList.GRANTS: _GRANTS,
    ExportList.COMMITMENTS: _COMMITMENTS,
    ExportList.TRAINING: _TRAINING,
}
SHEETS = {
    **dict.fromkeys(ExportList, PEOPLE_SHEET),
    ExportList.NEEDS: NEEDS_SHEET,
    ExportList.CADRES: CADRES_SHEET,
    ExportList.CANDIDACIES: CANDIDACIES_SHEET,
    ExportList.GRANTS: GRANTS_SHEET,
    ExportList.COMMITMENTS: COMMITMENTS_SHEET,
    ExportList.TRAINING: TRAINING_SHEET,
}


def chosen_columns(kind: ExportList, keys: list[str]) -> tuple[ExportColumn, ...]:
    """The chosen columns in the order of the list."""
    return tuple(one for one in COLUMNS[kind] if one.key in keys)
