"""Settings from the environment. Read once at start, then passed on; nothing else reads `os.environ`."""

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

LOOPBACK_HOSTS = frozenset({"127.0.0.1", "localhost", "::1"})


class Misconfigured(Exception):
    """The environment asks for something unsafe or impossible; the message says how to mend it."""


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

    @property
    def is_https(self) -> bool:
        return urlsplit(self.public_url).scheme == "https"

    @property
    def is_loopback(self) -> bool:
        return (urlsplit(self.public_url).hostname or "") in LOOPBACK_HOSTS


def load_settings(environ: Mapping[str, str] | None = None) -> Settings:
    """Read the settings; keys nobody set are generated once into the data directory.

    Raises Misconfigured when the public address is neither https nor a loopback address, or when rate
    limits are switched off anywhere but on a loopback address.
    """
    env = os.environ if environ is None else environ
    data_dir = Path(env.get("REGISTRY_DATA_DIR") or ".data").expanduser().resolve()
    data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
    settings = Settings(
        database_url=env.get("REGISTRY_DATABASE_URL") or f"sqlite:///{data_dir / 'registry.sqlite3'}",
        data_dir=data_dir,
        secret_key=env.get("REGISTRY_SECRET_KEY") or _kept_key(data_dir / "secret_key"),
        field_keys=_field_keys(env.get("REGISTRY_FIELD_KEYS"), data_dir),
        public_url=env.get("REGISTRY_PUBLIC_URL") or "http://127.0.0.1:8000",
        rate_limits=env.get("REGISTRY_RATE_LIMITS", "on").lower() != "off",
    )
    check_settings(settings)
    return settings


def check_settings(settings: Settings) -> None:
    """Refuse to start on a combination that would expose people; see Misconfigured."""
    if not settings.is_https and not settings.is_loopback:
        raise Misconfigured("REGISTRY_PUBLIC_URL must be https unless it is a loopback address (http://127.0.0.1:…)")
    if not settings.rate_limits and not settings.is_loopback:
        raise Misconfigured("REGISTRY_RATE_LIMITS=off is allowed on a loopback address only")
    if len(settings.secret_key) < 32:
        raise Misconfigured("REGISTRY_SECRET_KEY must have at least 32 characters")
    if any(len(key) < 32 for key in settings.field_keys):
        raise Misconfigured("each key of REGISTRY_FIELD_KEYS must have at least 32 characters")


def _field_keys(value: str | None, data_dir: Path) -> tuple[str, ...]:
    if value:
        return tuple(key.strip() for key in value.split(",") if key.strip())
    return (_kept_key(data_dir / "field_keys"),)


def _kept_key(path: Path) -> str:
    """The key in this file; made and kept, readable by the owner only, when there is none."""
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text(encoding="ascii").strip()
    key = secrets.token_urlsafe(48)
    with os.fdopen(descriptor, "w", encoding="ascii") as stream:
        stream.write(key + "\n")
    return key
