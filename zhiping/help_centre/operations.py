"""Asking and answering."""

from datetime import datetime

from django.db import transaction

from zhiping.auditlog.recording import record
from zhiping.help_centre import transitions
from zhiping.help_centre.models import Question, Reply
from zhiping.identity.models import User
from zhiping.kernel.actor import Actor
from zhiping.kernel.clock import beijing_day, start_of
from zhiping.kernel.errors import Refused
from zhiping.lifecycle.moving import move
from zhiping.messaging.address import checked_email
from zhiping.messaging.operations import post_letter
from zhiping.privacy.fields import blind_index

A_DAY = 5
ANSWERED = "help.answered"


@transaction.atomic
def ask_question(*, email: str, subject: str, text: str, actor: Actor, now: datetime) -> Question:
    """1. the mailbox (R-034: none, no question); 2. the same again is the same; 3. not without end; 4. row, log."""
    address = checked_email(email)
    subject, text = " ".join(subject.split()), text.strip()
    if not subject or not text:
        raise Refused("请写明问题和说明，我们才能答复。", field="text" if subject else "subject")
    asked_today = Question.objects.filter(
        email_index=blind_index(address), asked_at__gte=start_of(beijing_day(now))
    )
    known = list(asked_today)
    for each in known:
        if (each.subject, each.text, each.person_id) == (subject, text, actor.person_id):
            return each
    if len(known) >= A_DAY:
        raise Refused(f"这个邮箱今天已经提了 {A_DAY} 个问题，请明天再提，或先看看答复。")
    question = Question.objects.create(
        person_id=actor.person_id,
        email=address,
        email_index=blind_index(address),
        subject=subject,
        text=text,
        asked_at=now,
    )
    record("question.ask", actor=actor, now=now, subject=question, to_state=question.state)
    return question


@transaction.atomic
def answer_question(*, question: Question, text: str, version: int, actor: Actor, now: datetime) -> Reply:
    """1. state and access; 2. the e-mail in the outbox; 3. the reply in the thread. A second click is refused as stale."""
    if not text.strip():
        raise Refused("请写答复，它会发到提问人的邮箱。", field="text")
    move(question, transitions.ANSWER, actor=actor, now=now, version=version)
    context = {
        "subject": question.subject,
        "day": f"{beijing_day(question.asked_at):%Y-%m-%d}",
        "answer": text.strip(),
    }
    letter = post_letter(address=question.email, key=ANSWERED, context=context, now=now)
    author = User.objects.filter(pk=actor.user_id).first()
    return Reply.objects.create(
        question=question, text=text.strip(), author=author, letter=letter, made_at=now
    )


def close_question(*, question: Question, reason: str, version: int, actor: Actor, now: datetime) -> None:
    """Without another answer: settled, or nothing that can be answered."""
    if not reason.strip():
        raise Refused("请写明为什么关闭，它会留在记录里。", field="reason")
    with transaction.atomic():
        move(question, transitions.CLOSE, actor=actor, now=now, version=version, note=reason.strip())
