"""`registry worker`: runs the jobs of this installation until it is stopped."""

import argparse
from threading import Event, Thread
from typing import Any

from registry.app.handlers import look_for_work
from registry.app.posting import keep_posting, post_now
from registry.cli.backup import put_into_service
from registry.cli.context import say
from registry.config import Settings, load_settings
from registry.db import Database, open_database
from registry.db.keys import Keyring
from registry.jobs.waking import run_worker
from registry.web.logs import configure_logs

# For keeping what the server said of the last letter.
_LAST_SECONDS = 5.0


def add_parser(commands: Any) -> None:
    """Add `worker`."""
    parser = commands.add_parser("worker", help="chạy các việc nền (nhập bảng tính, gửi thư…)")
    parser.add_argument("--once", action="store_true", help="chạy hết các việc đang chờ rồi dừng")
    parser.add_argument("--until-parent-ends", action="store_true", help=argparse.SUPPRESS)
    parser.set_defaults(run=work)


def work(arguments: argparse.Namespace) -> int:
    """Run what is due, then wait for more; with `--once` stop when nothing is left."""
    configure_logs()
    settings = load_settings()
    database = open_database(settings.database_url, Keyring(settings.field_keys), settings.data_dir)
    try:
        put_into_service(database, settings.data_dir)
        if arguments.once:
            say(f"Đã chạy {look_for_work(database, settings)} việc.")
            post_now(database, settings)
        else:
            _keep_working(database, settings, until_parent_ends=arguments.until_parent_ends)
    finally:
        database.dispose()
    return 0


def _keep_working(database: Database, settings: Settings, *, until_parent_ends: bool) -> None:
    """Letters in a thread of their own, all other work as the engine of this database wakes it."""
    stopped = Event()
    posting = Thread(target=keep_posting, args=(database, settings, stopped), daemon=True, name="letters")
    posting.start()
    run_worker(settings, lambda: look_for_work(database, settings), until_parent_ends=until_parent_ends)
    stopped.set()
    posting.join(settings.smtp_seconds + _LAST_SECONDS)
