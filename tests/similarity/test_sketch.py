"""Signatures of a text, against the measure that they stand for."""

from __future__ import annotations

import random
import subprocess
import sys

from tests.similarity.invented import invented, sketched, texts
from tests.support import given
from validator.similarity.share import PASSAGE
from validator.similarity.sketch import RUN, WINDOW, unpacked, winnow


def hashes(text: str) -> set[int]:
    return {number for _, number in winnow(text)}


@given(lambda st: (texts(st), st.text(alphabet="天地玄黄", min_size=PASSAGE, max_size=PASSAGE + 9), texts(st), texts(st), texts(st)))
def test_a_common_passage_is_never_missed(before: str, passage: str, after: str, left: str, right: str) -> None:
    assert hashes(before + passage + after) & hashes(left + passage + right)


@given(lambda st: (texts(st),))
def test_hashes_are_kept_in_order_and_close_enough(text: str) -> None:
    places = [place for place, _ in winnow(text)]
    assert bool(places) == (len(text) >= RUN)
    assert all(0 < after - before <= WINDOW for before, after in zip(places, places[1:], strict=False))


def test_the_same_in_every_process() -> None:
    code = (
        "from validator.similarity.sketch import winnow; "
        "print(sorted(winnow('围绕茶产业扶持和农村饮水改造主动公开各类信息并配发解读材料方便村民查阅')))"
    )
    said = {
        subprocess.run([sys.executable, "-c", code], env={"PYTHONHASHSEED": seed}, capture_output=True, text=True, check=True).stdout
        for seed in ("0", "1", "77")
    }
    assert len(said) == 1 and "[" in said.pop()


def test_a_signature_is_small() -> None:
    rnd = random.Random(2)
    sketch = sketched(invented(rnd, 2400))
    assert sum(len(part.hashes) + len(part.steps) for part in sketch.parts) + len(sketch.sentences) < 4096
    assert len(unpacked(sketch.parts[0].hashes)) > 400
