"""Forms of the result pages."""

from collections.abc import Sequence
from typing import Any

from django import forms

from zhiping.organisations.models import Organisation
from zhiping.web.forms import PlatformForm


class ReportForm(PlatformForm):
    """Which of the bodies that may publish the report goes to."""

    bodies = forms.MultipleChoiceField(label="发文单位", widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, bodies: Sequence[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.able = {str(body.pk): body for body in bodies}
        self.fields["bodies"].choices = [(key, body.name) for key, body in self.able.items()]

    @property
    def chosen(self) -> list[Organisation]:
        return [self.able[key] for key in self.cleaned_data["bodies"]]
