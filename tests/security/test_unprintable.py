"""What no form could print is refused where it is typed, by name (decision 12, issue 2 §12): every form, every operation."""

import importlib
import pkgutil
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from django import forms
from django.db import connection

import zhiping.portals
import zhiping.web
from tests.architecture.urls import Address, addresses
from tests.factories.applications import audited, make_draft, make_world, publicise, step_of, submitted
from tests.factories.archive import make_file, make_item, make_profile
from tests.factories.hours import make_record
from tests.factories.notices import make_publicity
from tests.factories.people import applicant_actor, make_person, staff_actor
from tests.security.test_hostile_input import Try, fields_of, real, visitors
from tests.security.world import Town, make_town
from zhiping.achievements import transitions as archive
from zhiping.achievements.operations import decide_item, decide_profile
from zhiping.achievements.states import VersionState
from zhiping.applications.operations import (
    forward_case,
    pass_step,
    pass_steps,
    refuse_case,
    return_case,
    save_section,
)
from zhiping.applications.reasons import Reason
from zhiping.continuing_education import transitions as hours
from zhiping.continuing_education.operations import decide_records, revoke_record
from zhiping.continuing_education.states import RecordState
from zhiping.documents.glyphs import UnprintableError
from zhiping.files.operations import plain_name
from zhiping.kernel.actor import Role
from zhiping.kernel.clock import end_of
from zhiping.notices.operations import cancel_publicity
from zhiping.notices.tasks import close_due
from zhiping.web.forms import PlatformForm

pytestmark = pytest.mark.django_db
FACE = "\N{GRINNING FACE}"
SAID = f"以下字符无法打印：{FACE}（U+1F600）"
RARE, UNSEEN = "𠮷㛃䶮", "\u202e\u200b\x07\ufe0f"
WORDS = re.compile(r"<(?:input(?=[^>]*\btype=\"text\")|textarea)\b[^>]*?\bname=\"([^\"]+)\"")


def text_fields() -> Iterator[tuple[type[PlatformForm], str]]:
    """Every field of every form in which one can type words."""
    for package in (zhiping.portals, zhiping.web):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if ".demo" not in module.name and ".migrations" not in module.name:
                importlib.import_module(module.name)
    for kind in sorted(forms_below(PlatformForm), key=lambda each: (each.__module__, each.__name__)):
        if not kind.__module__.startswith("zhiping.") or ".demo." in kind.__module__:
            continue
        for name, field in kind.base_fields.items():
            if isinstance(field, forms.CharField) and not isinstance(field.widget, forms.PasswordInput):
                yield kind, name


def forms_below(kind: type[PlatformForm]) -> Iterator[type[PlatformForm]]:
    for each in kind.__subclasses__():
        yield each
        yield from forms_below(each)


def with_only(kind: type[PlatformForm], name: str, text: str) -> PlatformForm:
    """The form with this field alone, as the page would read it."""
    lone = type(kind.__name__, (PlatformForm,), {name: kind.base_fields[name]})
    return lone({name: text})


@pytest.mark.parametrize(
    ("kind", "name"), [pytest.param(*each, id=f"{each[0].__name__}.{each[1]}") for each in text_fields()]
)
def test_no_form_takes_a_text_that_cannot_be_printed(kind, name):
    wrong, right = with_only(kind, name, FACE), with_only(kind, name, f"{RARE}{UNSEEN}")

    assert wrong.errors[name][0].startswith(SAID)
    assert right.is_valid()
    assert right.cleaned_data[name] == RARE


def test_there_are_forms_to_try():
    assert len(list(text_fields())) > 80


def test_fields_that_a_form_adds_by_itself_are_read_the_same_way():
    class Grown(PlatformForm):
        def __init__(self, *args: Any, **kwargs: Any) -> None:
            super().__init__(*args, **kwargs)
            self.fields["referee"] = forms.CharField(label="推荐专家")

    assert Grown({"referee": FACE}).errors["referee"][0].startswith(SAID)
    assert Grown({"referee": FACE}).errors["referee"] == [
        f"{SAID}。请核对后改用可打印的字符，或联系平台补充字库。"
    ]


def test_a_password_is_not_a_text():
    class Door(PlatformForm):
        secret = forms.CharField(widget=forms.PasswordInput)

    form = Door({"secret": f"{FACE}\u200b long"})

    assert form.is_valid()
    assert form.cleaned_data["secret"] == f"{FACE}\u200b long"


@contextmanager
def written() -> Iterator[list[str]]:
    """The texts that statements write into tables meanwhile."""
    found: list[str] = []

    def listen(execute, sql, params, many, context):
        if sql.lstrip().upper().startswith(("INSERT", "UPDATE")):
            rows = params if many else [params or ()]
            found.extend(str(value) for row in rows for value in row)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(listen):
        yield found


