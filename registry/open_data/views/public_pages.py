"""«Dữ liệu mở» for everybody: sets, their releases, files and the catalogue, in both languages, without a sign-in."""

import hashlib
import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from flask import Response, render_template, request
from flask.typing import ResponseReturnValue

from registry.accounts.access import public
from registry.open_data.models import OpenDataset, OpenRelease
from registry.open_data.queries.building import place_name
from registry.open_data.queries.reading import (
    FILE_COLUMNS,
    public_dataset,
    public_datasets,
    public_release,
)
from registry.open_data.rules.catalogue import Dataset, Distribution, catalogue_entry
from registry.open_data.rules.columns import COLUMNS
from registry.open_data.rules.files import CSV_NAME, DICTIONARY_NAME, JSON_NAME
from registry.open_data.rules.kinds import KIND_WORDS, LICENCES, THEME_WORDS, theme_url
from registry.open_data.rules.states import ReleaseState
from registry.open_data.views import shown
from registry.open_data.views.blueprint import bp
from registry.web.attachments import attachment
from registry.web.clock import LOCAL_ZONE
from registry.web.database import db_session
from registry.web.errors import NotVisible
from registry.web.i18n import gettext as _
from registry.web.installation import installation
from registry.web.paging import PAGE_SIZE, Page, page_number

_TYPES: Mapping[str, str] = {
    CSV_NAME: "text/csv; charset=utf-8",
    JSON_NAME: "application/json; charset=utf-8",
    DICTIONARY_NAME: "application/json; charset=utf-8",
}
_KEPT = "public, max-age=300"
"""A release never changes; it may be withdrawn, which caches learn after five minutes."""
_LONGEST = 100


