"""WebAuthn: what the browser is asked and whether its answer is right. Pure.

The library loads OpenSSL a second time, which takes longer than all of this room: only what asks loads this module.
"""

import webauthn
from webauthn.helpers import base64url_to_bytes, bytes_to_base64url, parse_authentication_credential_json
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from registry.accounts.rules.passkeys import NewPasskey, Site

_LONGEST_ANSWER = 20_000
# Whatever a browser sends: what cannot be read is wrong, not an error of ours.
_UNREADABLE = (WebAuthnException, ValueError, KeyError, TypeError, AttributeError)


def question_for_new(site: Site, challenge: str, account: tuple[str, str, str], known: list[str]) -> str:
    """JSON for `navigator.credentials.create`. `account` is (public id, address, name); `known` are ids it has."""
    public_id, email, name = account
    options = webauthn.generate_registration_options(
        rp_id=site.host,
        rp_name=site.name,
        user_id=public_id.encode("ascii"),
        user_name=email,
        user_display_name=name,
        challenge=base64url_to_bytes(challenge),
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.REQUIRED,
            user_verification=UserVerificationRequirement.REQUIRED,
        ),
        exclude_credentials=[PublicKeyCredentialDescriptor(id=base64url_to_bytes(one)) for one in known],
    )
    return webauthn.options_to_json(options)


def question_for_sign_in(site: Site, challenge: str) -> str:
    """JSON for `navigator.credentials.get`. No account is named: the passkey itself says whose it is."""
    options = webauthn.generate_authentication_options(
        rp_id=site.host,
        challenge=base64url_to_bytes(challenge),
        user_verification=UserVerificationRequirement.REQUIRED,
    )
    return webauthn.options_to_json(options)


def new_passkey(site: Site, challenge: str, answer: str) -> NewPasskey | None:
    """The passkey that the browser made; None when the answer is not right."""
    try:
        made = webauthn.verify_registration_response(
            credential=answer[:_LONGEST_ANSWER],
            expected_challenge=base64url_to_bytes(challenge),
            expected_rp_id=site.host,
            expected_origin=site.origin,
            require_user_verification=True,
        )
    except _UNREADABLE:
        return None
    return NewPasskey(bytes_to_base64url(made.credential_id), made.credential_public_key, made.sign_count)


def passkey_named_in(answer: str) -> str:
    """The id of the passkey that signed the answer; "" when it cannot be read."""
    try:
        return bytes_to_base64url(parse_authentication_credential_json(answer[:_LONGEST_ANSWER]).raw_id)
    except _UNREADABLE:
        return ""


def new_sign_count(site: Site, challenge: str, answer: str, known: NewPasskey) -> int | None:
    """The counter after a right answer; None when it is not right, or when the counter went back (a copy)."""
    try:
        proved = webauthn.verify_authentication_response(
            credential=answer[:_LONGEST_ANSWER],
            expected_challenge=base64url_to_bytes(challenge),
            expected_rp_id=site.host,
            expected_origin=site.origin,
            credential_public_key=known.public_key,
            credential_current_sign_count=known.sign_count,
            require_user_verification=True,
        )
    except _UNREADABLE:
        return None
    return proved.new_sign_count
