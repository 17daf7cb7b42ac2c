"""What may be set about TLS and logins, and that no secret comes out again."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from faust import auth
from pydantic import ValidationError

from streams.broker.security import Security
from streams.errors import BrokerError
from streams.settings import Settings, explained

SECRET = "hunter2-hunter2"
LOGIN = {"sasl_mechanism": "SCRAM-SHA-512", "sasl_username": "desk", "sasl_password": SECRET}
SASL_SSL = {"security_protocol": "SASL_SSL"}


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        (LOGIN, "set NEWSWIRE_SECURITY_PROTOCOL to SASL_SSL"),
        ({**LOGIN, "security_protocol": "SSL"}, "set NEWSWIRE_SECURITY_PROTOCOL to SASL_SSL"),
        ({"ssl_cafile": "ca.pem"}, "NEWSWIRE_SSL_CAFILE set, but"),
        ({**LOGIN, "security_protocol": "SASL_PLAINTEXT", "ssl_cafile": "c"}, "SSL_CAFILE set"),
        ({"security_protocol": "SSL", "ssl_keyfile": "key.pem"}, "needs NEWSWIRE_SSL_CERTFILE"),
        (SASL_SSL, "needs NEWSWIRE_SASL_MECHANISM"),
        ({**LOGIN, **SASL_SSL, "sasl_username": None}, "needs NEWSWIRE_SASL_USERNAME"),
        ({**LOGIN, **SASL_SSL, "sasl_password": None}, "either NEWSWIRE_SASL_PASSWORD_FILE"),
        ({**LOGIN, **SASL_SSL, "sasl_password_file": "f"}, "either NEWSWIRE_SASL_PASSWORD_FILE"),
        (
            {**LOGIN, "security_protocol": "SASL_PLAINTEXT", "sasl_mechanism": "PLAIN"},
            "PLAIN sends the secret itself",
        ),
        ({**LOGIN, **SASL_SSL, "sasl_mechanism": "OAUTHBEARER"}, "NEWSWIRE_SASL_OAUTH_TOKEN_FILE"),
        ({**SASL_SSL, "sasl_mechanism": "GSSAPI"}, "NEWSWIRE_SASL_MECHANISM: Input should be"),
    ],
)
def test_what_does_not_fit_together_is_refused_with_what_to_do(
    settings: dict[str, Any], said: str
) -> None:
    with pytest.raises(ValidationError) as refused:
        Settings(**settings)
    assert said in explained(refused.value)
    for shown in (explained(refused.value), str(refused.value), repr(refused.value)):
        assert SECRET not in shown


def test_a_secret_is_in_nothing_that_is_printed() -> None:
    settings = Settings(**LOGIN, **SASL_SSL)  # type: ignore[arg-type]
    assert settings.kafka_python()["sasl_plain_password"] == SECRET
    for shown in (
        repr(settings),
        str(settings),
        settings.model_dump_json(),
        repr(settings.faust()),
    ):
        assert SECRET not in shown


@pytest.mark.parametrize(
    ("content", "said"),
    [(None, "No such file"), (b"\n", "it is empty"), (b"\xff" + SECRET.encode(), "not UTF-8")],
)
def test_a_secrets_file_that_cannot_be_used_is_named_and_not_quoted(
    tmp_path: Path, content: bytes | None, said: str
) -> None:
    path = tmp_path / "secret"
    if content is not None:
        path.write_bytes(content)
    security = Security(**{**LOGIN, **SASL_SSL, "sasl_password": None, "sasl_password_file": path})
    with pytest.raises(
        BrokerError, match=f"NEWSWIRE_SASL_PASSWORD_FILE: cannot use .*{said}"
    ) as no:
        security.kafka_python()
    assert SECRET not in repr(no.value)


def test_every_client_is_told_the_same(tmp_path: Path) -> None:
    path = tmp_path / "secret"
    path.write_text(SECRET + "\r\n")
    stated = {**LOGIN, **SASL_SSL, "sasl_password": None, "sasl_password_file": path}
    security = Security(**stated)
    for arguments in (security.kafka_python(), security.aiokafka()):
        assert arguments.pop("ssl_context").check_hostname
        assert arguments == {
            "security_protocol": "SASL_SSL",
            "sasl_mechanism": "SCRAM-SHA-512",
            "sasl_plain_username": "desk",
            "sasl_plain_password": SECRET,
        }
    credentials = security.faust()
    assert isinstance(credentials, auth.SASLCredentials)
    assert (credentials.protocol.value, credentials.mechanism.value) == (
        "SASL_SSL",
        "SCRAM-SHA-512",
    )
    assert (credentials.username, credentials.password) == ("desk", SECRET)


def test_without_settings_nothing_is_asked_for() -> None:
    assert Security().kafka_python() == Security().aiokafka() == {"security_protocol": "PLAINTEXT"}
    assert Security().faust() is None


def test_a_wrong_setting_ends_the_command_with_one_line() -> None:
    env = {**os.environ, "NEWSWIRE_SASL_PASSWORD": SECRET, "PYTHONWARNINGS": "ignore"}
    command = [sys.executable, "-m", "streams.cli", "topics"]
    done = subprocess.run(command, env=env, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("newswire: NEWSWIRE_SASL_PASSWORD set, but")
    assert done.stderr.count("\n") == 1
    assert SECRET not in done.stderr
