"""`registry serve`: the web server of one machine (waitress; static files come from the app)."""

import argparse
import gc
import logging
from contextlib import suppress
from threading import Timer
from typing import Any

import waitress
from sqlalchemy.exc import SQLAlchemyError

from registry.app.factory import create_app
from registry.cli.context import say
from registry.cli.database import upgrade_installation
from registry.cli.demo import offer_demonstration
from registry.config import load_settings
from registry.db import Database, open_database
from registry.db.keys import Keyring
from registry.jobs.beside import start_beside
from registry.places.queries import gazetteer
from registry.skills.queries import similarity_of, vocabulary
from registry.web.lanes import TwoLanes, lanes_for
from registry.web.logs import configure_logs

_THREADS = 8
_SETTLE_SECONDS = 3.0
_OBJECTS_BEFORE_COLLECTING = 10_000


def add_parser(commands: Any) -> None:
    """Add `serve`."""
    parser = commands.add_parser("serve", help="chạy máy chủ web")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--upgrade", action="store_true", help="nâng cấp cơ sở dữ liệu trước")
    parser.add_argument("--demo", action="store_true", help="nạp dữ liệu minh họa nếu cơ sở dữ liệu trống")
    parser.add_argument("--with-worker", action="store_true", help="chạy kèm tiến trình việc nền")
    parser.set_defaults(run=serve)


def serve(arguments: argparse.Namespace) -> int:
    """Serve until stopped."""
    logging.basicConfig(level=logging.WARNING, format="%(message)s")
    configure_logs()
    settings = load_settings()
    database = open_database(settings.database_url, Keyring(settings.field_keys), settings.data_dir)
    if arguments.upgrade:
        upgrade_installation(database)
    if arguments.demo:
        offer_demonstration(database)
    if arguments.with_worker:
        start_beside(settings)
    say(f"Mở trình duyệt tại http://{arguments.host}:{arguments.port}/ (dừng bằng Ctrl+C)")
    app = create_app(settings, database)
    # A moment later and beside the server: the first page does not wait for it, nor share the processor with it.
    settling = Timer(_SETTLE_SECONDS, _settle, (database,))
    settling.daemon = True
    settling.start()
    server: Any = waitress  # its stubs leave out what follows
    server.create_server(
        app,
        _dispatcher=TwoLanes(lanes_for(app), _THREADS),
        host=arguments.host,
        port=arguments.port,
        ident=None,
        # The app itself believes as many forwarded addresses as there are proxies; without one, none arrives.
        clear_untrusted_proxy_headers=settings.proxies == 0,
    ).run()
    return 0


def _settle(database: Database) -> None:
    """Read what stays in memory, then hide it from the collector: to go through all of it stops every thread."""
    with suppress(SQLAlchemyError), database.read_session() as session:
        vocabulary(session)
        similarity_of(session)
        gazetteer(session)
    gc.collect()
    gc.freeze()
    # A page leaves little behind in cycles; to look for it at every seven hundred objects took 0.3 ms of ten.
    gc.set_threshold(_OBJECTS_BEFORE_COLLECTING, 10, 10)
