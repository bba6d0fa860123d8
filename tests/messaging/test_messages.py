"""Messages belong to their person and are written once (R-350)."""

import pytest
from django.db import transaction

from tests.factories.people import applicant_actor, make_person
from zhiping.messaging import queries
from zhiping.messaging.kind import Kind
from zhiping.messaging.models import Message
from zhiping.messaging.operations import mark_read, tell, tell_each

pytestmark = pytest.mark.django_db
KIND = Kind("test.kind", "{who}的申报", "{reason}", "/a/{key}/")


def test_message_is_filled_and_seen_only_by_its_person(now):
    person, other = make_person(), make_person("申报人乙")
    tell(person=person, kind=KIND, context={"who": "甲", "reason": "缺2018年学时", "key": 3}, now=now)

    message = queries.visible_to(applicant_actor(person)).get()
    assert (message.title, message.body, message.link) == ("甲的申报", "缺2018年学时", "/a/3/")
    assert queries.unread_count(applicant_actor(other)) == 0


def test_same_reminder_is_told_once(now):
    person = make_person()
    for _ in range(2):
        tell(person=person, kind=KIND, context={"who": "", "reason": "", "key": 1}, now=now, once="step-1")

    assert Message.objects.count() == 1


def test_staff_are_told_with_one_statement(now, django_assert_num_queries):
    people = [make_person(f"经办人{n}") for n in range(3)]

    with django_assert_num_queries(1):
        tell_each(people=people, kind=KIND, context={"who": "", "reason": "", "key": 1}, now=now)


def test_a_missing_gap_is_an_error(now):
    with pytest.raises(KeyError):
        tell(person=make_person(), kind=KIND, context={"who": "甲"}, now=now)


@pytest.mark.django_db(transaction=True)
def test_telling_outside_a_transaction_is_an_error(now):
    person = make_person()
    assert not transaction.get_connection().in_atomic_block
    with pytest.raises(RuntimeError):
        tell(person=person, kind=KIND, context={"who": "", "reason": "", "key": 1}, now=now)


def test_only_the_person_marks_as_read(now):
    person = make_person()
    tell(person=person, kind=KIND, context={"who": "", "reason": "", "key": 1}, now=now)
    messages = list(Message.objects.all())

    assert mark_read(messages=messages, actor=applicant_actor(make_person("乙")), now=now) == 0
    assert mark_read(messages=messages, actor=applicant_actor(person), now=now) == 1
    assert queries.unread_count(applicant_actor(person)) == 0
