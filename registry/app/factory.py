"""The factory: settings in, app out. Nothing happens at import."""

import importlib
import pkgutil

from flask import Flask

import registry
from registry.accounts import access
from registry.app import navigation
from registry.app.scopes import SCOPES
from registry.config import Settings, check_settings
from registry.db import Database, open_database
from registry.db.keys import Keyring
from registry.paths import STATIC, TEMPLATES
from registry.web import borders, errors, forms, headers, hosts, i18n, limits, rendering, statics
from registry.web import database as web_database

# Larger bodies are refused before they are read; a workbook of people stays well below.
MAX_BODY_BYTES = 16 * 1024 * 1024
MAX_FORM_MEMORY_BYTES = 2 * 1024 * 1024
MAX_FORM_PARTS = 2_000


def create_app(settings: Settings, database: Database | None = None) -> Flask:
    """Build the web application. Raises Misconfigured for unsafe settings."""
    check_settings(settings)
    app = Flask("registry", template_folder=str(TEMPLATES), static_folder=str(STATIC))
    _configure(app, settings)
    limits.install(app, settings.proxies)
    hosts.install(app, settings.trusted_hosts)
    i18n.install(app)
    borders.install(app)
    web_database.install(app, database or open_database(settings.database_url, Keyring(settings.field_keys)))
    forms.install(app)
    headers.install(app, is_https=settings.is_https)
    statics.install(app)
    rendering.install(app)
    errors.install(app)
    access.install(app, settings, SCOPES)
    _install_rooms(app)
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


def _install_rooms(app: Flask) -> None:
    """Register the blueprint of every furnished room: its `views.bp`."""
    for room in pkgutil.iter_modules(registry.__path__, "registry."):
        if room.ispkg and "views" in _modules_of(room.name):
            app.register_blueprint(importlib.import_module(f"{room.name}.views").bp)


def _modules_of(room: str) -> set[str]:
    return {module.name for module in pkgutil.iter_modules(importlib.import_module(room).__path__)}
