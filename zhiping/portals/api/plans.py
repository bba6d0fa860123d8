"""Plans, their results and their counts, within the reach of the calling body (R-331…R-338)."""

from django.shortcuts import get_object_or_404

from zhiping.applications.states import ApplicationState
from zhiping.certificates.models import Certificate
from zhiping.certificates.reach import certificates_in_reach_of
from zhiping.exchange.states import Scope
from zhiping.plans.models import Plan
from zhiping.plans.queries import visible_to
from zhiping.portals.api.contract import Call, operation
from zhiping.portals.api.paging import PageQuery, page_of
from zhiping.portals.api.shapes import (
    CountOut,
    PlanOut,
    PlanPage,
    ResultOut,
    ResultPage,
    StatisticsOut,
)
from zhiping.statistics.queries import counts_of
from zhiping.statistics.small_numbers import SMALLEST_SHOWN, shown


@operation(method="GET", scope=Scope.STATISTICS_READ, query=PageQuery, answer=PlanPage)
def list_plans(call: Call) -> PlanPage:
    """评审计划"""
    items, following = page_of(visible_to(call.actor), call.query, _plan, ["plans"])
    return PlanPage(items=items, next=following)


@operation(
    method="GET", scope=Scope.RESULTS_READ, query=PageQuery, answer=ResultPage, refusals=("not_found",)
)
def list_results(call: Call) -> ResultPage:
    """一个计划里本单位范围内的取得职称人员"""
    plan = _asked(call)
    rows = certificates_in_reach_of(call.actor).filter(application__plan=plan)
    rows = rows.select_related("report", "application__employer")
    items, following = page_of(rows, call.query, _result, ["results", plan.pk])
    return ResultPage(items=items, next=following)


@operation(method="GET", scope=Scope.STATISTICS_READ, answer=StatisticsOut, refusals=("not_found",))
def count_plan(call: Call) -> StatisticsOut:
    """一个计划里本单位范围内各环节的件数"""
    plan = _asked(call)
    counts, total = shown(counts_of(plan, call.actor))
    return StatisticsOut(
        plan=plan.slug,
        counted_at=call.now,
        smallest_shown=SMALLEST_SHOWN,
        total=total,
        counts=[
            CountOut(state=state, label=ApplicationState(state).label, count=count)
            for state, count in counts.items()
        ],
    )


def _asked(call: Call) -> Plan:
    return get_object_or_404(visible_to(call.actor), slug=call.arguments["slug"])


def _plan(plan: Plan) -> PlanOut:
    return PlanOut(
        slug=plan.slug,
        name=plan.name,
        year=plan.year,
        series=plan.series,
        level=plan.level,
        region=plan.region_id,
        state=plan.state,
    )


def _result(certificate: Certificate) -> ResultOut:
    employer = certificate.application.employer
    return ResultOut(
        number=certificate.number,
        state=certificate.state,
        holder=certificate.holder_name,
        title=certificate.title,
        level=certificate.level,
        specialty=certificate.specialty,
        obtained_on=certificate.obtained_on,
        document_number=certificate.report.document_number,
        employer=employer.name if employer else "",
        employer_credit_code=(employer.credit_code if employer else None) or "",
    )
