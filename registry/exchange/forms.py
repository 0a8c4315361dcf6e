"""Forms of imports: the upload, which column of a file means what, what a CV says. Shape and words; no database."""

from collections.abc import Mapping, Sequence
from typing import Any

from werkzeug.datastructures import FileStorage
from wtforms import BooleanField, FileField, HiddenField, SelectField

from registry.exchange.rules.batches import BatchState, ImportKind
from registry.exchange.rules.columns import Column
from registry.jobs.rules import JobState
from registry.people.forms import words
from registry.people.rules import vocabulary
from registry.web.choices import choices
from registry.web.forms import CleanString, CleanText, Required, WebForm
from registry.web.i18n import gettext as _
from registry.web.i18n import lazy_gettext as _l

IGNORED = ""
_LONGEST_SAMPLE = 40
# Forty headers with forty choices each would be two thousand elements on the page.
_MOST_OPTIONS = 700

KIND_WORDS: dict[ImportKind, Any] = {
    ImportKind.PEOPLE: _l("Ứng viên"),
    ImportKind.NEEDS: _l("Nhu cầu"),
    ImportKind.POSTS: _l("Tin tuyển dụng"),
    ImportKind.TRAINING: _l("Danh sách lớp"),
}
STATE_WORDS: dict[BatchState, tuple[Any, str]] = {
    BatchState.UPLOADED: (_l("Chờ ghép cột"), "warn"),
    BatchState.CHECKING: (_l("Đang kiểm tra"), "info"),
    BatchState.CHECKED: (_l("Chờ bạn lưu"), "warn"),
    BatchState.COMMITTING: (_l("Đang lưu"), "info"),
    BatchState.COMMITTED: (_l("Đã lưu"), "ok"),
    BatchState.UNDOING: (_l("Đang hoàn tác"), "info"),
    BatchState.UNDONE: (_l("Đã hoàn tác"), "line"),
    BatchState.DISCARDED: (_l("Đã bỏ"), "line"),
}
JOB_WORDS: dict[JobState, tuple[Any, str]] = {
    JobState.QUEUED: (_l("Đang chờ"), "warn"),
    JobState.RUNNING: (_l("Đang chạy"), "info"),
    JobState.DONE: (_l("Xong"), "ok"),
    JobState.FAILED: (_l("Không xong"), "bad"),
    JobState.CANCELLED: (_l("Đã dừng"), "line"),
}


class UploadedFile(FileField):
    """A file; a browser that was given none sends one without a name."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Nothing chosen is nothing, and neither is a text where a file belongs."""
        self.data = next((sent for sent in valuelist if isinstance(sent, FileStorage) and sent), None)


class UploadForm(WebForm):
    """A file. The view hands in the offices; with one there is nothing to choose."""

    submission = HiddenField()
    file = UploadedFile(_l("Tệp cần nhập"), [Required(_l("Chọn tệp cần nhập"))])
    office = SelectField(_l("Nhập vào đơn vị"))


class CvForm(WebForm):
    """A CV to fill one's profile from."""

    file = UploadedFile(
        _l("Tệp CV"),
        [Required(_l("Chọn tệp CV"))],
        description=_l(
            "PDF, Word (.docx), JSON Resume, Europass (.xml), hồ sơ ORCID (.json, .xml). Không quá 5 MB."
        ),
    )


class FoundForm(WebForm):
    """Something a CV says, to be confirmed: whether it is taken over, and its texts as they may be mended."""

    on = BooleanField(_l("Đưa vào hồ sơ"))


class FoundValue(FoundForm):
    """A single value: a name, a day, an address."""

    value = CleanString(_l("Nội dung"), limit=254)


class FoundPeriod(FoundForm):
    """Something with a period."""

    started = CleanString(_l("Từ"), limit=20, description=_l("Ví dụ: 09/2015 hoặc 2015"))
    ended = CleanString(_l("Đến"), limit=20)


class FoundStudy(FoundPeriod):
    """A course of study."""

    degree = SelectField(
        _l("Trình độ"), choices=choices([("", _l("Chưa nêu")), *words.terms(vocabulary().degrees)])
    )
    major = CleanString(_l("Ngành, chuyên ngành"))
    school = CleanString(_l("Trường"))


class FoundPost(FoundPeriod):
    """A post."""

    title = CleanString(_l("Chức danh, công việc"))
    organisation = CleanString(_l("Nơi làm việc"))
    is_ongoing = BooleanField(_l("Đang làm việc này"))
    description = CleanText(_l("Việc đã làm"), limit=2000)


