"""`registry serve`: the web server of one machine (waitress; static files come from the app)."""

import argparse
import errno
import gc
import socket
from contextlib import suppress
from threading import Timer
from typing import Any

from sqlalchemy.exc import SQLAlchemyError

from registry.app.factory import create_app
from registry.cli.backup import put_into_service
from registry.cli.context import CommandRefused, say
from registry.cli.database import upgrade_installation
from registry.cli.demo import offer_demonstration
from registry.config import MOST_PROCESSES, Settings, load_settings
from registry.db import Database, open_database
from registry.db.keys import Keyring
from registry.jobs.beside import start_beside
from registry.places.queries import gazetteer
from registry.skills.queries import similarity_of, vocabulary
from registry.web.logs import configure_logs
from registry.web.processes import CAN_FORK, MOST_BY_ITSELF, usual_count
from registry.web.server import listening, serve_app

_SETTLE_SECONDS = 3.0
_OBJECTS_BEFORE_COLLECTING = 10_000


def add_parser(commands: Any) -> None:
    """Add `serve`."""
    parser = commands.add_parser("serve", help="chạy máy chủ web")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument(
        "--processes",
        type=_count,
        metavar="N",
        help=f"số tiến trình phục vụ trang (mặc định: bằng số bộ xử lý, nhiều nhất {MOST_BY_ITSELF})",
    )
    parser.add_argument("--upgrade", action="store_true", help="nâng cấp cơ sở dữ liệu trước")
    parser.add_argument("--demo", action="store_true", help="nạp dữ liệu minh họa nếu cơ sở dữ liệu trống")
    parser.add_argument("--with-worker", action="store_true", help="chạy kèm tiến trình việc nền")
    parser.set_defaults(run=serve)


def _count(text: str) -> int:
    if not (text.isascii() and text.isdigit() and 0 < int(text) <= MOST_PROCESSES):
        raise argparse.ArgumentTypeError(f"từ 1 đến {MOST_PROCESSES}")
    return int(text)


def serve(arguments: argparse.Namespace) -> int:
    """Serve until stopped."""
    settings = load_settings()
    count = _processes(arguments, settings)
    # Before anything is changed: another server may be at work on the same database.
    sockets = _listening(arguments.host, arguments.port)
    configure_logs()
    database = open_database(settings.database_url, Keyring(settings.field_keys), settings.data_dir)
    if arguments.upgrade:
        upgrade_installation(database)
    if arguments.demo:
        offer_demonstration(database)
    put_into_service(database, settings.data_dir)
    app = create_app(settings, database)
    database.dispose()  # no connection may be shared by processes
    say(f"Mở trình duyệt tại http://{arguments.host}:{arguments.port}/ (dừng bằng Ctrl+C)")
    serve_app(
        app,
        sockets,
        count=count,
        proxies=settings.proxies,
        began=lambda: _settle_soon(database),
        started=lambda: arguments.with_worker and start_beside(settings),
    )
    return 0


def _processes(arguments: argparse.Namespace, settings: Settings) -> int:
    count = arguments.processes or settings.processes or usual_count()
    if count > 1 and not CAN_FORK:
        raise CommandRefused("Hệ điều hành này chỉ cho chạy một tiến trình: dùng --processes 1.")
    return count


def _listening(host: str, port: int) -> list[socket.socket]:
    try:
        return listening(host, port)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise CommandRefused(
                f"Cổng {port} của {host} đang có chương trình khác dùng: dừng chương trình đó hoặc chọn --port khác."
            ) from error
        raise CommandRefused(f"Không mở được cổng {port} của {host}: {error.strerror}.") from error


def _settle_soon(database: Database) -> None:
    # A moment later and beside the server: the first page does not wait for it, nor share the processor with it.
    settling = Timer(_SETTLE_SECONDS, _settle, (database,))
    settling.daemon = True
    settling.start()


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
