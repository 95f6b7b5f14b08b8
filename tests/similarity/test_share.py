"""How much of one text stands in another: the measure against its definition, the signatures against the measure, real ways to copy."""

from __future__ import annotations

import random
import re
import subprocess
import sys
from types import ModuleType
from typing import Any

import pytest

from tests.support import book, given
from validator.forms.read_tables import measure
from validator.model import Sketch
from validator.pipeline.check_file import understand
from validator.readers import read_documents
from validator.roster.units import judge_unit
from validator.similarity.own_text import Part, parts_of, setting, unit_names
from validator.similarity.pairs import MOST, candidates, common_of, worth_comparing
from validator.similarity.share import PASSAGE, compare, covered, grams
from validator.similarity.sketch import RUN, WINDOW, sketch_of, unpacked, winnowed
from validator.similarity.words import letters


def texts(st: ModuleType) -> Any:
    """Of few letters, so that common passages of every length come about."""
    return st.text(alphabet="天地玄黄", max_size=60)


def hashes(text: str) -> set[int]:
    return {number for _, number in winnowed(text)}


def parts(text: str) -> tuple[Part, ...]:
    report = understand(read_documents(text.encode(), "report.txt")[0], book())
    figures = measure(report, book().forms, year=report.year)
    return parts_of(report, setting(book().tables["copying"], figures, *unit_names(judge_unit(report.unit, book().tables["units"]))))


def report(unit: str, year: int, *sections: str) -> str:
    headings = {5: "五、存在的主要问题及改进情况", 1: "一、总体情况", 6: "六、其他需要报告的事项"}
    body = "\n".join(f"{headings[int(text[0])]}\n{text[1:]}" for text in sections)
    return f"{unit}{year}年政府信息公开工作年度报告\n\n{body}\n"


# ------------------------------------------------------------------------------------------------ the measure


@given(lambda st: (texts(st), texts(st)))
def test_a_letter_counts_where_a_common_passage_holds_it(text: str, other: str) -> None:
    def held(at: int) -> bool:
        starts = range(max(0, at - PASSAGE + 1), min(at, len(text) - PASSAGE) + 1)
        return any(text[start : start + PASSAGE] in other for start in starts)

    assert list(covered(text, grams([other]))) == [int(held(at)) for at in range(len(text))]


@given(lambda st: (texts(st), texts(st)))
def test_both_texts_share_the_same_passages(text: str, other: str) -> None:
    one, two = grams([text]), grams([other])
    there = {text[i : i + PASSAGE] for i in range(len(text)) if all(covered(text, two)[i : i + PASSAGE])} & one & two
    back = {other[i : i + PASSAGE] for i in range(len(other)) if all(covered(other, one)[i : i + PASSAGE])} & one & two
    assert there == back == one & two


@given(lambda st: (st.lists(st.text(alphabet="天地玄黄", min_size=PASSAGE, max_size=30), min_size=1, max_size=6), st.randoms()))
def test_the_order_of_sentences_does_not_matter(sentences: list[str], rnd: random.Random) -> None:
    moved = sentences[:]
    rnd.shuffle(moved)
    assert sum(covered("".join(sentences), grams(moved))) == len("".join(sentences))


@given(lambda st: (texts(st), st.text(alphabet="宇宙洪荒", min_size=PASSAGE, max_size=60)))
def test_texts_with_nothing_in_common_share_nothing(text: str, other: str) -> None:
    assert not any(covered(text, grams([other])))


# ------------------------------------------------------------------------------------------------ the signatures


@given(lambda st: (texts(st), st.text(alphabet="天地玄黄", min_size=PASSAGE, max_size=PASSAGE + 9), texts(st), texts(st), texts(st)))
def test_a_common_passage_is_never_missed(before: str, passage: str, after: str, left: str, right: str) -> None:
    assert hashes(before + passage + after) & hashes(left + passage + right)


