"""What every page shows around its content: who is signed in, where they may go, whose registry it is."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from typing import Any

from flask import Flask, current_app, request, url_for
from sqlalchemy.exc import SQLAlchemyError

from registry.accounts.access import signed_in_account, signed_in_viewer
from registry.accounts.rules import EVERYWHERE, Permission, Viewer
from registry.web.database import db_session
from registry.web.i18n import current_language, gettext, lazy_gettext
from registry.web.installation import Tenant, installation


@dataclass(frozen=True)
class Place:
    """An entry of the main navigation: shown when the viewer has the permission and the view exists.

    `group`: the menu it is folded into where more places are open to the viewer than one line holds.
    """

    endpoint: str
    label: Any
    permission: Permission
    group: Any = ""


# What is done with files of people, what all rooms refer to, who may do what: not daily work, so not in the row.
_RECORDS = lazy_gettext("Xử lý hồ sơ")
_LISTS = lazy_gettext("Danh mục")
_RUNNING = lazy_gettext("Quản trị")
# What is planned and what comes of it, room beside room.
_PLANS = lazy_gettext("Chương trình")

PLACES = (
    Place("pages.home", lazy_gettext("Tổng quan"), Permission.HOME),
    Place("registrations.mine", lazy_gettext("Trang của tôi"), Permission.PROFILE_OWN),
    Place("people.index", lazy_gettext("Ứng viên"), Permission.PEOPLE_READ),
    Place("needs.index", lazy_gettext("Nhu cầu"), Permission.NEEDS_READ),
    Place("candidacies.index", lazy_gettext("Ứng tuyển"), Permission.CANDIDACIES_READ),
    Place("campaigns.index", lazy_gettext("Chiến dịch"), Permission.CAMPAIGNS_READ),
    Place("training.index", lazy_gettext("Đào tạo"), Permission.TRAINING_READ, _PLANS),
    Place("programmes.index", lazy_gettext("Chương trình"), Permission.PROGRAMMES_READ, _PLANS),
    Place("indicators.index", lazy_gettext("Chỉ tiêu"), Permission.INDICATORS_READ, _PLANS),
    Place("balance.index", lazy_gettext("Cung cầu"), Permission.INDICATORS_READ, _PLANS),
    Place("networks.index", lazy_gettext("Mạng lưới"), Permission.PROGRAMMES_READ, _PLANS),
    Place("open_data.office", lazy_gettext("Công bố dữ liệu"), Permission.INDICATORS_READ, _PLANS),
    Place("exchange.index", lazy_gettext("Nhập Excel"), Permission.IMPORTS_RUN, _RECORDS),
    Place("people.verification", lazy_gettext("Xác minh"), Permission.EVIDENCE_VERIFY, _RECORDS),
    Place("duplicates.queue", lazy_gettext("Hồ sơ trùng"), Permission.PEOPLE_MERGE, _RECORDS),
    Place("privacy.queue", lazy_gettext("Yêu cầu về quyền"), Permission.CONSENTS_WRITE, _RECORDS),
    Place("privacy.own", lazy_gettext("Quyền của tôi"), Permission.PROFILE_OWN),
    Place("privacy.seen", lazy_gettext("Ai đã xem tôi"), Permission.PROFILE_OWN),
    Place("policies.administration", lazy_gettext("Chính sách"), Permission.POLICIES_READ),
    Place("policies.index", lazy_gettext("Chính sách thu hút"), Permission.PROFILE_OWN),
    Place("grants.index", lazy_gettext("Hỗ trợ"), Permission.GRANTS_READ),
    Place("grants.own_grants", lazy_gettext("Hỗ trợ của tôi"), Permission.PROFILE_OWN),
    Place("skills.index", lazy_gettext("Kỹ năng"), Permission.SKILLS_READ, _LISTS),
    Place("organisations.index", lazy_gettext("Đơn vị"), Permission.ORGANISATIONS_READ, _LISTS),
    Place("places.index", lazy_gettext("Địa bàn"), Permission.PLACES_READ, _LISTS),
    Place("accounts.index", lazy_gettext("Người dùng"), Permission.ACCOUNTS_MANAGE, _RUNNING),
    Place("incidents.index", lazy_gettext("Sự cố"), Permission.PRIVACY_READ, _RUNNING),
    Place("privacy.retention", lazy_gettext("Lưu giữ"), Permission.PRIVACY_READ, _RUNNING),
    Place("pages.audit_log", lazy_gettext("Nhật ký"), Permission.AUDIT_READ, _RUNNING),
)


# As many fit a line of 1,280 px.
_MOST_IN_A_ROW = 10

# (address, label, whether we are there, number of things waiting)
_Line = tuple[str, str, bool, int | None]
# (none, label, whether we are at one of them, those)
_Menu = tuple[None, str, bool, list[_Line]]

# These have no entry of their own: what they show of a need belongs to the needs, all else to the people found or to
# one's own page.
_OF_NEEDS = "/nhu-cau"
_WITHOUT_ENTRY = {
    "matching": "people",
    "papers": "people",
    "introductions": "registrations",
    "api_tokens": "accounts",
}

# Pages that do not belong to the first entry of their room: of one paper, of one own request.
_SHOWN_UNDER = {
    **dict.fromkeys(
        (
            *("candidacies.own_candidacies", "candidacies.leave_page", "candidacies.stand_page"),
            *("candidacies.own_opinions", "candidacies.own_opinion"),
        ),
        "registrations.mine",
    ),
    "candidacies.of_need": "needs.index",
    "candidacies.nominate_page": "needs.index",
    "grants.own_grants": "grants.own_grants",
    "papers.ask_own": "registrations.mine",
    "papers.take_own": "registrations.mine",
    "people.check_evidence": "people.verification",
    "training.of_person": "people.index",
    "training.own_courses": "registrations.mine",
    "privacy.ask": "privacy.own",
    "privacy.own_request_page": "privacy.own",
    "privacy.limits_and_days": "privacy.retention",
    "privacy.confirm_row_page": "privacy.retention",
}

# Whoever has no work here but a profile of their own: their page is the front page.
_OF_ONESELF = frozenset({Permission.HOME, Permission.PROFILE_OWN})

# What these open concerns everybody on record: a role on a part of the installation does not open it.
_ON_THE_WHOLE = frozenset({Permission.PRIVACY_READ})

# Pages about oneself stand in the room of accounts but under no entry.
_OWN_PAGES = frozenset(
    {
        "accounts.own_account",
        *("accounts.change_password", "accounts.submit_password"),
        *("accounts.enrol", "accounts.submit_enrolment", "accounts.renew_recovery_codes"),
        *("accounts.add_passkey", "accounts.submit_new_passkey", "accounts.remove_passkey"),
        *("accounts.confirm_self", "accounts.submit_confirmation", "accounts.remove_second_factor"),
    }
)


def install(app: Flask) -> None:
    """Give every template its surroundings."""

    def surroundings() -> dict[str, Any]:
        try:
            return _surroundings()
        except SQLAlchemyError:
            # The page that says that the database is away must not need it.
            return {
                "account": None,
                "viewer": None,
                "nav_items": [],
                "tenant": Tenant(),
                "lang": current_language(),
            }

    app.context_processor(surroundings)


def _surroundings() -> dict[str, Any]:
    found = installation(db_session())
    viewer = signed_in_viewer()
    return {
        "account": signed_in_account(),
        "viewer": viewer,
        "nav_items": [] if viewer is None else _nav_items(viewer),
        "foot_links": [
            (url_for("policies.index"), gettext("Chính sách thu hút")),
            (url_for("open_data.index"), gettext("Dữ liệu mở")),
        ],
        "tenant": found.tenant,
        "is_demo": found.is_demonstration,
        "lang": current_language(),
    }


def _nav_items(viewer: Viewer) -> list[_Line | _Menu]:
    """Every place open to the viewer; where they are many, those of one group folded into a menu."""
    endpoint = request.endpoint or ""
    here = _SHOWN_UNDER.get(endpoint, endpoint)
    room = here.split(".")[0]
    if room in _WITHOUT_ENTRY:
        room = "needs" if request.path.startswith(_OF_NEEDS) else _WITHOUT_ENTRY[room]
    open_to = _places(_that_open_pages(viewer), current_language(), request.script_root)
    own = [place[0] for place in open_to if place[0].split(".")[0] == room]
    current = "" if here in _OWN_PAGES else here if here in own else next(iter(own), "")
    items: list[_Line | _Menu] = []
    for group, places in groupby(open_to, key=lambda place: place[3]):
        lines: list[_Line] = [(href, label, entry == current, None) for entry, href, label, _group in places]
        if group and len(lines) > 1 and len(open_to) > _MOST_IN_A_ROW:
            items.append((None, group, any(line[2] for line in lines), lines))
        else:
            items += lines
    return items


def _that_open_pages(viewer: Viewer) -> frozenset[Permission]:
    in_part = {one for one in _ON_THE_WHOLE if EVERYWHERE not in viewer.scopes_for(one)}
    return viewer.permissions - in_part


@lru_cache(maxsize=64)
def _places(
    permissions: frozenset[Permission], _language: str, _root: str
) -> Sequence[tuple[str, str, str, str]]:
    """(endpoint, address, label, group) of every place open to these permissions: one for a role and a language."""
    return [
        (place.endpoint, url_for(place.endpoint), str(place.label), str(place.group))
        for place in PLACES
        if place.permission in permissions
        and place.endpoint in current_app.view_functions
        and not (place.endpoint == "pages.home" and permissions <= _OF_ONESELF)
    ]
