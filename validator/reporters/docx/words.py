"""The fixed words of the commented Word file, in both languages."""

from __future__ import annotations

from validator.model import Language

WORDS: dict[Language, dict[str, str]] = {
    "zh": {
        "head": "检查意见（本文件是检查用的副本，不得报送、不得公开；请在原文件上改）",
        "head-part": "检查意见，其中第 {part} 份报告",
        "where": "位置",
        "box": "所指文字在此处的文本框或图形里，那里不能加批注，标在它所在的一段。",
        "near": "所指之处不能加批注，标在最近的一段。",
        "none": "报告里没有这一处，标在最近的标题上。",
        "whole": "说的是整份报告，标在标题上。",
        "signed": "原文件有数字签名；副本改过，签名已去掉。原文件的签名没有动。",
        "kept": "文件里原有的 {count} 条批注照旧保留。",
        "set": "与其他报告放在一起看：{message}（{advice}）",
        "not-done": "没有做完的检查（程序的原因）：{message}",
    },
    "en": {
        "head": "Review notes (this file is a copy for checking: do not submit or publish it; make the changes in the original)",
        "head-part": "Review notes, report {part} of the file",
        "where": "Place",
        "box": "The words are in a text box or a drawing here, which takes no comments; this is the paragraph that holds it.",
        "near": "The place itself takes no comments; this is the nearest paragraph that does.",
        "none": "The report lacks this; the comment is on the nearest heading.",
        "whole": "This is about the whole report, so the comment is on the title.",
        "signed": "The original has a digital signature. The copy was changed, so it was taken out there; the original keeps it.",
        "kept": "Comments that were in the file before, all kept: {count}.",
        "set": "Seen together with other reports: {message} ({advice})",
        "not-done": "A check that the program could not finish: {message}",
    },
}


def say(language: Language, key: str, **facts: object) -> str:
    """The words of that key, braces filled."""
    return WORDS[language][key].format(**facts)
