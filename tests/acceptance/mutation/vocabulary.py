"""The labels of both forms, typed from the notices and not taken from `rules/`: a slip there must show here."""

from __future__ import annotations

NUMERALS = ("一", "二", "三", "四", "五", "六", "七", "八")

HEADINGS = (
    "总体情况",
    "主动公开政府信息情况",
    "收到和处理政府信息公开申请情况",
    "政府信息公开行政复议、行政诉讼情况",
    "存在的主要问题及改进情况",
    "其他需要报告的事项",
)

#: Wordings of article 50, by number of the part.
LONG_HEADINGS = {
    2: "行政机关主动公开政府信息情况",
    3: "行政机关收到和处理政府信息公开申请情况",
    4: "因政府信息公开工作被申请行政复议、提起行政诉讼情况",
    5: "政府信息公开工作存在的主要问题及改进情况",
}

#: Near wordings seen on accepted reports.
NEAR_HEADINGS = {
    1: ("工作总体推进情况", "概述"),
    4: (
        "政府信息公开行政复议和行政诉讼情况",
        "政府信息公开行政复议行政诉讼情况",
        "政府信息公开行政复议及诉讼情况",
        "因政府信息公开被申请行政复议、提起行政诉讼情况",
    ),
    5: (
        "存在问题及改进情况",
        "存在的主要问题和改进措施",
        "政府信息公开工作存在的主要问题及改进措施",
        "存在问题和改进措施",
        "存在的主要问题及整改措施",
    ),
    6: ("其它需要报告的事项", "其他报告事项", "其他需要汇报事项", "其他需要说明的事项"),
}

#: band, columns (key, label), rows (key, label)
DISCLOSURE = {
    "2021": (
        (
            "第二十条第（一）项",
            (("made", "本年制发件数"), ("repealed", "本年废止件数"), ("effective", "现行有效件数")),
            (("regulations", "规章"), ("normative_documents", "行政规范性文件")),
        ),
        ("第二十条第（五）项", (("decisions", "本年处理决定数量"),), (("licensing", "行政许可"),)),
        ("第二十条第（六）项", (("decisions", "本年处理决定数量"),), (("penalty", "行政处罚"), ("coercion", "行政强制"))),
        ("第二十条第（八）项", (("amount", "本年收费金额（单位：万元）"),), (("fees", "行政事业性收费"),)),
    ),
    "2019": (
        (
            "第二十条第（一）项",
            (("made", "本年新制作数量"), ("disclosed", "本年新公开数量"), ("disclosed_total", "对外公开总数量")),
            (("regulations", "规章"), ("normative_documents", "规范性文件")),
        ),
        (
            "第二十条第（五）项",
            (("items_last_year", "上一年项目数量"), ("change", "本年增/减"), ("decisions", "处理决定数量")),
            (("licensing", "行政许可"), ("other_services", "其他对外管理服务事项")),
        ),
        (
            "第二十条第（六）项",
            (("items_last_year", "上一年项目数量"), ("change", "本年增/减"), ("decisions", "处理决定数量")),
            (("penalty", "行政处罚"), ("coercion", "行政强制")),
        ),
        ("第二十条第（八）项", (("items_last_year", "上一年项目数量"), ("change", "本年增/减")), (("fees", "行政事业性收费"),)),
        ("第二十条第（九）项", (("projects", "采购项目数量"), ("amount", "采购总金额")), (("procurement", "政府集中采购"),)),
    ),
}

APPLICANTS = (
    ("natural_person", "自然人"),
    ("business", "商业企业"),
    ("research", "科研机构"),
    ("public_benefit", "社会公益组织"),
    ("legal_service", "法律服务机构"),
    ("other_org", "其他"),
    ("total", "总计"),
)
BALANCE_NOTE = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"

_RESULTS = "三、本年度办理结果"
_DENIED, _UNAVAILABLE, _REJECTED, _OTHER = "（三）不予公开", "（四）无法提供", "（五）不予处理", "（六）其他处理"

