"""«Hồ sơ»: everything the viewer may see of one person, and who looked at it."""

from collections.abc import Mapping
from typing import Any

from flask import current_app, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from registry import formats
from registry.accounts.access import current_viewer, require
from registry.accounts.queries import known_by
from registry.accounts.rules import Permission
from registry.consents.queries import (
    consent_history,
    current_notices,
    standing_purposes,
    withdrawn_purposes,
)
from registry.consents.rules import LAWFUL_WITHOUT_CONSENT
from registry.people import operations, queries
from registry.people.forms import words
from registry.people.queries import Profile
from registry.people.rules import LegalBasis, is_stale
from registry.people.rules.kinds import ContactKind
from registry.people.views.absent import absence_words
from registry.people.views.blueprint import bp
from registry.people.views.cards import card_of, kind_words
from registry.people.views.claim_words import education_words, language_words, words_by_link
from registry.people.views.details import (
    career_rows,
    contact_lines,
    self_lines,
    skill_rows,
    wish_lines,
)
from registry.people.views.introduced import need_in_address
from registry.people.views.keepers import keeper_words
from registry.people.views.loading import Opened, keep_read, open_person
from registry.people.views.panels import panels_of
from registry.people.views.ties import shown_ties
from registry.places.queries import country_name, gazetteer
from registry.web.clock import LOCAL_ZONE
from registry.web.database import db_session
from registry.web.errors import NotVisible
from registry.web.i18n import current_language
from registry.web.i18n import gettext as _
from registry.web.i18n import lazy_gettext as _l

_MOST_READS = 200
_MOST_READ_LINES = 12


@bp.get("/ung-vien/<ma>")
@require(Permission.PEOPLE_READ)
def show(ma: str) -> ResponseReturnValue:
    """The profile; a notice with nothing on it where the person withdrew the consent to keep the record."""
    viewer = current_viewer()
    try:
        opened = open_person(ma, need_in_address())
    except NotVisible:
        return _without_ground(ma)
    profile = queries.profile_of(opened.session, opened.person, on=opened.on, locale=current_language())
    history = consent_history(opened.session, opened.person.id)
    absent = queries.absences_of(opened.session, viewer, {opened.person.id}, on=opened.on)[opened.person.id]
    page = render_template(
        "people/show.html",
        opened=opened,
        person=opened.person,
        profile=profile,
        card=card_of(profile.card, opened.viewer, gazetteer(opened.session)),
        kinds=kind_words(profile.card),
        absent=absence_words(opened.person, absent),
        is_stale=is_stale(opened.person.confirmed_on, opened.on),
        facts=_facts(opened, profile),
        skills=skill_rows(profile),
        career=career_rows(profile, opened.on, is_named=opened.is_named),
        education=[(row, education_words(row)) for row in profile.education],
        languages=[(row, language_words(row), row.evidence_on(opened.on)) for row in profile.languages],
        wishes=wish_lines(opened.session, profile),
        facet_lines=_facet_lines(opened, profile),
        ties=shown_ties(profile.affinities, is_named=opened.is_named, units=profile.unit_words),
        **_rights(opened),
        contacts=contact_lines(opened.session, opened.person) if opened.is_named else [],
        supports=words_by_link(profile),
        standing=standing_purposes(history),
        withdrawn=withdrawn_purposes(history),
        lawful=LAWFUL_WITHOUT_CONSENT if opened.person.legal_basis is LegalBasis.LAW else frozenset(),
        notices=current_notices(opened.session, current_language(), opened.on),
        reads=_reads(opened),
        words=words,
        for_need=opened.need,
        panels=panels_of(opened),
        may_meet=opened.need is not None
        and queries.is_matchable(opened.session, viewer, opened.person, on=opened.on),
    )
    keep_read(opened, "ho-so")
    return page


@bp.post("/ung-vien/<ma>/xac-nhan")
@require(Permission.PEOPLE_WRITE)
def confirm(ma: str) -> ResponseReturnValue:
    """The person said that everything is still right."""
    opened = open_person(ma)
    operations.confirm_profile(opened.session, opened.person, on=opened.on, by=opened.by, at=opened.at)
    opened.session.commit()
    flash(_("Đã ghi: hồ sơ vẫn đúng vào hôm nay"), "ok")
    return redirect(url_for(".show", ma=ma), 303)


def _facts(opened: Opened, profile: Profile) -> list[tuple[str, Any]]:
    """The strip under the title; of anonymous people only what says nothing about who they are."""
    person = opened.person
    facts: list[tuple[str, Any]] = [(_("Mã hồ sơ"), person.code)]
    if opened.is_named:
        facts += [*self_lines(profile), (_("Đơn vị giữ hồ sơ"), keeper_words(opened.session, person))]
    facts.append((_("Cơ sở lưu hồ sơ"), words.LEGAL_BASIS[person.legal_basis]))
    return [(label, value or formats.missing) for label, value in facts]


