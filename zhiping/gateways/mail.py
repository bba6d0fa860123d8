"""E-mail: letters through Django's mail backend; in the demo a backend that posts to the stand-in mailbox.

A letter's Message-ID is our own number for it, so a mail system that gets it twice keeps one.
"""

import smtplib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

from zhiping.gateways.http import JOB_SECONDS, Unreachable, Wrong, call
from zhiping.gateways.sms import Rejected


@dataclass(frozen=True, slots=True)
class Letter:
    """One e-mail; `number` is ours."""

    number: str
    to: str
    subject: str
    text: str


def is_connected() -> bool:
    """Whether e-mail leaves this installation."""
    return bool(settings.MAIL_FROM)


def send_letter(letter: Letter) -> str:
    """Hand the letter over and give its Message-ID; Unreachable, Wrong or Rejected otherwise."""
    identity = f"<{letter.number}@zhiping>"
    message = EmailMessage(
        subject=letter.subject,
        body=letter.text,
        from_email=settings.MAIL_FROM,
        to=[letter.to],
        headers={"Message-ID": identity, "Auto-Submitted": "auto-generated"},
    )
    try:
        message.send()
    except smtplib.SMTPRecipientsRefused as error:
        raise Rejected("the mail system refused the address") from error
    except (OSError, smtplib.SMTPException) as error:
        raise Unreachable(repr(error)) from error
    return identity


class MailboxBackend(BaseEmailBackend):
    """Posts each letter as RFC 822 text to the stand-in mailbox (protocol in sandbox/mailbox/__init__.py)."""

    def __init__(self, fail_silently: bool = False, seconds: float = JOB_SECONDS, **kwargs: Any) -> None:
        super().__init__(fail_silently=fail_silently)
        self.seconds = seconds

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Every letter, or an error for the first that was not taken."""
        for each in email_messages:
            self._send(each)
        return len(email_messages)

    def _send(self, message: EmailMessage) -> None:
        identity = message.extra_headers["Message-ID"]
        head = {"Content-Type": "message/rfc822"}
        body = message.message().as_bytes(linesep="\r\n")
        url = f"{settings.MAILBOX_URL}/api/letters"
        answer = call("POST", url, body=body, headers=head, seconds=self.seconds)
        if answer.status == 550:
            raise smtplib.SMTPRecipientsRefused(dict.fromkeys(message.to, (550, b"no such mailbox")))
        if answer.status >= 500:
            raise Unreachable(f"status {answer.status}")
        if answer.status != 200 or answer.body.decode("utf-8", "replace") != f"taken {identity}":
            raise Wrong(f"the mailbox did not say that it took the letter (status {answer.status})")
