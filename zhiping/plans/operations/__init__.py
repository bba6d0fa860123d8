"""What committee offices do with plans, and what time does."""

from zhiping.plans.operations.advancing import advance_plan, archive_plan
from zhiping.plans.operations.changing import attach_file, detach_file, set_basics, set_window
from zhiping.plans.operations.publishing import (
    confirm_point,
    follow_the_clock,
    propose_plan,
    publish_plan,
    resume_plan,
    return_plan,
    suspend_plan,
)
from zhiping.plans.operations.yearly import install_plan, load_notice, roll_over

__all__ = [
    "advance_plan",
    "archive_plan",
    "attach_file",
    "confirm_point",
    "detach_file",
    "follow_the_clock",
    "install_plan",
    "load_notice",
    "propose_plan",
    "publish_plan",
    "resume_plan",
    "return_plan",
    "roll_over",
    "set_basics",
    "set_window",
    "suspend_plan",
]
