"""Settings every installation shares. What differs stands in dev, demo, test and prod."""

from csp.constants import NONE, SELF

from config.environment import ROOT, Environment

ENVIRONMENT = Environment()
DATA_DIR = ENVIRONMENT.data_dir
POLICY_PACKS = ROOT / "policy_packs"
MANUAL = ROOT / "docs" / "manual"
HELP = ROOT / "docs" / "help"
DEBUG = False
DEMO = False  # one-click logins, tour and movable clock; only config.settings.demo may switch it on
ALLOWED_HOSTS = [host.strip() for host in ENVIRONMENT.hosts.split(",")]
PUBLIC_URL = ENVIRONMENT.public_url.rstrip("/")
SANDBOX_URL = ""  # where the stand-ins of the outside systems listen: in the demo alone
PAYMENT_URL = ENVIRONMENT.payment_url.rstrip("/")  # empty: no payment platform is connected
INSTITUTIONS_URL = ENVIRONMENT.institutions_url.rstrip(
    "/"
)  # empty: the system of public institutions is not connected
INSTITUTIONS_KEY = ENVIRONMENT.institutions_key.get_secret_value() if ENVIRONMENT.institutions_key else ""
CREDIT_URL = ENVIRONMENT.credit_url.rstrip("/")  # empty: no credit platform is connected
CREDIT_KEY = ENVIRONMENT.credit_key.get_secret_value() if ENVIRONMENT.credit_key else ""
RECORD_URLS = ENVIRONMENT.record_urls  # registers asked by document number: name → address
RECORD_KEY = ENVIRONMENT.record_key.get_secret_value() if ENVIRONMENT.record_key else ""
SMS_URL = ENVIRONMENT.sms_url.rstrip("/")  # empty: no SMS gateway is connected
SMS_KEY = ENVIRONMENT.sms_key.get_secret_value() if ENVIRONMENT.sms_key else ""
MAIL_FROM = ENVIRONMENT.mail_from  # empty: no e-mail leaves
MAILBOX_URL = ""  # the stand-in mailbox, in the demo alone
EMAIL_TIMEOUT = 20
globals().update(ENVIRONMENT.smtp())
SIGN_ON_ISSUER = ENVIRONMENT.sign_on_issuer.rstrip("/")  # empty: people sign in here with a password
SIGN_ON_CLIENT = ENVIRONMENT.sign_on_client
SIGN_ON_KEY = ENVIRONMENT.sign_on_key.get_secret_value() if ENVIRONMENT.sign_on_key else ""
SIGN_ON_LEVEL = ENVIRONMENT.sign_on_level  # the lowest real-name level that may come in
LOCAL_SIGN_IN = ENVIRONMENT.local_sign_in  # False: passwords only for staff of bodies of the state
PAYMENT_KEY = ENVIRONMENT.payment_key.get_secret_value() if ENVIRONMENT.payment_key else ""

CONTEXTS = [
    "kernel",
    "auditlog",
    "privacy",
    "lifecycle",
    "jobs",
    "identity",
    "organisations",
    "messaging",
    "help_centre",
    "files",
    "achievements",
    "continuing_education",
    "exchange",
    "integrity",
    "notices",
    "posts",
    "fees",
    "policies",
    "plans",
    "applications",
    "leads",
    "committees",
    "certificates",
    "web",
]
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "django_htmx",
    "template_partials",
    "csp",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    *[f"zhiping.{context}" for context in CONTEXTS],
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "zhiping.web.middleware.MaintenanceMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "zhiping.web.middleware.ActorMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROOT / "zhiping" / "web" / "templates", ROOT / "zhiping" / "portals" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "zhiping.web.context.page_frame",
            ],
            "builtins": ["template_partials.templatetags.partials", "zhiping.web.templatetags.zhiping"],
        },
    }
]
FORM_RENDERER = "zhiping.web.forms.FieldRenderer"

DATABASES = {"default": ENVIRONMENT.database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "identity.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "/accounts/login/"
LOGIN_REDIRECT_URL = "/start/"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_ADAPTER = "zhiping.portals.public.accounts.adapter.AccountAdapter"
ACCOUNT_RATE_LIMITS = {
    "login": "120/m/ip",
    "login_failed": "60/m/ip,5/5m/key",
    "help": "10/m/ip",
}  # offices share an address
MFA_ADAPTER = "zhiping.portals.public.accounts.adapter.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "职评"
MFA_TOTP_TOLERANCE = 1  # a telephone's clock may be half a minute off
PASSWORD_RESET_TIMEOUT = 3 * 24 * 3600  # one-time links of new accounts

CSRF_FAILURE_VIEW = "zhiping.web.errors.csrf_failure"

LANGUAGE_CODE = "zh-hans"
TIME_ZONE = "Asia/Shanghai"
USE_I18N = True
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
MEDIA_ROOT = DATA_DIR / "files"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
CACHES = {
    # Shared by the web processes: sign-in rate limits must hold across them.
    "default": {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": DATA_DIR / "cache",
        "OPTIONS": {"MAX_ENTRIES": 10_000},  # past it a third is forgotten, counters of failed sign-ins too
    }
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
FILE_UPLOAD_PERMISSIONS = 0o600
SESSION_COOKIE_HTTPONLY = True
CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 8 * 3600
STAFF_IDLE_MINUTES = ENVIRONMENT.staff_idle_minutes
APPLICANT_IDLE_MINUTES = ENVIRONMENT.applicant_idle_minutes
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "SAMEORIGIN"  # the evidence viewer frames our own PDFs
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "media-src": [SELF],  # lessons by video
        "img-src": [SELF, "data:", "blob:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-src": [SELF],
        "frame-ancestors": [SELF],
        "base-uri": [NONE],
    }
}
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"stderr": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
}
