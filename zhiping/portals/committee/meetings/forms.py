"""Forms of the meeting pages."""

from typing import Any

from django import forms

from zhiping.committees.models import Committee, Meeting
from zhiping.kernel.actor import Actor
from zhiping.plans.queries import visible_to as plans_visible_to
from zhiping.web.forms import PlatformForm

DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class MeetingForm(PlatformForm):
    committee = forms.ModelChoiceField(label="评委会", queryset=Committee.objects.none(), empty_label=None)
    plan = forms.ModelChoiceField(label="评审计划", queryset=None, empty_label=None)
    held_on = forms.DateField(label="会议日期", widget=DAY)
    place = forms.CharField(label="地点", max_length=120)

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["committee"].queryset = Committee.objects.filter(office_id=actor.organisation_id)
        self.fields["plan"].queryset = plans_visible_to(actor).filter(office_id=actor.organisation_id)


class RecusalForm(PlatformForm):
    case = forms.ModelChoiceField(label="申报", queryset=None, empty_label=None)
    member = forms.ModelChoiceField(label="委员", queryset=None, empty_label=None)
    reason = forms.CharField(label="回避原因", max_length=200)

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cases = meeting.cases.select_related("application__person")
        self.fields["case"].queryset = cases
        self.fields["case"].label_from_instance = lambda case: (
            f"{case.position}. {case.application.person.name}"
        )
        self.fields["member"].queryset = meeting.committee.members.select_related("person")


class AdjournForm(PlatformForm):
    held_on = forms.DateField(label="改到", widget=DAY)


class VoidForm(PlatformForm):
    reason = forms.CharField(label="作废原因", max_length=200)
