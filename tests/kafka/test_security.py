"""Every client over TLS and a login, on real Kafka; and what is wrong is said, without secrets."""

import base64
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from streams.broker.admin import check
from streams.broker.security import Security
from streams.errors import BrokerError
from streams.links.consume import follow
from tests.conftest import free_port_now
from tests.integration.system import fetch, story, wait_until
from tests.links.records import FakeEncoder
from tools.kafka.children import Signals
from tools.kafka.node import Node
from tools.kafka.secured import PASSWORD, USER, Secured

pytestmark = [pytest.mark.broker, pytest.mark.timeout(240)]

WRONG = "wr0ng-and-secret"


@dataclass(frozen=True, slots=True)
class Place:
    """A node with its doors, and the directory of its certificates."""

    doors: Secured
    files: Path

    def at(self, **settings: Any) -> tuple[str, Security]:
        """The address of a door, and how to enter: these settings over what is right."""
        stated = {"ssl_cafile": self.files / "broker.pem", **settings}
        if stated.setdefault("security_protocol", "SASL_SSL") == "SASL_SSL":
            door = self.doors.sasl_port
            if stated.setdefault("sasl_mechanism", "SCRAM-SHA-512") != "OAUTHBEARER":
                stated = {"sasl_username": USER, "sasl_password": PASSWORD, **stated}
        else:
            door = self.doors.mutual_port
        return f"127.0.0.1:{door}", Security(**stated)

    def token(self, lives_s: int) -> Path:
        """A file with a token that says who it is; nobody signed it."""
        now = time.time_ns() // 1_000_000_000
        parts = ({"alg": "none"}, {"sub": USER, "iat": now - 60, "exp": now + lives_s})
        coded = (base64.urlsafe_b64encode(json.dumps(part).encode()) for part in parts)
        path = self.files / f"token-{lives_s}"
        path.write_text(".".join(part.decode().rstrip("=") for part in coded) + ".\n")
        return path

    def password(self) -> Path:
        path = self.files / "password"
        path.write_text(PASSWORD + "\n")
        return path

    def of_the_client(self) -> dict[str, Path]:
        own = (self.files / "client.pem", self.files / "client-key.pem")
        return dict(zip(("ssl_certfile", "ssl_keyfile"), own, strict=True))


