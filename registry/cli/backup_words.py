"""Why a backup was not written or not restored, in words for whoever ran the command: how to mend it."""

from registry.backup.rules.refusals import Why

WORDS = {
    Why.NOT_A_BACKUP: "Tệp này không phải bản sao lưu của sổ đăng ký.",
    Why.DAMAGED: "Bản sao lưu bị hỏng, bị sửa hoặc bị cắt cụt ({detail}). Chưa ghi gì. Dùng một bản sao khác của tệp.",
    Why.KEY_NEEDED: "Bản sao lưu được mã hóa: đặt REGISTRY_BACKUP_KEY hoặc thêm --key-file.",
    Why.WRONG_KEY: "Khóa của bản sao lưu không đúng (hoặc phần đầu tệp bị sửa). Chưa ghi gì. Kiểm tra REGISTRY_BACKUP_KEY hoặc --key-file.",
    Why.NEWER_FORMAT: "Bản sao lưu do phiên bản mới hơn ghi ({detail}). Cài phiên bản ấy rồi khôi phục.",
    Why.OTHER_REVISION: "Bản sao lưu có lược đồ mà phiên bản đang chạy không biết: do phiên bản {detail} ghi."
    " Cài phiên bản ấy hoặc mới hơn rồi khôi phục.",
    Why.OTHER_FIELD_KEYS: "Nơi này thiếu {detail} khóa trường của bản sao lưu, nên không đọc được số giấy tờ và nhật ký."
    " Chép tệp field_keys (hoặc REGISTRY_FIELD_KEYS) của nơi đã sao lưu sang rồi chạy lại.",
    Why.NOT_EMPTY: "Cơ sở dữ liệu đã có dữ liệu ({detail}). Chỉ khôi phục vào cơ sở dữ liệu trống:"
    " đặt REGISTRY_DATABASE_URL hoặc REGISTRY_DATA_DIR tới nơi mới.",
    Why.FILE_IN_THE_WAY: "Trong thư mục dữ liệu đã có tệp khác tại {detail}. Dời tệp đó đi rồi chạy lại.",
    Why.NOT_EQUAL: "Đọc lại sau khi ghi thì bảng {detail} không giống bản sao lưu. Đã bỏ toàn bộ, không giữ gì.",
    Why.NOT_FITTING: "Cơ sở dữ liệu không nhận dữ liệu của bản sao lưu ({detail}). Đã bỏ toàn bộ, không giữ gì.",
    Why.NOT_UPGRADED: "Cơ sở dữ liệu chưa ở phiên bản của phần mềm. Chạy: registry upgrade",
    Why.UNFIT_FILE_NAME: "Tên tệp {detail} trong thư mục dữ liệu không phải UTF-8. Đổi tên rồi sao lưu lại.",
    Why.EXISTS: "Đã có tệp này. Chọn tên khác, hoặc thêm --overwrite để thay.",
    Why.NO_FOLDER: "Không có thư mục để ghi tệp này. Tạo thư mục hoặc chọn chỗ khác.",
}
