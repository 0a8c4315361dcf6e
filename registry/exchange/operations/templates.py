"""The templates the product offers, from the tables of columns."""

from registry.exchange.operations.sources import COLUMNS, DATA_SHEETS
from registry.exchange.rules.batches import ImportKind
from registry.exchange.rules.columns import Column
from registry.exchange.rules.examples import NEED_EXAMPLES, PEOPLE_EXAMPLES
from registry.exchange.rules.training_columns import TRAINING_EXAMPLES
from registry.exchange.writers.template import Template, TemplateColumn, template_workbook

FILE_NAMES = {
    ImportKind.PEOPLE: "mau-ung-vien.xlsx",
    ImportKind.NEEDS: "mau-nhu-cau.xlsx",
    ImportKind.TRAINING: "mau-danh-sach-lop.xlsx",
}

_EXAMPLES = {
    ImportKind.PEOPLE: PEOPLE_EXAMPLES,
    ImportKind.NEEDS: NEED_EXAMPLES,
    ImportKind.TRAINING: TRAINING_EXAMPLES,
}
_GUIDE = (
    "Điền dữ liệu vào trang đầu, mỗi dòng một {noun}; dòng 1 là tên cột, không sửa.",
    "Trang «Ví dụ» cho thấy cách điền; trang «Danh mục» có các mục để chọn.",
    "Không cần điền hết: chỉ cột đậm màu là bắt buộc. Có thể xóa cột không dùng và đổi thứ tự cột.",
    "Ngày ghi ngày/tháng/năm, tháng/năm hoặc chỉ năm. Tên tỉnh, huyện, xã cũ vẫn được hiểu.",
    "Kỹ năng ghi: tên (bậc); tên (bậc).",
    "Tệp được kiểm tra trước; chưa có gì được lưu cho đến khi bạn xác nhận.",
)
_NOUNS = {ImportKind.PEOPLE: "người", ImportKind.NEEDS: "nhu cầu", ImportKind.TRAINING: "học viên"}


def template_of(kind: ImportKind) -> bytes:
    """The empty workbook for people or needs."""
    columns = COLUMNS[kind]
    examples = tuple(tuple(example.get(column.key, "") for column in columns) for example in _EXAMPLES[kind])
    guide = tuple(line.format(noun=_NOUNS[kind]) for line in _GUIDE)
    return template_workbook(Template(DATA_SHEETS[kind], tuple(map(_column, columns)), examples, guide))


def _column(column: Column) -> TemplateColumn:
    return TemplateColumn(
        column.header, column.hint, column.is_required, column.choices, column.only_choices, column.width
    )
