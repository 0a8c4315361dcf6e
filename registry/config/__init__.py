"""Settings from the environment. Read once at start, then passed on; nothing else reads `os.environ`."""

import os
import secrets
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from registry.config.mail import MailServer, check_mail, mail_server_of, quiet_hours_of
from registry.config.refusal import Misconfigured
from registry.config.sign_on import LOOPBACK_HOSTS, SignOnSettings, check_sign_on, sign_on_of

__all__ = [
    "LOOPBACK_HOSTS",
    "MOST_PROCESSES",
    "SHORTEST_KEY",
    "MailServer",
    "Misconfigured",
    "Settings",
    "SignOnSettings",
    "check_settings",
    "load_settings",
]

MOST_PROCESSES = 64
SHORTEST_KEY = 32
"""Characters a key must have."""
LONGEST_SMTP_SECONDS = 30
"""Well below the lease of a letter."""


@dataclass(frozen=True)
class Settings:
    """Everything an installation decides.

    `field_keys` are the keys that encrypt fields and key the hashes, current first; they are kept
    apart from `secret_key`, which only signs cookies and forms.
    """

    database_url: str
    data_dir: Path
    secret_key: str
    field_keys: tuple[str, ...]
    public_url: str
    rate_limits: bool = True
    testing: bool = False
    # Cost of one password check (argon2id, RFC 9106): memory in KiB, passes over it, lanes.
    password_memory_kib: int = 65_536
    password_passes: int = 3
    password_lanes: int = 4
    # How many reverse proxies stand in front; exactly so many addresses of X-Forwarded-For are believed.
    proxies: int = 0
    # How many processes serve pages; None leaves it to the number of processors.
    processes: int | None = None
    # The server for outgoing letters; without one they are written into the data directory.
    smtp_url: str = ""
    # Who letters come from: an address, or «Name <address>».
    mail_from: str = "registry@localhost"
    # The longest a mail server may take over one letter, in seconds.
    smtp_seconds: int = 25
    # How many letters a minute all workers together may hand over; 0 is as many as there are.
    mail_per_minute: int = 0
    # When letters in bulk rest, by the clock of whoever they go to; empty for never.
    mail_quiet: str = "21:00-07:00"
    # The OpenID provider people may sign in with; None without one.
    sign_on: SignOnSettings | None = None
    # What backups are encrypted with; empty leaves them readable.
    backup_key: str = ""

    @property
    def mail_server(self) -> MailServer | None:
        """The server of `smtp_url`; None without one. Raises Misconfigured for an address that is none."""
        return mail_server_of(self.smtp_url) if self.smtp_url else None

    @property
    def public_host(self) -> str:
        """The host name people reach the product by."""
        return urlsplit(self.public_url).hostname or "localhost"

    @property
    def is_https(self) -> bool:
        return urlsplit(self.public_url).scheme == "https"

    @property
    def is_loopback(self) -> bool:
        return (urlsplit(self.public_url).hostname or "") in LOOPBACK_HOSTS

    @property
    def has_strong_passwords(self) -> bool:
        """At least the smallest cost that OWASP's password storage cheat sheet names for argon2id."""
        enough = self.password_memory_kib >= 19_456 and self.password_passes >= 2 and self.password_lanes >= 1
        return enough or (self.password_memory_kib >= 47_104 and self.password_passes >= 1)

    @property
    def trusted_hosts(self) -> list[str]:
        """The host names the product answers to, ports aside: its public one, or any name of this machine."""
        return sorted(LOOPBACK_HOSTS) if self.is_loopback else [urlsplit(self.public_url).hostname or ""]


def load_settings(environ: Mapping[str, str] | None = None) -> Settings:
    """Read the settings; keys nobody set are generated once into the data directory.

    Raises Misconfigured when the public address is neither https nor a loopback address, or when rate
    limits are switched off anywhere but on a loopback address.
    """
    env = os.environ if environ is None else environ
    data_dir = Path(env.get("REGISTRY_DATA_DIR") or ".data").expanduser().resolve()
    data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
    memory_kib, passes, lanes = _password_cost(env.get("REGISTRY_PASSWORD_COST") or "65536,3,4")
    settings = Settings(
        database_url=env.get("REGISTRY_DATABASE_URL") or f"sqlite:///{data_dir / 'registry.sqlite3'}",
        data_dir=data_dir,
        secret_key=env.get("REGISTRY_SECRET_KEY") or _kept_key(data_dir / "secret_key"),
        field_keys=_field_keys(env.get("REGISTRY_FIELD_KEYS"), data_dir),
        public_url=env.get("REGISTRY_PUBLIC_URL") or "http://127.0.0.1:8000",
        rate_limits=env.get("REGISTRY_RATE_LIMITS", "on").lower() != "off",
        proxies=_whole_number(env.get("REGISTRY_PROXIES") or "0", "REGISTRY_PROXIES"),
        processes=_processes(env.get("REGISTRY_PROCESSES")),
        smtp_url=env.get("REGISTRY_SMTP_URL") or "",
        mail_from=env.get("REGISTRY_MAIL_FROM") or Settings.mail_from,
        smtp_seconds=_whole_number(env.get("REGISTRY_SMTP_SECONDS") or "25", "REGISTRY_SMTP_SECONDS"),
        mail_per_minute=_whole_number(env.get("REGISTRY_MAIL_PER_MINUTE") or "0", "REGISTRY_MAIL_PER_MINUTE"),
        mail_quiet=env.get("REGISTRY_MAIL_QUIET", Settings.mail_quiet).strip(),
        password_memory_kib=memory_kib,
        password_passes=passes,
        password_lanes=lanes,
        sign_on=sign_on_of(env),
        backup_key=(env.get("REGISTRY_BACKUP_KEY") or "").strip(),
    )
    check_settings(settings)
    return settings


