"""The filter of plan lists."""

from typing import Any

from django import forms
from django.db.models import QuerySet

from zhiping.plans.models import Plan
from zhiping.plans.queries import choices_of
from zhiping.plans.states import LEVEL_GROUPS
from zhiping.web.forms import PlatformForm

ALL = ("", "全部")


class PlanFilter(PlatformForm):
    """Words, series, level, region and year; what cannot be read narrows nothing."""

    words = forms.CharField(label="名称", required=False, max_length=60)
    series = forms.ChoiceField(label="系列", required=False)
    level = forms.ChoiceField(
        label="层级", required=False, choices=[ALL, *((key, name) for key, (name, _) in LEVEL_GROUPS.items())]
    )
    region = forms.ChoiceField(label="地区", required=False)
    year = forms.ChoiceField(label="年度", required=False)

    def __init__(self, *args: Any, plans: QuerySet[Plan], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        series, regions, years = choices_of(plans)
        self.fields["series"].choices = [ALL, *((each, each) for each in series)]
        self.fields["region"].choices = [ALL, *regions]
        self.fields["year"].choices = [ALL, *((str(each), f"{each} 年度") for each in years)]

    def wanted(self) -> dict[str, Any]:
        """The arguments of `queries.filtered`."""
        self.is_valid()
        chosen = {name: self.cleaned_data.get(name) or "" for name in ("words", "series", "level", "region")}
        year = self.cleaned_data.get("year")
        return {**chosen, "year": int(year) if year else None}
