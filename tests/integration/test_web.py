"""What a worker's web server answers, and to whom."""

import socket
from http.client import HTTPConnection
from urllib.parse import urlsplit

import pytest

from tests.integration.system import System

pytestmark = pytest.mark.broker

OURS = ("/", "/stories", "/metrics", "/healthz", "/readyz")
FAUSTS = (
    "/router/",
    "/router/topics",
    "/router/versions/",
    "/router/versions/key/",
    "/table/",
    "/table/versions/",
    "/table/versions/key/",
    "/assignment/",
    "/graph/",
    "/graph",
    "/performance/",
    "/stats/",
    "/send/enrich/",
)


def ask(system: System, method: str, path: str, **headers: str) -> tuple[int, dict[str, str]]:
    connection = HTTPConnection("127.0.0.1", urlsplit(system.web).port or 0, timeout=10)
    try:
        connection.request(method, path, headers=headers)
        answer = connection.getresponse()
        answer.read()
        return answer.status, {name.lower(): value for name, value in answer.getheaders()}
    finally:
        connection.close()


@pytest.mark.parametrize("path", [*OURS, "/nothing"])
def test_every_answer_forbids_what_our_page_does_not_need(system: System, path: str) -> None:
    _, headers = ask(system, "GET", path, Origin="https://evil.example")
    policy = headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; script-src 'sha256-")
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert "access-control-allow-origin" not in headers


@pytest.mark.parametrize("path", FAUSTS)
def test_fausts_own_pages_are_not_there(system: System, path: str) -> None:
    assert ask(system, "GET", path)[0] == 404


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
@pytest.mark.parametrize("path", OURS)
def test_nothing_can_be_changed(system: System, method: str, path: str) -> None:
    assert ask(system, method, path)[0] == 405


def test_only_this_machine_is_answered(system: System) -> None:
    port = urlsplit(system.web).port or 0
    addresses = {
        str(info[4][0]) for info in socket.getaddrinfo(socket.gethostname(), port, socket.AF_INET)
    }
    for address in addresses - {"127.0.0.1"}:
        with socket.socket() as probe:
            probe.settimeout(2)
            assert probe.connect_ex((address, port)) != 0
