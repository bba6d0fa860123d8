"""Production: every secret comes from outside and the demo cannot be switched on."""

import os

from django.core.exceptions import ImproperlyConfigured

from config.settings.base import *  # noqa: F403
from config.settings.base import ENVIRONMENT

DEMO = False
if os.environ.get("ZHIPING_DEMO"):
    raise ImproperlyConfigured("ZHIPING_DEMO is set: demo mode is refused by production settings.")
for name in ("secret_key", "privacy_key", "signing_key_dir"):
    if getattr(ENVIRONMENT, name) is None:
        raise ImproperlyConfigured(f"ZHIPING_{name.upper()} must be set in production.")
SECRET_KEY = ENVIRONMENT.secret_key.get_secret_value()
PRIVACY_KEY = ENVIRONMENT.privacy_key.get_secret_value()
SIGNING_KEY_DIR = ENVIRONMENT.signing_key_dir
SECURE_SSL_REDIRECT = True
SECURE_HSTS_SECONDS = 31536000
ALLAUTH_TRUSTED_PROXY_COUNT = 1  # sign-in limits count the visitor's address, not the proxy's
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SESSION_COOKIE_SECURE = True
SESSION_COOKIE_NAME = "__Host-sessionid"  # browsers then refuse one that another host or plain HTTP has set
CSRF_COOKIE_SECURE = True
CSRF_COOKIE_NAME = "__Host-csrftoken"
