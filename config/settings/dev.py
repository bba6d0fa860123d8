"""A developer's machine: keys are made once and kept in the data folder."""

from config.settings.base import *  # noqa: F403
from config.settings.base import DATA_DIR
from config.settings.keys import local_key

DEBUG = True
ALLOWED_HOSTS = ["*"]
SECRET_KEY = local_key(DATA_DIR, "secret")
PRIVACY_KEY = local_key(DATA_DIR, "privacy")
SIGNING_KEY_DIR = DATA_DIR / "signing"
