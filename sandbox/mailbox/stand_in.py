"""The mail system: letters by Message-ID, to be read on its page."""

from dataclasses import replace
from email import message_from_bytes, policy
from email.message import EmailMessage
from html import escape

from sandbox.frame import Answer, Request, StandIn, route
from sandbox.pages import table

NO_SUCH_MAILBOX = "@bounce.example"


class Mailbox(StandIn):
    name = "mailbox"
    title = "邮件系统"
    about = "收下平台发出的邮件，可以在这里读。"

    @route("POST", "/api/letters")
    def take(self, request: Request) -> Answer:
        letter = message_from_bytes(request.body, policy=policy.default)
        assert isinstance(letter, EmailMessage)
        to, identity = str(letter["To"]), str(letter["Message-ID"])
        if to.endswith(NO_SUCH_MAILBOX):
            return Answer(550, b"no such mailbox")
        body = letter.get_body(("plain",))
        with self.around.shelf.lock:
            if self.around.shelf.get("letter", identity) is None:
                kept = {
                    "to": to,
                    "subject": str(letter["Subject"]),
                    "text": body.get_content().replace("\r\n", "\n") if body else "",
                    "at": self.around.clock.now().isoformat(),
                }
                self.around.shelf.put("letter", identity, kept)
        return Answer(200, f"taken {identity}".encode())

    def look(self) -> str:
        rows = [
            (
                escape(each["at"][:16].replace("T", " ")),
                escape(each["to"]),
                escape(each["subject"]),
                escape(each["text"]).replace("\n", "<br>"),
            )
            for each in reversed(self.around.shelf.all("letter"))
        ]
        return f"<p>{NO_SUCH_MAILBOX} 的邮箱都不存在，会被退回。</p><h2>收到的邮件</h2>" + table(
            ("时间", "收件人", "主题", "正文"), rows
        )

    def spoiled(self, answer: Answer) -> Answer:
        """Says that it took another letter."""
        return replace(answer, body=b"taken <another@zhiping>")
