"""The demo that `bin/demo` starts: real server and rules, plus one-click logins and a movable clock."""

from config.settings.dev import *  # noqa: F403
from config.settings.dev import INSTALLED_APPS

DEBUG = False
DEMO = True
ALLOWED_HOSTS = ["*"]
INSTALLED_APPS = [*INSTALLED_APPS, "zhiping.portals.demo"]