class Desks:
    """Each operation whose page has no form, with everything in order but the text."""

    def __init__(self, now) -> None:
        self.now, self.world = now, make_world(now)
        self.clerk, self.common = self.world.clerk, {"actor": self.world.clerk, "now": now}

    def _step(self) -> dict[str, Any]:
        step = step_of(submitted(self.now, self.world))
        return {"step": step, "version": step.version, **self.common}

    def pass_step(self, text):
        pass_step(opinion=text, **self._step())

    def pass_steps(self, text):
        pass_steps(steps=[self._step()["step"]], opinion=text, **self.common)

    def refuse_case_reason(self, text):
        refuse_case(clause="第九条", reason=text, **self._step())

    def refuse_case_clause(self, text):
        refuse_case(clause=text, reason="不符合", **self._step())

    def return_case_wrong(self, text):
        return_case(reasons=[Reason("form:self_report", "I-04", text, "请补充")], **self._step())

    def return_case_fix(self, text):
        return_case(reasons=[Reason("form:self_report", "I-04", "缺内容", text)], **self._step())

    def forward_case(self, text):
        application = audited(self.now, self.world)
        later = end_of(publicise(self.now, self.world).ends_on) + timedelta(hours=9)
        close_due(later)
        step = step_of(application)
        forward_case(step=step, opinion=text, version=step.version, actor=self.clerk, now=later)

    def decide_item(self, text):
        person = make_person()
        make_profile(person, self.world.employer)
        version = make_item(person, "papers", state=VersionState.SUBMITTED, files=(make_file(person),))
        decide_item(
            version=version, verdict=archive.RETURN, reason=text, expected=version.version, **self.common
        )

    def decide_profile(self, text):
        profile = make_profile(make_person(), self.world.employer, state=VersionState.SUBMITTED)
        version = profile.versions.get()
        decide_profile(
            version=version, verdict=archive.RETURN, reason=text, expected=version.version, **self.common
        )

    def _hours(self, state):
        return make_record(
            make_person(),
            employer=self.world.employer,
            authority=self.world.county,
            state=state,
            origin="person",
        )

    def decide_records(self, text):
        row = self._hours(RecordState.SUBMITTED)
        decide_records(
            records=[row], verdict=hours.RETURN, reason=text, expected=[row.version], **self.common
        )

    def revoke_record(self, text):
        row = self._hours(RecordState.ENTERED)
        boss = staff_actor(self.world.county, Role.COUNTY_HR)
        revoke_record(hour_record=row, reason=text, expected=row.version, actor=boss, now=self.now)

    def cancel_publicity(self, text):
        posted = make_publicity(self.now, self.world.employer, actor=self.clerk)
        cancel_publicity(publicity=posted, reason=text, **self.common)


OPERATIONS = sorted(name for name in vars(Desks) if not name.startswith("_"))


@pytest.mark.parametrize("name", OPERATIONS)
def test_no_operation_takes_a_text_that_cannot_be_printed(name, now):
    desks = Desks(now)

    with pytest.raises(UnprintableError) as refusal:
        getattr(desks, name)(f"理由{FACE}")

    assert refusal.value.sentence.startswith(SAID)


@pytest.mark.parametrize("name", OPERATIONS)
def test_rare_characters_pass_and_unseen_marks_are_left_out(name, now):
    desks = Desks(now)

    with written() as texts:
        getattr(desks, name)(f"{RARE}{UNSEEN}")

    kept = [text for text in texts if RARE in text]
    assert kept
    assert not any(mark in text for text in kept for mark in UNSEEN)


def test_a_page_of_a_draft_with_such_a_text_is_not_kept(now):
    """The net under the forms: whatever a page of a draft holds, in whatever depth."""
    draft = make_draft(now, make_world(now))
    answers = {"claims": [{"row": "r1", "item": 1, "answers": {"role": f"主持{FACE}"}}]}

    with pytest.raises(UnprintableError):
        save_section(
            application_id=draft.pk,
            key="score",
            data=answers,
            version=0,
            actor=applicant_actor(draft.person),
            now=now,
        )


def test_a_file_keeps_what_can_be_printed_of_its_name():
    """Names of files stand in forms; what a camera or a chat puts into them is no reason to refuse the file."""
    assert plain_name(f"{FACE}获奖{RARE}\u202e证书.pdf") == f"获奖{RARE}证书.pdf"


@pytest.fixture
def town(now, at) -> Town:
    at(now)
    return make_town(now)


def test_no_page_writes_what_cannot_be_printed(town):
    """Every URL that takes a POST: its own form, sent back with such a text in every box."""
    assert [each for address in addresses() for each in leaks(address, town)] == []


def leaks(address: Address, town: Town) -> list[str]:
    methods = getattr(address.view, "methods", ())
    if not {"GET", "POST"} <= set(methods) or address.route.startswith("demo/"):
        return []
    url, found = real(address, town), []
    for role in visitors(address):
        attempt = Try(town.client(role), role)
        shown = attempt.send("get", url)
        if shown is None or shown.streaming:
            continue
        boxes = WORDS.findall(shown.content.decode())
        with written() as texts:
            attempt.send("post", url, fields_of(shown) | dict.fromkeys(boxes, f"理由{FACE}"))
        if any(FACE in text or "\\ud83d\\ude00" in text for text in texts):
            found.append(f"{url} ({role})")
    return found
