"""Facts of the text: every way of telling a figure that was seen, and every figure that must be left alone. All units are invented."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from tests.support import ROOT, book
from validator.model import Cell, Form, Report, Subject, Unit
from validator.model.phrase_records import FactKind
from validator.model.phrases import PhraseFacts
from validator.parsing.statements.evidence import evidence
from validator.parsing.statements.fact import Fact
from validator.parsing.statements.facts import facts, read_facts
from validator.pipeline.check_file import examine, understand
from validator.readers import read_documents

TITLE = "云岭县青石镇人民政府2023年政府信息公开工作年度报告\n"


def report(text: str, section: str = "一、总体情况", title: str = TITLE) -> Report:
    data = f"{title}{section}\n{text}\n六、其他需要报告的事项\n无。\n".encode()
    return understand(read_documents(data, "report.txt")[0], book())


def form() -> Form:
    return next(form for form in book().forms if form.id == "2021")


def phrases() -> PhraseFacts:
    table = book().tables.phrases
    assert table is not None
    return table


def told(text: str, **where: str) -> list[Fact]:
    return list(read_facts(report(text, **where), form(), phrases()))


def compared(text: str, **where: str) -> list[tuple[str, object]]:
    return [(fact.kind, fact.value) for fact in told(text, **where) if fact.comparable and fact.measure == "exact"]


def pairs(text: str) -> list[tuple[str, object]]:
    found = []
    for piece in text.split():
        kind, _, value = piece.partition("=")
        found.append((kind, Decimal(value) if "." in value else int(value)))
    return found


PATTERNS = [
    # 1: received
    ("全年共收到政府信息公开申请7件。", "received=7"),
    ("收到公开政府信息申请7件。", "received=7"),
    ("收到依申请公开7件。", "received=7"),
    ("收到7件信息依申请公开。", "received=7"),
    ("收到信息公开申请7起。", "received=7"),
    ("收到公民、法人和其他组织的政府信息公开申请7件。", "received=7"),
    ("收到依申请公开来信7件次。", "received=7"),
    ("接到依申请公开办理事项7件。", "received=7"),
    ("依申请公开方面，接收在线方式提交政府信息公开7件。", "received_by=7"),
    ("依申请公开方面，依申请公开政务信息数7件。", "asked_for=7"),
    ("公示行政处罚结果信息7条。", "published_penalty=7"),
    # 2
    (
        "新受理政府信息公开申请7件，办结6件，上年结转政府信息公开申请1件，转下一年办理2件。",
        "handled=7 completed=6 carried_in=1 carried_out=2",
    ),
    # 3
    ("收到政府信息公开申请1466件（上年度结转16件，结转下年度9件）。", "received=1466 carried_in=16 carried_out=9"),
    # 4
    ("共收到政府信息公开申请42件，上年结转0件，全年依法办结41件。", "received=42 carried_in=0 completed=41"),
    # 5
    ("收到依申请公开164件，结转上年2件；办理85件，下年度继续办理81件。", "received=164 carried_in=2 handled=85 carried_out=81"),
    # 6
    ("受理政府信息公开申请91件（另有2件结转下年度办理）。", "handled=91 carried_out=2"),
    (
        "答复政府信息公开申请805件（含上年度结转申请18件，另有72件申请按照《条例》顺延到下年度答复）。",
        "completed=805 carried_in=18 carried_out=72",
    ),
    # 7
    ("收到政府信息公开申请12件，其中10件已在规定时限完成答复，剩余2件结转下年度继续办理。", "received=12 completed_part=10 carried_out=2"),
    # 9
    (
        "办结依申请公开件177件（含上年结转的6件），其中予以公开60件，部分公开51件，不予公开4件，信息无法提供30件、不予处理3件，其他处理29件。",
        "completed=177 carried_in=6 granted=60 partial=51 denied=4 unavailable=30 rejected=3 other_handling=29",
    ),
    # 10
    ("办结申请20件，予以公开及部分公开的有8件，占40%；无法提供的有5件，占25%。", "completed=20 granted_partial=8 unavailable=5"),
    # 11
    (
        "收到政府信息公开申请5件，为本机关不掌握的政府信息3件，属于行政执法案卷2件。",
        "received=5 unavailable.not_held=3 denied.enforcement_file=2",
    ),
    # 12
    ("收到政府信息公开申请9件，申请人为自然人的7件，法人或者其他组织的2件。", "received=9 natural=7 organisations=2"),
    ("收到政府信息公开申请9件，7件属自然人申请，2件属商业企业。", "received=9 natural=7 business=2"),
    ("收到自然人政府信息公开申请7件。", "natural=7"),
    ("收到7个自然人的申请。", "natural=7"),
    # 13
    (
        "收到政府信息公开申请176件，网上申请72件，现场申请69件，邮寄申请35件。",
        "received=176 channel.network=72 channel.desk=69 channel.letter=35",
    ),
    ("收到政府信息公开申请10件，当面申请的9件，来信申请的1件。", "received=10 channel.desk=9 channel.letter=1"),
    # 14
    ("我镇未收到政府信息公开申请。", "received=0"),
    ("2023年未收到申请。", "received=0"),
    ("全年没有收到依申请公开事项。", "received=0"),
    ("未接到任何形式的政府信息公开申请。", "received=0"),
    ("未收到任何公民、法人和其他组织提出的政府信息公开申请。", "received=0"),
    ("未收到公众关于政府信息公开的申请。", "received=0"),
    # 15
    ("我镇无依申请公开事项。", "received=0"),
    ("政府信息公开申请数量：无。", "received=0"),
    ("依申请公开方面，未收到和处理政府信息公开申请，零报告。", "received=0"),
    ("收到依申请公开0件，公开0件，不予公开0件。", "received=0 granted_loose=0 denied=0"),
    ("受理依申请公开0件次。", "handled=0"),
    ("收到政府信息公开申请0条。", "received=0"),
    ("全年政府信息公开申请为零。", "received=0"),
    # 16: numerals
    ("收到政府信息公开申请一件，已办理完毕。", "received=1"),
    ("收到政府信息公开申请两件。", "received=2"),
    ("收到政府信息公开申请壹件。", "received=1"),
    ("收到政府信息公开申请十二件。", "received=12"),
    ("收到政府信息公开申请零件。", "received=0"),
    ("收到政府信息公开申请１２件。", "received=12"),
    ("收到政府信息公开申请1,060件。", "received=1060"),
    # 17: classifiers
    ("收到依申请公开的申请2。", "received=2"),
    *((f"收到政府信息公开申请16{unit}。", "received=16") for unit in ("件", "条", "起", "例", "份", "宗", "件次", "项", "个")),
    ("收到7条政府信息公开申请。", "received=7"),
    # 18
    ("未发生因政府信息公开工作被申请行政复议、提起行政诉讼的情况。", "review=0 litigation=0"),
    ("未引发行政复议、行政诉讼。", "review=0 litigation=0"),
    ("未出现因信息公开引起的行政复议、行政诉讼等情况。", "review=0 litigation=0"),
    ("没有引起行政复议。", "review=0"),
    # 19
    ("因政府信息公开引发行政复议3件、行政诉讼2件。", "review=3 litigation=2"),
    ("政府信息公开行政复议、行政诉讼均为0件。", "review=0 litigation=0"),
    # 20
    (
        "新发生政府信息公开行政复议案件2件（其中1件为上年信息公开件），结果维持1件、被纠错1件；新发生行政诉讼案件1件，未审结1件。",
        "review=2 review.upheld=1 review.corrected=1 litigation=1 litigation.pending=1",
    ),
    # 21
    ("信息公开类行政复议5件，诉讼8件，均获维持。", "review=5 litigation=8 review.upheld=5 litigation.upheld=8"),
    # 22
    ("政府信息公开行政诉讼3件，未经复议直接诉讼1件，复议后诉讼2件。", "litigation=3 litigation_direct=1 litigation_after_review=2"),
    ("因信息公开发生行政复议1件，申请人已撤回；行政诉讼1件，结果维持。", "review=1 litigation=1 litigation.upheld=1"),
    (
        "发生政府信息公开行政复议案件1件，为其他结果；行政诉讼案件1件，结果为维持。",
        "review=1 review.other_result=1 litigation=1 litigation.upheld=1",
    ),
    # names and figures apart
    ("办结申请43件，予以公开、部分公开、不予公开分别为24件、7件、12件。", "completed=43 granted=24 partial=7 denied=12"),
    ("自然人、商业企业政府信息公开申请分别为6件、2件。", "natural=6 business=2"),
    ("因政府信息公开引发的行政复议和行政诉讼分别为3件和2件。", "review=3 litigation=2"),
    # 23
    ("全年制定规范性文件3件，废止规范性文件1件，现行有效的规范性文件12件。", "made=3 repealed=1 effective=12"),
    ("出台行政规范性文件3件，废止1件，现行有效12件。", "made=3 repealed=1 effective=12"),
    # 24
    (
        "行政许可处理决定数量40宗；作出行政处罚决定12宗、行政强制决定2宗；行政事业性收费金额3.5万元。",
        "licensing=40 penalty=12 coercion=2 fees=3.5",
    ),
]


@pytest.mark.parametrize(("text", "expected"), PATTERNS, ids=[text[:30] for text, _ in PATTERNS])
def test_a_phrase_is_read_with_its_meaning(text: str, expected: str) -> None:
    assert sorted(compared(text), key=str) == sorted(pairs(expected), key=str)


def test_claims_of_all_are_no_figures_but_claims() -> None:
    for words in ("全部按时办结", "均已办结", "办结率100%", "办结率达到百分之百", "已全部答复"):
        assert "all_completed" in [fact.kind for fact in told(f"收到政府信息公开申请3件，{words}。")], words
    for words in ("均在法定时限内完成答复", "均在法定期限内予以答复", "均依法按时答复"):
        assert "all_completed" not in [fact.kind for fact in told(f"收到政府信息公开申请3件，{words}。")], words
    assert "natural_only" in [fact.kind for fact in told("收到政府信息公开申请3件，均为自然人申请。")]
    assert "natural_only" not in [fact.kind for fact in told("收到政府信息公开申请3件，均为自然人和企业提出。")]


ALONE = [
    "办理12345热线工单88件。",
    "办理领导信箱来信12件，答复12件。",
    "办理人大建议4件、政协提案3件。",
    "市长热线受理诉求200件，办结198件。",
    "收到网民留言36条，全部办结。",
    "受理群众信访15件，办结15件。",
    "答复群众咨询20件。",
    "依申请公开方面，有一件答复引起行政复议，复议机关维持。",
    "依申请公开方面，1件答复书被退回重写。",
    "申请都与取水口有关，其中一件含有另一家企业的用水工艺。",
    "编制依申请公开事项清单26项。",
    "公开政策文件18件。",
    "主动公开政府信息214条。",
    "依申请公开方面，做到收到一件、办理一件、答复一件。",
    "依申请公开方面，努力实现“办结一件申请、解决一个问题”。",
    "依申请公开方面，坚持办结1件、回访1件。",
    "公开行政许可办事指南40条，行政处罚信息15条。",
    "全年审理行政复议案件86件。",
    "举办培训3次、62人次。",
    "未收取任何费用。",
    "收取信息处理费380元。",
    "发出收费通知2件，总金额600元，实际收取600元。",
    "全年没有发生责任追究的情形。",
    "第三方评估得分95分。",
    "梳理政务服务事项120项，办理30件。",
]


@pytest.mark.parametrize("text", ALONE)
def test_another_thing_is_no_fact(text: str) -> None:
    assert compared(text) == []


ANOTHER = [
    "2022年收到政府信息公开申请9件。",
    "去年收到政府信息公开申请9件。",
    "上年度收到政府信息公开申请9件。",
    "截至2023年底累计收到政府信息公开申请120件。",
    "历年收到政府信息公开申请120件。",
    "收到政府信息公开申请约20件。",
    "收到政府信息公开申请20余件。",
    "收到政府信息公开申请20多件。",
    "收到政府信息公开申请近20件。",
    "指导各村收到政府信息公开申请19件。",
    "代表县政府受理政府信息公开申请17件。",
    "镇本级收到政府信息公开申请5件。",
    "一季度收到政府信息公开申请5件。",
    "较上年申请增加5件。",
    "申请数量同比下降29%。",
]


@pytest.mark.parametrize("text", ANOTHER)
def test_another_year_scope_or_an_estimate_is_not_compared(text: str) -> None:
    assert compared(text) == []


def test_a_comparison_leaves_the_figure_beside_it() -> None:
    assert compared("收到政府信息公开申请22起，比2022年（31起）下降29%。") == [("received", 22)]
    assert compared("2023年收到申请22件，较上年增加5件，增长29.4%。") == [("received", 22)]
    assert compared("2022年收到政府信息公开申请9件，2023年收到政府信息公开申请6件。") == [("received", 6)]


def test_last_year_carried_over_is_this_year_s_figure() -> None:
    assert compared("2022年结转申请2件。", section="三、收到和处理政府信息公开申请情况") == [("carried_in", 2)]
    assert compared("收到政府信息公开申请5件，结转至2024年办理1件。") == [("received", 5), ("carried_out", 1)]


def test_cumulative_within_the_year_is_exact() -> None:
    assert compared("2023年，我镇累计收到政府信息公开申请6件。") == [("received", 6)]


def test_the_topic_goes_on_until_another_comes() -> None:
    assert compared("收到政府信息公开申请6件。全年办结6件。办理建议提案12件，答复12件。") == [("received", 6), ("completed", 6)]


def test_a_sub_heading_tells_what_its_paragraph_is_about() -> None:
    assert compared("（二）依申请公开情况\n全年共收到6件，办结5件。") == [("received", 6), ("completed", 5)]
    assert compared("（三）政府信息管理\n全年共收到6件，办结5件。") == []


def test_every_mention_is_read_in_every_part_but_the_fifth() -> None:
    text = "收到政府信息公开申请6件。\n三、收到和处理政府信息公开申请情况\n全年收到政府信息公开申请八件。"
    text += "\n五、存在的主要问题及改进情况\n收到申请3件超期。"
    assert compared(text) == [("received", 6), ("received", 8)]


def test_none_words_are_not_taken_from_other_statements() -> None:
    for text in (
        "未收到因申请答复引起的投诉举报。",
        "无上年结转的申请。",
        "未发生因政府信息公开申请提起行政诉讼的情况。",
        "无偿提供申请材料。",
        "不存在未受理申请的情况。",
        "无法提供的申请已说明理由。",
        "未收到法人或其他组织提出的政府信息公开申请。",
        "未收到信函申请。",
        "未收取申请人费用。",
        "没有超期未答复的申请。",
    ):
        assert ("received", 0) not in compared(text), text
    assert compared("因政府信息公开被提起行政诉讼1件，未经复议直接起诉1件。") == [("litigation", 1), ("litigation_direct", 1)]


def test_place_quote_and_openness() -> None:
    fact = told("全年收到政府信息公开 申请 7 件，其中予以公开4件。")[0]
    assert fact.passage.text[fact.start : fact.start + fact.length] == "7 件"
    assert fact.quote == "全年收到政府信息公开申请7件" and len(fact.quote) <= 20 and not fact.soft
    assert told("办结申请5件，其中予以公开4件。")[1].soft == "其中"
    assert told("新发生行政复议1件。", section="四、政府信息公开行政复议、行政诉讼情况")[0].soft == "新发生"


def test_level_and_actor_are_kept() -> None:
    facts_ = told("全县共收到政府信息公开申请223件。")
    assert (facts_[0].scope, facts_[0].actor) == ("level", "全县")
    assert told("县政府办公室共收到政府信息公开申请17件。")[0].actor == "县政府办公室"


def test_facts_are_read_once_for_a_report() -> None:
    result = examine((TITLE + "一、总体情况\n收到政府信息公开申请7件。\n").encode(), "report.txt", book())[0]
    assert result.report is not None and result.figures is not None
    subject = Subject(report=result.report, figures=result.figures, unit=Unit(name=None, kind=None, level=None))
    read = facts(subject, phrases())
    assert [(fact.kind, fact.value) for fact in read] == [("received", 7)]
    assert facts(subject, phrases()) is facts(replace(subject, failed={"totals.balance": ()}), phrases()) is read
    assert facts(subject, replace(phrases(), kinds=())) == ()


def test_a_county_can_add_a_phrase() -> None:
    kind = FactKind(kind="received", topic="applications", says=("群众申请公开登记在册#",))
    more = replace(phrases(), kinds=(kind, *phrases().kinds))
    assert [(fact.kind, fact.value) for fact in read_facts(report("群众申请公开登记在册7件。"), form(), more)] == [("received", 7)]


def test_evidence_for_a_failed_sum() -> None:

    base = ROOT / "rules" / "bases" / "sound-2021.txt"
    text = base.read_text(encoding="utf-8")
    result = examine(text.encode(), "report.txt", book())[0]
    assert result.report is not None and result.figures is not None
    found = evidence(read_facts(result.report, form(), phrases()), result.figures, phrases())
    cell = Cell(table="applications", row="new", column="total")
    assert [item.value for item in found[cell]] == [6]
    assert "收到政府信息公开申请6件" in found[cell][0].source["zh"]
    wrong = text.replace("申请数量\t5\t1\t0\t0\t0\t0\t6", "申请数量\t5\t1\t0\t0\t0\t0\t8")
    assert wrong != text
    findings = examine(wrong.encode(), "report.txt", book())[0].findings
    assert [finding.rule for finding in findings] == ["totals.balance"]
    assert findings[0].suspect is not None and findings[0].suspect.expected == 6 and "6件" in findings[0].message["zh"]