@bp.get("/du-lieu-mo")
@public
def index() -> ResponseReturnValue:
    """All sets with something published, and a search over their words."""
    session, words = db_session(), request.args.get("tim", "")[:_LONGEST].strip()
    found = public_datasets(session, words)
    number = min(page_number(request.args.get("trang")), max(1, -(-len(found) // PAGE_SIZE)))
    page = Page(found[(number - 1) * PAGE_SIZE : number * PAGE_SIZE], number, len(found))
    return render_template(
        "open_data/index.html",
        page=page,
        words=words,
        lines=[_line(one) for one in page.rows],
    )


@bp.get("/du-lieu-mo/catalog.jsonld")
@public
def catalogue() -> Response:
    """The catalogue of all sets for programs: DCAT in JSON-LD, each set with the files of its newest release."""
    session = db_session()
    entries = [_entry(one, place_name(session, one)) for one in public_datasets(session)]
    office = installation(session).tenant.name
    said = catalogue_entry(_("Dữ liệu mở"), office, shown.whole("open_data.index"), entries)
    content = (json.dumps(said, ensure_ascii=False, indent=1) + "\n").encode()
    return _file(content, "application/ld+json; charset=utf-8", "catalog.jsonld")


@bp.get("/du-lieu-mo/<ma>")
@public
def public_dataset_page(ma: str) -> ResponseReturnValue:
    """A set: its releases, the newest as a table, its dictionary, licence and how to name it."""
    session = db_session()
    dataset = public_dataset(session, ma)
    if dataset is None:
        raise NotVisible
    newest = _newest(dataset)
    if newest is None:
        return render_template("open_data/withdrawn.html", **_head(dataset), release=_last(dataset)), 410
    read = public_release(session, ma, str(newest.number), JSON_NAME)
    if read is None:
        raise NotVisible
    return render_template("open_data/dataset.html", **_page(read))


@bp.get("/du-lieu-mo/<ma>/<so>")
@public
def public_release_page(ma: str, so: str) -> ResponseReturnValue:
    """One release, the newest or an earlier one; one that was withdrawn says so."""
    release = public_release(db_session(), ma, so, JSON_NAME)
    if release is None:
        raise NotVisible
    if release.state is not ReleaseState.PUBLISHED:
        return _gone(release)
    return render_template("open_data/dataset.html", **_page(release))


@bp.get("/du-lieu-mo/<ma>/<so>/<tep>")
@public
def public_file(ma: str, so: str, tep: str) -> ResponseReturnValue:
    """A file of a release, byte for byte as it was frozen."""
    release = public_release(db_session(), ma, so, tep) if tep in FILE_COLUMNS else None
    if release is None:
        raise NotVisible
    if release.state is not ReleaseState.PUBLISHED:
        return _gone(release)
    content = {CSV_NAME: "csv", JSON_NAME: "json", DICTIONARY_NAME: "dictionary"}[tep]
    name = f"{release.dataset.code}-{release.number}-{tep}"
    return _file(getattr(release, content), _TYPES[tep], name)


def _gone(release: OpenRelease) -> ResponseReturnValue:
    return render_template("open_data/withdrawn.html", **_head(release.dataset), release=release), 410


def _file(content: bytes, kind: str, name: str) -> Response:
    """Whoever has the same bytes already is told so; the tag is weak because pages go out compressed or not."""
    answer = attachment(content, kind, name)
    answer.headers["Cache-Control"] = _KEPT
    answer.headers["Access-Control-Allow-Origin"] = "*"
    answer.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    answer.set_etag(hashlib.sha256(content).hexdigest(), weak=True)
    answer.make_conditional(request)
    return answer


def _published(dataset: OpenDataset) -> list[OpenRelease]:
    """The newest first."""
    return [one for one in dataset.releases if one.state is ReleaseState.PUBLISHED]


def _newest(dataset: OpenDataset) -> OpenRelease | None:
    return next(iter(_published(dataset)), None)


def _last(dataset: OpenDataset) -> OpenRelease:
    return next(one for one in dataset.releases if one.state is ReleaseState.WITHDRAWN)


def _head(dataset: OpenDataset) -> dict[str, Any]:
    return {
        "dataset": dataset,
        "title": shown.title_of(dataset),
        "description": shown.description_of(dataset),
        "kind": _(KIND_WORDS[dataset.kind]),
        "theme": _(THEME_WORDS[dataset.theme]),
        "licence": LICENCES[dataset.licence],
    }


def _line(dataset: OpenDataset) -> dict[str, Any]:
    newest = _published(dataset)[0]
    return {**_head(dataset), "release": newest, "period": shown.period_of(newest)}


def _page(release: OpenRelease) -> dict[str, Any]:
    dataset = release.dataset
    newest = _newest(dataset)
    return {
        **_head(dataset),
        "release": release,
        "is_newest": newest is not None and newest.number == release.number,
        "place": place_name(db_session(), dataset),
        "period": shown.period_of(release),
        "table": shown.table_of(release),
        "columns": [(one, shown.about(one)) for one in COLUMNS[dataset.kind]],
        "citation": shown.citation_of(release),
        "releases": [
            {"one": one, "period": shown.period_of(one), "is_here": one.number == release.number}
            for one in dataset.releases
            if one.published_at is not None
        ],
        "digest": release.csv_digest,
    }


def _day(release: OpenRelease) -> date:
    """The day it came out, in Việt Nam."""
    at = release.published_at
    return release.as_of if at is None else at.astimezone(LOCAL_ZONE).date()


def _entry(dataset: OpenDataset, place: str) -> Dataset:
    published = _published(dataset)
    newest, first = published[0], published[-1]
    where = {"ma": dataset.code, "so": str(newest.number)}

    def file(name: str) -> str:
        return shown.whole("open_data.public_file", **where, tep=name)

    return Dataset(
        id=dataset.code,
        title=dataset.title,
        title_en=dataset.title_en,
        description=dataset.description,
        description_en=dataset.description_en,
        theme=theme_url(dataset.theme),
        publisher=dataset.publisher,
        licence=LICENCES[dataset.licence].url,
        page=shown.whole("open_data.public_dataset_page", ma=dataset.code),
        issued=_day(first),
        modified=_day(newest),
        starts=newest.starts or newest.as_of,
        ends=newest.ends,
        place=place,
        keywords=(KIND_WORDS[dataset.kind],),
        dictionary=file(DICTIONARY_NAME),
        distributions=(
            Distribution("csv", file(CSV_NAME), newest.csv_bytes, newest.csv_digest),
            Distribution("json", file(JSON_NAME), newest.json_bytes, newest.json_digest),
        ),
    )
