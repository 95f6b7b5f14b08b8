"""The fixed words of the outputs that people read, in both languages."""

from __future__ import annotations

from validator.model import Answer, Basis, Language, Severity, Unshown

WORDS: dict[Language, dict[str, str]] = {
    "zh": {
        "error": "必须改",
        "warning": "请核实",
        "note": "供参考",
        "places": "{name} {count} 处",
        "review": "需人工判断",
        "clean": "未发现问题",
        "findings": "有问题",
        "unreadable": "未能读取",
        "unreadable-long": "未能读取（不等于没有问题）",
        "law": "法定",
        "form": "国家格式",
        "county": "本县要求",
        "logic": "数据逻辑",
        "line": "第 {line} 行",
        "page": "第 {page} 页",
        "whole": "全文",
        "part": "其中第 {part} 份",
        "no-unit": "未读出单位",
        "no-year": "未读出年度",
        "year": "{year} 年度",
        "form-used": "{form} 年格式",
        "form-other": "{form} 年格式（该年度应用 {due} 年格式）",
        "is": "现状",
        "should": "应为",
        "basis": "依据",
        "do": "怎么改",
        "checked": "检查 {all} 条：通过 {pass}，问题 {fail}，待人工 {review}，跳过 {skip}",
        "checked-error": "，规则出错 {error}",
        "skipped": "跳过",
        "skipped-times": "{reason}（{count} 条）",
        "skipped-rest": "另有 {count} 条，原因见 --format json",
        "unchecked": "版式、印章、字体未检查。",
        "waived": "已说明、不再提示 {count} 处",
        "waived-one": "【已说明：{reason}】",
        "until": "（到 {day}）",
        "waived-told": "{reason}{until}：{message}",
        "in-baseline": "基线中已有",
        "waived-rest": "另有 {count} 处，全部见 --format json、csv 或 xlsx",
        "waived-set": "全部报告放在一起看：已说明、不再提示 {count} 处",
        "collection": "全部报告放在一起看",
        "set": "各单位情况（差的在前）",
        "set-county": "{county}各单位情况（差的在前）",
        "unit": "单位",
        "kind": "类别",
        "missing": "缺报",
        "failed": "必须改",
        "verify": "请核实",
        "not-due": "未到期",
        "state-count": "{state} {count}",
        "other-units": "另有 {count} 个单位：{states}",
        "state-times": "{state} {count} 份",
        "government": "政府",
        "office": "政府办公室",
        "department": "部门",
        "township": "乡镇",
        "subdistrict": "街道",
        "committee": "管委会",
        "vertical": "垂直管理单位",
        "institution": "事业单位",
        "no-kind": "未定类别",
        "by-kind": "按单位类别",
        "by-rule": "最常见的问题",
        "more-rules": "另有 {count} 条规则，全部见 --statistics",
        "files": "共 {files} 份：未发现问题 {clean}，有问题 {failed}，未能读取 {unreadable}",
        "files-again": "；另有 {count} 份扫描件没有读取（同一份报告已检查）",
        "unshown": "自 {since} 以来没有改动的 {files} 份未列出，其中 {failed} 份有问题或未能读取",
        "unshown-collection": "；另有 {count} 条只涉及它们的全县问题",
        "report": "报告",
        "result": "结果",
        "passed": "没有检查的文件 {count} 个",
        "more": "另有 {count} 个",
        "alike": "另有 {count} 处同类问题（{rule}），全部见 --format json",
        "empty": "{path}：文件夹里没有找到年度报告",
        "broken": "程序没有做完的检查 {count} 处（不是报告的问题）",
        "rule": "规则",
        "severity": "级别",
        "times": "次数",
        "reports": "份数",
        "sum-expected": "应为 {expected}，填 {actual}",
        "suspect": "{expected}（最可能填错的一格）",
        "equal": "两者相等",
        "row": "“{label}”行",
        "column": "“{label}”列",
        "bracket": "（{text}）",
        "explanations": "改下面任一组，就全部相符：",
        "explanations-many": "能使其相符的改法有 {count} 种，都涉及：{cells}",
        "explanations-open": "能使其相符的改法有 {count} 种，没有共同的一格",
        "at-least": "不少于 {count}",
        "change": "{cell} {actual} 改 {expected}",
        "cell": "“{row}”行“{column}”列",
        "blank": "空白",
        "zeros": "未列出的 {count} 行，这几列都是 0",
        "sum-beside": "分项和 {expected}",
        "and": "、",
        "comma": "，",
        "semicolon": "；",
        "colon": "：",
    },
    "en": {
        "error": "Must be changed",
        "warning": "Please verify",
        "note": "For information",
        "places": "{name}: {count}",
        "review": "needs a person's eye",
        "clean": "nothing found",
        "findings": "findings",
        "unreadable": "could not be read",
        "unreadable-long": "could not be read (which does not mean that nothing is wrong)",
        "law": "law",
        "form": "national form",
        "county": "county requirement",
        "logic": "logic of the data",
        "line": "line {line}",
        "page": "page {page}",
        "whole": "whole text",
        "part": "report {part} of the file",
        "no-unit": "unit not found",
        "no-year": "year not found",
        "year": "year {year}",
        "form-used": "form of {form}",
        "form-other": "form of {form} (form of {due} is due)",
        "is": "Found",
        "should": "Should",
        "basis": "Basis",
        "do": "Do",
        "checked": "{all} rules: {pass} passed, {fail} failed, {review} for a person, {skip} skipped",
        "checked-error": ", {error} broke",
        "skipped": "Skipped",
        "skipped-times": "{reason} ({count})",
        "skipped-rest": "{count} more, see --format json",
        "unchecked": "Layout, seals and fonts were not checked.",
        "waived": "accepted earlier, not shown: {count}",
        "waived-one": "[accepted: {reason}] ",
        "until": " (until {day})",
        "waived-told": "{reason}{until}: {message}",
        "in-baseline": "in the baseline",
        "waived-rest": "{count} more; all of them with --format json, csv or xlsx",
        "waived-set": "all reports together, accepted earlier and not shown: {count}",
        "collection": "All reports together",
        "set": "How the units stand (the worst first)",
        "set-county": "{county}: how the units stand (the worst first)",
        "unit": "unit",
        "kind": "kind",
        "missing": "missing",
        "failed": "must be changed",
        "verify": "please verify",
        "not-due": "not yet due",
        "state-count": "{state}: {count}",
        "other-units": "{count} more units: {states}",
        "state-times": "{state} {count}",
        "government": "government",
        "office": "government office",
        "department": "department",
        "township": "town",
        "subdistrict": "subdistrict",
        "committee": "committee",
        "vertical": "vertical unit",
        "institution": "institution",
        "no-kind": "kind not known",
        "by-kind": "By kind of unit",
        "by-rule": "Most frequent",
        "more-rules": "{count} more rules, all with --statistics",
        "files": "{files} reports: {clean} with nothing found, {failed} with findings, {unreadable} could not be read",
        "files-again": "; {count} scans of them were not read",
        "unshown": "{files} reports are as they were at {since} and are not listed; {failed} of them have findings or could not be read",
        "unshown-collection": "; nor are {count} findings about the set that speak of them alone",
        "report": "report",
        "result": "result",
        "passed": "files that were not checked: {count}",
        "more": "{count} more",
        "alike": "{count} more of {rule}, all of them with --format json",
        "empty": "{path}: no annual report in this folder",
        "broken": "checks that the program could not finish: {count} (not the reports' fault)",
        "rule": "rule",
        "severity": "severity",
        "times": "times",
        "reports": "reports",
        "sum-expected": "should be {expected}, is {actual}",
        "suspect": "{expected} (the figure most likely to be wrong)",
        "equal": "both equal",
        "row": "row “{label}”",
        "column": "column “{label}”",
        "bracket": " ({text})",
        "explanations": "Any one of these changes makes them agree:",
        "explanations-many": "{count} changes make them agree, all of them at: {cells}",
        "explanations-open": "{count} changes make them agree, without a figure in common",
        "at-least": "{count} or more",
        "change": "{cell} {actual} to {expected}",
        "cell": "row “{row}” column “{column}”",
        "blank": "blank",
        "zeros": "{count} rows not shown are 0 in these columns",
        "sum-beside": "adds up to {expected}",
        "and": ", ",
        "comma": ", ",
        "semicolon": "; ",
        "colon": ": ",
    },
}


