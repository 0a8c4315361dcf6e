"""How an installation sends letters: through which server, in whose name, when bulk rests. As the environment says it."""

from dataclasses import dataclass
from datetime import time
from email.errors import HeaderParseError
from email.headerregistry import Address
from email.utils import parseaddr
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit

from registry.config.refusal import Misconfigured
from registry.config.sign_on import LOOPBACK_HOSTS


def _clock(words: str) -> time:
    found = time.fromisoformat(words.strip())
    if found.tzinfo is not None:
        raise ValueError
    return found


@dataclass(frozen=True)
class MailServer:
    """The server that takes outgoing letters, as REGISTRY_SMTP_URL names it."""

    host: str
    port: int
    user: str
    password: str
    is_tls: bool
    starts_tls: bool


def quiet_hours_of(words: str) -> tuple[time, time] | None:
    """«21:00-07:00» as the two times of day; None for empty. Raises Misconfigured."""
    if not words:
        return None
    starts, _dash, ends = words.partition("-")
    try:
        return _clock(starts), _clock(ends)
    except ValueError as error:
        raise Misconfigured("REGISTRY_MAIL_QUIET is two times like 21:00-07:00, or empty") from error


def check_mail(sender: str, server: MailServer | None, *, is_usual: bool) -> None:
    """Refuse a sender no header takes, and a server letters or its password would not be safe with; see Misconfigured.

    `is_usual` when nobody named a sender.
    """
    address = parseaddr(sender)[1]
    try:
        found = Address(addr_spec=address)
    except (ValueError, IndexError, HeaderParseError) as error:
        raise Misconfigured("REGISTRY_MAIL_FROM must be an address, or «Name <address>»") from error
    if not (found.username and found.domain) or not sender.isprintable():
        raise Misconfigured("REGISTRY_MAIL_FROM must be an address, or «Name <address>»")
    if server is None:
        return
    if is_usual:
        raise Misconfigured("REGISTRY_SMTP_URL needs REGISTRY_MAIL_FROM: whom letters come from")
    if not (server.user + server.password).isascii():
        raise Misconfigured("REGISTRY_SMTP_URL: user and password must be ASCII, as SMTP has them")
    is_open = not (server.is_tls or server.starts_tls)
    if server.password and is_open and server.host not in LOOPBACK_HOSTS:
        raise Misconfigured(
            "REGISTRY_SMTP_URL would send its password in the clear: use smtps:// or add ?starttls"
        )


_MAIL_PORTS = {"smtp": 25, "smtps": 465}


def mail_server_of(url: str) -> MailServer:
    """smtp://user:password@host:port?starttls or smtps://…; the parts may be percent-encoded."""
    parts = urlsplit(url)
    return MailServer(
        host=parts.hostname or "",
        port=_mail_port(parts),
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        is_tls=parts.scheme == "smtps",
        starts_tls="starttls" in parse_qs(parts.query, keep_blank_values=True),
    )


def _mail_port(parts: SplitResult) -> int:
    # The address itself is not repeated: it holds a password.
    try:
        port = parts.port
    except ValueError as error:
        raise Misconfigured("REGISTRY_SMTP_URL has a port that is no number") from error
    if parts.scheme not in _MAIL_PORTS or not parts.hostname:
        raise Misconfigured("REGISTRY_SMTP_URL must be smtp://host:port or smtps://host:port")
    return port or _MAIL_PORTS[parts.scheme]