class FoundDeed(FoundForm):
    """A work, an award, a patent."""

    kind = SelectField(_l("Loại"), choices=choices(words.pairs(words.ACHIEVEMENT, _l("Chọn loại"))))
    title = CleanString(_l("Tên"), limit=500)
    role = CleanString(_l("Vai trò"), description=_l("Ví dụ: chủ nhiệm, đồng tác giả"))
    doi = CleanString(_l("DOI"), description=_l("Của bài báo, sách. Ví dụ: 10.1000/182"))
    when = CleanString(_l("Thời gian"), limit=20, description=_l("Ví dụ: 2021 hoặc 03/2021"))


class FoundLanguage(FoundForm):
    """A language with its rank."""

    language = SelectField(
        _l("Ngoại ngữ"), choices=choices([("", _l("Chọn ngoại ngữ")), *words.terms(vocabulary().languages)])
    )
    rank = SelectField(
        _l("Bậc"),
        choices=choices(
            [
                ("", _l("Chưa nêu")),
                *(
                    (str(one.rank), _l("Bậc %(rank)s (%(cefr)s)", rank=one.rank, cefr=one.cefr))
                    for one in vocabulary().language_levels
                ),
            ]
        ),
    )
    certificate = CleanString(_l("Chứng chỉ"), description=_l("Ví dụ: IELTS 6.5, JLPT N2"))


class MappingForm(WebForm):
    """Which column each header of the file means; one select a header, made by `mapping_form`."""

    columns: tuple[Column, ...] = ()

    def boxes(self) -> list[Any]:
        """The selects in the order of the file."""
        fields: Any = self
        return [field for field in fields if field.name.startswith("column_")]

    def recognised(self) -> list[Any]:
        """The selects that say something and have no error: they need not be looked at."""
        return [box for box in self.boxes() if box.data and not box.errors]

    def open_boxes(self) -> list[Any]:
        """The selects that wait for a word."""
        return [box for box in self.boxes() if not box.data or box.errors]

    def chosen(self) -> dict[int, str]:
        """{column index: column key} without the columns that are left out."""
        return {int(box.name.removeprefix("column_")): box.data for box in self.boxes() if box.data}

    def validate(self, extra_validators: Any = None) -> bool:
        """No column twice, every required one once."""
        if not super().validate(extra_validators):
            return False
        known = {column.key: column for column in self.columns}
        seen: dict[str, Any] = {}
        for box in self.boxes():
            if box.data and box.data not in known:
                box.errors = [_("Chọn một mục trong danh sách")]
                continue
            first = seen.setdefault(box.data, box) if box.data else box
            if first is not box:
                said = {"column": known[box.data].header, "header": str(first.label.text)}
                box.errors = [
                    _("«%(column)s» đã được chọn cho cột «%(header)s». Mỗi mục chỉ chọn một cột", **said)
                ]
        missing = [column for column in self.columns if column.is_required and column.key not in seen]
        boxes = self.boxes()
        if missing and boxes:
            boxes[0].errors = [
                *boxes[0].errors,
                *(_("Chọn cột nào là «%(column)s»", column=column.header) for column in missing),
            ]
        return not any(box.errors for box in boxes)


def mapping_form(
    headers: Sequence[str],
    samples: Sequence[Sequence[str]],
    columns: tuple[Column, ...],
    mapping: Mapping[int, str],
) -> MappingForm:
    """The form for these headers, with the present mapping chosen. Columns without a header are not offered."""
    filled = [(index, header) for index, header in enumerate(headers) if header.strip()]
    is_long = len(filled) * len(columns) > _MOST_OPTIONS
    fields: dict[str, Any] = {}
    for index, header in filled:
        key = mapping.get(index, IGNORED)
        taken = set(mapping.values()) - {key} if is_long else set[str]()
        fields[f"column_{index}"] = SelectField(
            header,
            choices=choices(_offered(columns, taken)),
            default=key,
            description=_samples(samples, index),
            validate_choice=False,
        )
    made = type("FileMappingForm", (MappingForm,), {"columns": columns, **fields})
    return made()


def _offered(columns: Sequence[Column], taken: set[str]) -> list[tuple[str, Any]]:
    """What a header may mean. On a long form a column that another header has is offered once that one lets go."""
    free = [(column.key, column.header) for column in columns if column.key not in taken]
    return [(IGNORED, _l("Không nhập")), *free]


def _samples(samples: Sequence[Sequence[str]], index: int) -> str:
    """«Nguyễn Thị Hòa; Trần Văn Đức» from the first rows."""
    shown = [
        row[index].strip()[:_LONGEST_SAMPLE] for row in samples if index < len(row) and row[index].strip()
    ]
    return "; ".join(shown)