@pytest.fixture(scope="module")
def place(real: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    if not shutil.which("openssl"):
        pytest.skip("certificates are made with openssl, which is not on PATH")
    doors = Secured(free_port_now(), free_port_now())
    node = Node(free_port_now(), tmp_path_factory.mktemp("secured"), doors)
    try:
        node.start(Signals())
        yield Place(doors, node.data)
    finally:
        node.stop()


def environment(address: str, security: Security, **more: str) -> dict[str, str]:
    """As a user sets it."""
    stated = {name: value for name, value in security if value is not None}
    if security.sasl_password:
        stated["sasl_password"] = security.sasl_password.get_secret_value()
    named = {f"NEWSWIRE_{name.upper()}": str(value) for name, value in stated.items()}
    return {**os.environ, "NEWSWIRE_BROKER": f"kafka://{address}", **named, **more}


def newswire(env: Mapping[str, str], *arguments: str, stdin: bytes = b"") -> tuple[int, str]:
    """Exit status, and all that it said."""
    command = [sys.executable, "-m", "streams.cli", *arguments]
    done = subprocess.run(
        command, env=env, input=stdin, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False
    )
    return done.returncode, done.stdout.decode()


def entered(place: Place, by: str) -> tuple[str, Security, str]:
    """Address, how to enter it by this, and the secret of it."""
    if by == "SCRAM-SHA-512":
        return *place.at(), PASSWORD
    if by == "OAUTHBEARER":
        token = place.token(600)
        how = place.at(sasl_mechanism=by, sasl_oauth_token_file=token)
        return *how, token.read_text().strip()
    key = (place.files / "client-key.pem").read_text().splitlines()[1]
    return *place.at(security_protocol="SSL", **place.of_the_client()), key


@contextmanager
def working(env: Mapping[str, str], log: Path) -> Iterator[int]:
    """A worker, ready; its process id."""
    with log.open("wb") as output:
        command = [sys.executable, "-m", "streams.cli", "worker"]
        worker = subprocess.Popen(command, env=env, stdout=output, stderr=output)
    try:
        ready = f"http://127.0.0.1:{env['NEWSWIRE_WEB_PORT']}/readyz"
        wait_until(lambda: fetch(ready)[0] == 200, f"the worker: {log}")
        yield worker.pid
    finally:
        worker.send_signal(signal.SIGTERM)
        assert worker.wait(60) == 0


@pytest.mark.parametrize(
    ("number", "by"), [(801, "SCRAM-SHA-512"), (802, "OAUTHBEARER"), (803, "a certificate")]
)
def test_an_article_goes_all_the_way_and_the_secret_is_in_no_output(
    place: Place, number: int, by: str, tmp_path: Path
) -> None:
    address, security, secret = entered(place, by)
    port, log = free_port_now(), tmp_path / "worker.log"
    env = environment(
        address,
        security,
        NEWSWIRE_WEB_PORT=str(port),
        NEWSWIRE_DATA=str(tmp_path),
        NEWSWIRE_LOG_LEVEL="DEBUG",
    )
    first = {**json.loads(story(number)[1]), "version": 1}
    second = {**first, "version": 2, "headline": f"Tram {number}", "body": f"Line {number} opens."}

    def counted(metric: str) -> bool:
        return f"newswire_{metric} 1.0\n" in fetch(f"http://127.0.0.1:{port}/metrics")[1]

    with working(env, log) as pid:
        # The first version comes late: the second is read again, by a client of its own.
        for version, metric in (
            (second, 'outcomes_total{outcome="enriched"}'),
            (first, 'retold_total{result="done"}'),
        ):
            assert newswire(env, "publish", "-", stdin=json.dumps(version).encode())[0] == 0
            wait_until(lambda metric=metric: counted(metric), metric)  # type: ignore[misc]
        status, said = newswire(env, "tail", "us-russia-relations", "--json", "-e", "-b")
        assert status == 0
        assert f'"key":"urn:test:story:{number}"' in said
        next(follow(address, FakeEncoder(), security))  # newswire link
        said += fetch(f"http://127.0.0.1:{port}/metrics")[1]
        said += Path(f"/proc/{pid}/cmdline").read_text() if sys.platform == "linux" else ""
    assert log.stat().st_size > 0, "at this level it says something"
    for form in (secret, base64.b64encode(secret.encode()).decode()):
        assert form not in log.read_text() + said


@pytest.mark.parametrize("mechanism", ["SCRAM-SHA-256", "SCRAM-SHA-512", "PLAIN"])
def test_a_name_and_a_password_from_a_file_are_enough(place: Place, mechanism: str) -> None:
    check(
        *place.at(sasl_mechanism=mechanism, sasl_password=None, sasl_password_file=place.password())
    )


def test_what_is_refused_says_which_setting_to_look_at(place: Place) -> None:
    files = place.files
    stranger = {"ssl_certfile": files / "stranger.pem", "ssl_keyfile": files / "stranger-key.pem"}
    mixed = {**place.of_the_client(), "ssl_keyfile": files / "stranger-key.pem"}
    late = {"sasl_mechanism": "OAUTHBEARER", "sasl_oauth_token_file": place.token(-5)}
    for settings, said in (
        ({"sasl_password": WRONG}, "SASL_USERNAME or NEWSWIRE_SASL_PASSWORD is wrong"),
        ({"sasl_username": "nobody"}, "SASL_USERNAME or NEWSWIRE_SASL_PASSWORD is wrong"),
        (late, "NEWSWIRE_SASL_OAUTH_TOKEN_FILE is too old"),
        ({"ssl_cafile": files / "stranger.pem"}, "is not trusted: .*NEWSWIRE_SSL_CAFILE"),
        ({"ssl_cafile": None}, "is not trusted: .*NEWSWIRE_SSL_CAFILE"),
        ({"ssl_cafile": files / "nothing.pem"}, "NEWSWIRE_SSL_CAFILE: cannot use .*nothing.pem"),
        ({"security_protocol": "SSL"}, "NEWSWIRE_SSL_CERTFILE"),
        ({"security_protocol": "SSL", **stranger}, "NEWSWIRE_SSL_CERTFILE"),
        ({"security_protocol": "SSL", **mixed}, "NEWSWIRE_SSL_CERTFILE.*cannot use"),
    ):
        address, security = place.at(**settings)
        with pytest.raises(BrokerError, match=said) as refused:
            check(address, security)
        assert WRONG not in repr(refused.value)


def test_a_broker_under_another_name_than_its_certificates_is_refused(place: Place) -> None:
    address, security = place.at()
    with pytest.raises(BrokerError, match="is not trusted: Hostname mismatch"):
        check(address.replace("127.0.0.1", "localhost"), security)


@pytest.mark.parametrize("verb", ["worker", "publish", "tail"])
def test_a_wrong_password_ends_a_command_with_one_line_and_never_shows_itself(
    place: Place, verb: str
) -> None:
    # PLAIN sends the password as it is: a client that logs what it sends would show it.
    address, security = place.at(sasl_mechanism="PLAIN", sasl_password=WRONG)
    env = environment(address, security, NEWSWIRE_LOG_LEVEL="DEBUG", PYTHONWARNINGS="ignore")
    arguments = {"worker": [], "publish": ["-"], "tail": ["enriched"]}[verb]
    started = time.monotonic()
    status, said = newswire(env, verb, *arguments)
    assert status == 1
    assert time.monotonic() - started < 60
    words = [line for line in said.splitlines() if '"level": "debug"' not in line]
    assert len(words) == 1
    assert re.match("newswire: .*NEWSWIRE_SASL_PASSWORD is wrong", words[0])
    assert WRONG not in said
