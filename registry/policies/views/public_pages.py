"""«Chính sách» for everybody: what there is, for whom, how much, on which legal basis."""

from datetime import date
from typing import Any

from flask import render_template
from flask.typing import ResponseReturnValue

from registry.accounts.access import public, signed_in_viewer
from registry.accounts.rules import Permission
from registry.policies.forms import words
from registry.policies.models import Policy, PolicyVersion
from registry.policies.queries.documents import start_of
from registry.policies.queries.law import parameters_alone
from registry.policies.queries.verified import verdicts
from registry.policies.queries.versions import (
    period_of,
    policies,
    published,
    shown_on,
    standing_of,
    version_data,
)
from registry.policies.rules.figures import with_verdicts
from registry.policies.rules.policy import Law, Version
from registry.policies.rules.reading import read_version
from registry.policies.rules.states import InForce, LinkKind
from registry.policies.views import sums
from registry.policies.views.blueprint import asked_number, bp, opened_policy
from registry.policies.views.naming import PageNames, page_words, scope_words
from registry.policies.views.telling import told
from registry.web.clock import today
from registry.web.database import db_session
from registry.web.errors import NotVisible

_ORDER = (InForce.IN_FORCE, InForce.UNDATED, InForce.UPCOMING, InForce.DRAFT, InForce.EXPIRED)


@bp.get("/chinh-sach")
@public
def index() -> ResponseReturnValue:
    """All published policies, those in force first."""
    session, on = db_session(), today()
    shown = [(one, version) for one in policies(session) if (version := shown_on(one, on)) is not None]
    law, seen = parameters_alone(session), verdicts(session, [version for _one, version in shown])
    names = PageNames(session, [version for _one, version in shown])
    lines = [_line(names, version, read(version, seen[version.id]), law, on) for _policy, version in shown]
    lines.sort(key=lambda one: (_ORDER.index(one["state"]), one["version"].title, one["code"]))
    return render_template("policies/index.html", lines=lines, on=on, may_manage=_may_manage())


def read(version: PolicyVersion, verified: Any) -> Version:
    """A version as the engine reads it, with what was verified."""
    return read_version(with_verdicts(version_data(version), verified))


def _line(names: PageNames, version: PolicyVersion, read_as: Version, law: Law, on: date) -> dict[str, Any]:
    state = standing_of(version, on)
    return {
        "version": version,
        "code": version.policy.code,
        "places": scope_words(names, version),
        "document": version.document,
        "kind": words.KIND[version.document.kind],
        "state": state,
        "standing": words.STANDING[state],
        "standing_tag": words.STANDING_TAG[state],
        "most": sums.most_of(read_as.groups, law, on),
        "is_verified": read_as.verified,
    }


@bp.get("/chinh-sach/<ma>")
@public
def show(ma: str) -> ResponseReturnValue:
    """One policy in plain words: the version of today, or the published one that is asked for."""
    session, on = db_session(), today()
    policy = opened_policy(session, ma)
    version = _asked(policy, on)
    verified = verdicts(session, [version])[version.id]
    read_as, law = read(version, verified), parameters_alone(session)
    start, end = period_of(version)
    return render_template(
        "policies/show.html",
        line=_line(PageNames(session, [version]), version, read_as, law, on),
        told=told(read_as, law, page_words(session), on),
        purpose=words.PURPOSE[version.purpose],
        period=(start, end),
        chain=_chain(version, on),
        others=[(one, period_of(one)) for one in published(policy) if one is not version],
        on=on,
        may_manage=_may_manage(),
    )


def _asked(policy: Policy, on: date) -> PolicyVersion:
    number = asked_number()
    if number is None:
        found = shown_on(policy, on)
    else:
        found = next((one for one in published(policy) if one.number == number), None)
    if found is None:
        raise NotVisible
    return found


def _chain(version: PolicyVersion, on: date) -> list[dict[str, Any]]:
    """What the document does to others, and what others do to it; whether that holds already."""
    document = version.document
    to = [(words.LINK[link.kind], link.other, False) for link in document.links]
    back = [
        (words.LINKED_FROM[link.kind], link.document, link.kind is LinkKind.REPLACES)
        for link in document.linked_from
    ]
    return [
        {
            "what": what,
            "document": other,
            "start": start_of(other),
            "is_over": is_over and (start_of(other) or date.max) <= on,
        }
        for what, other, is_over in [*to, *back]
    ]


def _may_manage() -> bool:
    viewer = signed_in_viewer()
    return viewer is not None and viewer.can(Permission.POLICIES_READ)
