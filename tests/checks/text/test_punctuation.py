"""Brackets, the ends of sentences, and the numerals of series."""

from __future__ import annotations

from tests.checks.text.sentences import rules


def test_brackets_and_ends() -> None:
    assert rules("认真贯彻《条例，公开信息20条。") == ["brackets"]
    assert rules("公开信息（含政策20条，动态30条。") == ["brackets"]
    assert rules("1）公开信息；2）答复申请。一）公开。") == []
    assert rules("公开“互联网+”信息（含《目录》）20条。") == []
    assert rules("围绕群众关心的事项公开信息20条。加强业务培训，完善工作制度，不断提高工作水平") == ["brackets"]
    assert rules("围绕群众关心的事项公开信息20条。加强业务培训，完善工作制度，包括：") == []


def test_series() -> None:
    assert rules("一是公开；三是解读；三是培训。") == ["numbering"]
    assert rules("一是公开；二是解读；二是培训。") == ["numbering"]
    assert rules("一是公开；二是解读。改进措施：一是培训；二是考核；三是督查。") == []
    assert rules("镇长是第一责任人，这是重点之一，十是凑数。") == []
