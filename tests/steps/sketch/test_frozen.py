"""Sketches lie in topics and changelogs: a change here needs a new VERSION, and forgets all."""

import os
import subprocess
import sys
import unicodedata
import zlib
from hashlib import blake2b

import pytest

from schemas.article import Article
from streams.settings import ROOT
from streams.steps.sketch import fingerprint, sketch
from tools import make_fold

ARABIC = (
    "موسكو، 7 تشرين الثاني (وكالات) - هنّأ الرئيس الروسي نظيره الأمريكي بالفوز في الانتخابات، "
    "وقال إنّ بلاده مستعدة للحوار. وبلغت المشاركة ٦٥٫٣ في المئة من ١٬٠٠٠٬٠٠٠ ناخب."
)
ENGLISH = (
    "PORTSIDE, Dec 3 (Agency) - A ferry with 120 people on board sank near the harbour of the "
    "island’s main town on Tuesday, and 1,500 litres of fuel leaked, the coast guard said."
)
RUSSIAN = (
    "Паром, на борту которого было 120 человек, затонул во вторник недалеко от острова; "
    "её капитан сообщил о течи в 2,5 метра ещё утром, рассказали спасатели."
)
CHINESE = (
    "一艘载有120人的渡轮星期二在岛屿港口附近沉没，海岸警卫队表示，救援行动仍在进行，没有人员伤亡。"
)
THAI = "เรือข้ามฟากที่มีผู้โดยสาร ๑๒๐ คนจมลงใกล้ท่าเรือของเกาะเมื่อวันอังคาร หน่วยยามฝั่งกล่าว"
TEXTS = {
    "ar": ("بوتين يهنئ ترمب", ARABIC),
    "en": ("Ferry sinks off the coast", ENGLISH),
    "ru": ("Паром затонул у берега", RUSSIAN),
    "zh": ("渡轮在海岸附近沉没", CHINESE),
    "th": ("เรือข้ามฟากจม", THAI),
}
FROZEN = {
    "ar": "36e6870ea6238c134a2febb5e1adb3af",
    "en": "5d2731fb98465282e251baf3fc0eb7f4",
    "ru": "0a65c8fc724bda9eb5872239f5cefb44",
    "zh": "c9af3b24b54e8c8d68dab8b364195b3c",
    "th": "47bd8ca1b1b4b399d149d15b8f9dba3b",
}
TABLE = "d6b7bc3c36465e08da3cc98bd45a2bec"


def digests() -> dict[str, str]:
    return {
        name: blake2b(sketch(*text).pack().encode(), digest_size=16).hexdigest()
        for name, text in TEXTS.items()
    }


def test_the_hashes_are_frozen() -> None:
    assert digests() == FROZEN


def test_a_whole_packed_sketch_is_frozen() -> None:
    assert sketch("Fire in the port", "Two ships burned in 2.5 hours.").pack() == (
        "AlcdywzhwpkEoUZoGQYABQAFAAMAAwAEAA4/ZgEk+GUr/BeBPi683V+9y/PzDj9mAST4ZSv8F4E+LrzdX73L"
        "8/M/nlR5txojh/1zzMsyLjWVFIEC"
    )


@pytest.mark.parametrize("seed", ["0", "1"])
def test_the_hashes_are_the_same_in_every_process(seed: str) -> None:
    program = "from tests.steps.sketch.test_frozen import digests; print(digests())"
    done = subprocess.run(
        [sys.executable, "-c", program],
        env=os.environ | {"PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == str(FROZEN)


def test_the_fold_table_is_frozen() -> None:
    table = zlib.decompress(make_fold.TARGET.read_bytes())
    assert len(table) == 0x10000 * 3
    assert blake2b(table, digest_size=16).hexdigest() == TABLE


@pytest.mark.skipif(
    unicodedata.unidata_version != make_fold.UNICODE,
    reason=f"the table is made with Unicode {make_fold.UNICODE}",
)
def test_the_tool_makes_the_frozen_table() -> None:
    assert make_fold.table() == zlib.decompress(make_fold.TARGET.read_bytes())


def test_the_fingerprint_is_frozen() -> None:
    article = Article(uri="urn:a", wire="w", headline="بوتين يهنئ ترمب", body="Текст text")
    assert fingerprint(article) == "0779e1feb35290661f9ad3841a98274b"


def test_the_fingerprint_is_of_the_text_as_published() -> None:
    one = Article(uri="urn:a", wire="w", headline="Ferry sinks", body="It sank.")
    assert fingerprint(one) != fingerprint(one.model_copy(update={"body": "It  sank."}))
    assert fingerprint(one) == fingerprint(one.model_copy(update={"uri": "urn:b", "version": 2}))
