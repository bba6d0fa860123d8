"""By which rules one can look ahead: the titles of the plans one may see, each rule and name once."""

from datetime import date

from django import forms

from zhiping.kernel.actor import Actor
from zhiping.plans.models import PlanTitle
from zhiping.plans.queries import visible_to as plans_visible_to
from zhiping.web.forms import PlatformForm

YEARS_AHEAD = 6


def rule_choices(actor: Actor) -> list[tuple[str, str]]:
    """(slug:title, words) by the latest plan of each rule."""
    rows = PlanTitle.objects.filter(plan__in=plans_visible_to(actor))
    found: dict[str, str] = {}
    related = rows.select_related("plan__pack_version").defer("plan__pack_version__text")
    for each in related.order_by("-plan__year", "plan__name", "position"):
        found.setdefault(f"{each.plan.pack_version.slug}:{each.name}", f"{each.name}（{each.plan.name}）")
    return list(found.items())


def rule_and_title(choice: str) -> tuple[str, str]:
    """The slug of the rules and the name of the title that a choice stands for."""
    slug, _, title = choice.partition(":")
    return slug, title


class AheadForm(PlatformForm):
    """For which title and year to look ahead."""

    rule = forms.ChoiceField(label="职称和依据的计划")
    year = forms.TypedChoiceField(label="拟申报年度", coerce=int)

    def __init__(self, *args, rules: list[tuple[str, str]], today: date, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["rule"].choices = [("", "请选择"), *rules]
        years = range(today.year, today.year + YEARS_AHEAD)
        self.fields["year"].choices = [(year, f"{year} 年") for year in years]
