"""The life of a pack version."""

from zhiping.lifecycle.moving import Transition
from zhiping.policies.access import can_approve_pack, can_edit_pack, can_supersede_pack
from zhiping.policies.states import PackState

OFFER = Transition("pack.offer", "提交复核", frozenset({PackState.DRAFT}), PackState.OFFERED, can_edit_pack)
RETURN = Transition("pack.return", "退回修改", frozenset({PackState.OFFERED}), PackState.DRAFT, can_edit_pack)
APPROVE = Transition(
    "pack.approve", "复核发布", frozenset({PackState.OFFERED}), PackState.PUBLISHED, can_approve_pack
)
SUPERSEDE = Transition(
    "pack.supersede",
    "由新版本取代",
    frozenset({PackState.PUBLISHED}),
    PackState.SUPERSEDED,
    can_supersede_pack,
)
ALL = (OFFER, RETURN, APPROVE, SUPERSEDE)
