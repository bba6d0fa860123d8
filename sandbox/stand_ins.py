"""All stand-ins; whoever builds one adds its line."""

from sandbox.frame import StandIn
from sandbox.payment.stand_in import Payment

STAND_INS: list[type[StandIn]] = [Payment]
