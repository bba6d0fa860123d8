"""All stand-ins; whoever builds one adds its line."""

from sandbox.credit.stand_in import Credit
from sandbox.frame import StandIn
from sandbox.payment.stand_in import Payment
from sandbox.registers.stand_ins import REGISTERS

STAND_INS: list[type[StandIn]] = [Credit, Payment, *REGISTERS]
