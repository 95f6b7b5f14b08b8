"""How much of one text stands in another: the measure against its definition, real ways to copy."""

from __future__ import annotations

import random
import re

import pytest

from tests.similarity.invented import OTHER, OWN, parts, report, texts
from tests.support import given
from validator.similarity.pairs import worth_comparing
from validator.similarity.share import PASSAGE, compare, covered_letters, grams
from validator.similarity.sketch import sketch_of

# ------------------------------------------------------------------------------------------------ the measure


@given(lambda st: (texts(st), texts(st)))
def test_a_letter_counts_where_a_common_passage_holds_it(text: str, other: str) -> None:
    def held(at: int) -> bool:
        starts = range(max(0, at - PASSAGE + 1), min(at, len(text) - PASSAGE) + 1)
        return any(text[start : start + PASSAGE] in other for start in starts)

    assert list(covered_letters(text, grams([other]))) == [int(held(at)) for at in range(len(text))]


@given(lambda st: (texts(st), texts(st)))
def test_both_texts_share_the_same_passages(text: str, other: str) -> None:
    one, two = grams([text]), grams([other])
    there = {text[i : i + PASSAGE] for i in range(len(text)) if all(covered_letters(text, two)[i : i + PASSAGE])} & one & two
    back = {other[i : i + PASSAGE] for i in range(len(other)) if all(covered_letters(other, one)[i : i + PASSAGE])} & one & two
    assert there == back == one & two


@given(lambda st: (st.lists(st.text(alphabet="天地玄黄", min_size=PASSAGE, max_size=30), min_size=1, max_size=6), st.randoms()))
def test_the_order_of_sentences_does_not_matter(sentences: list[str], rnd: random.Random) -> None:
    moved = sentences[:]
    rnd.shuffle(moved)
    assert sum(covered_letters("".join(sentences), grams(moved))) == len("".join(sentences))


@given(lambda st: (texts(st), st.text(alphabet="宇宙洪荒", min_size=PASSAGE, max_size=60)))
def test_texts_with_nothing_in_common_share_nothing(text: str, other: str) -> None:
    assert not any(covered_letters(text, grams([other])))


# ------------------------------------------------------------------------------------------------ real ways to copy

WORDS = (("补贴", "补助"), ("村民", "群众"), ("主要", "大多"), ("平均", "普遍"), ("后来", "此后"))


def renamed(text: str, rnd: random.Random) -> str:
    """The report as a neighbour copies it: its own name and year, other figures, some other words, sentences moved."""
    head, text = text[0], text[1:].replace("青石镇", "柳湾乡").replace("2023", "2024").replace("国土所", "建设所")
    for old, new in WORDS:
        text = text.replace(old, new)
    text = re.sub(r"(?<!\d)\d{1,3}(?!\d)", lambda _: str(rnd.randint(1, 300)), text)
    sentences = [one for one in re.split("(?<=。)", text) if one]
    rnd.shuffle(sentences)
    return head + "".join(sentences)


@pytest.mark.parametrize("seed", range(8))
def test_a_copy_with_names_figures_words_and_order_changed_is_found(seed: int) -> None:
    rnd = random.Random(seed)
    one = parts(report("云岭县青石镇人民政府", 2023, *OWN))
    two = parts(report("云岭县柳湾乡人民政府", 2024, *(renamed(text, rnd) for text in OWN)))
    for part in two:
        assert compare(part, one).share > 0.6
        assert compare(part, one).runs
    assert worth_comparing(sketch_of(one, 100), sketch_of(two, 100), 0.5)


def test_reports_of_two_authors_share_next_to_nothing() -> None:
    one, two = parts(report("云岭县青石镇人民政府", 2023, *OWN)), parts(report("云岭县白塔乡人民政府", 2023, *OTHER))
    assert max(compare(part, two).share for part in one) < 0.1
    assert not worth_comparing(sketch_of(one, 100), sketch_of(two, 100), 0.5)


def test_the_passages_say_which_sentences() -> None:
    one = parts(report("云岭县青石镇人民政府", 2023, *OWN))
    mixed = parts(report("云岭县白塔乡人民政府", 2023, OTHER[0], OTHER[1] + "\n" + OWN[1][1:].split("改进情况")[0]))
    (found,) = [compare(part, one) for part in mixed if part.number == 5]
    assert 0.2 < found.share < 0.5 and found.paragraphs == 1
    (run,) = found.runs
    assert run[0].passage.text[run[0].start :].startswith("存在的主要问题：一是政策解读只有文字")
