"""Why a whole file is refused, and how to mend it: one Vietnamese sentence a reason. Pure."""

FILE_REFUSALS: dict[str, str] = {
    "empty": "Tệp trống. Chọn tệp có dữ liệu",
    "not_xlsx": "Tệp này không phải bảng tính .xlsx. Mở bằng Excel, chọn «Lưu thành», kiểu «Excel Workbook (.xlsx)»",
    "old_or_locked": "Tệp .xls cũ hoặc có mật khẩu. Mở bằng Excel, bỏ mật khẩu, lưu thành .xlsx rồi tải lên lại",
    "macros": "Tệp có macro hoặc ở dạng nhị phân. Lưu thành «Excel Workbook (.xlsx)» rồi tải lên lại",
    "outside_links": "Tệp có liên kết tới bảng tính khác. Chép lại bằng «Dán giá trị» rồi tải lên",
    "unsafe": "Tệp có thành phần không an toàn. Chép dữ liệu sang tệp mẫu mới rồi tải lên",
    "broken": "Tệp hỏng, không mở được. Mở bằng Excel, lưu lại rồi tải lên",
    "too_big": "Tệp lớn hơn 32 MB. Chia thành nhiều tệp nhỏ hơn",
    "too_heavy": "Tệp quá nặng khi mở ra. Xóa hình ảnh, ô định dạng thừa, hoặc chia thành nhiều tệp",
    "too_many_rows": "Tệp có hơn 100.000 dòng. Chia thành nhiều tệp",
    "busy": "Đang có nhiều tệp được kiểm tra. Đợi một phút rồi tải lên lại",
    "no_header": "Không tìm thấy dòng tên cột. Chép dữ liệu vào tệp mẫu rồi tải lên",
    "no_rows": "Không có dòng dữ liệu nào dưới dòng tên cột",
    "not_unicode": "Tệp không ở bảng mã UTF-8. Lưu lại bằng UTF-8 rồi tải lên",
    "not_json": "Tệp không phải JSON đúng. Xuất lại từ nguồn rồi tải lên",
    "not_a_list": "Tệp JSON phải là một danh sách tin tuyển dụng",
    "too_many": "Tệp có hơn 20.000 tin. Chia thành nhiều tệp",
}
