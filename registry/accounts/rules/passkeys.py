"""Passkeys: for which site they are made, what is kept of one, how long a question to one lasts. Pure."""

from dataclasses import dataclass
from datetime import timedelta
from ipaddress import ip_address
from urllib.parse import urlsplit

# A question is answered within so long, and once.
QUESTION_LASTS = timedelta(minutes=5)
MOST_PASSKEYS = 10


@dataclass(frozen=True)
class Site:
    """For whom a passkey is made: the host (`rp_id`), the address pages come from, the name that is shown."""

    host: str
    origin: str
    name: str


@dataclass(frozen=True)
class NewPasskey:
    """What is kept of a passkey: its id (base64url), the public key, the counter."""

    credential_id: str
    public_key: bytes
    sign_count: int


def site_of(public_url: str, name: str) -> Site | None:
    """The site of a public address; None where browsers know no passkeys, which is under a bare IP address."""
    parts = urlsplit(public_url)
    host = parts.hostname or ""
    try:
        ip_address(host)
    except ValueError:
        return Site(host, f"{parts.scheme}://{parts.netloc}", name) if host else None
    return None
