"""The signature of an ID token, checked with the keys its provider publishes. Pure, and costly to load.

Only signatures with a private key are taken: neither unsigned tokens nor those signed with a shared secret, which a
public key of the provider would be if we let it.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from joserfc import jws, jwt
from joserfc.errors import JoseError
from joserfc.jwk import ECKey, OKPKey, RSAKey

from registry.accounts.rules.sign_on import NotTrusted

ALGORITHMS = ("RS256", "PS256", "ES256", "ES384", "EdDSA")
_KINDS: Mapping[str, Any] = {"RSA": RSAKey, "EC": ECKey, "OKP": OKPKey}
_OF_ALGORITHM = {"RS256": "RSA", "PS256": "RSA", "ES256": "EC", "ES384": "EC", "EdDSA": "OKP"}
_LONGEST = 32_768
_SMALLEST_RSA_BITS = 2_048


class KeyUnknown(NotTrusted):
    """The provider signed with a key we have not seen: it may have changed its keys."""


def claims_of(token: str, keys: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """The claims of a token that one of these keys (JWK) signed. Raises NotTrusted, KeyUnknown for another key."""
    if len(token) > _LONGEST:
        raise NotTrusted("too_long")
    header = _header(token)
    algorithm = header.get("alg")
    if algorithm not in ALGORITHMS:
        raise NotTrusted("algorithm")
    key = _key(keys, header.get("kid"), str(algorithm))
    try:
        return dict(jwt.decode(token, key, algorithms=[str(algorithm)]).claims)
    except (JoseError, ValueError, TypeError) as error:
        raise NotTrusted("signature") from error


def _header(token: str) -> Mapping[str, Any]:
    try:
        return jws.extract_compact(token.encode("ascii")).headers()
    except (JoseError, ValueError, TypeError, AttributeError) as error:
        raise NotTrusted("form") from error


def _key(keys: Iterable[Mapping[str, Any]], kid: Any, algorithm: str) -> Any:
    kind = _OF_ALGORITHM[algorithm]
    fitting = [
        key
        for key in keys
        if key.get("kty") == kind
        and key.get("use", "sig") == "sig"
        and key.get("alg", algorithm) == algorithm
        and (kid is None or key.get("kid") == kid)
    ]
    if len(fitting) != 1:
        raise KeyUnknown("key")
    try:
        public = {name: value for name, value in fitting[0].items() if name not in {"d", "p", "q", "key_ops"}}
        key = _KINDS[kind].import_key(public)
        is_weak = kind == "RSA" and key.public_key.key_size < _SMALLEST_RSA_BITS
    except (JoseError, ValueError, TypeError, KeyError) as error:
        raise NotTrusted("key_form") from error
    if is_weak:
        raise NotTrusted("key_weak")
    return key
