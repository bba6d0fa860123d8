"""What leaves the platform: words without secrets, quiet hours, template numbers (R-346…R-348, R-376)."""

import ast
from datetime import datetime, timedelta
from importlib import import_module
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhiping.kernel.clock import BEIJING
from zhiping.messaging.echo import FORBIDDEN, Limits, echoes, gaps_of, read_echoes
from zhiping.messaging.kind import Kind
from zhiping.messaging.states import Channel

ROOT = Path(__file__).resolve().parents[2]
ALL = [*echoes().templates.values(), *echoes().direct.values()]
KINDS = {
    each.key: each
    for path in sorted((ROOT / "zhiping").glob("*/messages.py"))
    for each in vars(import_module(f"zhiping.{path.parent.name}.messages")).values()
    if isinstance(each, Kind)
}
MOMENTS = st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31)).map(lambda m: m.replace(tzinfo=BEIJING))


@pytest.mark.parametrize("template", ALL, ids=lambda each: f"{each.key}-{each.channel}")
def test_no_template_tells_what_only_the_person_may_read(template):
    assert template.gaps & FORBIDDEN == set()
    for word in ("原因：", "身份证", "证件号", "密码"):
        assert word not in template.text


@pytest.mark.parametrize("template", echoes().templates.values(), ids=lambda e: f"{e.key}-{e.channel}")
def test_every_echoed_kind_fills_its_echo(template):
    """The gaps of an echo are among those that the message itself fills, so telling can never fail for an echo."""
    kind = KINDS[template.key]
    filled = gaps_of(kind.title) | gaps_of(kind.body) | gaps_of(kind.link) | {"link"}
    assert template.gaps <= filled


@pytest.mark.parametrize("template", ALL, ids=lambda each: f"{each.key}-{each.channel}")
def test_every_template_has_a_sample_and_an_sms_fits_two_parts(template):
    said = template.filled(echoes().samples)

    assert "{" not in said
    if template.channel == Channel.SMS:
        assert len(said) + len(echoes().sign) + 2 <= 134


def test_template_numbers_are_used_once():
    numbers = [each.number for each in ALL if each.channel == Channel.SMS]

    assert len(numbers) == len(set(numbers))


def test_what_the_notices_demand_is_mandatory_and_cited():
    """R-030, R-346 授权委托证明; R-347 缴费; R-348 发票."""
    for key in ("organisation.letter_approved", "fee.billed", "fee.paid"):
        template = echoes().templates[key, Channel.SMS]
        assert template.mandatory
        assert "12333" in template.basis or "150号" in template.basis


def raw(**kind):
    said = {"template": "1", "text": "{title}", **kind}
    return {
        "sign": "签",
        "sms": {"quiet": {"from": "22:00", "until": "08:00"}, "cap": 1},
        "email": {"cap": 1},
        "give_up_after_hours": 1,
        "kinds": {"a.b": {"label": "甲", "sms": said}},
        "direct": {},
        "samples": {},
    }


@pytest.mark.parametrize(
    "kind", [{"text": "因为{reason}"}, {"text": "{phone}"}, {"mandatory": True}, {"template": ""}]
)
def test_a_template_that_must_not_be_sent_is_not_loaded(kind):
    assert read_echoes(raw()).templates
    with pytest.raises(ValueError, match=r"a\.b"):
        read_echoes(raw(**kind))


@given(MOMENTS)
def test_nothing_goes_out_in_quiet_hours_and_nothing_waits_longer_than_the_morning(moment):
    limits = echoes().limits[Channel.SMS]
    goes = limits.next_moment(moment)

    assert limits.quiet_until <= goes.astimezone(BEIJING).time() < limits.quiet_from
    assert timedelta(0) <= goes - moment <= timedelta(hours=10)
    if limits.quiet_until <= moment.time() < limits.quiet_from:
        assert goes == moment


@given(MOMENTS, st.times(), st.times())
def test_any_quiet_hours_end_and_are_never_entered(moment, first, last):
    limits = Limits(1, first, last)
    goes = limits.next_moment(moment)

    assert limits.next_moment(goes) == goes
    assert timedelta(0) <= goes - moment <= timedelta(days=1)


@given(MOMENTS)
def test_what_the_cap_holds_back_goes_on_the_next_day(moment):
    goes = echoes().limits[Channel.SMS].tomorrow(moment).astimezone(BEIJING)

    assert goes.date() == moment.date() + timedelta(days=1)
    assert goes.hour == 8


def test_kinds_with_findings_about_a_person_are_not_echoed():
    """诚信档案 and appeals stay inside the platform."""
    source = (ROOT / "zhiping" / "integrity" / "messages.py").read_text(encoding="utf-8")
    keys = {node.value for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Constant)}

    assert {key for key, _ in echoes().templates} & keys == set()
