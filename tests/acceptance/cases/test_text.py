"""What the running text says: cases that came with the task, more of each kind in other words, and true faults that must still be found."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from tests.support import SHARED, base, book, changed
from validator.model import Finding
from validator.pipeline.check_file import examine

CASES = SHARED / "cases"

#: The file of each case: what must be said, rule → severity; '' after a rule's name: it must be silent.
FROM_THE_TASK: Mapping[str, Mapping[str, str]] = {
    "reports/01-citizens-and-legal-persons.txt": {"narrative.applicants": "", "narrative.received": ""},
    "reports/02-slogan-one-case.txt": {"narrative.completed": "", "narrative.received": ""},
    "reports/03-slogan-row-of-one.txt": {"narrative.completed": "", "narrative.received": ""},
    "reports/21-parts-sum-over-the-head.txt": {"narrative.parts-sum": "warning"},
    # the parts printed add up to 160, which is the head: nothing is wrong in this one
    "reports/22-parts-sum-slash.txt": {"narrative.parts-sum": ""},
    "reports/23-parts-sum-with-others-falls-short.txt": {"narrative.parts-sum": "warning"},
    "reports/24-none-received-letters.txt": {"narrative.none-received": "error"},
    "reports/25-none-received-public.txt": {"narrative.none-received": "error"},
    "reports/26-none-received-two-ways.txt": {"narrative.none-received": "warning"},
    "reports/27-none-received-legal-persons.txt": {"narrative.none-received": "warning"},
    "reports/28-received-letters.txt": {"narrative.received": "error"},
    "reports/29-received-number-of.txt": {"narrative.received": "error"},
    "reports/30-received-matters.txt": {"narrative.received": "error"},
    "reports/31-received-net.txt": {"narrative.received": "error"},
    "reports/34-sixty-by-name-alone.txt": {"wording.citation-retired": "warning"},
    "reports/35-measure-lost.txt": {"narrative.missing-figure": "warning"},
    "reports/50-joint-defendants.txt": {"narrative.litigation": ""},
    "reports/51-fee-contradiction.txt": {"narrative.fee-contradiction": "warning"},
    "reports/52-published-more-than-decided.txt": {"narrative.published-decisions": "note", "narrative.decisions": ""},
    "reports/55-prompts-left-in.txt": {"wording.guidance-left-in": "warning", "structure.empty-section": "error"},
    "reports/56-town-joint-defendant.input.md": {"narrative.litigation": "error"},
    "reports/58-covering-letter.input.md": {"wording.letter-left-in": "warning", "identity.unit-mismatch": ""},
    "reports/59-party-information-and-placeholder.input.md": {
        "narrative.not-government-information": "note",
        "wording.placeholder": "error",
    },
    "reports/60-generic-text.input.md": {"wording.generic": "note", "structure.generic-problem": "note"},
    "text/01-quoted-law-doubled.txt": {"wording.doubled": ""},
    "text/14-parts-sum-past-semicolon.txt": {"narrative.parts-sum": ""},
    "text/15-share-rounding-half.txt": {"narrative.percentage": ""},
    "text/16-share-rounding-half-wrong.txt": {"narrative.percentage": "warning"},
    "text/17-shares-cut-off.txt": {"narrative.percentage": "note"},
    "text/22-number-of-decree-tiao.txt": {"wording.citation-number": "warning"},
    "text/23-number-guoban-typo.txt": {"wording.citation-number": "warning"},
    "text/24-title-of-format-misnamed.txt": {"wording.citation-pair": "note"},
    "text/25-retired-notice-by-name.txt": {"wording.citation-retired": "warning"},
    "text/28-opened-nothing-count-lost.txt": {"narrative.missing-figure": "warning"},
    "text/29-unit-of-followers-missing.txt": {"narrative.missing-figure": "warning"},
    "text/30-sum-short-with-zero-items.txt": {"narrative.parts-sum": "note"},
    "text/31-doubled-xiang.txt": {"wording.doubled": "warning"},
    "text/32-anzhao-genju.txt": {"wording.doubled": "warning"},
    "text/33-closing-quote-alone.txt": {"wording.brackets": "note"},
    "text/35-contact-sentence-no-stop.txt": {"wording.brackets": "note"},
    "text/36-undefined-short-name.txt": {"wording.short-name": "note"},
    "text/39-last-years-notice-cited.txt": {"wording.citation-retired": "note"},
    "text/40-email-is-html-artefact.txt": {"wording.brackets": "note"},
}
#: What is expected where one value is sure.
EXPECTED = {
    "text/16-share-rounding-half-wrong.txt": "1.3%",
    "text/22-number-of-decree-tiao.txt": "国务院令第711号",
    "text/23-number-guoban-typo.txt": "国办公开办函〔2021〕30号",
}


@pytest.mark.skipif(not CASES.is_dir(), reason="the cases of the task are not here")
@pytest.mark.parametrize("name", FROM_THE_TASK)
def test_a_case_of_the_task(name: str) -> None:
    found = _findings(_bytes(CASES / name), Path(name).name)
    assert _wrong(found, FROM_THE_TASK[name]) == []
    if name in EXPECTED:
        assert EXPECTED[name] in {finding.expected for finding in found}


@pytest.mark.skipif(not CASES.is_dir(), reason="the cases of the task are not here")
def test_the_town_is_not_told_that_none_is_right() -> None:
    name = "reports/56-town-joint-defendant.input.md"
    (finding,) = (f for f in _findings(_bytes(CASES / name), name) if f.rule == "narrative.litigation")
    assert finding.expected != "0"
    assert "原行为主体" in finding.advice["zh"]


@dataclass(frozen=True, kw_only=True)
class Case:
    """A sound report with one sentence put before that on the ways of applications (or other changes), and what must be said."""

    kind: str
    says: str = ""
    rules: Mapping[str, str]
    base: str = "sound-2021"
    changes: Sequence[tuple[str, str]] = ()

    @property
    def id(self) -> str:
        """The kind and the first words."""
        return f"{self.kind}: {(self.says or self.changes[0][1])[:24]}"

    def text(self) -> str:
        """The report."""
        first = {"sound-2021": "从渠道看", "county-2021": "（三）政府信息管理。"}[self.base]
        added = [(first, f"{self.says}{first}")] if self.says else []
        return changed(base(self.base), [*self.changes, *added])


RECEIVED = "全年收到政府信息公开申请6件"
ALL = (
    "全年收到政府信息公开申请6件，其中自然人5件、商业企业1件；上年结转1件。全年办结6件，其中予以公开4件、部分公开1件、无法提供1件，"
    "结转下年度继续办理1件。从渠道看，网上申请4件、信函申请2件。"
)
OPENED = "主动公开政府信息214条，其中政策文件18条、财政预决算6条、惠农补贴发放名单73条、工作动态117条"
NUMBER = "国办公开办函〔2021〕30号"
FIVE = base().split("五、存在的主要问题及改进情况\n\n")[1].split("\n\n六、")[0]
ASSESSED = next(line for line in base().split("\n") if line.startswith("（五）监督保障"))
CONTACT = "如对报告有疑问，请与" + base().split("如对报告有疑问，请与")[1].split("。")[0] + "。"
EVERYBODY = {"narrative.applicants": "", "narrative.received": ""}
SLOGAN = {"narrative.received": "", "narrative.completed": "", "narrative.review": ""}


def _received(kind: str, wording: str, **rules: str) -> Case:
    return Case(
        kind=kind, rules={f"narrative.{name.replace('_', '-')}": level for name, level in rules.items()}, changes=[(RECEIVED, wording)]
    )


def _instead(kind: str, wording: str, rules: Mapping[str, str]) -> Case:
    """All that is said of applications in other words; what they lose is not this test's."""
    return Case(kind=kind, rules=rules, changes=[(ALL, wording)])


