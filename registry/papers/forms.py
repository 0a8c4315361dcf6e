"""The forms of papers: what for, which sections, which kind of file. Shape and words; no database."""

from typing import Any, cast

from wtforms import BooleanField, RadioField, SelectMultipleField
from wtforms.validators import ValidationError

from registry.exports.forms import PURPOSE_LENGTH, PurposeForm
from registry.exports.rules.kinds import ExportPurpose
from registry.papers.rules.kinds import RANKED_ROWS, CvSection, PaperFormat
from registry.web.choices import choices
from registry.web.forms import CleanString, Required, WebForm
from registry.web.i18n import LANGUAGES
from registry.web.i18n import lazy_gettext as _l

SECTION_WORDS: dict[CvSection, Any] = {
    CvSection.ABOUT: _l("Bản thân"),
    CvSection.CONTACTS: _l("Liên hệ"),
    CvSection.SUMMARY: _l("Giới thiệu"),
    CvSection.SKILLS: _l("Kỹ năng"),
    CvSection.CAREER: _l("Quá trình công tác"),
    CvSection.EDUCATION: _l("Học vấn"),
    CvSection.LANGUAGES: _l("Ngoại ngữ"),
    CvSection.ACHIEVEMENTS: _l("Thành tích"),
    CvSection.TIES: _l("Gắn bó với địa phương"),
    CvSection.WISHES: _l("Nguyện vọng"),
}
FORMAT_WORDS: dict[PaperFormat, Any] = {
    PaperFormat.PDF: _l("PDF, để in và gửi"),
    PaperFormat.WORD: _l("Word (.docx), để sửa tiếp"),
}
LANGUAGE_WORDS = {"vi": _l("Tiếng Việt"), "en": _l("Tiếng Anh")}
_USUAL = frozenset(CvSection) - {CvSection.WISHES, CvSection.TIES}


class OwnCvForm(WebForm):
    """A CV of one's own: its sections, the language, and whether it says who it is about."""

    sections = SelectMultipleField(
        _l("Các mục"),
        [Required(_l("Chọn ít nhất một mục"))],
        choices=choices((one.value, text) for one, text in SECTION_WORDS.items()),
    )
    hidden = BooleanField(
        _l("Ẩn tên và liên hệ"),
        description=_l(
            "Không có tên, ngày sinh, liên hệ, nơi làm việc, trường, thành tích; dòng chữ nào có những điều đó thì bỏ cả dòng."
        ),
    )
    language = RadioField(
        _l("Ngôn ngữ của CV"),
        [Required(_l("Chọn ngôn ngữ"))],
        choices=choices((one, LANGUAGE_WORDS[one]) for one in LANGUAGES),
        description=_l("Chữ tự gõ giữ nguyên như đã gõ, không được dịch."),
    )
    format = RadioField(
        _l("Loại tệp"),
        [Required(_l("Chọn loại tệp"))],
        choices=choices((one.value, text) for one, text in FORMAT_WORDS.items()),
    )

    @property
    def chosen(self) -> tuple[CvSection, ...]:
        """The chosen sections in the order of the paper."""
        wanted = set(cast("list[str]", self.sections.data or []))
        return tuple(one for one in CvSection if one.value in wanted)


class _PaperPurpose(PurposeForm):
    """What a paper is for; the words stand on it."""

    purpose_text = CleanString(
        _l("Nói rõ mục đích"),
        [Required(_l("Nói rõ bản này dùng vào việc gì, ví dụ: Gửi hội đồng tuyển chọn họp ngày 02/12/2026"))],
        limit=PURPOSE_LENGTH,
        description=_l(
            "Ví dụ: Gửi hội đồng tuyển chọn họp ngày 02/12/2026. Được in lên giấy và ghi vào nhật ký; đừng viết tên ứng viên ở đây."
        ),
    )


class CvForm(_PaperPurpose, OwnCvForm):
    """The CV of somebody in the registry. `may_choose` is False where the name may not be shown: hidden is all there is."""

    may_choose = True
    is_out_of_lists = False

    def validate_purpose(self, field: Any) -> None:
        """Whoever stands in no list is handed to nobody; their office still keeps the record right."""
        if self.is_out_of_lists and field.data and field.data != ExportPurpose.CHECKING.value:
            raise ValidationError(
                _l("Người này đang không có trong danh sách nào: chỉ lấy được CV để rà soát, sửa dữ liệu")
            )


class RankingPaperForm(_PaperPurpose):
    """The ranking of a need on paper."""

    rows = RadioField(
        _l("Bao nhiêu người đầu bảng"),
        [Required(_l("Chọn số người"))],
        choices=choices((str(one), _l("%(count)s người", count=one)) for one in RANKED_ROWS),
    )


class OfferPaperForm(_PaperPurpose):
    """A kept offer sheet on paper."""


_STANDARD = {"language": "vi", "format": PaperFormat.PDF.value}


def own_cv_form(language: str, *, is_sent: bool) -> OwnCvForm:
    """The form of one's own CV, in the language of the page until another is chosen."""
    if is_sent:
        return OwnCvForm()
    usual = [one.value for one in CvSection if one in _USUAL]
    return OwnCvForm(formdata=None, data={**_STANDARD, "language": language, "sections": usual})


def cv_form(*, may_choose: bool, is_out_of_lists: bool, is_sent: bool) -> CvForm:
    """The form for somebody's CV. Where hidden is all there is, only what a hidden one holds is offered and taken."""
    offered = [one for one in CvSection if may_choose or not one.says_who]
    usual = [one.value for one in offered if one in _USUAL]
    standard = {**_STANDARD, "sections": usual, "hidden": not may_choose}
    form = CvForm() if is_sent else CvForm(formdata=None, data=standard)
    form.may_choose, form.is_out_of_lists = may_choose, is_out_of_lists
    form.sections.choices = choices((one.value, SECTION_WORDS[one]) for one in offered)
    known = {one.value for one in CvSection} - {one.value for one in offered}
    form.sections.data = [one for one in cast("list[str]", form.sections.data or []) if one not in known]
    return form


def ranking_form(*, is_sent: bool) -> RankingPaperForm:
    """The form of a ranking on paper."""
    return RankingPaperForm() if is_sent else RankingPaperForm(formdata=None, data={"rows": "20"})
