"""«Người xa quê»: people from here who live elsewhere and said so themselves, and what was said with them (HP2, HP3)."""

from typing import Any

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from registry.accounts.access import require, whole_viewer
from registry.accounts.rules import Permission
from registry.audit.operations import record_read
from registry.campaigns.forms.words import WAY
from registry.campaigns.queries.campaigns import names_of as account_names
from registry.campaigns.queries.sealed import words_of as campaign_words_of
from registry.campaigns.rules.words import OutreachWay
from registry.networks import operations
from registry.networks.forms.people import AttemptForm, KindsForm
from registry.networks.forms.words import ORIGIN_ANSWER, ORIGIN_KIND
from registry.networks.operations import AttemptTerms
from registry.networks.queries.origin import (
    attempts_of,
    campaign_attempts_of,
    from_record,
    kind_counts,
    kinds_of,
    last_spoken,
    noted_kinds,
    origin_page,
    person_from,
    readable_campaigns,
    without_residence,
)
from registry.networks.queries.sealed import words_of
from registry.networks.rules import OriginKind, OutreachAnswer
from registry.networks.views.blueprint import bp, by, chosen, keep_read, reader_of_people, saved
from registry.people.models import Person
from registry.people.views.keepers import keeper_choices
from registry.places.queries import country_name, describe_unit
from registry.web.clock import now, today
from registry.web.database import db_session, write_session
from registry.web.errors import NotVisible
from registry.web.i18n import current_language
from registry.web.i18n import gettext as _
from registry.web.paging import page_number

_WHERE = {"nuoc-ngoai": True, "trong-nuoc": False}


def places_choices(session: Session) -> list[tuple[str, Any]]:
    """(path, words) of the places whose people the viewer may look for."""
    return keeper_choices(session, reader_of_people())


def total_from(session: Session, unit_path: str) -> int:
    """How many the viewer would find of a place."""
    return origin_page(session, reader_of_people(), unit_path, 1, on=today()).total


@bp.get("/mang-luoi/nguoi-xa-que")
@require(Permission.PEOPLE_READ)
def origin() -> ResponseReturnValue:
    """One page of them, of one of the four kinds or of all."""
    session, viewer, on = db_session(), reader_of_people(), today()
    places = places_choices(session)
    place = request.args.get("que") or places[0][0]
    if place not in dict(places):
        raise NotVisible
    kind = chosen(OriginKind, request.args.get("nhom"))
    where = request.args.get("noi-o", "")
    page = origin_page(
        session,
        viewer,
        place,
        page_number(request.args.get("trang")),
        on=on,
        kind=kind,
        is_abroad=_WHERE.get(where),
    )
    kinds, spoken = kinds_of(session, page.rows, on=on), last_spoken(session, page.rows)
    args = {
        "que": place,
        "nhom": "" if kind is None else kind.value,
        "noi-o": where if where in _WHERE else "",
    }
    body = render_template(
        "networks/origin.html",
        page=page,
        places=places,
        place=place,
        place_words=dict(places)[place],
        kind=kind,
        where=where,
        counts=kind_counts(session, viewer, place, on=on),
        unclear=without_residence(session, viewer, place, on=on),
        lines=[
            {
                "person": one,
                "name": one.full_name,
                "lives": _lives(session, one),
                "kinds": [ORIGIN_KIND[found] for found in kinds[one.id]],
                "spoken": spoken.get(one.id),
            }
            for one in page.rows
        ],
        words=ORIGIN_KIND,
        args={name: value for name, value in args.items() if value},
    )
    keep_read([one.public_id for one in page.rows], "nguoi-xa-que")
    return body


@bp.get("/mang-luoi/nguoi-xa-que/<ma>")
@require(Permission.PEOPLE_READ)
def contacts(ma: str) -> ResponseReturnValue:
    """What was said with one of them, and a form for the next time."""
    session, person = _opened(ma)
    form = AttemptForm(formdata=None, data={"on": today()})
    body = _page(session, person, form)
    written = write_session()
    record_read(written, by(), "origin.read", people=[person.public_id], at=now())
    written.commit()
    return body


