"""The demo that `bin/demo` starts: real server and rules, plus one-click logins and a movable clock."""

from config.settings.dev import *  # noqa: F403

DEBUG = False
DEMO = True
ALLOWED_HOSTS = ["*"]
