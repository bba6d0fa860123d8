"""The ledger changes only so: the institution proposes, the post authority approves (R-212, R-217, R-221, R-225)."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F, Max

from zhiping.auditlog.recording import record
from zhiping.kernel.actor import Actor
from zhiping.kernel.errors import Forbidden, Refused
from zhiping.lifecycle.moving import move
from zhiping.messaging.operations import tell, tell_each
from zhiping.organisations.models import Organisation
from zhiping.organisations.queries import people_of
from zhiping.organisations.states import OrganisationKind
from zhiping.posts import access, messages, queries, transitions
from zhiping.posts.figures import (
    ExchangeRule,
    LedgerFigures,
    exchanged,
    refuse_wrong_exchange,
    refuse_wrong_figures,
    rule_of,
)
from zhiping.posts.models import LedgerChange, PostLedger, PostLevel
from zhiping.posts.states import (
    AUTHORITY_KINDS,
    OPEN_CHANGES,
    ChangeKind,
    ChangeState,
    LedgerState,
    PostGroup,
)


@transaction.atomic
def open_ledger(
    *, institution: Organisation, authority: Organisation, actor: Actor, now: datetime
) -> PostLedger:
    """Begin the ledger of a public institution under its post authority; nothing is in force yet. Again is the same."""
    if not access.can_keep(actor, institution):
        raise Forbidden("post_ledger.open")
    if institution.kind != OrganisationKind.PUBLIC_INSTITUTION:
        raise Refused("只有事业单位需要岗位台账。企业等单位推荐人员不占岗位。")
    if authority.kind not in AUTHORITY_KINDS:
        raise Refused("岗位管理部门应是人力社保部门或主管部门，请重新选择。", field="authority")
    ledger, is_new = PostLedger.objects.get_or_create(
        institution=institution, defaults={"authority": authority}
    )
    if is_new:
        PostLevel.objects.bulk_create(PostLevel(ledger=ledger, group=group) for group in PostGroup)
        record("post_ledger.open", actor=actor, now=now, subject=ledger, to_state=ledger.state)
    return ledger


@transaction.atomic
def propose_figures(
    *, ledger: PostLedger, figures: LedgerFigures, reason: str, actor: Actor, now: datetime
) -> LedgerChange:
    """Report establishment, ratios, approved and filled numbers; they count once the post authority approved them."""
    refuse_wrong_figures(figures)
    return _propose(ledger, ChangeKind.FIGURES, figures.as_dict(), reason=reason, actor=actor, now=now)


@transaction.atomic
def propose_pooled(
    *,
    ledger: PostLedger,
    group: str,
    number: int,
    pooling_authority: Organisation,
    reason: str,
    actor: Actor,
    now: datetime,
) -> LedgerChange:
    """Ask for posts pooled over the county; the pooling body's head signs before the post authority approves (R-221)."""
    if pooling_authority.kind not in AUTHORITY_KINDS:
        raise Refused("统筹岗位应由人力社保部门或主管部门签署，请重新选择。", field="pooling_authority")
    after = {"levels": {group: {"pooled": number}}}
    change = _propose(
        ledger, ChangeKind.POOLED, after, reason=reason, actor=actor, now=now, pooling=pooling_authority
    )
    context = {"institution": ledger.institution.name, "ledger": ledger.pk}
    people = people_of(pooling_authority, *access.POST_ROLES)
    tell_each(people=people, kind=messages.POOLED_ASKED, context=context, now=now)
    return change


@transaction.atomic
def propose_exchange(
    *,
    ledger: PostLedger,
    group: str,
    rule: ExchangeRule,
    left: int,
    reason: str,
    actor: Actor,
    now: datetime,
) -> LedgerChange:
    """退三进二, 退二进一: people who left are taken off, and as many as the rule gives may enter above the approved number."""
    level = ledger.levels.get(group=group)
    refuse_wrong_exchange(rule, left, level.filled, reason)
    after = {"levels": {group: {"left": left, "enter": exchanged(rule, left)}}}
    return _propose(
        ledger, ChangeKind.EXCHANGE, after, reason=reason, actor=actor, now=now, rule=rule.as_dict()
    )


@transaction.atomic
def sign_pooled_change(
    *, change: LedgerChange, signer: str, version: int | None, actor: Actor, now: datetime
) -> None:
    """The pooling body's section head signs by name; only then can the change be approved."""
    if not signer.strip():
        raise Refused("请填写业务处室负责人姓名，它会印在表上。", field="signer")
    move(change, transitions.SIGN_POOLED, actor=actor, now=now, version=version)
    change.pooling_signer = signer.strip()
    change.save(update_fields=["pooling_signer"])
    context = {
        "institution": change.ledger.institution.name,
        "ledger": change.ledger_id,
        "kind": change.get_kind_display(),
    }
    people = people_of(change.ledger.authority, *access.POST_ROLES)
    tell_each(people=people, kind=messages.CHANGE_PROPOSED, context=context, now=now)