_UNDER_OTHER = {
    "2019": (("other", (_RESULTS, _OTHER)),),
    "2021": (
        ("other.no_correction", (_RESULTS, _OTHER, "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请")),
        ("other.unpaid_fee", (_RESULTS, _OTHER, "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请")),
        ("other.other", (_RESULTS, _OTHER, "3.其他")),
    ),
}


def applications(form: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Key and stubs of each row of section 3, from the outermost stub to the innermost."""

    def under(group: str, stub: str, rows: tuple[tuple[str, str], ...]) -> tuple[tuple[str, tuple[str, ...]], ...]:
        return tuple((f"{group}.{key}", (_RESULTS, stub, label)) for key, label in rows)

    return (
        ("new", ("一、本年新收政府信息公开申请数量",)),
        ("carried_in", ("二、上年结转政府信息公开申请数量",)),
        ("granted", (_RESULTS, "（一）予以公开")),
        ("partial", (_RESULTS, "（二）部分公开（区分处理的，只计这一情形，不计其他情形）")),
        *under(
            "denied",
            _DENIED,
            (
                ("state_secret", "1.属于国家秘密"),
                ("law_prohibited", "2.其他法律行政法规禁止公开"),
                ("security_stability", "3.危及“三安全一稳定”"),
                ("third_party", "4.保护第三方合法权益"),
                ("internal_affairs", "5.属于三类内部事务信息"),
                ("process_info", "6.属于四类过程性信息"),
                ("enforcement_file", "7.属于行政执法案卷"),
                ("admin_query", "8.属于行政查询事项"),
            ),
        ),
        *under(
            "unavailable",
            _UNAVAILABLE,
            (
                ("not_held", "1.本机关不掌握相关政府信息"),
                ("needs_creation", "2.没有现成信息需要另行制作"),
                ("still_unclear", "3.补正后申请内容仍不明确"),
            ),
        ),
        *under(
            "rejected",
            _REJECTED,
            (
                ("petition", "1.信访举报投诉类申请"),
                ("duplicate", "2.重复申请"),
                ("publication", "3.要求提供公开出版物"),
                ("excessive", "4.无正当理由大量反复申请"),
                ("reissue", "5.要求行政机关确认或重新出具已获取信息"),
            ),
        ),
        *_UNDER_OTHER[form],
        ("total", (_RESULTS, "（七）总计")),
        ("carried_out", ("四、结转下年度继续办理",)),
    )


OUTCOMES = (("upheld", "结果维持"), ("corrected", "结果纠正"), ("other", "其他结果"), ("pending", "尚未审结"), ("total", "总计"))
REVIEW = (
    ("review", ("行政复议",)),
    ("litigation_direct", ("行政诉讼", "未经复议直接起诉")),
    ("litigation_after_review", ("行政诉讼", "复议后起诉")),
)

#: Where offices break labels over lines, as their pages do.
BREAKS = {
    "本年新制作数量": "本年新\n制作数量",
    "本年新公开数量": "本年新\n公开数量",
    "对外公开总数量": "对外公开\n总数量",
    "上一年项目数量": "上一年\n项目数量",
    "本年处理决定数量": "本年处理\n决定数量",
    "本年收费金额（单位：万元）": "本年收费金额\n（单位：万元）",
    "第二十条第（一）项": "第二十条\n第（一）项",
    "商业企业": "商业\n企业",
    "科研机构": "科研\n机构",
    "社会公益组织": "社会公益\n组织",
    "法律服务机构": "法律服务\n机构",
    "（三）不予公开": "（三）\n不予公开",
    "（四）无法提供": "（四）\n无法提供",
    "三、本年度办理结果": "三、本年度\n办理结果",
    "结果维持": "结果\n维持",
    "尚未审结": "尚未\n审结",
    "其他对外管理服务事项": "其他对外管理\n服务事项",
}