@given(lambda st: (texts(st),))
def test_hashes_are_kept_in_order_and_close_enough(text: str) -> None:
    places = [place for place, _ in winnowed(text)]
    assert bool(places) == (len(text) >= RUN)
    assert all(0 < after - before <= WINDOW for before, after in zip(places, places[1:], strict=False))


def test_the_same_in_every_process() -> None:
    code = (
        "from validator.similarity.sketch import winnowed; "
        "print(sorted(winnowed('围绕茶产业扶持和农村饮水改造主动公开各类信息并配发解读材料方便村民查阅')))"
    )
    said = {
        subprocess.run([sys.executable, "-c", code], env={"PYTHONHASHSEED": seed}, capture_output=True, text=True, check=True).stdout
        for seed in ("0", "1", "77")
    }
    assert len(said) == 1 and "[" in said.pop()


# ------------------------------------------------------------------------------------------------ what is set aside


def test_letters_alone() -> None:
    assert letters("2023年，全镇 共 收到申请十二件（Ａpp）") == "年全镇共收到申请件app"


@pytest.mark.parametrize(
    "text",
    [
        "本报告依据《中华人民共和国政府信息公开条例》（国务院令第711号）和国办公开办函〔2021〕30号编制。",
        "本报告由总体情况、主动公开政府信息情况、收到和处理政府信息公开申请情况等六个部分组成。",
        "报告所列数据的统计期限自2023年1月1日起至2023年12月31日止。",
        "如对本报告有疑问，请与青石镇党政综合办公室联系（电话：0578-6512306）。",
        "2023年，青石镇没有收到政府信息公开申请。",
        "全年未发生因政府信息公开被申请行政复议、提起行政诉讼的情况。",
        "（一）主动公开情况。",
    ],
)
def test_what_the_form_asks_for_is_nobodys_own(text: str) -> None:
    (part,) = parts(report("云岭县青石镇人民政府", 2023, "1" + text))
    assert part.own == 0, [sentence.own for sentence in part.sentences]


def test_section_6_is_left_out_and_so_are_names() -> None:
    overview, other = "1云岭县青石镇的茶农领到了补贴，青石镇逐户公示。", "6本镇收取处理费的办法是自己写的一段话。"
    found = parts(report("云岭县青石镇人民政府", 2023, overview, other))
    assert [part.number for part in found] == [1]
    assert "".join(sentence.own for sentence in found[0].sentences) == "的茶农领到了补贴逐户公示"


# ------------------------------------------------------------------------------------------------ real ways to copy

OWN = (
    "1（一）主动公开。2023年，青石镇把茶园改造补贴的申报条件、评审打分和发放名单放在同一个栏目里，村民对照序号就能查到自家的进度。"
    "全年公开各类信息214条，比上一年多出31条，多出来的主要是农房审批结果。（二）依申请公开。收到申请6件，其中3件问的是同一条机耕路的占地补偿，"
    "经办人把测绘图和补偿表一并寄给申请人，后来没有人再问。（三）平台建设。村口电子屏改成每周二轮播惠农政策，夜里十点以后自动熄屏。",
    "5存在的主要问题：一是政策解读只有文字，年纪大的茶农看不懂补贴档次怎么分；二是农房审批结果由国土所手工报送，平均晚报4天，最长的一次晚了11天。"
    "改进情况：一是请县融媒体中心把三项惠农政策录成方言音频，在村广播轮播；二是把报送时间写进国土所的月度清单，逾期由分管副镇长当面提醒，十月以后没有再晚报。",
)
OTHER = (
    "1（一）主动公开。2023年，白塔乡围绕水库移民后扶、护林员选聘和村级小型工程招标公开信息97条，护林员选聘的笔试成绩第二天贴到了各村。"
    "（二）依申请公开。收到申请2件，都是查阅早年的林权登记，档案室用一个星期把纸质卷宗扫描成电子件。（三）平台建设。乡便民大厅门口设了查阅点，"
    "老人不会用电脑的，由窗口人员代查代印，全年代印材料一百三十份。",
    "5存在的主要问题：一是林业站、水利站各报各的，同一项工程在两个栏目里数字对不上；二是公开人员由宣传干事兼任，全年换了两次人，新人对保密审查不熟。"
    "改进情况：一是工程类信息统一由项目办汇总，一个口子出数；二是编了一本二十页的操作手册，新人跟班两周后才能独立发布。",
)
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


