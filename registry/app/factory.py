"""The factory: settings in, app out. Nothing happens at import."""

from flask import Flask

from registry.accounts import access
from registry.accounts import views as accounts
from registry.api import views as api
from registry.app import navigation
from registry.app.holders import HOLDERS
from registry.app.scopes import SCOPES
from registry.balance import views as balance
from registry.campaigns import views as campaigns
from registry.candidacies import views as candidacies
from registry.config import Settings, check_settings
from registry.db import Database, open_database
from registry.db.keys import Keyring
from registry.duplicates import views as duplicates
from registry.exchange import views as exchange
from registry.exports import views as exports
from registry.grants import views as grants
from registry.incidents import views as incidents
from registry.indicators import views as indicators
from registry.introductions import views as introductions
from registry.matching import views as matching
from registry.needs import views as needs
from registry.networks import views as networks
from registry.offers import views as offers
from registry.open_data import views as open_data
from registry.organisations import views as organisations
from registry.pages import views as pages
from registry.papers import views as papers
from registry.paths import STATIC, TEMPLATES
from registry.people import views as people
from registry.places import views as places
from registry.policies import views as policies
from registry.privacy import views as privacy
from registry.programmes import views as programmes
from registry.registrations import views as registrations
from registry.skills import views as skills
from registry.training import views as training
from registry.web import (
    addresses,
    borders,
    compression,
    errors,
    forms,
    headers,
    hosts,
    i18n,
    limits,
    openid,
    rendering,
    statics,
    turns,
)
from registry.web import database as web_database
from registry.web.templating import PageEnvironment

# Every room with pages, in the order of their names.
ROOMS = (
    accounts,
    api,
    balance,
    candidacies,
    campaigns,
    duplicates,
    exchange,
    exports,
    grants,
    incidents,
    indicators,
    introductions,
    matching,
    needs,
    networks,
    offers,
    open_data,
    organisations,
    pages,
    papers,
    people,
    places,
    policies,
    privacy,
    programmes,
    registrations,
    skills,
    training,
)

# Larger bodies are refused before they are read; a workbook of people stays well below.
MAX_BODY_BYTES = 16 * 1024 * 1024
MAX_FORM_MEMORY_BYTES = 2 * 1024 * 1024
MAX_FORM_PARTS = 2_000


def create_app(settings: Settings, database: Database | None = None) -> Flask:
    """Build the web application. Raises Misconfigured for unsafe settings."""
    check_settings(settings)
    app = Flask("registry", template_folder=str(TEMPLATES), static_folder=str(STATIC))
    app.jinja_environment = PageEnvironment
    _configure(app, settings)
    compression.install(app)  # what is registered first comes last: nobody changes a page any more
    limits.install(app, settings.proxies)
    hosts.install(app, settings.trusted_hosts)
    i18n.install(app)
    borders.install(app)
    turns.install(app)
    web_database.install(
        app, database or open_database(settings.database_url, Keyring(settings.field_keys), settings.data_dir)
    )
    forms.install(app)
    headers.install(app, is_https=settings.is_https)
    addresses.install(app)
    statics.install(app)
    rendering.install(app)
    errors.install(app)
    openid.install(app, settings.sign_on)
    access.install(app, settings, SCOPES, accounts.ask_for_proof)
    for room in ROOMS:
        app.register_blueprint(room.bp)
    app.register_blueprint(api.programs)
    forms.exempt_programs(api.programs)
    skills.install(app, HOLDERS)
    needs.install(app, matching.shortlisted)
    policies.install(app, needs.post_named)
    people.install(app, introductions.introduced)
    candidacies.install(app)
    people.install_panels(app, [offers.panel])
    organisations.install_panels(app, [networks.panel])
    navigation.install(app)
    return app


def _configure(app: Flask, settings: Settings) -> None:
    prefix = "__Host-" if settings.is_https else ""
    app.config.from_mapping(
        SECRET_KEY=settings.secret_key,
        TESTING=settings.testing,
        DEBUG=False,  # whatever the environment says: its pages show code and values
        MAX_CONTENT_LENGTH=MAX_BODY_BYTES,
        MAX_FORM_MEMORY_SIZE=MAX_FORM_MEMORY_BYTES,
        MAX_FORM_PARTS=MAX_FORM_PARTS,
        SESSION_COOKIE_NAME=f"{prefix}registry",
        SESSION_COOKIE_SECURE=settings.is_https,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        WTF_CSRF_TIME_LIMIT=None,
        REGISTRY_SETTINGS=settings,
    )
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
