"""The employer's audit of items and profiles (R-270, R-271, R-273…R-275)."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction

from zhiping.achievements import messages, transitions
from zhiping.achievements.models import ItemVersion, Profile, ProfileVersion
from zhiping.achievements.operations.copies import check_copies
from zhiping.achievements.operations.profiles import keep_employer_in_step
from zhiping.documents.glyphs import printable_text
from zhiping.kernel.actor import Actor
from zhiping.kernel.errors import Refused
from zhiping.lifecycle.moving import Transition, move
from zhiping.messaging.operations import tell

MAX_REASON = 500
MOST_TITLE, MOST_NAMED = 60, 10  # of an item's name in a title; of names in a message


def decide_item(
    *,
    version: ItemVersion,
    verdict: Transition,
    reason: str,
    expected: int | None,
    actor: Actor,
    now: datetime,
    copies: Mapping[int, str] | None = None,
) -> None:
    """Approve, return or reject one item and tell its owner; see `decide_items`."""
    decide_items(
        versions=[version],
        verdict=verdict,
        reason=reason,
        expected=[expected],
        actor=actor,
        now=now,
        copies=copies,
    )


@transaction.atomic
def decide_items(
    *,
    versions: Sequence[ItemVersion],
    verdict: Transition,
    reason: str,
    expected: Sequence[int | None],
    actor: Actor,
    now: datetime,
    copies: Mapping[int, str] | None = None,
) -> None:
    """Give the same verdict on one or several items, all or none. `copies` says of each file what it was found to be.

    1. the profile of each owner must be confirmed by the employer first; 2. move each; 3. what is approved has been
    compared with its originals, file by file (R-281); 4. keep the reason with the version; 5. tell each owner once.
    """
    words = checked_reason(verdict, reason)
    people = {version.person_id for version in versions}
    unconfirmed = Profile.objects.filter(person_id__in=people, is_confirmed=False).values_list(
        "person__name", flat=True
    )
    if names := "、".join(sorted(unconfirmed)[:5]):
        raise Refused(f"请先审核{names}的个人基本信息，确认是本单位人员，再审核业绩。")
    for version, number in zip(versions, expected, strict=True):
        move(version, verdict, actor=actor, now=now, note=words, version=number)
        if verdict is transitions.APPROVE:
            files = [link.file for link in version.evidence_links.all()]
            answers = copies or {}
            check_copies(
                files=files,
                answers=answers,
                subject=version,
                version=version,
                actor=actor,
                now=now,
                must=True,
            )
    ItemVersion.objects.filter(pk__in=[version.pk for version in versions]).update(
        reason=words, decided_at=now, decided_by=actor.person_id
    )
    for person in sorted(people):
        labels = [version.label for version in versions if version.person_id == person]
        tell(person=person, kind=messages.DECIDED, context=_told(labels, verdict, words, actor), now=now)


def _told(labels: Sequence[str], verdict: Transition, words: str, actor: Actor) -> dict[str, str]:
    """What the owner reads: which items, the verdict, the reason, what to do."""
    first, others = labels[0], len(labels) - 1
    short = first if len(first) <= MOST_TITLE else f"{first[:MOST_TITLE]}…"
    items = "、".join(labels[:MOST_NAMED]) + (f" 等 {len(labels)} 项" if len(labels) > MOST_NAMED else "")
    return {
        "employer": actor.organisation_name,
        "verdict": verdict.label,
        "what": f"“{short}”等 {len(labels)} 项" if others else short,
        "items": items,
        "reason": f"原因：{words.rstrip('。')}。" if words else "",
        "advice": "请修改后再送审。" if verdict is transitions.RETURN else "",
    }


@transaction.atomic
def decide_profile(
    *,
    version: ProfileVersion,
    verdict: Transition,
    reason: str,
    expected: int | None,
    actor: Actor,
    now: datetime,
) -> None:
    """Approve, return or reject a profile: move, keep the reason, keep the current employer in step, tell."""
    words = checked_reason(verdict, reason)
    move(version, verdict, actor=actor, now=now, note=words, version=expected)
    ProfileVersion.objects.filter(pk=version.pk).update(
        reason=words, decided_at=now, decided_by=actor.person_id
    )
    keep_employer_in_step(version.profile)
    context = {
        "employer": actor.organisation_name,
        "verdict": verdict.label,
        "reason": f"原因：{words}" if words else "",
    }
    tell(person=version.person_id, kind=messages.PROFILE_DECIDED, context=context, now=now)


def checked_reason(verdict: Transition, reason: str) -> str:
    """The reason as it can be printed; needed to return and to reject (R-273, R-274)."""
    words = printable_text(reason, field="reason")
    if verdict not in transitions.DECISIONS:
        raise Refused("请选择通过、退回或不通过。")
    if not words and verdict is not transitions.APPROVE:
        raise Refused(f"{verdict.label}必须写明原因：差在哪、怎么改。", field="reason")
    if len(words) > MAX_REASON:
        raise Refused(f"原因最多 {MAX_REASON} 字，现在是 {len(words)} 字，请精简。", field="reason")
    return words