def test_sentences_that_much_of_the_set_has_are_nobodys() -> None:
    template = "坚持把群众看不看得懂作为检验标准，凡是涉农资金一律公开到户、公开到人、公开到每一笔发放时间。"
    texts = [report("云岭县青石镇人民政府", 2023, OWN[0] + template), report("云岭县白塔乡人民政府", 2023, OTHER[0] + template)]
    sketches = [sketch_of(parts(text), 100) for text in texts for _ in range(4)]
    common = common_of(sketches, 30, 3)
    (part,) = [part for part in parts(texts[0]) if part.number == 1]
    last = part.sentences[-1]
    assert last.mark in common.sentences
    whole, without = compare(part, parts(texts[1])), compare(part, parts(texts[1]), {last.mark})
    assert whole.shared - without.shared == len(last.own) == whole.own - without.own


# ------------------------------------------------------------------------------------------------ a large set

ALPHABET = "".join(chr(0x4E10 + number * 7) for number in range(400))


def invented(rnd: random.Random, length: int) -> str:
    return "".join(rnd.choice(ALPHABET) for _ in range(length))


def sketched(text: str) -> Sketch:
    found = parts("云岭县甲镇人民政府2023年政府信息公开工作年度报告\n\n五、存在的主要问题及改进情况\n" + text)
    return sketch_of(found, 100)


def test_planted_copies_of_a_large_set_are_all_candidates_and_few_others() -> None:
    rnd = random.Random(5)
    texts = [invented(rnd, 220) for _ in range(300)]
    planted = set()
    for _ in range(40):  # half of it is another's, cut in pieces with an edit every twenty letters
        source, target = rnd.sample(range(300), 2)
        pieces = [texts[source][at : at + 20] + invented(rnd, 1) for at in range(0, 140, 20)]
        rnd.shuffle(pieces)
        texts[target] = "".join(pieces) + texts[target][: 220 - 147]
        planted.add((min(source, target), max(source, target)))
    sketches = [sketched(text) for text in texts]
    found = set(candidates(sketches, common_of(sketches, 30, 3), 0.5))
    real = {pair for pair in planted if _still(texts, pair)}
    assert len(real) > 30 and real <= found
    assert len(found) < 3 * len(planted)


def _still(texts: list[str], pair: tuple[int, int]) -> bool:
    """Whether the copy survived the copies made after it."""
    one, two = (texts[place] for place in pair)
    return max(sum(covered(one, grams([two]))) / len(one), sum(covered(two, grams([one]))) / len(two)) > 0.5


def test_a_set_of_copies_is_found_without_comparing_all_with_all() -> None:
    rnd = random.Random(8)
    text, size = invented(rnd, 220), 240  # a quarter of the set has one text, less than a common one
    texts = [text[:110] + invented(rnd, 8) + text[110:] for _ in range(size)] + [invented(rnd, 220) for _ in range(3 * size)]
    sketches = [sketched(one) for one in texts]
    found = candidates(sketches, common_of(sketches, 30, 3), 0.5)
    assert len(found) <= MOST * size
    assert {place for pair in found for place in pair} == set(range(size))


def test_a_signature_is_small() -> None:
    rnd = random.Random(2)
    sketch = sketched(invented(rnd, 2400))
    assert sum(len(part.hashes) + len(part.steps) for part in sketch.parts) + len(sketch.sentences) < 4096
    assert len(unpacked(sketch.parts[0].hashes)) > 400
