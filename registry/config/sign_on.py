"""The service people may sign in with instead of a password of ours: an OpenID provider, as the environment names it."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from registry.config.refusal import Misconfigured

LOOPBACK_HOSTS = frozenset({"127.0.0.1", "localhost", "::1"})
# What we need to know of somebody → the claim of the ID token that says it.
USUAL_CLAIMS = {
    "subject": "sub",
    "email": "email",
    "verified": "email_verified",
    "name": "name",
    "assurance": "acr",
}
_PREFIX = "REGISTRY_SSO_"


@dataclass(frozen=True)
class SignOnSettings:
    """One OpenID provider.

    `claims` are pairs (what we need, the claim that says it); `strong` are the values of that assurance claim, or of
    `amr`, which mean that the provider itself asked for a second factor; `hosts` are further hosts, beside that of the
    issuer, whose addresses the provider may name for us to call.
    """

    issuer: str
    client_id: str
    client_secret: str = ""
    claims: tuple[tuple[str, str], ...] = tuple(USUAL_CLAIMS.items())
    roles: tuple[str, ...] = ("candidate",)
    strong: tuple[str, ...] = ()
    label: str = ""
    label_en: str = ""
    hosts: tuple[str, ...] = ()

    def claim(self, what: str) -> str:
        """The name of the claim that says this of somebody."""
        return dict(self.claims)[what]

    def may_call(self, address: str) -> bool:
        """Whether this is an address of the provider: https (http on loopback alone), and one of its hosts."""
        return is_safe_address(address) and (
            _origin(address) == _origin(self.issuer) or urlsplit(address).netloc.lower() in self.hosts
        )


def sign_on_of(env: Mapping[str, str]) -> SignOnSettings | None:
    """The provider the environment names; None without an issuer. Raises Misconfigured."""
    issuer = (env.get(f"{_PREFIX}ISSUER") or "").strip()
    if not issuer:
        return None
    return SignOnSettings(
        issuer=issuer,
        client_id=(env.get(f"{_PREFIX}CLIENT_ID") or "").strip(),
        client_secret=env.get(f"{_PREFIX}CLIENT_SECRET") or "",
        claims=_claims(env.get(f"{_PREFIX}CLAIMS") or ""),
        roles=_words(env.get(f"{_PREFIX}ROLES") or "candidate"),
        strong=_words(env.get(f"{_PREFIX}STRONG") or ""),
        label=(env.get(f"{_PREFIX}LABEL") or "").strip(),
        label_en=(env.get(f"{_PREFIX}LABEL_EN") or "").strip(),
        hosts=tuple(host.lower() for host in _words(env.get(f"{_PREFIX}HOSTS") or "")),
    )


def check_sign_on(settings: SignOnSettings) -> None:
    """Refuse to start with a provider that could not be trusted; see Misconfigured."""
    if not is_safe_address(settings.issuer) or urlsplit(settings.issuer).query:
        raise Misconfigured(
            "REGISTRY_SSO_ISSUER must be an https address without a query (http on loopback only)"
        )
    if not settings.client_id:
        raise Misconfigured("REGISTRY_SSO_ISSUER needs REGISTRY_SSO_CLIENT_ID")
    if not (settings.label.isprintable() and settings.label_en.isprintable()):
        raise Misconfigured("REGISTRY_SSO_LABEL must be one printable line")


def is_safe_address(address: str) -> bool:
    """Whether an address is https, or http on this very machine, with a host and nobody's name in it."""
    try:
        parts = urlsplit(address)
        _ = parts.port
    except ValueError:
        return False
    is_plain_loopback = parts.scheme == "http" and (parts.hostname or "") in LOOPBACK_HOSTS
    has_place = bool(parts.hostname) and parts.username is None and not parts.fragment
    return has_place and (parts.scheme == "https" or is_plain_loopback)


def _origin(address: str) -> tuple[str, str | None, int | None]:
    parts = urlsplit(address)
    return parts.scheme, parts.hostname, parts.port


def _words(value: str) -> tuple[str, ...]:
    return tuple(word for word in value.replace(",", " ").split() if word)


def _claims(value: str) -> tuple[tuple[str, str], ...]:
    """`email=mail,verified=mail_ok`; what is not said keeps its usual claim."""
    said = dict(USUAL_CLAIMS)
    for word in _words(value):
        what, is_pair, claim = word.partition("=")
        if not is_pair or not claim or what not in USUAL_CLAIMS:
            raise Misconfigured(
                f"REGISTRY_SSO_CLAIMS is pairs like email=mail; known are {', '.join(USUAL_CLAIMS)}"
            )
        said[what] = claim
    return tuple(said.items())