@bp.post("/mang-luoi/nguoi-xa-que/<ma>")
@require(Permission.PROGRAMMES_WRITE)
def note_contact(ma: str) -> ResponseReturnValue:
    """Note an attempt."""
    session, person = _opened(ma, to_write=True)
    form = AttemptForm()
    is_valid = form.validate()
    if not form.check_day(today()) or not is_valid or form.on.data is None:
        return _page(session, person, form), 422
    terms = AttemptTerms(
        way=OutreachWay(form.way.data),
        on=form.on.data,
        answer=OutreachAnswer(form.answer.data),
        words=str(form.words.data or ""),
        role=str(form.role.data or ""),
        next_on=form.next_on.data,
    )
    operations.note_contact(session, person, terms, by=by(), at=now())
    return saved(session, url_for("networks.contacts", ma=ma), _("Đã ghi lần liên hệ."))


@bp.post("/mang-luoi/nguoi-xa-que/<ma>/nhom")
@require(Permission.PROGRAMMES_WRITE)
def note_kinds(ma: str) -> ResponseReturnValue:
    """Note which of the four kinds somebody is of."""
    session, person = _opened(ma, to_write=True)
    form = KindsForm()
    if not form.validate():
        return _page(session, person, AttemptForm(formdata=None, data={"on": today()})), 422
    kinds = [OriginKind(one) for one in form.kinds.data or ()]
    operations.note_kinds(session, person, kinds, by=by(), at=now())
    return saved(session, url_for("networks.contacts", ma=ma))


def _opened(ma: str, *, to_write: bool = False) -> tuple[Session, Person]:
    """One of the people the list shows the viewer; to write, where they may write, too. Raises NotVisible."""
    session = db_session()
    paths = [path for path, _words in places_choices(session)]
    found = person_from(session, reader_of_people(), paths, ma, on=today())
    if found is None or (to_write and not _may_write(found)):
        raise NotVisible
    return session, found


def _may_write(person: Person) -> bool:
    at = (person.unit_path, person.organisation_path)
    return whole_viewer().can(Permission.PROGRAMMES_WRITE, at=at)


def _page(session: Session, person: Person, form: AttemptForm) -> str:
    on = today()
    noted = noted_kinds(session, person)
    kinds = KindsForm(formdata=None, data={"kinds": [one.value for one in noted]})
    return render_template(
        "networks/contacts.html",
        form=form,
        kinds=kinds,
        person=person,
        name=person.full_name,
        lives=_lives(session, person),
        recorded=[ORIGIN_KIND[one] for one in from_record(session, person, on=on)],
        noted=[ORIGIN_KIND[one] for one in noted],
        attempts=_attempts(session, person),
        within=_within(session, person),
        may_write=_may_write(person),
    )


def _attempts(session: Session, person: Person) -> list[dict[str, Any]]:
    rows = attempts_of(session, person)
    names = account_names(session, [one.by_id for one in rows])
    return [
        {
            "on": one.on,
            "way": WAY[one.way],
            "answer": ORIGIN_ANSWER[one.answer],
            "words": words_of(session, one),
            "role": one.role,
            "next_on": one.next_on,
            "who": names.get(one.by_id or 0, ""),
        }
        for one in rows
    ]


def _within(session: Session, person: Person) -> list[dict[str, Any]]:
    """What was said within campaigns the viewer may read."""
    campaigns = readable_campaigns(whole_viewer().limited_to(Permission.CAMPAIGNS_READ))
    return [
        {
            "on": one.on,
            "way": WAY[one.way],
            "words": campaign_words_of(session, one),
            "role": one.role,
            "next_on": one.next_on,
            "campaign": one.member.campaign,
        }
        for one in campaign_attempts_of(session, person, campaigns)
    ]


def _lives(session: Session, person: Person) -> str:
    language = current_language()
    if person.residence_country and person.residence_country != "VN":
        return country_name(person.residence_country, language)
    return describe_unit(session, person.residence_unit_path, locale=language)
