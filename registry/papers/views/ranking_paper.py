"""The ranking of a need as a paper: what is needed, how points are made, who stands where and why."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from registry import formats
from registry.accounts.rules import Viewer
from registry.exports.forms import PURPOSE_WORDS
from registry.exports.rules.kinds import ExportPurpose
from registry.matching.queries import Ranked
from registry.matching.views import cards
from registry.matching.views.asked import Asked
from registry.matching.views.on_paper import RankedLine, RankingWords, ranking_words
from registry.needs.forms.labels import PART_LABELS, STATE_LABELS
from registry.needs.models import Need
from registry.needs.rules import Part
from registry.needs.views.words import condition_lines, need_facts, scored_lines, skill_lines
from registry.papers.views.blueprint import office_name
from registry.papers.writers.paper import Block, Facts, Paper, Prose, Section, Table
from registry.people.queries import PersonCard, display_name
from registry.web.i18n import current_language
from registry.web.i18n import gettext as _


@dataclass(frozen=True)
class Printed:
    """A ranking to print: what was asked and found, who may be shown to the viewer, who prints it when and what for."""

    need: Need
    found: Ranked
    asked: Asked
    people: Mapping[str, PersonCard]
    viewer: Viewer
    who: str
    purpose: str
    purpose_text: str
    on: date
    at: datetime


def ranking_paper(session: Session, printed: Printed) -> Paper:
    """The paper, in the language of the page."""
    need, said = printed.need, ranking_words(session, printed.found, printed.asked)
    return Paper(
        title=_("Ứng viên xếp hạng"),
        name=need.title,
        language=current_language(),
        office=office_name(session),
        headline=need.organisation.name if need.organisation else "",
        note=_note(printed, said),
        facts=_facts(printed),
        sections=[
            Section(_("Yêu cầu"), _requirements(need)),
            Section(_("Xếp hạng"), _ranking(printed, said)),
            *_excluded(said),
            Section(_("Cách tính điểm"), _formula(printed.found)),
        ],
        made=_made(printed),
        page=_("Trang"),
        at=printed.at,
        signatures=[_("Người lập"), _("Thủ trưởng đơn vị")],
        signed_where=_("…, ngày … tháng … năm …"),
    )


def _note(printed: Printed, words: RankingWords) -> str:
    """What differs from the need as it is saved, and who is left out."""
    asked = printed.asked
    said = [_("Bảng thử, không phải nhu cầu đã lưu.")] if asked.is_trial else []
    said += words.trial
    if asked.minimum:
        said.append(_("Chỉ người từ %(points)s điểm.", points=asked.minimum))
    if printed.found.left_out:
        said.append(_("Không in %(count)s người đã xem xét.", count=printed.found.left_out))
    return " ".join(said)


def _facts(printed: Printed) -> list[tuple[str, str]]:
    rows = [
        (_("Mã nhu cầu"), printed.need.code),
        (_("Trạng thái"), str(STATE_LABELS[printed.need.state])),
        *need_facts(printed.need, printed.on),
        (_("Tính tại ngày"), formats.date(printed.found.as_of, current_language())),
    ]
    return [(label, str(value)) for label, value in rows]


def _requirements(need: Need) -> list[Block]:
    found: list[Block] = []
    skills = [
        [
            one["name"],
            _("Bắt buộc") if one["is_essential"] else _("Mong muốn"),
            _("%(level)s trên %(highest)s", level=one["level"], highest=one["highest"]),
            str(one["weight"]),
        ]
        for one in skill_lines(need)
    ]
    if skills:
        columns = [_("Kỹ năng"), _("Mức cần"), _("Bậc cần"), _("Trọng số")]
        found.append(Table(columns, [8, 3, 3, 2], skills, frozenset({3})))
    lines = [*condition_lines(need), *scored_lines(need)]
    found.append(Facts([(str(label), str(value)) for label, value in lines]))
    return found


def _ranking(printed: Printed, words: RankingWords) -> list[Block]:
    found, locale = printed.found, current_language()
    counts = _(
        "Đã xét %(considered)s người: %(ranked)s xếp hạng, %(excluded)s bị loại, %(unknown)s chưa đủ dữ liệu.",
        considered=formats.number(found.tally.considered, locale=locale),
        ranked=formats.number(found.tally.ranked, locale=locale),
        excluded=formats.number(found.tally.excluded_people, locale=locale),
        unknown=formats.number(found.tally.not_enough_data, locale=locale),
    )
    if not found.plan.asks_for_something:
        return [Prose([_("Nhu cầu chưa có yêu cầu nào để tính điểm.")])]
    rows = [_row(printed, one) for one in words.rows if one.person in printed.people]
    if not rows:
        return [Prose([counts, _("Không có ai để in.")])]
    columns = [_("Hạng"), _("Ứng viên"), _("Điểm"), _("Vì sao")]
    return [Prose([counts]), Table(columns, [2, 6, 3, 11], rows, frozenset({0, 2}))]


def _row(printed: Printed, line: RankedLine) -> list[str]:
    """One person: place, who, points with what they could become, and the short explanation."""
    card = printed.people[line.person]
    who = [display_name(card.person, printed.viewer), card.person.headline]
    points = formats.points(line.certain, current_language())
    if line.potential > line.certain:
        most = formats.points(line.potential, current_language())
        points = "\n".join((points, _("(đến %(most)s)", most=most)))
    return [str(line.rank), "\n".join(part for part in who if part), points, line.why]


def _excluded(words: RankingWords) -> list[Section]:
    """Why people are excluded, without names: a reason and how many."""
    if not words.excluded:
        return []
    rows = [
        [text[:1].upper() + text[1:], formats.number(count, locale=current_language())]
        for text, count in words.excluded
    ]
    table = Table([_("Lý do"), _("Số người")], [12, 3], rows, frozenset({1}))
    return [Section(_("Bị loại do điều kiện bắt buộc"), [table])]


def _formula(found: Ranked) -> list[Block]:
    box = cards.formula(found)
    shares = ", ".join(f"{PART_LABELS[Part(name)]} {share}" for name, share in box["shares"])
    lines = [
        (_("Phiên bản công thức"), str(box["version"])),
        (_("Áp dụng từ"), formats.date(box["since"], current_language())),
        (_("Tỷ trọng"), shares),
    ]
    waiting = [str(one["text"]) for one in cards.waiting_skills(found)]
    if waiting:
        lines.append((_("Chưa tính điểm"), ", ".join(waiting)))
    return [Facts(lines), Prose([str(one) for one in box["statements"]])]


def _made(printed: Printed) -> str:
    return _(
        "%(who)s in lúc %(at)s. Mục đích: %(purpose)s (%(text)s). Có dữ liệu cá nhân: chỉ dùng cho mục đích này.",
        who=printed.who,
        at=formats.datetime(printed.at, current_language()),
        purpose=str(PURPOSE_WORDS[ExportPurpose(printed.purpose)]),
        text=printed.purpose_text,
    )
