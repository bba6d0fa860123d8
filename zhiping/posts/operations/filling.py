"""岗位信息表: filled by the platform, sent up, signed for pooled posts, sealed by the post authority (R-215…R-227)."""

import json
from datetime import datetime

from django.db import transaction
from django.db.models import Max

from zhiping.auditlog.recording import record
from zhiping.jobs.queue import enqueue
from zhiping.kernel.actor import Actor
from zhiping.kernel.errors import Forbidden, Refused
from zhiping.lifecycle.moving import move
from zhiping.messaging.operations import tell, tell_each
from zhiping.organisations.queries import people_of
from zhiping.posts import access, messages, queries, transitions
from zhiping.posts.figures import EXPLAINED
from zhiping.posts.form_content import GROUPS, TITLES, content_of
from zhiping.posts.models import PostForm, PostLedger
from zhiping.posts.states import WAITING_FORMS, FormState, FormVariant, LedgerState

SHORT = {FormVariant.HANGZHOU: "HZ", FormVariant.ANJI: "AJ"}


@transaction.atomic
def fill_form(
    *,
    ledger: PostLedger,
    variant: str,
    year: int,
    unit_signer: str,
    explanation: str,
    actor: Actor,
    now: datetime,
) -> PostForm:
    """Fill the year's form and send it up.

    1. access, ledger in force, nothing waiting; 2. all competitions of the year: counts agree (R-218, R-223);
    3. pooled posts and exchanges are explained (R-221); 4. the frozen content; 5. log, print, tell.
    """
    if not access.can_keep_ledger(actor, ledger):
        raise Forbidden("post_form.fill")
    ledger = queries.locked(ledger.pk)
    if ledger.state != LedgerState.IN_FORCE:
        raise Refused("岗位数据还没有核准，不能填表。")
    forms = ledger.forms.filter(variant=variant, year=year)
    if forms.filter(state__in=sorted(WAITING_FORMS)).exists():
        raise Refused("今年的这种表已送出，正等待签章。要改，请岗位管理部门先退回。")
    if not unit_signer.strip():
        raise Refused("请填写负责岗位设置和竞聘的业务科（处）室负责人。", field="unit_signer")
    levels = list(ledger.levels.all())
    competitions = queries.concluded(ledger, year, GROUPS[FormVariant(variant)])
    content = content_of(variant, ledger, levels, competitions)
    concerned = [level for level in levels if level.group in {each.group for each in competitions}]
    if any(level.pooled or level.extra for level in concerned) and len(explanation.strip()) < EXPLAINED:
        raise Refused(
            f"用到统筹岗位或退出换进的，请在说明里写清情况，不少于 {EXPLAINED} 个字。", field="explanation"
        )
    number = (forms.aggregate(last=Max("number"))["last"] or 0) + 1
    form = PostForm.objects.create(
        ledger=ledger,
        variant=variant,
        year=year,
        number=number,
        code=f"GW{year}-{SHORT[FormVariant(variant)]}-{ledger.pk:04d}-{number:02d}",
        content=json.dumps(content, ensure_ascii=False),
        explanation=explanation.strip(),
        uses_pooled=any(level.pooled for level in concerned),
        unit_signer=unit_signer.strip(),
        filled_by_id=actor.person_id,
        filled_at=now,
    )
    form.people.set(queries.recommended_in(competitions))
    record("post_form.fill", actor=actor, now=now, subject=form, to_state=form.state)
    enqueue("posts.print_form", key=f"post-form-{form.pk}-filled", form_id=form.pk)
    _tell_bodies(form, now)
    return form


@transaction.atomic
def sign_pooled_form(
    *, form: PostForm, signer: str, version: int | None, actor: Actor, now: datetime
) -> None:
    """The pooling body's section head signs (R-020, R-221)."""
    if not form.uses_pooled:
        raise Refused("这份表没有用到统筹岗位，不需要签署。")
    if not signer.strip():
        raise Refused("请填写业务处室负责人姓名，它会印在表上。", field="signer")
    form.pooling_signer = signer.strip()
    form.save(update_fields=["pooling_signer"])
    move(form, transitions.SIGN_POOLED_FORM, actor=actor, now=now, version=version)


@transaction.atomic
def seal_form(
    *, form: PostForm, signer: str, opinion: str, version: int | None, actor: Actor, now: datetime
) -> None:
    """Sign and seal: the year's earlier form gives way, the file is printed anew and signed (R-215, R-227)."""
    if form.uses_pooled and form.state == FormState.SUBMITTED:
        raise Refused("使用统筹岗位的表，须先由统筹部门业务处室负责人签署。")
    for value, label, field in ((signer, "签署人姓名", "signer"), (opinion, "意见", "opinion")):
        if not value.strip():
            raise Refused(f"请填写{label}。", field=field)
    earlier = PostForm.objects.select_related("ledger").filter(
        ledger_id=form.ledger_id, variant=form.variant, year=form.year, state=FormState.SEALED
    )
    for each in earlier:
        move(each, transitions.REPLACE_FORM, actor=actor, now=now, note=f"由 {form.code} 代替")
    form.signer, form.opinion, form.sealed_at = signer.strip(), opinion.strip(), now
    form.save(update_fields=["signer", "opinion", "sealed_at"])
    move(form, transitions.SEAL_FORM, actor=actor, now=now, version=version, note=opinion)
    enqueue("posts.print_form", key=f"post-form-{form.pk}-sealed", form_id=form.pk)
    _tell_institution(form, "已签章", "", now)


@transaction.atomic
def return_form(*, form: PostForm, opinion: str, version: int | None, actor: Actor, now: datetime) -> None:
    """Send the form back with what is wrong; the institution fills a new one."""
    if not opinion.strip():
        raise Refused("请写明哪里不对、怎样改，单位会看到。", field="opinion")
    form.opinion = opinion.strip()
    form.save(update_fields=["opinion"])
    move(form, transitions.RETURN_FORM, actor=actor, now=now, version=version, note=opinion)
    _tell_institution(form, "被退回", opinion.strip(), now)


def _tell_bodies(form: PostForm, now: datetime) -> None:
    ledger = form.ledger
    context = {
        "institution": ledger.institution.name,
        "title": TITLES[FormVariant(form.variant)],
        "code": form.code,
        "form": form.pk,
    }
    body = ledger.pooling_authority if form.uses_pooled and ledger.pooling_authority else ledger.authority
    people = people_of(body, *access.POST_ROLES)
    tell_each(people=people, kind=messages.FORM_SUBMITTED, context=context, now=now)


def _tell_institution(form: PostForm, outcome: str, opinion: str, now: datetime) -> None:
    if form.filled_by_id is None:
        return
    context = {
        "title": TITLES[FormVariant(form.variant)],
        "code": form.code,
        "outcome": outcome,
        "opinion": opinion,
        "form": form.pk,
    }
    tell(person=form.filled_by_id, kind=messages.FORM_DECIDED, context=context, now=now)
