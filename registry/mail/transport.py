"""Where letters go: to an SMTP server, or into a folder when there is none. No database here."""

import os
import smtplib
import ssl
from email.message import EmailMessage
from email.utils import parseaddr
from pathlib import Path
from typing import Protocol

from registry.config import MailServer, Settings
from registry.mail.rules import Ending, Outcome, fault_of_code, refusal_of
from registry.mail.watching import Watch

# Below the lease of a letter: a server that hangs is given up before another worker takes the letter.
_SMTP_SECONDS = 25.0
# Servers end connections that bring too much; a new one costs less than a letter that is put off.
_LETTERS_PER_CONNECTION = 50
_SENT = Outcome(Ending.SENT)


class Transport(Protocol):
    """Takes letters one by one; `close` when there are no more."""

    def hand_over(self, message: EmailMessage, public_id: str) -> Outcome:
        """Hand one letter over; never raises for what a server or a disk does."""
        ...

    def close(self) -> None:
        """Let the server go."""
        ...


def transport_of(settings: Settings) -> Transport:
    """The transport this installation has."""
    server = settings.mail_server
    if server is None:
        return FolderTransport(mail_folder(settings.data_dir))
    return SmtpTransport(server, settings.public_host, float(settings.smtp_seconds))


def mail_folder(data_dir: Path) -> Path:
    """Where letters lie when no server takes them."""
    return data_dir / "mail"


class FolderTransport:
    """Writes each letter into a file of its own; handing it over twice leaves one file."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def hand_over(self, message: EmailMessage, public_id: str) -> Outcome:
        """Write the file aside, then put it in its place: it is there whole or not at all."""
        aside = self._folder / f".{public_id}.{os.getpid()}"
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._folder.chmod(0o700)
            descriptor = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            with os.fdopen(descriptor, "wb") as stream:
                stream.write(message.as_bytes())
                stream.flush()
                os.fsync(stream.fileno())
            aside.replace(self._folder / f"{public_id}.eml")
        except OSError:
            return Outcome(Ending.OFFICE_AWAY, "folder")
        return _SENT

    def close(self) -> None:
        """Nothing is held."""


class SmtpTransport:
    """One connection for many letters, opened at the first and again after a fault or many letters.

    Neither connecting nor a letter may take longer than `seconds`: a server that stalls holds up the other letters of
    this worker so long, and those of other workers not at all.
    """

    def __init__(self, server: MailServer, own_name: str, seconds: float | None = None) -> None:
        self._server = server
        self._own_name = own_name
        self._seconds = _SMTP_SECONDS if seconds is None else seconds
        self._open: smtplib.SMTP | None = None
        self._watch: Watch | None = None
        self._letters = 0

    def hand_over(self, message: EmailMessage, public_id: str) -> Outcome:  # noqa: ARG002 - the folder needs it
        """Hand the letter to the server; after any fault the next one gets a new connection."""
        if self._letters >= _LETTERS_PER_CONNECTION:
            self.close()
        outcome = self._tried(message)
        self._letters += 1
        if outcome.ending is not Ending.SENT:
            self.close()
        return outcome

    def _tried(self, message: EmailMessage) -> Outcome:
        try:
            connection = self._connection()
        except (
            smtplib.SMTPResponseException
        ) as refused:  # greeting, HELO, signing in: about us, not the letter
            return Outcome(Ending.OFFICE_AWAY, fault_of_code(refused.smtp_code))
        except (smtplib.SMTPException, OSError) as fault:
            return Outcome(Ending.OFFICE_AWAY, _name_of(fault))
        watch = self._watched(connection)
        outcome = self._sent(connection, message)
        watch.end()
        if (
            watch.has_struck and outcome.ending is not Ending.SENT
        ):  # whatever half a reply may have looked like
            return Outcome(Ending.LATER, "timeout")
        return outcome

    def _sent(self, connection: smtplib.SMTP, message: EmailMessage) -> Outcome:
        try:
            connection.sendmail(parseaddr(str(message["From"]))[1], [str(message["To"])], message.as_bytes())
        except smtplib.SMTPRecipientsRefused as refused:
            return refusal_of(*next(iter(refused.recipients.values())))
        except smtplib.SMTPSenderRefused as refused:  # every other letter would be refused as well
            return Outcome(Ending.OFFICE_AWAY, fault_of_code(refused.smtp_code))
        except smtplib.SMTPResponseException as refused:
            is_final = 500 <= refused.smtp_code <= 599
            return Outcome(Ending.REFUSED if is_final else Ending.LATER, fault_of_code(refused.smtp_code))
        except (smtplib.SMTPException, OSError) as fault:
            # It may have been taken: the next try carries the same Message-ID.
            return Outcome(Ending.LATER, _name_of(fault))
        return _SENT

    def _watched(self, connection: smtplib.SMTP) -> Watch:
        if self._watch is None:
            self._watch = Watch(connection)
        self._watch.begin(self._seconds)
        return self._watch

    def _connection(self) -> smtplib.SMTP:
        if self._open is None:
            self._open = self._connected()
        return self._open

    def _connected(self) -> smtplib.SMTP:
        server, secure = self._server, ssl.create_default_context()
        if server.is_tls:
            made: smtplib.SMTP = smtplib.SMTP_SSL(
                server.host, server.port, self._own_name, timeout=self._seconds, context=secure
            )
        else:
            made = smtplib.SMTP(server.host, server.port, self._own_name, timeout=self._seconds)
        try:
            if server.starts_tls:
                made.starttls(context=secure)
            if server.user:
                made.login(server.user, server.password)
        except Exception:
            made.close()
            raise
        return made

    def close(self) -> None:
        """Say goodbye to the server; that it does not answer is no fault."""
        if self._open is None:
            return
        leaving, self._open, self._letters = self._open, None, 0
        watch = self._watched(leaving)
        try:
            leaving.quit()
        except (smtplib.SMTPException, OSError):
            leaving.close()
        finally:
            watch.close()
            self._watch = None


def _name_of(fault: Exception) -> str:
    """A word for the queue page; never the text of the fault, which may hold the address."""
    if isinstance(fault, TimeoutError) or isinstance(fault.__context__, TimeoutError):  # the library wraps it
        return "timeout"
    if isinstance(fault, ssl.SSLError):
        return "tls"
    if isinstance(fault, smtplib.SMTPServerDisconnected):
        return "dropped"
    return "smtp" if isinstance(fault, smtplib.SMTPException) else "unreachable"
