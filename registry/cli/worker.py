"""`registry worker`: runs the jobs of this installation until it is stopped."""

import argparse
from threading import Event, Thread
from typing import Any

from registry.app.handlers import look_for_work
from registry.app.posting import keep_posting
from registry.cli.backup import put_into_service
from registry.cli.context import say
from registry.config import load_settings
from registry.db import open_database
from registry.db.keys import Keyring
from registry.jobs.waking import run_worker
from registry.web.logs import configure_logs


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
        else:
            stopped = Event()
            Thread(target=keep_posting, args=(database, settings, stopped), daemon=True).start()
            run_worker(
                settings.data_dir,
                lambda: look_for_work(database, settings),
                until_parent_ends=arguments.until_parent_ends,
            )
            stopped.set()
    finally:
        database.dispose()
    return 0
