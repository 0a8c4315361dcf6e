"""A letter as mail programs want it: headers nobody can add to, plain text, the same Message-ID at every try."""

from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP, EmailPolicy
from email.utils import format_datetime, parseaddr

from registry.mail.letters import Written
from registry.mail.rules import one_line


class _Policy(EmailPolicy):
    """SMTP's, but addresses of pages stay whole: the library would encode a long one as if it were words."""

    _WHOLE = frozenset({"list-unsubscribe"})

    def fold(self, name: str, value: str) -> str:
        """A header as text."""
        return self._whole(name, value) or super().fold(name, value)

    def fold_binary(self, name: str, value: str) -> bytes:
        """A header as bytes."""
        whole = self._whole(name, value)
        return whole.encode("ascii") if whole else super().fold_binary(name, value)

    def _whole(self, name: str, value: str) -> str:
        return f"{name}: {value}{self.linesep}" if name.lower() in self._WHOLE else ""


_POLICY = _Policy(linesep=SMTP.linesep, raise_on_defect=SMTP.raise_on_defect)


def message_of(
    written: Written,
    *,
    public_id: str,
    sender: str,
    to: str,
    language: str,
    made_at: datetime,
    unsubscribe: str = "",
) -> EmailMessage:
    """The message. The library refuses line ends in headers; what we put there is one line already.

    With `unsubscribe` a mail program shows a button that stops such letters: it posts there (RFC 8058), or opens it
    (RFC 2369).
    """
    name, address = parseaddr(sender)
    local, _at, domain = address.rpartition("@")
    message = EmailMessage(policy=_POLICY)
    message["From"] = Address(one_line(name), local, domain)
    message["To"] = Address(addr_spec=one_line(to))
    message["Subject"] = one_line(written.subject)
    message["Date"] = format_datetime(made_at)
    message["Message-ID"] = f"<{public_id}@{domain}>"
    message["Auto-Submitted"] = "auto-generated"  # RFC 3834: no holiday notice shall answer
    message["X-Auto-Response-Suppress"] = "All"
    if unsubscribe:
        message["List-Unsubscribe"] = f"<{one_line(unsubscribe)}>"
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message.set_content(written.body, charset="utf-8", cte="quoted-printable")
    message["Content-Language"] = language  # after the content, which takes such headers away
    return message
