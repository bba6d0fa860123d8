"""What committee offices do with plans, and what time does."""

from zhiping.plans.operations.changing import set_basics, set_window
from zhiping.plans.operations.publishing import (
    confirm_point,
    follow_the_clock,
    propose_plan,
    publish_plan,
    return_plan,
)
from zhiping.plans.operations.yearly import install_plan, load_notice, roll_over

__all__ = [
    "confirm_point",
    "follow_the_clock",
    "install_plan",
    "load_notice",
    "propose_plan",
    "publish_plan",
    "return_plan",
    "roll_over",
    "set_basics",
    "set_window",
]
