"""The demo that `bin/demo` starts: real server and rules, plus one-click logins and a movable clock."""

from config.settings.dev import *  # noqa: F403
from config.settings.dev import DATA_DIR, ENVIRONMENT, INSTALLED_APPS
from config.settings.keys import local_key

DEBUG = False
DEMO = True
STAFF_IDLE_MINUTES = APPLICANT_IDLE_MINUTES = 8 * 60  # a demo is left open and come back to
ALLOWED_HOSTS = ["*"]
INSTALLED_APPS = [*INSTALLED_APPS, "zhiping.portals.demo"]
SANDBOX_URL = ENVIRONMENT.sandbox_url.rstrip("/")
PAYMENT_URL = f"{SANDBOX_URL}/payment" if SANDBOX_URL else ""
INSTITUTIONS_URL = f"{SANDBOX_URL}/institutions" if SANDBOX_URL else ""
INSTITUTIONS_KEY = local_key(DATA_DIR / "shared-keys", "institutions")
CREDIT_URL = f"{SANDBOX_URL}/credit" if SANDBOX_URL else ""
CREDIT_KEY = local_key(DATA_DIR / "shared-keys", "credit")
SMS_URL = f"{SANDBOX_URL}/sms" if SANDBOX_URL else ""
SMS_KEY = local_key(DATA_DIR / "shared-keys", "sms")
MAILBOX_URL = f"{SANDBOX_URL}/mailbox" if SANDBOX_URL else ""
MAIL_FROM = "职评平台 <noreply@zhiping.example>" if SANDBOX_URL else ""
EMAIL_BACKEND = "zhiping.gateways.mail.MailboxBackend"
PAYMENT_KEY = local_key(DATA_DIR / "shared-keys", "payment")
REGISTERS = ("education", "insurance", "skills", "patents", "papers", "honours")
RECORD_URLS = {name: f"{SANDBOX_URL}/{name}" for name in REGISTERS} if SANDBOX_URL else {}
RECORD_KEY = local_key(DATA_DIR / "shared-keys", "records")
SIGN_ON_ISSUER = f"{SANDBOX_URL}/sign_on" if SANDBOX_URL else ""
SIGN_ON_KEY = local_key(DATA_DIR / "shared-keys", "sign_on")
