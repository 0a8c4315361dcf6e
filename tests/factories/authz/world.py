"""An installation with everything the matrix asks for. Built once; every question is undone after its answer."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask import Flask
from sqlalchemy.orm import Session

from registry.accounts.models import Account
from registry.people.models import Person
from tests.factories.authz import agencies
from tests.factories.authz.actors import Actor, make_accounts, signed_in, with_keys
from tests.factories.authz.balance import make_balance
from tests.factories.authz.campaigns import make_campaigns
from tests.factories.authz.candidacies import make_candidacies
from tests.factories.authz.fields import fill_fields
from tests.factories.authz.grants import make_grants
from tests.factories.authz.holders import make_holders
from tests.factories.authz.indicators import make_indicators
from tests.factories.authz.keys import make_keys
from tests.factories.authz.networks import make_networks
from tests.factories.authz.objects import (
    TITLES,
    Objects,
    make_agencies,
    make_lists,
    make_needs_and_rankings,
    make_words,
    make_work,
    sign_ins_and_roles,
    tell_of_sign_ins,
)
from tests.factories.authz.offices import make_office_things
from tests.factories.authz.open_data import make_open_data
from tests.factories.authz.people import NAMES, make_people, own_records, requests_of, rows_of
from tests.factories.authz.policies import make_policies
from tests.factories.authz.programmes import make_programmes
from tests.factories.authz.rooms import (
    make_doubles,
    make_introductions,
    make_keeping,
    make_own_things,
    make_ties,
)
from tests.factories.authz.training import make_training

NOWHERE = "z" * 26
"""An id that is nobody's."""


@dataclass(frozen=True)
class World:
    """Who asks, what for, and the texts by which an answer gives away what it shows."""

    actors: Mapping[str, Actor]
    objects: Objects
    marks: Mapping[str, str]


def build_world(app: Flask, session: Session) -> World:
    """Fill an installation that holds the reference data only."""
    inner, objects = make_agencies(session)
    accounts = make_accounts(session, inner)
    people = make_people(session, inner)
    own_records(session, people, accounts)
    needs, found = make_needs_and_rankings(session, people)
    objects |= found | rows_of(session, people) | {"request": requests_of(session, people)}
    objects |= make_lists(session, accounts, people, needs)
    objects |= make_work(session, accounts)
    tell_of_sign_ins(session, accounts)
    make_holders(session)
    objects |= make_introductions(session, accounts, people, needs) | make_ties(session, people)
    objects |= make_candidacies(session, accounts, people, needs)
    fill_fields(session, people)
    objects |= make_keeping(session, accounts, people, needs) | make_own_things(session, accounts)
    objects |= make_doubles(session, accounts, people)
    objects |= make_words(session)
    objects |= make_policies(session, accounts)
    objects |= make_grants(session, accounts, people)
    objects |= make_campaigns(session, accounts, people, needs)
    objects |= make_training(session, people)
    objects |= make_programmes(session, inner)
    objects |= make_indicators(session, needs)
    objects |= make_balance(session, people, needs)
    objects |= make_networks(session, people)
    objects |= make_open_data(session, accounts, needs)
    objects["agency"]["across"] = agencies.make_agency_across(session)
    objects |= make_office_things(session, people, objects)
    actors = signed_in(app, session, accounts) | with_keys(app, session)
    objects |= make_keys(session, accounts)
    objects |= sign_ins_and_roles(session, accounts)
    session.commit()
    return World(actors, objects, _marks(people, objects) | _marks_of_accounts(accounts))


