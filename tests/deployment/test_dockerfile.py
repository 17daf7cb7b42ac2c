"""The Dockerfile, read: what it copies exists, what it runs is not root, its health check works."""

import fnmatch
import json
import re
import subprocess
import sys
import threading
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from streams.settings import Settings

ROOT = Path(__file__).parents[2]
TEXT = re.sub(r"\\\n\s*", "", (ROOT / "Dockerfile").read_text("utf-8"))
STEPS = [
    (word, rest)
    for word, _, rest in (line.partition(" ") for line in TEXT.splitlines())
    if word and word != "#"
]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))


def of(word: str) -> list[str]:
    return [rest for found, rest in STEPS if found == word]


COPIED = [source for rest in of("COPY") if "--from" not in rest for source in rest.split()[:-1]]


@pytest.mark.parametrize("source", COPIED)
def test_what_is_copied_exists(source: str) -> None:
    assert (ROOT / source).exists()


@pytest.mark.parametrize("source", COPIED)
def test_what_is_copied_is_not_ignored(source: str) -> None:
    lines = (ROOT / ".dockerignore").read_text("utf-8").splitlines()
    ignored = False
    for line in lines:
        if line and not line.startswith("#") and fnmatch.fnmatch(source, line.removeprefix("!")):
            ignored = not line.startswith("!")
    assert not ignored


def test_all_that_the_wheel_is_made_of_is_copied() -> None:
    wheel = PROJECT["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"]
    project = PROJECT["project"]
    assert {*wheel, project["readme"], *project["license-files"], "pyproject.toml"} <= {*COPIED}


def test_both_stages_have_one_pinned_base_of_the_python_that_is_supported() -> None:
    [build, final] = of("FROM")
    assert build == f"{final} AS build"
    assert re.fullmatch(r"python:(\d\.\d+)-slim-[a-z]+", final)
    assert f"python:{PROJECT['project']['requires-python'].removeprefix('>=')}-" in final


def test_dependencies_are_installed_by_hash_and_the_project_adds_none() -> None:
    [locked, ours] = [rest for rest in of("RUN") if " install " in rest and "pip" in rest]
    assert "--require-hashes -r requirements/app.txt" in locked
    assert ours.endswith("--no-deps --no-build-isolation .")


def test_the_image_runs_as_a_numbered_user_who_is_not_root() -> None:
    [user] = of("USER")
    assert re.fullmatch(r"[1-9]\d*:[1-9]\d*", user)
    last = [word for word, _ in STEPS]
    assert last.index("USER") > max(i for i, word in enumerate(last) if word in {"RUN", "COPY"})


def test_the_entrypoint_is_the_command_and_gets_its_signals_itself() -> None:
    """A shell form would put a shell between SIGTERM and the worker."""
    [entrypoint] = of("ENTRYPOINT")
    assert json.loads(entrypoint) == ["newswire"]
    assert "newswire" in PROJECT["project"]["scripts"]


def test_no_build_tool_is_left_in_the_image() -> None:
    final = TEXT[TEXT.rindex("FROM ") :]
    assert "pip uninstall --yes" in final
    assert " install --no-cache-dir" not in final
    assert "apt" not in final


def test_the_port_is_the_one_of_the_settings() -> None:
    assert of("EXPOSE") == [str(Settings.model_fields["web_port"].default)]


@contextmanager
def web(status: int) -> Iterator[tuple[int, list[str]]]:
    """A server on a free port that answers everything with `status`, and what it was asked."""
    asked: list[str] = []

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(status)
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Answer) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield server.server_address[1], asked
        server.shutdown()
        thread.join()


@pytest.mark.parametrize(("status", "healthy"), [(200, True), (500, False), (503, False)])
def test_the_health_check_is_healthy_when_the_worker_says_so(status: int, healthy: bool) -> None:  # noqa: FBT001
    [check] = of("HEALTHCHECK")
    command = json.loads(check[check.index("CMD ") + 4 :])
    assert command[:2] == ["python", "-c"]
    with web(status) as (port, asked):
        program = command[2].replace(":6066/", f":{port}/")
        assert program != command[2]
        done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=False)
    assert asked == ["/healthz"]
    assert (done.returncode == 0) == healthy
