"""Breaks in the six parts and in what must be said in them."""

from __future__ import annotations

from dataclasses import replace
from random import Random

from tests.acceptance.mutation import vocabulary as words
from tests.acceptance.mutation.broken import Broken, broken
from tests.acceptance.mutation.report import Paragraph, Report, Section


def missing_section(report: Report, random: Random) -> Broken:
    """Part 五 or 六 gone, heading and text, the others numbered on."""
    gone = random.choice((5, 6))
    return broken(replace(report, sections=tuple(s for s in report.sections if s.key != gone)), section=gone)


def missing_section_with_table(report: Report, random: Random) -> Broken:
    """A part gone with its table."""
    gone = random.choice((2, 3, 4))
    return broken(replace(report, sections=tuple(s for s in report.sections if s.key != gone)), section=gone)


def missing_heading(report: Report, random: Random) -> Broken:
    """A heading gone, its table left: it stands in the part before."""
    gone = random.choice((2, 3, 4))
    out: list[Section] = []
    for section in report.sections:
        if section.key == gone:
            out[-1] = replace(out[-1], items=(*out[-1].items, *section.items))
        else:
            out.append(section)
    return broken(replace(report, sections=tuple(out)), section=gone)


def missing_two_sections(report: Report, random: Random) -> Broken:
    """The report ends after part 四."""
    return broken(replace(report, sections=tuple(s for s in report.sections if s.key < 5)))


def section_order(report: Report, random: Random) -> Broken:
    """五 and 六 have changed places, numbered in the order they stand."""
    by_key = {s.key: s for s in report.sections}
    swapped = (replace(by_key[6], numeral="五"), replace(by_key[5], numeral="六"))
    return broken(replace(report, sections=(*report.sections[:4], *swapped)))


def section_order_tables(report: Report, random: Random) -> Broken:
    """三 stands before 二, each with its table."""
    by_key = {s.key: s for s in report.sections}
    swapped = (replace(by_key[3], numeral="二"), replace(by_key[2], numeral="三"))
    return broken(replace(report, sections=(report.sections[0], *swapped, *report.sections[3:])))


def repeated_section(report: Report, random: Random) -> Broken:
    """六 printed twice."""
    return broken(replace(report, sections=(*report.sections, report.section(6))))


def extra_section(report: Report, random: Random) -> Broken:
    """A seventh part."""
    wording, text = random.choice(
        (
            ("下一年工作打算", "继续抓好政策解读和信息更新，提升公开质量。"),
            ("工作特色和亮点", "探索在便民大厅设立政策咨询台，方便群众就近了解政策。"),
            ("附表说明", "表内数据由各股室报送，办公室汇总。"),
        )
    )
    return broken(
        replace(report, sections=(*report.sections, Section(key=7, numeral="七", wording=wording, items=(Paragraph(text=text),))))
    )


def two_ones(report: Report, random: Random) -> Broken:
    """The second part is numbered 一 as well."""
    return broken(report.with_section(2, numeral="一"), section=2)


def numeral_skipped(report: Report, random: Random) -> Broken:
    """五 is skipped: 四、六、七."""
    return broken(report.with_section(5, numeral="六").with_section(6, numeral="七"), section=5)


def other_subject(report: Report, random: Random) -> Broken:
    """The heading of part 五 speaks of something else."""
    return broken(report.with_section(5, wording=random.choice(("下一步工作思路", "下步工作措施", "今后工作打算"))), section=5)


def near_heading(report: Report, random: Random) -> Broken:
    """A near wording: a note."""
    key = random.choice(tuple(words.NEAR_HEADINGS))
    return broken(report.with_section(key, wording=random.choice(words.NEAR_HEADINGS[key])), section=key)


def long_heading(report: Report, random: Random) -> Broken:
    """Article 50's own wording: a note."""
    key = random.choice(tuple(words.LONG_HEADINGS))
    return broken(report.with_section(key, wording=words.LONG_HEADINGS[key]), section=key)


def empty_section(report: Report, random: Random) -> Broken:
    """Heading 五 or 六 with nothing under it."""
    key = random.choice((5, 6))
    return broken(report.with_section(key, items=()), section=key)


def empty_overview(report: Report, random: Random) -> Broken:
    """Part 一 holds nothing."""
    return broken(report.with_section(1, items=()), section=1)


def preamble_alone(report: Report, random: Random) -> Broken:
    """Part 一 holds only the preamble."""
    texts = tuple(Paragraph(text=text) for text in report.preamble.paragraphs())
    return broken(report.with_section(1, items=texts).open(basis="", announce="", parts="", period="", copy="", contact=None), section=1)