@transaction.atomic
def approve_change(
    *, change: LedgerChange, opinion: str, version: int | None, actor: Actor, now: datetime
) -> None:
    """Approve: 1. move; 2. the ledger as it is must be what the proposal was built on; 3. write the new figures,
    which the database refuses when people already recommended would no longer fit; 4. log; 5. tell."""
    if change.kind == ChangeKind.POOLED and change.state == ChangeState.PROPOSED:
        raise Refused("使用统筹岗位，须先由统筹部门业务处室负责人签署。")
    ledger = queries.locked(change.ledger_id)
    if change.kind != ChangeKind.FIGURES and ledger.state == LedgerState.NEW:
        raise Refused("岗位数据还没有首次核准，请先核准岗位数据。")
    move(change, transitions.APPROVE_CHANGE, actor=actor, now=now, version=version, note=opinion)
    if change.before != queries.figures_of(ledger):
        raise Refused("提出以后台账有了变动（例如有人聘任）。请退回，由单位按最新数据重新提出。")
    _write(ledger, change)
    if ledger.state == LedgerState.NEW:
        move(ledger, transitions.BRING_IN_FORCE, actor=actor, now=now, details={"change": change.pk})
    _decided(change, opinion, "已核准", actor, now)


@transaction.atomic
def return_change(
    *, change: LedgerChange, opinion: str, version: int | None, actor: Actor, now: datetime
) -> None:
    """Send a proposal back with what is wrong."""
    if not opinion.strip():
        raise Refused("请写明哪里不对、怎样改，单位会看到。", field="opinion")
    move(change, transitions.RETURN_CHANGE, actor=actor, now=now, version=version, note=opinion)
    _decided(change, opinion, "已退回", actor, now)


@transaction.atomic
def withdraw_change(*, change: LedgerChange, version: int | None, actor: Actor, now: datetime) -> None:
    """The institution takes its proposal back while nobody has decided."""
    move(change, transitions.WITHDRAW_CHANGE, actor=actor, now=now, version=version)


def _propose(
    ledger: PostLedger,
    kind: str,
    after: dict[str, Any],
    *,
    reason: str,
    actor: Actor,
    now: datetime,
    rule: dict[str, Any] | None = None,
    pooling: Organisation | None = None,
) -> LedgerChange:
    if not access.can_keep_ledger(actor, ledger):
        raise Forbidden("post_change.propose")
    if not reason.strip():
        raise Refused("请写明变动原因和依据的文件。", field="reason")
    ledger = queries.locked(ledger.pk)
    if ledger.changes.filter(state__in=sorted(OPEN_CHANGES)).exists():
        raise Refused("还有一次变动等待核准。请等它核准，或先撤回再提出新的。")
    last = ledger.changes.aggregate(last=Max("number"))["last"] or 0
    change = LedgerChange.objects.create(
        ledger=ledger,
        number=last + 1,
        kind=kind,
        before=queries.figures_of(ledger),
        after=after,
        rule=rule or {},
        reason=reason.strip(),
        pooling_authority=pooling,
        proposed_by_id=actor.person_id,
        proposed_at=now,
    )
    record("post_change.propose", actor=actor, now=now, subject=change, to_state=change.state, details=after)
    if pooling is None:
        context = {
            "institution": ledger.institution.name,
            "ledger": ledger.pk,
            "kind": change.get_kind_display(),
        }
        people = people_of(ledger.authority, *access.POST_ROLES)
        tell_each(people=people, kind=messages.CHANGE_PROPOSED, context=context, now=now)
    return change


def _write(ledger: PostLedger, change: LedgerChange) -> None:
    try:
        with transaction.atomic():
            if change.kind == ChangeKind.FIGURES:
                _write_figures(ledger, change.after)
            elif change.kind == ChangeKind.POOLED:
                _write_pooled(ledger, change)
            else:
                _write_exchange(ledger, change)
    except IntegrityError:
        raise Refused(
            "按这次变动，已经推荐的人就没有岗位了。请先处理占用空缺的申报，或退回单位改正数字。"
        ) from None


def _write_figures(ledger: PostLedger, after: dict[str, Any]) -> None:
    """New figures; seats by exchange that nobody holds lapse, those that are held stay."""
    PostLedger.objects.filter(pk=ledger.pk).update(establishment=after["establishment"], posts=after["posts"])
    levels = list(ledger.levels.all())
    for level in levels:
        told = after["levels"][level.group]
        level.ratio, level.approved, level.filled = Decimal(told["ratio"]), told["approved"], told["filled"]
        held = level.filled + level.reserved - level.approved - level.pooled
        level.extra = min(level.extra, max(0, held))
    PostLevel.objects.bulk_update(levels, ["ratio", "approved", "filled", "extra"])


def _write_pooled(ledger: PostLedger, change: LedgerChange) -> None:
    [(group, told)] = change.after["levels"].items()
    ledger.levels.filter(group=group).update(pooled=told["pooled"])
    PostLedger.objects.filter(pk=ledger.pk).update(pooling_authority=change.pooling_authority)


def _write_exchange(ledger: PostLedger, change: LedgerChange) -> None:
    """Take the leavers off; give exactly as many seats as the rule says, over the approved number if need be."""
    rule = rule_of(change.rule)
    [(group, told)] = change.after["levels"].items()
    level = ledger.levels.get(group=group)
    filled = level.filled - told["left"]
    wanted = filled + level.reserved + exchanged(rule, told["left"]) - level.approved - level.pooled
    extra = max(level.extra, wanted, 0)
    ledger.levels.filter(group=group).update(filled=F("filled") - told["left"], extra=extra)


def _decided(change: LedgerChange, opinion: str, outcome: str, actor: Actor, now: datetime) -> None:
    change.decided_by_id, change.decided_at, change.opinion = actor.person_id, now, opinion.strip()
    change.save(update_fields=["decided_by", "decided_at", "opinion"])
    if change.proposed_by_id is not None:
        context = {"kind": change.get_kind_display(), "outcome": outcome, "opinion": opinion.strip()}
        tell(person=change.proposed_by_id, kind=messages.CHANGE_DECIDED, context=context, now=now)