def _without_ground(ma: str) -> ResponseReturnValue:
    person = queries.get_without_ground(db_session(), current_viewer(), ma)
    if person is None:
        raise NotVisible
    return render_template("people/without_ground.html", person=person), 410


def _facet_lines(opened: Opened, profile: Profile) -> list[dict[str, Any]]:
    ma = opened.person.public_id
    lines: list[dict[str, Any]] = []

    def add(slug: str, row: Any, text: str, *details: str) -> None:
        href = url_for(".edit_entry", ma=ma, muc=slug, dong=row.public_id)
        sub = ", ".join(part for part in details if part)
        lines.append({"anchor": f"dien-{len(lines) + 1}", "text": text, "sub": sub, "href": href})

    for expert in profile.experts:
        title = "" if expert.academic_title is None else str(words.ACADEMIC_TITLE[expert.academic_title])
        add("chuyen-gia", expert, str(words.EXPERT[expert.kind]), title, expert.expertise)
    for cadre in profile.cadres:
        add(
            "can-bo",
            cadre,
            str(words.CADRE[cadre.kind]),
            cadre.office,
            cadre.organisation_text,
            cadre.rank_name,
        )
    for abroad in profile.overseas:
        intent = "" if abroad.return_intent is None else str(words.RETURN_INTENT[abroad.return_intent])
        country = country_name(abroad.country, current_language())
        add("o-nuoc-ngoai", abroad, _("Ở %(country)s", country=country), intent)
    return lines


def _rights(opened: Opened) -> dict[str, bool]:
    """Which buttons the viewer gets for this very record. Whoever is named for one need alone is not written to there."""
    return {
        "may_write": opened.can(Permission.PEOPLE_WRITE) and not opened.is_introduced,
        "may_invite": opened.can(Permission.PEOPLE_WRITE)
        and not opened.is_introduced
        and opened.person.account_id is None
        and any(row.kind is ContactKind.EMAIL for row in opened.person.contacts),
        "may_verify": opened.can(Permission.EVIDENCE_VERIFY),
        "may_consent": opened.can(Permission.CONSENTS_WRITE),
        "may_see_traits": opened.can(Permission.SENSITIVE_READ),
        "has_needs": opened.can(Permission.MATCHING_READ)
        and "matching.person_needs" in current_app.view_functions,
        "has_training": opened.can(Permission.TRAINING_READ)
        and "training.of_person" in current_app.view_functions,
        "has_grants": opened.can(Permission.GRANTS_READ) and "grants.of_person" in current_app.view_functions,
    }


_ACTIONS: Mapping[str, Any] = {
    "person.opened": _l("Mở hồ sơ"),
    "people.listed": _l("Hiện trong danh sách ứng viên"),
    "people.looked_up": _l("Tra cứu hồ sơ lưu giữ"),
    "person.formats_taken": _l("Lấy hồ sơ theo định dạng mở"),
    "person.cv_taken": _l("Lấy CV của người này"),
    "match.listed": _l("Hiện trong bảng xếp hạng của một nhu cầu"),
    "match.printed": _l("In bảng xếp hạng của một nhu cầu"),
    "match.explained": _l("Xem vì sao phù hợp với một nhu cầu"),
    "match.needs_of_person": _l("Xem các nhu cầu phù hợp"),
    "match.kept_read": _l("Xem bảng xếp hạng đã lưu"),
    "candidacy.listed": _l("Hiện trong danh sách xét cho một nhu cầu"),
    "candidacy.read": _l("Xem khi xét cho một nhu cầu"),
    "candidacy.experts": _l("Hiện trong danh sách chuyên gia để hỏi ý kiến"),
    "interest.listed": _l("Hiện trong danh sách người quan tâm"),
    "interest.read": _l("Xem quan tâm và tin nhắn"),
    "offer.read": _l("Xem chính sách áp dụng"),
    "offer.printed": _l("In phiếu đề xuất chính sách"),
    "reveal.asked": _l("Hỏi để biết tên"),
    "reveal.cancelled": _l("Rút yêu cầu biết tên"),
    "message.to_person": _l("Nhắn tin"),
    "message.read": _l("Ghi là đã đọc tin"),
}


def _reads(opened: Opened) -> list[dict[str, Any]]:
    """When, who, what of the newest looks at this profile; equal ones of one day as one line with their number."""
    events = queries.reads_of(opened.session, opened.person.public_id, most=_MOST_READS)
    who = known_by(opened.session, [event.by_id for event in events if event.by_id is not None])
    lines: dict[tuple[Any, ...], dict[str, Any]] = {}
    for event in events:
        system = str(event.detail.get("system", ""))
        key = (event.at.astimezone(LOCAL_ZONE).date(), event.by_id, event.action, system)
        line = lines.setdefault(
            key,
            {
                "at": event.at,
                "who": system or who.get(event.by_id or 0, ("", _("Hệ thống")))[1],
                "what": str(_ACTIONS.get(event.action, _("Xem dữ liệu"))),
                "times": 0,
            },
        )
        line["times"] += 1
    return list(lines.values())[:_MOST_READ_LINES]
