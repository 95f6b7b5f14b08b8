"""Texts that hold no fact of their own."""

from __future__ import annotations

from tests.checks.text.sentences import rules


def test_a_text_without_facts_of_its_own() -> None:
    general = "多数部门能够按照要求更新内容，各方面高度重视公开工作，不断完善制度，规范流程，强化责任落实，推动工作制度化。" * 7
    assert rules(general) == ["no-own-facts", "generic"]
    assert rules(general + "全年公开信息20条，办结申请3件，我镇举办培训2次，我镇修订制度5项。") == ["generic"]
    assert rules(general[: len(general) // 7]) == ["generic"]
