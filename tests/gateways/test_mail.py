"""Contract of the mailbox protocol, and what the mail system's errors become (R-349)."""

import smtplib

import pytest
from django.core.cache import cache

from zhiping.gateways.http import Unreachable, Wrong
from zhiping.gateways.mail import Letter, MailboxBackend, is_connected, send_letter
from zhiping.gateways.sms import Rejected

LETTER = Letter("aa-1", "a@b.cn", "申报被退回，请改正", "您申报的工程师被退回。\n请登录平台查看。")


@pytest.fixture
def mailbox(sandbox, settings, monkeypatch):
    cache.clear()
    settings.EMAIL_BACKEND = "zhiping.gateways.mail.MailboxBackend"
    settings.MAILBOX_URL = f"{sandbox.base}/mailbox"
    settings.MAIL_FROM = "职评平台 <noreply@zhiping.example>"
    monkeypatch.setattr(MailboxBackend.__init__, "__defaults__", (False, 1))
    yield sandbox.stand_ins["mailbox"]
    cache.clear()


def test_a_letter_arrives_whole_and_once(mailbox):
    assert send_letter(LETTER) == send_letter(LETTER) == "<aa-1@zhiping>"

    kept = mailbox.around.shelf.all("letter")
    assert [(each["to"], each["subject"], each["text"].strip()) for each in kept] == [
        ("a@b.cn", "申报被退回，请改正", "您申报的工程师被退回。\n请登录平台查看。")
    ]


@pytest.mark.usefixtures("mailbox")
def test_an_address_that_does_not_exist_is_rejected():
    with pytest.raises(Rejected):
        send_letter(Letter("bb-1", "nobody@bounce.example", "x", "y"))


@pytest.mark.parametrize(
    ("fault", "error"),
    [("down", Unreachable), ("slow", Unreachable), ("wrong", Wrong), ("half", Unreachable)],
)
def test_a_broken_mail_system_keeps_one_letter_in_the_end(mailbox, fault, error):
    mailbox.switch.turn(fault, times=1, seconds=3)

    with pytest.raises(error):
        send_letter(LETTER)
    send_letter(LETTER)
    assert len(mailbox.around.shelf.all("letter")) == 1


@pytest.mark.parametrize("fault", ["duplicated", "reordered"])
def test_faults_of_lists_change_nothing_here(mailbox, fault):
    mailbox.switch.turn(fault, times=1)

    assert send_letter(LETTER)


@pytest.mark.parametrize(
    ("raised", "error"),
    [
        (smtplib.SMTPRecipientsRefused({}), Rejected),
        (smtplib.SMTPServerDisconnected(), Unreachable),
        (TimeoutError(), Unreachable),
    ],
)
def test_errors_of_an_smtp_system_are_told_apart(settings, monkeypatch, raised, error):
    settings.MAIL_FROM = "noreply@zhiping.example"

    def broken(*args, **kwargs):
        raise raised

    monkeypatch.setattr("django.core.mail.EmailMessage.send", broken)
    with pytest.raises(error):
        send_letter(LETTER)


def test_without_a_sender_no_letter_leaves(settings):
    settings.MAIL_FROM = ""

    assert not is_connected()


@pytest.mark.usefixtures("mailbox")
def test_a_subject_cannot_smuggle_headers():
    with pytest.raises(ValueError, match="newline"):
        send_letter(Letter("cc-1", "a@b.cn", "x\nBcc: all@b.cn", "y"))