def check_settings(settings: Settings) -> None:
    """Refuse to start on a combination that would expose people; see Misconfigured."""
    _check_address(settings)
    check_mail(settings.mail_from, settings.mail_server, is_usual=settings.mail_from == Settings.mail_from)
    _check_pace(settings)
    if settings.sign_on is not None:
        check_sign_on(settings.sign_on)
    _check_keys(settings)
    if not settings.testing and not settings.has_strong_passwords:
        raise Misconfigured(
            "REGISTRY_PASSWORD_COST must be at least 19456,2,1 (memory in KiB, passes, lanes)"
        )


def _check_pace(settings: Settings) -> None:
    if not 1 <= settings.smtp_seconds <= LONGEST_SMTP_SECONDS:
        raise Misconfigured(f"REGISTRY_SMTP_SECONDS must be from 1 to {LONGEST_SMTP_SECONDS}")
    quiet_hours_of(settings.mail_quiet)


def _check_keys(settings: Settings) -> None:
    if len(settings.secret_key) < SHORTEST_KEY:
        raise Misconfigured(f"REGISTRY_SECRET_KEY must have at least {SHORTEST_KEY} characters")
    if not settings.field_keys or any(len(key) < SHORTEST_KEY for key in settings.field_keys):
        raise Misconfigured(f"each key of REGISTRY_FIELD_KEYS must have at least {SHORTEST_KEY} characters")
    if settings.secret_key in settings.field_keys:
        raise Misconfigured("REGISTRY_SECRET_KEY must not be one of REGISTRY_FIELD_KEYS")
    if not settings.backup_key:
        return
    if len(settings.backup_key) < SHORTEST_KEY:
        raise Misconfigured(f"REGISTRY_BACKUP_KEY must have at least {SHORTEST_KEY} characters")
    if settings.backup_key in (settings.secret_key, *settings.field_keys):
        raise Misconfigured("REGISTRY_BACKUP_KEY must not be another key of the installation")


def _check_address(settings: Settings) -> None:
    is_plain_loopback = urlsplit(settings.public_url).scheme == "http" and settings.is_loopback
    if not settings.is_https and not is_plain_loopback:
        raise Misconfigured(
            "REGISTRY_PUBLIC_URL must be https unless it is a loopback address (http://127.0.0.1:…)"
        )
    if not settings.rate_limits and not settings.is_loopback:
        raise Misconfigured("REGISTRY_RATE_LIMITS=off is allowed on a loopback address only")


def _field_keys(value: str | None, data_dir: Path) -> tuple[str, ...]:
    if value:
        return tuple(key.strip() for key in value.split(",") if key.strip())
    return (_kept_key(data_dir / "field_keys"),)


def _whole_number(value: str, name: str) -> int:
    if not (value.isascii() and value.isdigit() and len(value) < 9):
        raise Misconfigured(f"{name} must be a whole number")
    return int(value)


def _processes(value: str | None) -> int | None:
    if not value:
        return None
    count = _whole_number(value, "REGISTRY_PROCESSES")
    if not 1 <= count <= MOST_PROCESSES:
        raise Misconfigured(f"REGISTRY_PROCESSES must be from 1 to {MOST_PROCESSES}")
    return count


def _password_cost(value: str) -> tuple[int, int, int]:
    """The three numbers of REGISTRY_PASSWORD_COST."""
    parts = [_whole_number(part.strip(), "REGISTRY_PASSWORD_COST") for part in value.split(",")]
    if len(parts) != 3:
        raise Misconfigured("REGISTRY_PASSWORD_COST is three numbers: memory in KiB, passes, lanes")
    return parts[0], parts[1], parts[2]


def _kept_key(path: Path) -> str:
    """The key in this file; made and kept, readable by the owner only, when there is none.

    It is written aside and then linked, so that a second process never reads half a key.
    """
    if not path.exists():
        aside = path.with_name(f"{path.name}.{os.getpid()}")
        descriptor = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="ascii") as stream:
            stream.write(secrets.token_urlsafe(48) + "\n")
        with suppress(FileExistsError):
            os.link(aside, path)
        aside.unlink()
    return path.read_text(encoding="ascii").strip()
