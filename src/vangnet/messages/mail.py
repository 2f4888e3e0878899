# SPDX-License-Identifier: EUPL-1.2
"""Mail: plain text, short, over a connection that is encrypted and whose server shows who it is."""

from __future__ import annotations

import smtplib
import socket
import ssl
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from typing import Any
from uuid import UUID

from vangnet.conf.kanalen import Mailserver

from .adressen import written
from .fouten import NietVerstuurd
from .gesprek import Termijn, in_time
from .soorten import MAIL

ONDER = "Dit bericht komt vanzelf. Antwoorden leest niemand."


def compose(server: Mailserver, id_: UUID, aan: str, onderwerp: str, tekst: str, op: datetime) -> EmailMessage:
    """The mail. Its Message-ID is made of the id of the message, so that a repeat is known as one. Errors: `NietVerstuurd` for
    an address that cannot be one; no header can be slipped in with it."""
    naar = written(MAIL, aan)
    if naar is None or naar != aan:
        raise NietVerstuurd("adres", definitief=True)
    mail = EmailMessage(policy=SMTP)
    mail["From"] = Address("Vangnet", addr_spec=server.van)
    mail["To"] = Address(addr_spec=naar)
    mail["Subject"] = onderwerp
    mail["Date"] = format_datetime(op)
    mail["Message-ID"] = f"<{id_}@{_domein(server)}>"
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(f"{tekst}\n\n{ONDER}\n")
    return mail


def send(server: Mailserver, mail: EmailMessage, duur: float) -> None:
    """Hand one mail over; returns when the server has taken it. Errors: `NietVerstuurd`."""
    aan = mail["To"].addresses[0].addr_spec
    with in_time(duur) as termijn:
        try:
            smtp = (_SmtpTls if server.tls == "meteen" else _Smtp)(termijn, server, duur)
            try:
                if server.tls == "starttls":
                    smtp.starttls(context=ssl.create_default_context())
                    termijn.holds(smtp.sock)
                if server.naam:
                    smtp.login(server.naam, server.wachtwoord)
                smtp.sendmail(server.van, [aan], mail.as_bytes())
            finally:
                _closed(smtp)
        except smtplib.SMTPRecipientsRefused as nee:
            raise _answer(next(iter(nee.recipients.values()))[0]) from None
        except smtplib.SMTPAuthenticationError:
            raise NietVerstuurd("aanmelden") from None
        except smtplib.SMTPNotSupportedError:
            raise NietVerstuurd("niet_veilig") from None
        except smtplib.SMTPServerDisconnected:
            raise NietVerstuurd("afgebroken") from None
        except smtplib.SMTPConnectError:
            raise NietVerstuurd("storing") from None
        except smtplib.SMTPResponseException as nee:
            raise _answer(nee.smtp_code) from None
        except smtplib.SMTPException:
            raise NietVerstuurd("niet_veilig") from None


class _Smtp(smtplib.SMTP):
    """A client whose socket is held from before the first word of the server."""

    def __init__(self, termijn: Termijn, server: Mailserver, duur: float) -> None:
        self._termijn = termijn
        super().__init__(server.machine, server.poort, _domein(server), timeout=duur)

    def _get_socket(self, host: str, port: int, timeout: float) -> socket.socket:
        hook: Any = super()  # smtplib's own hook, which its types do not know.
        sock: socket.socket = hook._get_socket(host, port, timeout)
        self._termijn.holds(sock)
        return sock


class _SmtpTls(_Smtp):
    """The same, encrypted from the first byte."""

    def _get_socket(self, host: str, port: int, timeout: float) -> socket.socket:
        sock = ssl.create_default_context().wrap_socket(super()._get_socket(host, port, timeout), server_hostname=host)
        self._termijn.holds(sock)
        return sock


def _closed(smtp: smtplib.SMTP) -> None:
    """Say goodbye; once the server has taken a mail, a goodbye that goes wrong changes nothing."""
    try:
        smtp.quit()
    except (smtplib.SMTPException, OSError):
        smtp.close()


def _answer(code: int) -> NietVerstuurd:
    return NietVerstuurd("geweigerd", definitief=True) if 500 <= code < 600 else NietVerstuurd("later")


def _domein(server: Mailserver) -> str:
    return server.van.rpartition("@")[2]
