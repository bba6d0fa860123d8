"""Forms of the result pages."""

from typing import Any

from django import forms
from django.db.models import QuerySet

from zhiping.organisations.models import Organisation
from zhiping.web.forms import PlatformForm


class ReportForm(PlatformForm):
    bodies = forms.ModelMultipleChoiceField(
        label="发文单位", queryset=Organisation.objects.none(), widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, bodies: QuerySet[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["bodies"].queryset = bodies