ASPECT_WORDS = {
    "disclosure": "主动公开",
    "applications": "依申请公开",
    "management": "政府信息管理",
    "platform": "平台建设",
    "supervision": "监督保障",
}


def missing_aspect(report: Report, random: Random) -> Broken:
    """One of the five aspects is nowhere in part 一."""
    tag = random.choice(tuple(ASPECT_WORDS))
    return broken(report.without_tag(1, tag), section=1, says=ASPECT_WORDS[tag])


def no_accountability(report: Report, random: Random) -> Broken:
    """A government says nothing on assessment, review or accountability."""
    return broken(report.without_tag(1, "accountability"))


ACCOUNTS = {
    "工作考核": "将公开工作纳入年度综合考核",
    "社会评议": "邀请群众代表开展社会评议，总体评价较好",
    "责任追究": "全年未发生需要追究责任的情形",
}


def one_account_missing(report: Report, random: Random) -> Broken:
    """A government leaves out one of the three."""
    gone = random.choice(tuple(ACCOUNTS))
    text = "；".join(text for name, text in ACCOUNTS.items() if name != gone) + "。"
    first, *rest = [i for i in report.section(1).items if isinstance(i, Paragraph) and i.tag != "accountability"]
    return broken(report.with_section(1, items=(first, *rest, Paragraph(text=text, tag="accountability"))), says=gone)


def no_problem(report: Report, random: Random) -> Broken:
    """Part 五 has measures only."""
    me = report.unit.self_word
    return broken(
        report.prose(
            5, f"下一步，{me}将采取以下措施：一是建立信息更新提醒机制，按月检查；二是丰富解读方式，制作图解和短视频，提高群众知晓率。"
        )
    )


def no_measure(report: Report, random: Random) -> Broken:
    """Part 五 has problems only."""
    me = report.unit.self_word
    return broken(
        report.prose(5, f"{me}政府信息公开工作存在以下问题：一是个别栏目更新不够及时，存在滞后现象；二是重点领域公开的深度和广度还有欠缺。")
    )


def thin(report: Report, random: Random) -> Broken:
    """Part 五 says nothing."""
    return broken(report.prose(5, random.choice(("无。", "无", "暂无。"))))


def generic_problem(report: Report, random: Random) -> Broken:
    """Problems that may be anybody's."""
    found = random.sample(("主动公开意识不强", "信息更新不够及时", "公开内容不够全面", "业务水平有待提高"), 2)
    return broken(report.prose(5, f"存在的主要问题：一是{found[0]}；二是{found[1]}。", "改进措施：一是加强学习；二是按月督促。"))


def counts_differ(report: Report, random: Random) -> Broken:
    """Three problems, two measures: a note."""
    return broken(
        report.prose(
            5,
            "存在的主要问题：一是个别栏目更新不够及时；二是政策解读形式较为单一；三是重点领域公开还有欠缺。",
            "改进措施：一是建立信息更新提醒机制，按月检查；二是丰富解读方式，制作图解和短视频。",
        )
    )


def no_fee_statement(report: Report, random: Random) -> Broken:
    """From 2021: not a word on the fee."""
    return broken(report.prose(6, "无其他需要报告的事项。"))


def fee_elsewhere(report: Report, random: Random) -> Broken:
    """The fee is spoken of, but not in part 六: a note."""
    return broken(report.prose(6, "无其他需要报告的事项。").append(1, "本年度未收取信息处理费。"))


def unpaid_and_silent(report: Report, random: Random) -> Broken:
    """Requests ended for an unpaid fee, and not a word on it: an error."""
    return broken(report.prose(6, "无其他需要报告的事项。"))


def _listed(names: tuple[str, ...], tail: str) -> str:
    return f"本报告由{'、'.join(names)}{tail}"


def false_count(report: Report, random: Random) -> Broken:
    """The preamble counts the parts wrongly."""
    return broken(
        report.open(
            parts=random.choice(
                (
                    "本报告共分四个部分。",
                    _listed(words.HEADINGS, "七个部分组成。"),
                    "全文共五部分。",
                    _listed(words.HEADINGS[:3], "等八个部分组成。"),
                )
            )
        )
    )


def other_part(report: Report, random: Random) -> Broken:
    """The preamble names part 五 otherwise in substance."""
    names = (*words.HEADINGS[:4], random.choice(("下步措施", "下一年度工作计划")), words.HEADINGS[5])
    return broken(report.open(parts=_listed(names, "六个部分组成。")))


def long_overview(report: Report, random: Random) -> Broken:
    """Section 1 goes on for more than a thousand characters."""
    said = "加强组织领导，按季研究部署公开事项，定期检查栏目更新情况，及时回应群众关切。"
    return broken(report.append(1, said * random.randint(28, 60)))
