"""Tests: fast password hashing, warnings are errors (pyproject), strict templates."""

import tempfile
from pathlib import Path

from config.settings.base import *  # noqa: F403
from config.settings.base import INSTALLED_APPS, TEMPLATES

DATA_DIR = Path(tempfile.mkdtemp(prefix="zhiping-test-"))
MEDIA_ROOT = DATA_DIR / "files"
STATIC_ROOT = DATA_DIR / "static"
SECRET_KEY = "test-only"  # noqa: S105
PRIVACY_KEY = "test-only-privacy"
SIGNING_KEY_DIR = DATA_DIR / "signing"
INSTALLED_APPS = [*INSTALLED_APPS, "zhiping.portals.demo"]
INSTITUTIONS_KEY = "shared-institutions-key-for-tests"
CREDIT_KEY = "shared-credit-key-for-tests"
RECORD_KEY = "shared-records-key-for-tests"
SMS_KEY = "shared-sms-key-for-tests"
SIGN_ON_KEY = "shared-sign_on-key-for-tests"
PAYMENT_KEY = "shared-payment-key-for-tests"
DEMO = True  # demo pages are tested; tests/config holds that production refuses them
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
TEMPLATES[0]["OPTIONS"]["string_if_invalid"] = "«undefined: %s»"
STATIC_ROOT.mkdir(parents=True)