def _opened(kind: str, wording: str, level: str) -> Case:
    return Case(kind=kind, rules={"narrative.parts-sum": level}, changes=[(OPENED, wording)])


OWN: Sequence[Case] = (
    _instead("none", "没有人申请公开信息。", {"narrative.none-received": "error"}),
    _instead("none", "本年度无群众来信来函申请公开信息。", {"narrative.none-received": "error"}),
    Case(kind="slogan", says="办结一起、销号一起。", rules=SLOGAN),
    _received("letters", "全年收到依申请公开邮件9件", received="error"),
    _received("everybody", "全年收到自然人、法人或者其他组织提出的政府信息公开申请6件", applicants="", received=""),
    _received("everybody", "全年收到公民、法人及其他组织的申请6件", applicants="", received=""),
    _received("everybody", "全年共接到群众、企业和其他组织信息公开申请6件", applicants="", received=""),
    _received("everybody, another figure", "全年收到公民、法人和其他组织的政府信息公开申请9件", received="error", applicants=""),
    _received("everybody, another figure", "全年收到公民、法人或者其他组织提交的信息公开申请9宗", received="error", applicants=""),
    Case(
        kind="bodies alone",
        rules={"narrative.applicants": "error"},
        changes=[("其中自然人5件、商业企业1件", "其中自然人5件，法人或其他组织3件")],
    ),
    Case(kind="matters of applications", says="6件申请涉及18个申请事项。", rules={"narrative.received": ""}),
    Case(kind="slogan", says="力争办理一件、满意一件。", rules=SLOGAN),
    Case(kind="slogan", says="坚持“收到一件、登记一件、办结一件”。", rules=SLOGAN),
    Case(kind="slogan", says="确保答复一件申请、化解一起矛盾。", rules=SLOGAN),
    Case(kind="one that is counted", rules={"narrative.completed": "error"}, changes=[("全年办结6件", "全年办结一件")]),
    _received("one that is counted", "全年收到政府信息公开申请一件", received="error"),
    _instead("none", "本年度线上渠道和线下窗口均没有依申请公开件。", {"narrative.none-received": "error"}),
    _instead("none", "未收到社会公众要求公开信息的请求。", {"narrative.none-received": "error"}),
    _instead("none", "没有接到任何单位和个人要求公开政府信息。", {"narrative.none-received": "error"}),
    _instead(
        "none by both ways",
        "未接到书面形式提出的政府信息公开申请和网上方式申请的政府信息公开申请。",
        {"narrative.none-received": "warning"},
    ),
    Case(kind="none by one way", says="未接到当面提交的政府信息公开申请。", rules={"narrative.none-received": ""}),
    Case(kind="none of one kind", says="未收到企业提出的政府信息公开申请。", rules={"narrative.none-received": ""}),
    Case(kind="none of another thing", says="未接到群众要求更正本机关信息的反映。", rules={"narrative.none-received": ""}),
    _received("letters", "全年收到依申请公开来件8件", received="error"),
    _received("letters", "2023年接到依申请公开信件8件次", received="error"),
    _received("matters", "我镇受理依申请公开办理事项8件", received="error"),
    _received("matters that fit", "我镇收到依申请公开办理事项6件", received=""),
    Case(
        kind="more by one way",
        rules={"narrative.received": "error"},
        changes=[("网上申请4件、信函申请2件", "接收在线提交的政府信息公开9件")],
    ),
    Case(
        kind="a part by one way",
        rules={"narrative.received": ""},
        changes=[("网上申请4件、信函申请2件", "接收信函方式提交政府信息公开2件")],
    ),
    Case(kind="given on application", says="依申请公开政府信息5件。", rules={"narrative.received": ""}),
    Case(kind="given on application, too many", says="依申请公开政府信息数15件。", rules={"narrative.received": "error"}),
    _opened("a list goes on", "公开信息30条，其中处理举报结果公示8条，下属公共服务单位事项9条，公开提案4条，发布动态20条", "warning"),
    _opened("parts of 0", "公开信息40条，其中公示12条、规划0条、公告8条、应急0条、预决算4条、人事3条", "note"),
    _opened("parts of 0", "发布各类信息共计50条。具体包括：机构职能0条，法规5条，通知20条，年报1条，公示4条", "note"),
    _opened("parts of 0", "公开信息60件，包括：政策文件0件，财政6件，动态31件，人事2件，采购0件", "note"),
    _opened("parts of 0 that fit", "公开信息27条，其中公示12条、规划0条、公告8条、应急0条、预决算4条、人事3条", ""),
    _opened("a few parts, one of them 0", "公开信息50条，其中行政许可20条、行政处罚0条", ""),
    _opened("a list with a slash", "发布信息30条，其中许可/服务12条、处罚/强制10条、规划/计划9条", "warning"),
    _opened("the others fall short", "公开信息30条。主要包括通知4条、公示6条、其余信息12条", "warning"),
    _opened("the others fall short", "公开信息30条，其中通知4条，公示6条，其它12条", "warning"),
    _opened("the others fit", "公开信息30条，其中通知4条、公示6条、其他20条", ""),
    _opened("a semicolon ends it", "公开信息30条，其中通知12条、公示18条；微信公众号推文50条", ""),
    _opened("a semicolon ends it", "公开信息30条，包括：通知12条，公示18条；经村务栏张贴45条", ""),
    _opened("semicolons between", "公开信息30条，其中：通知12条；公示18条；动态5条", "warning"),
    Case(
        kind="half", rules={"narrative.percentage": ""}, changes=[(OPENED, "主动公开政府信息40条，其中公示5条，占12.5%，通知1条，占2.5%")]
    ),
    Case(kind="half", rules={"narrative.percentage": ""}, changes=[(OPENED, "主动公开政府信息160条，其中通知2条，占1.3%")]),
    Case(kind="cut off", rules={"narrative.percentage": "note"}, changes=[(OPENED, "主动公开政府信息7条，其中通知2条，占28.5%")]),
    Case(kind="cut off", rules={"narrative.percentage": "note"}, changes=[(OPENED, "主动公开政府信息12条，其中通知8条，占66.66%")]),
    Case(kind="a wrong share", rules={"narrative.percentage": "warning"}, changes=[(OPENED, "主动公开政府信息12条，其中通知8条，占76.7%")]),
    Case(
        kind="joint",
        base="county-2021",
        says="行政诉讼7件，其中县政府以复议机关身份作共同被告1件。\n\n",
        rules={"narrative.litigation": ""},
    ),
    Case(
        kind="joint",
        base="county-2021",
        says="全县政府信息公开行政诉讼9件，3件为复议机关作共同被告。\n\n",
        rules={"narrative.litigation": ""},
    ),
    Case(
        kind="joint, not so many",
        base="county-2021",
        says="行政诉讼9件，其中县政府作为复议机关的共同被告案件1件。\n\n",
        rules={"narrative.litigation": "error"},
    ),
    Case(kind="joint, a town", says="行政诉讼2件，均为我镇与县政府作共同被告。", rules={"narrative.litigation": "error"}),
    Case(kind="published", says="公示行政处罚结果信息30条。", rules={"narrative.published-decisions": "note", "narrative.decisions": ""}),
    Case(
        kind="published",
        says="通过专栏发布行政许可决定书50份。",
        rules={"narrative.published-decisions": "note", "narrative.decisions": ""},
    ),
    Case(kind="published, fewer", says="公开行政许可信息36条。", rules={"narrative.published-decisions": "", "narrative.decisions": ""}),
    Case(kind="decided", says="作出行政许可决定50件。", rules={"narrative.published-decisions": "", "narrative.decisions": "warning"}),
    Case(kind="another day", says="截至11月30日，现行有效行政规范性文件9件。", rules={"narrative.as-of-day": "warning"}),
    Case(kind="another day", says="截止2023年10月底，我镇共作出行政处罚12件。", rules={"narrative.as-of-day": "warning"}),
    Case(kind="another thing by that day", says="截至11月底公开信息120条。", rules={"narrative.as-of-day": ""}),
    Case(kind="the right day", says="截至2023年12月31日，现行有效行政规范性文件9件。", rules={"narrative.as-of-day": ""}),
    Case(kind="party affairs", says="公开党务信息9条。", rules={"narrative.not-government-information": "note"}),
    Case(kind="party affairs, not counted", says="党务、政务、村务公开栏定期更新。", rules={"narrative.not-government-information": ""}),
    Case(kind="number", rules={"wording.citation-number": "warning"}, changes=[(NUMBER, "国办公开办函〔2022〕30号")]),
    Case(kind="number", rules={"wording.citation-number": "warning"}, changes=[(NUMBER, "国半公开办函〔2021〕30号")]),
    Case(
        kind="number",
        rules={"wording.citation-number": "warning"},
        changes=[("（以下简称《条例》）", "（国务院令第712号）（以下简称《条例》）")],
    ),
    Case(
        kind="right number",
        rules={"wording.citation-number": ""},
        changes=[("（以下简称《条例》）", "（国务院令第711号，以下简称《条例》）")],
    ),
    Case(kind="name", rules={"wording.citation-pair": "note"}, changes=[("政府信息公开工作年度报告格式", "政府信息公开年度报告格式")]),
    Case(kind="name", rules={"wording.citation-pair": "note"}, changes=[("政府信息公开工作年度报告格式", "政府信息公开工作年报格式")]),
    Case(
        kind="a notice of an earlier year",
        says="按照《关于报送2022年度政府信息公开年度报告的通知》报送。",
        rules={"wording.citation-retired": "note"},
    ),
    Case(
        kind="this year's notice", says="按照《关于报送2023年度政府信息公开年度报告的通知》报送。", rules={"wording.citation-retired": ""}
    ),
    Case(kind="no number", says="全年共计公开信息条。", rules={"narrative.missing-figure": "warning"}),
    Case(kind="no number", says="公开事项包括许可5条、公告条，公示3条。", rules={"narrative.missing-figure": "warning"}),
    Case(kind="no unit", says="公众号有3.2粉丝。", rules={"narrative.missing-figure": "warning"}),
    Case(kind="no unit", says="全年发布信息88，公告5条。", rules={"narrative.missing-figure": "warning"}),
    Case(kind="no unit", says="公布各类信息231、动态12条。", rules={"narrative.missing-figure": "warning"}),
    Case(kind="no unit", says="共公开重点领域信息64，民生信息9条，财政信息3条。", rules={"narrative.missing-figure": "warning"}),
    Case(kind="a kind of what was disclosed", says="公开信息71条，其中公告12条，依申请公开10条。", rules={"narrative.received": ""}),
    Case(
        kind="a kind of what was disclosed", says="公开政府信息120件，其中主动公开110件、依申请公开10件。", rules={"narrative.received": ""}
    ),
    Case(
        kind="a kind of what was disclosed", says="网站发布概况信息3条，政策解读5条，依申请公开类10条。", rules={"narrative.received": ""}
    ),
    Case(kind="applications behind it", says="公开信息71条，收到依申请公开10条。", rules={"narrative.received": "error"}),
    Case(kind="applications behind it", says="公开信息71条。依申请公开10件，均已答复。", rules={"narrative.received": "error"}),
    Case(kind="whose total is not named", says="微信公众号推送图解4条，占33.9%。", rules={"narrative.percentage": "note"}),
    Case(kind="a unit", says="公众号有3.2万粉丝，头条12篇，逐条答复。", rules={"narrative.missing-figure": ""}),
    Case(kind="doubled", says="云岭县县人民政府统一部署。", rules={"wording.doubled": "warning"}),
    Case(kind="doubled", says="依据根据上级要求办理。", rules={"wording.doubled": "warning"}),
    Case(kind="the law's own words", says="公开国家有关规定规定应当公开的其他信息。", rules={"wording.doubled": ""}),
    Case(kind="what was made after something", says="按照根据《条例》制定的规程办理。", rules={"wording.doubled": ""}),
    Case(kind="a closing mark", says="用好云岭政务”公众号。", rules={"wording.brackets": "note"}),
    Case(kind="half of a pair", says="根据政府信息公开条例>要求办理。", rules={"wording.brackets": "note"}),
    Case(kind="half of a pair", says="落实《关于印发工作要点>的通知》。", rules={"wording.brackets": "note"}),
    Case(kind="half of a pair", says="按照年度报告格式>编制。", rules={"wording.brackets": "note"}),
    Case(kind="a way through the site", says="在首页>政务公开>政策文件>工作方案>栏目发布。", rules={"wording.brackets": ""}),
    Case(kind="a pair of another kind", says="按照《关于印发<工作要点>的通知》办理。", rules={"wording.brackets": ""}),
    Case(kind="the contact's end", changes=[("gov.cn）。\n", "gov.cn）\n")], rules={"wording.brackets": "note"}),
    Case(
        kind="the contact's end",
        changes=[("联系（地址", "反映（联系地址"), ("gov.cn）。\n", "gov.cn）\n")],
        rules={"wording.brackets": "note"},
    ),
    Case(
        kind="the contact's end",
        changes=[("联系（地址", "咨询（电话：0578-6512306，地址"), ("gov.cn）。\n", "gov.cn）\n")],
        rules={"wording.brackets": "note"},
    ),
    Case(kind="brackets after the stop", changes=[("gov.cn）。\n", "gov.cn）。（附件略）\n")], rules={"wording.brackets": ""}),
    Case(kind="a pair of marks", says="用好“云岭政务”公众号。", rules={"wording.brackets": ""}),
    Case(kind="a short name", says="严格落实《细则》。", rules={"wording.short-name": "note"}),
    Case(kind="a short name that is said", says="严格落实《青石镇公开工作细则》，《细则》逐条对照。", rules={"wording.short-name": ""}),
    Case(kind="a placeholder", says="围绕（具体数量）项政策开展解读。", rules={"wording.placeholder": "error"}),
    Case(kind="a general sentence", says="一些部门还通过新媒体发布。", rules={"wording.generic": "note"}),
    Case(kind="whom the unit serves", says="部分地区停水信息及时发布。", rules={"wording.generic": ""}),
    Case(
        kind="a prompt",
        rules={"wording.guidance-left-in": "warning"},
        changes=[("除以上情况外", "（请在此处填写其他事项）\n\n除以上情况外")],
    ),
    Case(
        kind="a prompt",
        rules={"wording.guidance-left-in": "warning"},
        changes=[("存在的主要问题：一是", "（文字描述，300字左右）\n\n存在的主要问题：一是")],
    ),
    Case(
        kind="a prompt is no problem",
        rules={"structure.thin-section": "warning", "wording.guidance-left-in": "warning"},
        changes=[(FIVE, "主要问题（请填写存在的问题，如更新不及时）。\n\n改进情况（此处填写改进措施）。")],
    ),
    Case(
        kind="a prompt is no content",
        rules={"structure.empty-section": "error"},
        changes=[(FIVE, "（文字描述）\n\n（此处填写问题和改进措施）")],
    ),
    Case(
        kind="a prompt is no result of assessment",
        rules={"structure.missing-accountability": "warning", "wording.guidance-left-in": "warning"},
        changes=[
            (
                ASSESSED,
                "（五）监督保障（含《条例》第五十条第（四）项规定的各级人民政府“工作考核、社会评议和责任追究结果情况”）。全年组织培训3次。",
            )
        ],
    ),
    Case(
        kind="a prompt is no contact",
        rules={"contact.missing": "note", "wording.guidance-left-in": "warning"},
        changes=[(CONTACT, "（此处填写联系方式：地址、邮编、电话：区号-号码）")],
    ),
    Case(
        kind="a prompt states no fee",
        rules={"structure.missing-fee-statement": "warning"},
        changes=[
            (
                "按照《政府信息公开信息处理费管理办法》（国办函〔2020〕109号）的规定，本年度没有发出收费通知，未收取信息处理费。",
                "（文字描述，收取信息处理费情况在此处报告。）",
            )
        ],
    ),
    Case(
        kind="what stands in brackets and is said",
        rules={"structure.thin-section": "", "structure.empty-section": ""},
        changes=[("存在的主要问题：一是", "（一）存在的主要问题（与上年相比）：一是")],
    ),
    Case(
        kind="brackets of one's own",
        rules={"wording.guidance-left-in": ""},
        changes=[("除以上情况外", "（注：公开条数的统计口径说明见附件）\n\n除以上情况外")],
    ),
    Case(
        kind="a letter",
        changes=[("本报告根据", "根据贵办通知，现将我镇工作汇报如下。本报告根据")],
        rules={"wording.letter-left-in": "warning"},
    ),
    Case(
        kind="what published reports say",
        changes=[("本报告根据", "现将2023年工作报告如下。本报告根据")],
        rules={"wording.letter-left-in": ""},
    ),
)


