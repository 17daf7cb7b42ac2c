"""A node for tests: it answers, passes on how its command ended, and leaves nothing behind."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from streams.broker import TopicSpec, ensure_topics
from tools.kafka import jars, node
from tools.kafka.children import Signals

TOOL = [sys.executable, "-m", "tools.kafka"]
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A PATH of one empty directory."""
    path = tmp_path / "bin"
    path.mkdir()
    monkeypatch.setenv("PATH", str(path))
    return path


@pytest.fixture
def own_jars(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Nothing fetched yet, and a pom of our own."""
    monkeypatch.setattr(jars, "HOME", tmp_path / "home")
    monkeypatch.setattr(jars, "LIBS", tmp_path / "home" / "libs")
    monkeypatch.setattr(jars, "POM", tmp_path / "pom.xml")
    jars.POM.write_text("1")
    return jars.LIBS


def _program(path: Path, script: str) -> None:
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)


def _tool(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [*TOOL, *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


def _until(condition: Callable[[], bool]) -> bool:
    deadline = time.monotonic() + 10
    while not condition() and time.monotonic() < deadline:
        time.sleep(0.05)
    return condition()


def _nodes(data: Path) -> list[int]:
    """Processes that run in a directory under `data`."""
    found = []
    for entry in Path("/proc").glob("[0-9]*/cwd"):
        try:
            if entry.readlink().is_relative_to(data):
                found.append(int(entry.parent.name))
        except OSError:  # it ended meanwhile
            continue
    return found


JAVA_11 = "echo 'openjdk version \"11.0.2\" 2019' >&2"
JAVA_21 = "echo 'openjdk version \"21-ea\" 2023' >&2"


@pytest.mark.parametrize(
    ("programs", "why"),
    [
        ({}, "no java on PATH"),
        ({"java": JAVA_11, "mvn": ""}, r"Java 17 or newer.*11\.0\.2"),
        ({"java": "echo 'java version \"1.8.0_1\"' >&2"}, r"1\.8\.0_1"),
        ({"java": "echo gibberish"}, "gibberish"),
        ({"java": JAVA_21}, "no mvn on PATH"),
        ({"java": JAVA_21, "mvn": ""}, None),
    ],
)
def test_what_is_missing_is_said_in_one_line(
    path: Path, programs: dict[str, str], why: str | None
) -> None:
    for name, script in programs.items():
        _program(path / name, script)
    answer = _tool("possible")
    assert answer.returncode == (why is not None)
    assert answer.stdout.count("\n") == answer.returncode
    assert re.search(why or "^$", answer.stdout)


def test_jars_are_fetched_once_for_each_pom(path: Path, own_jars: Path) -> None:
    _program(path / "java", JAVA_21)
    _program(
        path / "mvn", f'/bin/mkdir -p "{own_jars}" && echo > "{own_jars}/$(/bin/date +%N).jar"'
    )
    jars.fetch(Signals())
    first = set(own_jars.glob("*.jar"))
    (path / "mvn").unlink()
    jars.fetch(Signals())  # without Maven, for there is nothing to do
    jars.POM.write_text("2")
    with pytest.raises(jars.KafkaToolError, match="no mvn"):
        jars.fetch(Signals())
    assert len(first) == 1
    assert set(own_jars.glob("*.jar")) == first


def test_jars_of_an_older_pom_do_not_stay(path: Path, own_jars: Path) -> None:
    own_jars.mkdir(parents=True)
    (own_jars / "old.jar").touch()
    (own_jars / "pom.xml").write_text("0")
    _program(path / "java", JAVA_21)
    _program(path / "mvn", f'/bin/mkdir -p "{own_jars}" && echo > "{own_jars}/new.jar"')
    jars.fetch(Signals())
    assert {file.name for file in own_jars.iterdir()} == {"new.jar", "pom.xml"}


def test_what_maven_could_not_finish_is_told_and_not_taken_for_the_jars(
    path: Path, own_jars: Path
) -> None:
    _program(path / "java", JAVA_21)
    _program(
        path / "mvn",
        f'/bin/mkdir -p "{own_jars}"; echo > "{own_jars}/half.jar"; echo "[ERROR] no net"; exit 1',
    )
    for _ in range(2):
        with pytest.raises(jars.KafkaToolError, match=r"Maven failed: \[ERROR\] no net\n.*log"):
            jars.fetch(Signals())


def test_a_port_in_use_is_refused(tmp_path: Path) -> None:
    with (
        socket.create_server(("127.0.0.1", 0)) as stranger,
        pytest.raises(jars.KafkaToolError, match="something else listens"),
    ):
        node.Node(stranger.getsockname()[1], tmp_path).start(Signals())


@pytest.mark.parametrize(
    ("script", "message"),
    [
        ("echo not formatted; exit 1", "cannot use .*: not formatted"),
        ("case $* in *StorageTool*) ;; *) echo 1; echo ERROR 2; exit 1;; esac", "start: ERROR 2"),
    ],
)
def test_kafka_that_ends_at_its_start_says_why(
    path: Path, tmp_path: Path, script: str, message: str
) -> None:
    _program(path / "java", script)
    broken = node.Node(node.free_port(), tmp_path / "data")
    with pytest.raises(jars.KafkaToolError, match=message):
        broken.start(Signals())
    broken.stop()


def test_a_command_that_is_not_there_starts_no_node() -> None:
    done = _tool("run", "--", "no-such-command")
    assert (done.returncode, done.stderr) == (127, "no-such-command: no such command\n")


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere it stays")
def test_a_child_does_not_outlive_a_tool_that_was_killed(tmp_path: Path) -> None:
    script = f"""
import time
from pathlib import Path
from tools.kafka.children import spawn
spawn(["sh", "-c", "echo runs; exec sleep 60"], cwd=Path({str(tmp_path)!r}), own_session=True)
time.sleep(60)
"""
    with subprocess.Popen([sys.executable, "-c", script], cwd=ROOT, stdout=subprocess.PIPE) as tool:
        assert tool.stdout is not None
        assert tool.stdout.readline() == b"runs\n"
        assert len(_nodes(tmp_path)) == 1
        tool.kill()
    assert _until(lambda: not _nodes(tmp_path))


@pytest.mark.broker
@pytest.mark.usefixtures("real")
def test_a_node_runs_until_ctrl_c_and_the_next_run_finds_its_records(tmp_path: Path) -> None:
    data = tmp_path / "данные"
    with subprocess.Popen(
        [*TOOL, "run", "--data", str(data)],
        cwd=ROOT,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as tool:
        assert tool.stderr is not None
        said = "".join(iter(tool.stderr.readline, "Ctrl-C stops it.\n"))
        address = said.strip().rpartition("NEWSWIRE_BROKER=kafka://")[2]
        assert ensure_topics(address, [TopicSpec("kept", 1)]) == {"kept": "created"}
        os.killpg(tool.pid, signal.SIGINT)
        assert tool.wait(20) == 0
    assert not _nodes(data)

    script = """
import os, sys
from streams.broker import TopicSpec, ensure_topics
url = os.environ["NEWSWIRE_BROKER"]
print(ensure_topics(url.removeprefix("kafka://"), [TopicSpec("kept", 1)]))
sys.exit(7)
"""
    command = [sys.executable, "-W", "ignore", "-c", script]
    done = _tool("run", "--data", str(data), "--", *command)
    assert (done.returncode, done.stdout) == (7, "{'kept': 'exists'}\n"), done.stderr
    assert not _nodes(data)


@pytest.mark.broker
@pytest.mark.usefixtures("real")
def test_sigterm_ends_the_command_and_the_node_and_removes_the_data(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    command = ["--", "sh", "-c", "echo $$; exec sleep 60"]
    with subprocess.Popen([*TOOL, "run", *command], cwd=ROOT, stdout=subprocess.PIPE) as tool:
        assert tool.stdout is not None
        pid = int(tool.stdout.readline())
        assert len(_nodes(tmp_path)) == 1
        tool.terminate()
        assert tool.wait(20) == 128 + signal.SIGTERM
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)
    assert not _nodes(tmp_path)
    assert list(tmp_path.iterdir()) == []