def say(language: Language, key: str, **facts: object) -> str:
    """The words of that key, braces filled."""
    return WORDS[language][key].format(**facts)


def severity(language: Language, value: Severity) -> str:
    """必须改, 请核实 or 供参考."""
    return WORDS[language][value.value]


def basis(language: Language, items: tuple[Basis, ...]) -> str:
    """Where a rule comes from, each kind and document once: 国家格式 国办公开办函〔2021〕30号，所附格式."""
    parts: dict[tuple[str, str], list[str]] = {}
    for item in items:
        document, part = item.cited(language)
        parts.setdefault((item.kind, "" if document == WORDS["zh"][item.kind] else document), []).append(part)
    said = []
    for (kind, document), named in parts.items():
        part = say(language, "and").join(dict.fromkeys(filter(None, named)))
        source = say(language, "comma").join(filter(None, (document, part)))
        own = any(item.en and item.kind == kind for item in items) and language == "en"
        said.append(f"{WORDS[language][kind]}{': ' if own and source else ' '}{source}".rstrip())
    return say(language, "semicolon").join(said)


def checked(language: Language, counts: dict[Answer, int]) -> str:
    """How many rules were asked and what they answered."""
    named = {answer.value: counts.get(answer, 0) for answer in Answer}
    line = say(language, "checked", all=sum(named.values()), **named)
    return line + say(language, "checked-error", **named) if named["error"] else line


def unshown(left: Unshown, language: Language) -> str:
    """What --changed-since left out, in a sentence."""
    more = say(language, "unshown-collection", count=left.collection) if left.collection else ""
    return say(language, "unshown", since=left.since, files=left.files, failed=left.failed) + more
