"""Production refuses the demo and missing secrets; DATABASE_URL is read strictly."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from config.environment import Environment

ROOT = Path(__file__).resolve().parents[2]
SECRETS = {
    "ZHIPING_SECRET_KEY": "s" * 50,
    "ZHIPING_PRIVACY_KEY": "p" * 50,
    "ZHIPING_SIGNING_KEY_DIR": "/srv/keys",
}


def check_production(tmp_path, **environment: str) -> subprocess.CompletedProcess[str]:
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("ZHIPING", "DJANGO"))}
    code = "import django; django.setup(); from django.conf import settings; print('DEMO', settings.DEMO)"
    return subprocess.run(
        [sys.executable, "-W", "ignore", "-c", code],
        cwd=ROOT,
        env={
            **clean,
            "DJANGO_SETTINGS_MODULE": "config.settings.prod",
            "ZHIPING_DATA_DIR": str(tmp_path),
            **environment,
        },
        capture_output=True,
        text=True,
        check=False,
    )


def test_production_starts_with_its_secrets_and_without_demo(tmp_path):
    assert check_production(tmp_path, **SECRETS).stdout == "DEMO False\n"


def test_production_refuses_the_demo(tmp_path):
    done = check_production(tmp_path, **SECRETS, ZHIPING_DEMO="1")

    assert done.returncode != 0
    assert "demo mode is refused" in done.stderr


@pytest.mark.parametrize("missing", SECRETS)
def test_production_refuses_a_missing_secret(tmp_path, missing):
    done = check_production(tmp_path, **{name: value for name, value in SECRETS.items() if name != missing})

    assert done.returncode != 0
    assert missing in done.stderr


def test_a_database_url_of_another_kind_is_refused(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "mysql://somewhere/db")

    with pytest.raises(ValueError, match="must start with postgresql://"):
        Environment().database()


def test_a_postgresql_url_is_read_in_all_its_parts(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgresql://us%40er:pa%3Ass@db.example:6543/zhiping?sslmode=require")

    database = Environment().database()

    assert (database["USER"], database["PASSWORD"], database["HOST"], database["PORT"]) == (
        "us@er",
        "pa:ss",
        "db.example",
        "6543",
    )
    assert database["OPTIONS"] == {"sslmode": "require"}
