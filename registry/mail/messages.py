"""A letter as mail programs want it: headers nobody can add to, plain text, the same Message-ID at every try."""

from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr

from registry.mail.letters import Written
from registry.mail.rules import one_line


def message_of(
    written: Written, *, public_id: str, sender: str, to: str, language: str, made_at: datetime
) -> EmailMessage:
    """The message. The library refuses line ends in headers; what we put there is one line already."""
    name, address = parseaddr(sender)
    local, _at, domain = address.rpartition("@")
    message = EmailMessage(policy=SMTP)
    message["From"] = Address(one_line(name), local, domain)
    message["To"] = Address(addr_spec=one_line(to))
    message["Subject"] = one_line(written.subject)
    message["Date"] = format_datetime(made_at)
    message["Message-ID"] = f"<{public_id}@{domain}>"
    message["Auto-Submitted"] = "auto-generated"  # RFC 3834: no holiday notice shall answer
    message["X-Auto-Response-Suppress"] = "All"
    message.set_content(written.body, charset="utf-8", cte="quoted-printable")
    message["Content-Language"] = language  # after the content, which takes such headers away
    return message