def _marks(people: Mapping[str, Person], objects: Objects) -> dict[str, str]:
    """{mark: the text}; texts that stand nowhere else."""
    found: dict[str, str] = {}
    for where, one in people.items():
        name, _path, number = NAMES[where]
        found |= {f"name.{where}": name, f"code.{where}": one.code, f"number.{where}": number}
        found |= {f"mail.{where}": f"{where}@vidu.vn"}
    found |= {f"need.{where}": title for where, title in TITLES.items()}
    for where in ("own", "below", "other"):
        found |= {f"file.{where}": f"tep-batch-{where}.xlsx", f"held.{where}": f"HS-CHO-{where}"}
        found |= {f"needs_file.{where}": f"tep-needs_batch-{where}.xlsx"}
    for where in ("own", "other"):
        found |= {
            f"list.{where}": f"Danh sách shortlist {where}",
            f"need_list.{where}": f"Danh sách for_need {where}",
            f"search.{where}": f"Bộ tìm {where}",
            f"purpose.{where}": f"Mục đích {where}",
            f"message.{where}": f"Lời riêng của {where}",
            f"cv.{where}": f"ly-lich-{where}.pdf",
        }
    found["message.across"] = "Lời riêng từ tỉnh khác"
    found |= {"agency.own": agencies.OWN, "agency.other": agencies.OTHER, "agency.across": agencies.ACROSS}
    return found | {name: f'href="{path}"' for name, path in _links(objects).items()}


def _marks_of_accounts(accounts: Mapping[str, Account]) -> dict[str, str]:
    """Addresses, keys and devices of an account of A and of one of B."""
    return {
        "account.own": accounts["temp"].email,
        "account.other": accounts["offB"].email,
        "key.own": "Khóa own",
        "key.other": "Khóa other",
        "device.own": "Máy của temp",
        "device.other": "Máy của offB",
    }


def _links(objects: Objects) -> dict[str, str]:
    """What leads to a page: shown to nobody whom the page refuses."""
    person, need, agency = (objects[kind]["own"]["ma"] for kind in ("person", "need", "agency"))
    return {
        "asked.own": f"/toi/yeu-cau/{objects['request']['own']['ma']}",
        "asked.other": f"/toi/yeu-cau/{objects['request']['other']['ma']}",
        "to.limit": f"/gioi-han-va-lich/{objects['limit']['one']['ma']}",
        "to.people": "/ung-vien",
        "to.new_person": "/ung-vien/tao",
        "to.person_edited": f"/ung-vien/{person}/ban-than",
        "to.person_consents": f"/ung-vien/{person}/dong-y",
        "to.person_traits": f"/ung-vien/{person}/nhay-cam",
        "to.person_needs": f"/ung-vien/{person}/nhu-cau",
        "to.new_need": "/nhu-cau/tao",
        "to.need_edited": f"/nhu-cau/{need}/sua",
        "to.need_ranked": f"/nhu-cau/{need}/xep-hang",
        "to.new_agency": "/don-vi/tao",
        "to.agency_edited": f"/don-vi/{agency}/sua",
        "to.new_skill": "/ky-nang/them",
        "to.pending": "/ky-nang/cho-duyet",
        "to.requests": "/yeu-cau-quyen",
        "to.held": "/ung-vien/dang-ky-cho",
        "to.doubles": "/ung-vien/trung",
        "to.incidents": "/su-co",
        "to.new_incident": "/su-co/ghi",
        "to.retention": "/luu-giu",
        "to.limits": "/gioi-han-va-lich",
        "to.need_met": f"/nhu-cau/{need}/gioi-thieu",
        "to.checked": f"/xac-minh/{objects['evidence']['own']['ma']}",
        "to.checked_hidden": f"/xac-minh/{objects['evidence']['hide']['ma']}",
        "to.accounts": "/nguoi-dung",
        "to.log": "/nhat-ky",
        "to.imports": "/nhap-excel",
        "to.letters": "/he-thong/thu",
    }


def parts_of(world: World, kind: str, where: str) -> dict[str, str]:
    """The parts of an address. `none` is an id that is nobody's, `norow` a row that is nobody's of one's own person."""
    if where in {"none", "norow"}:
        own = dict(next(iter(world.objects[kind].values())))
        name = (
            next(iter({"ma", "token"} & own.keys()))
            if where == "none"
            else next(one for one in reversed(own) if one not in {"ma", "muc"})
        )
        return own | {name: NOWHERE}
    return world.objects[kind][where]