@pytest.mark.parametrize("case", OWN, ids=lambda case: case.id)
def test_more_of_each_kind(case: Case) -> None:
    assert _wrong(_findings(case.text().encode(), "report.txt"), case.rules) == []


def test_no_part_and_no_head_is_called_right() -> None:
    (finding,) = (
        f
        for f in _findings(changed(base(), [(OPENED, "公开信息30条，其中通知40条")]).encode(), "report.txt")
        if f.rule == "narrative.parts-sum"
    )
    assert finding.expected is None


def _wrong(found: Sequence[Finding], due: Mapping[str, str]) -> list[str]:
    spoken: dict[str, set[str]] = {}
    for finding in found:
        spoken.setdefault(finding.rule, set()).add(finding.severity.value)
    return [
        f"{rule}: {'/'.join(sorted(spoken.get(rule, ()))) or 'nothing'}, not {level or 'nothing'}"
        for rule, level in due.items()
        if (level not in spoken.get(rule, ()) if level else rule in spoken)
    ]


@cache
def _bytes(path: Path) -> bytes:
    return path.read_bytes()


def _findings(data: bytes, name: str) -> Sequence[Finding]:
    return [finding for result in examine(data, name.removesuffix(".input.md") + Path(name).suffix, book()) for finding in result.findings]
