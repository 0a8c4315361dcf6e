"""A CV on its way into a profile: where it stands, how long it is kept, and why one cannot be read. Pure."""

from datetime import timedelta
from enum import StrEnum


class CvState(StrEnum):
    """waiting → ready | unreadable. The file itself is forgotten as soon as it was read, readable or not."""

    WAITING = "waiting"
    READY = "ready"
    UNREADABLE = "unreadable"


READ_JOB, FORGET_JOB = "cv.read", "cv.forget"
KEPT_DAYS = 7
"""How long what was read waits for the person who is to confirm it."""

KEEP = timedelta(days=KEPT_DAYS)

CV_REFUSALS: dict[str, str] = {
    "empty": "Tệp trống. Chọn tệp có nội dung",
    "unknown_kind": "Không đọc được loại tệp này. Dùng PDF, Word (.docx), JSON Resume, Europass XML hoặc tệp ORCID",
    "kind_differs": "Nội dung tệp không đúng với đuôi tên tệp. Mở tệp, lưu lại đúng loại rồi tải lên",
    "too_big": "Tệp lớn hơn 5 MB. Bỏ bớt hình ảnh, lưu lại rồi tải lên",
    "locked": "Tệp có mật khẩu hoặc ở dạng .doc cũ. Bỏ mật khẩu, lưu thành PDF hoặc .docx rồi tải lên",
    "macros": "Tệp có macro. Lưu thành .docx thường hoặc PDF rồi tải lên",
    "unsafe": "Tệp có phần tự chạy hoặc tệp khác gắn bên trong. In lại thành PDF rồi tải lên",
    "scan": "Tệp là ảnh quét, không có chữ để đọc. Hãy nhập tay, hoặc dùng bản có chữ (xuất từ Word)",
    "too_many_pages": "Tệp có hơn 40 trang. Chỉ giữ phần lý lịch rồi tải lên",
    "too_heavy": "Tệp quá nặng khi mở ra nên đã dừng đọc. Lưu lại thành PDF gọn hơn, hoặc nhập tay",
    "broken": "Tệp hỏng, không mở được. Mở bằng chương trình đã làm ra nó, lưu lại rồi tải lên; hoặc nhập tay",
    "nothing_found": "Đọc được chữ nhưng không nhận ra mục nào của lý lịch. Hãy nhập tay, hoặc dùng CV có tên từng phần",
}
"""By the code of the reader: what is wrong and how to mend it."""
