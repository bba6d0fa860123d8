"""Which ledgers one may see, what stands in them, and whether somebody may still be recommended."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from zhiping.identity.models import Person
from zhiping.kernel.actor import Actor
from zhiping.kernel.errors import Refused
from zhiping.posts.access import KEEPING_ROLES, POST_ROLES
from zhiping.posts.models import (
    CompetitionEntry,
    LedgerChange,
    PostForm,
    PostLedger,
    PostLevel,
    Reservation,
    Statement,
)
from zhiping.posts.states import (
    LIVE,
    RECOMMENDED,
    CompetitionState,
    FormState,
    LedgerState,
    PostGroup,
    StatementState,
)


def visible_to(actor: Actor) -> QuerySet[PostLedger]:
    """The institution's own; those a post authority keeps; those that use, or ask for, a body's pooled posts."""
    rows = PostLedger.objects.select_related("institution", "authority", "pooling_authority")
    if actor.role in KEEPING_ROLES:
        return rows.filter(institution_id=actor.organisation_id or 0)
    if actor.role in POST_ROLES:
        mine = actor.organisation_id or 0
        asked = LedgerChange.objects.filter(pooling_authority_id=mine).values("ledger_id")
        return rows.filter(Q(authority_id=mine) | Q(pooling_authority_id=mine) | Q(pk__in=asked))
    return rows.none()


def forms_visible_to(actor: Actor) -> QuerySet[PostForm]:
    related = PostForm.objects.select_related(
        "ledger__institution", "ledger__authority", "ledger__pooling_authority"
    )
    return related.filter(ledger__in=visible_to(actor))


def changes_visible_to(actor: Actor) -> QuerySet[LedgerChange]:
    related = LedgerChange.objects.select_related(
        "ledger__institution", "ledger__authority", "pooling_authority", "decided_by"
    )
    return related.filter(ledger__in=visible_to(actor))


def reservations_visible_to(actor: Actor) -> QuerySet[Reservation]:
    related = Reservation.objects.select_related("level__ledger__institution", "person")
    return related.filter(level__ledger__in=visible_to(actor))


def statements_visible_to(actor: Actor) -> QuerySet[Statement]:
    """The institution's own."""
    rows = Statement.objects.select_related("person", "institution")
    if actor.role not in KEEPING_ROLES:
        return rows.none()
    return rows.filter(institution_id=actor.organisation_id or 0)


def locked(ledger_id: int) -> PostLedger:
    """The ledger, locked for this transaction."""
    rows = PostLedger.objects.select_related("institution", "authority").select_for_update(of=("self",))
    return rows.get(pk=ledger_id)


def level_of(institution_id: int, group: str) -> PostLevel | None:
    rows = PostLevel.objects.select_related("ledger__institution")
    return rows.filter(ledger__institution_id=institution_id, group=group).first()


def figures_of_level(level: PostLevel) -> dict[str, int]:
    return {
        name: getattr(level, name)
        for name in ("approved", "filled", "reserved", "pooled", "extra", "vacancy")
    }


def figures_of(ledger: PostLedger) -> dict[str, Any]:
    """What a proposal is built on. `reserved` is left out: recommending changes it every day and approves nothing."""
    return {
        "establishment": ledger.establishment,
        "posts": ledger.posts,
        "levels": {
            level.group: {
                "ratio": f"{level.ratio:.2f}",
                "approved": level.approved,
                "filled": level.filled,
                "pooled": level.pooled,
                "extra": level.extra,
            }
            for level in ledger.levels.order_by("pk")
        },
    }


def refuse_not_chosen(level: PostLevel, person: Person, year: int) -> None:
    """Where the institution has held a competition this year for the level, only who was chosen in it goes on."""
    held = CompetitionEntry.objects.filter(
        competition__ledger_id=level.ledger_id,
        competition__group=level.group,
        competition__year=year,
        competition__state=CompetitionState.CONCLUDED,
    )
    outcomes = dict(held.values_list("person_id", "outcome"))
    if outcomes and outcomes.get(person.pk) not in RECOMMENDED:
        raise Refused(
            f"{person.name}不在今年{PostGroup(level.group).label}岗位的竞聘结果里，不能推荐。"
            "请先在“岗位管理”里登记竞聘结果。"
        )


@dataclass(frozen=True, slots=True)
class Standing:
    """What the ledger says for one application: the facts that follow, and where they come from."""

    has_vacancy: bool | None  # None: no ledger is in force, so nothing is known
    words: str
    form_code: str = ""
    statement: str = ""


def standing_of(
    *, institution_id: int, group: str, person_id: int, subject_id: int | None, year: int
) -> Standing | None:
    """How a person of an institution stands before its ledger; None where no ledger is in force (four queries at most)."""
    statement = Statement.objects.filter(
        institution_id=institution_id, person_id=person_id, year=year, state=StatementState.ISSUED
    ).first()
    shown = f"非在编说明 {statement.issued_at:%Y}-{statement.pk}" if statement else ""
    level = level_of(institution_id, group)
    if level is None or level.ledger.state != LedgerState.IN_FORCE:
        return Standing(None, words="", statement=shown) if shown else None
    holds = Reservation.objects.filter(subject_id=subject_id or 0, state__in=sorted(LIVE)).exists()
    sealed = PostForm.objects.filter(
        ledger_id=level.ledger_id, year=year, state=FormState.SEALED, people=person_id
    )
    code = sealed.values_list("code", flat=True).first() or ""
    words = (
        f"岗位台账（{level.get_group_display()}：核准 {level.approved}，实聘 {level.filled}，"
        f"已推荐待聘 {level.reserved}）"
    )
    return Standing(holds or level.free > 0, words, code, shown)
