"""All stand-ins; whoever builds one adds its line."""

from sandbox.credit.stand_in import Credit
from sandbox.frame import StandIn
from sandbox.institutions.stand_in import Institutions
from sandbox.mailbox.stand_in import Mailbox
from sandbox.payment.stand_in import Payment
from sandbox.registers.stand_ins import REGISTERS
from sandbox.sign_on.stand_in import SignOn
from sandbox.sms.stand_in import Sms
from sandbox.webhook.stand_in import Webhook

STAND_INS: list[type[StandIn]] = [Credit, Institutions, Mailbox, Payment, Sms, Webhook, *REGISTERS, SignOn]
