"""What the outside may set: environment variables, checked once at start (pydantic refuses bad values)."""

from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

ROOT = Path(__file__).resolve().parent.parent


class Environment(BaseSettings):
    """One field per variable; docs/howto/run-in-production.md explains each."""

    model_config = SettingsConfigDict(env_prefix="ZHIPING_", extra="ignore")

    data_dir: Path = ROOT / "var"
    secret_key: SecretStr | None = None
    privacy_key: SecretStr | None = None
    hosts: str = "localhost,127.0.0.1"
    public_url: str = "http://127.0.0.1:8000"
    database_url: str = Field(default="", validation_alias="DATABASE_URL")
    signing_key_dir: Path | None = None
    payment_url: str = ""
    payment_key: SecretStr | None = None
    institutions_url: str = ""
    institutions_key: SecretStr | None = None
    credit_url: str = ""
    credit_key: SecretStr | None = None
    record_urls: dict[str, str] = {}
    record_key: SecretStr | None = None
    sms_url: str = ""
    sms_key: SecretStr | None = None
    mail_from: str = ""
    smtp_url: SecretStr | None = None
    sign_on_issuer: str = ""
    sign_on_client: str = "zhiping"
    sign_on_key: SecretStr | None = None
    sign_on_level: int = 2
    local_sign_in: bool = True
    sandbox_url: str = ""
    staff_idle_minutes: int = Field(default=30, ge=1)
    applicant_idle_minutes: int = Field(default=120, ge=1)

    def database(self) -> dict[str, Any]:
        """Django's DATABASES["default"]: SQLite in the data folder unless DATABASE_URL names PostgreSQL."""
        if not self.database_url:
            return sqlite(self.data_dir / "zhiping.sqlite3")
        url = urlsplit(self.database_url)
        if url.scheme not in {"postgresql", "postgres"}:
            raise ValueError(f"DATABASE_URL must start with postgresql://, not {url.scheme}://")
        query = dict(parse_qsl(url.query))
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": unquote(url.path.lstrip("/")),
            "USER": unquote(url.username or ""),
            "PASSWORD": unquote(url.password or ""),
            "HOST": query.pop("host", unquote(url.hostname or "")),
            "PORT": str(url.port or ""),
            "CONN_MAX_AGE": 60,
            "OPTIONS": query,
        }

    def smtp(self) -> dict[str, Any]:
        """Django's EMAIL_… settings from `smtp://user:password@host:port` (smtps:// for TLS from the start)."""
        url = urlsplit(self.smtp_url.get_secret_value() if self.smtp_url else "smtp://localhost:25")
        if url.scheme not in {"smtp", "smtps"}:
            raise ValueError(f"ZHIPING_SMTP_URL must start with smtp:// or smtps://, not {url.scheme}://")
        is_wrapped = url.scheme == "smtps"
        return {
            "EMAIL_HOST": url.hostname or "localhost",
            "EMAIL_PORT": url.port or (465 if is_wrapped else 25),
            "EMAIL_HOST_USER": unquote(url.username or ""),
            "EMAIL_HOST_PASSWORD": unquote(url.password or ""),
            "EMAIL_USE_SSL": is_wrapped,
            "EMAIL_USE_TLS": not is_wrapped and bool(url.username),
        }


def sqlite(path: Path) -> dict[str, Any]:
    """SQLite with write-ahead log; writers queue at BEGIN instead of failing half-way (architecture §7.2)."""
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        "CONN_MAX_AGE": 60,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;PRAGMA cache_size=-16000;",
        },
    }
