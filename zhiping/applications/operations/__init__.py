"""Business actions on applications, by topic."""

from zhiping.applications.operations.barring import expel_case, refuse_barred
from zhiping.applications.operations.chain import extend_step, lapse_application
from zhiping.applications.operations.charging import (
    ask_fee,
    ask_money_back,
    charge_waiting,
    follow_bill,
    owed_by,
    scheme_of,
)
from zhiping.applications.operations.deciding import pass_step, pass_steps, refuse_case, return_case
from zhiping.applications.operations.drafting import (
    Overwritten,
    attach_file,
    detach_file,
    keep_photo,
    pick_items,
    save_section,
    start_application,
)
from zhiping.applications.operations.publicising import forward_case, open_employer_publicity
from zhiping.applications.operations.reminding import remind_unfinished
from zhiping.applications.operations.rescheduling import change_window
from zhiping.applications.operations.signing import (
    open_signing,
    sign_by_token,
    sign_on_screen,
    take_over_signature,
)
from zhiping.applications.operations.submitting import submit_application, withdraw_application

__all__ = [
    "Overwritten",
    "ask_fee",
    "ask_money_back",
    "attach_file",
    "change_window",
    "charge_waiting",
    "detach_file",
    "expel_case",
    "extend_step",
    "follow_bill",
    "forward_case",
    "keep_photo",
    "lapse_application",
    "open_employer_publicity",
    "open_signing",
    "owed_by",
    "pass_step",
    "pass_steps",
    "pick_items",
    "refuse_barred",
    "refuse_case",
    "remind_unfinished",
    "return_case",
    "save_section",
    "scheme_of",
    "sign_by_token",
    "sign_on_screen",
    "start_application",
    "submit_application",
    "take_over_signature",
    "withdraw_application",
]
