"""The program's own sentences, wherever they are written: each in Chinese and in English, and neither in the other's words."""

from __future__ import annotations

import ast
import errno
import re
from collections.abc import Iterator

import pytest

from tests.support import ROOT
from validator.base.os_errors import reason
from validator.cli import main as cli
from validator.messages.catalogue import HERE, catalogue

FILES = sorted((ROOT / "validator").rglob("*.py"))
_CHINESE = re.compile(r"[\u3400-\u9fff]")
_ENGLISH = re.compile(r"[A-Za-z]{2,}(?: [A-Za-z]{2,}){2,}")
#: What sentences of both languages quote: the names of what the program is about, its commands, the county of the examples.
_NAMED = re.compile(r"[“「'`(][^”」'`)]*[”」'`)]|nianbao\.yaml|nianbao rules test|年报|云岭县")


def _pairs(tree: ast.AST) -> Iterator[tuple[int, ast.expr | None, ast.expr | None]]:
    """Every Chinese sentence with its English one, from {"zh": …, "en": …} and from (zh=…, en=…)."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Dict):
            named = {key.value: value for key, value in zip(node.keys, node.values, strict=True) if isinstance(key, ast.Constant)}
        elif isinstance(node, ast.Call):
            named = {word.arg: word.value for word in node.keywords}
        else:
            continue
        if "zh" in named or "en" in named:
            yield node.lineno, named.get("zh"), named.get("en")


def _written(sentence: ast.expr) -> str:
    """The constant words of a sentence; what is filled in stands in quotes or brackets and is left out."""
    if isinstance(sentence, ast.JoinedStr):
        return "".join(str(part.value) if isinstance(part, ast.Constant) else "{}" for part in sentence.values)
    return sentence.value if isinstance(sentence, ast.Constant) and isinstance(sentence.value, str) else ""


def test_no_sentence_stands_in_the_code() -> None:
    """Sentences stand in validator/messages/; what is put together in the code has both languages."""
    alone, written = [], []
    for path in FILES:
        for line, zh, en in _pairs(ast.parse(path.read_text(encoding="utf-8"))):
            where = f"{path.relative_to(ROOT)}:{line}"
            if zh is None or en is None:
                alone.append(where)
            elif _CHINESE.search(_written(zh)):
                written.append(f"{where}: {_written(zh)}")
    assert alone == [] and written == []


def test_sentences_in_code_are_seen() -> None:
    source = 'a = {"zh": f"找不到 {x}", "en": "none"}\nb(zh="一")\nc = {"zh": x, "en": y}'
    found = [(line, zh and _written(zh), en and _written(en)) for line, zh, en in _pairs(ast.parse(source))]
    assert sorted(found) == [(1, "找不到 {}", "none"), (2, "一", None), (3, "", "")]


def _misplaced(chinese: str, english: str) -> list[str]:
    """What is not in the language it should be in."""
    plain = _NAMED.sub("", english)
    return [*([english] if _CHINESE.search(plain) else []), *_ENGLISH.findall(_NAMED.sub("", chinese))]


def test_what_is_misplaced_is_seen() -> None:
    assert _misplaced("找不到文件", "cannot find the file") == []
    assert _misplaced("cannot find the file", "找不到文件") == ["找不到文件", "cannot find the file"]


@pytest.mark.parametrize("name", sorted(path.stem for path in HERE.glob("*.json")))
def test_catalogues_say_the_same_in_both(name: str) -> None:
    sentences = catalogue(name)
    assert all(text.strip() for pair in sentences.values() for text in pair.values())
    assert [text for pair in sentences.values() for text in _misplaced(pair["zh"], pair["en"])] == []


@pytest.mark.parametrize("command", ["", "check", "read", "rules", "version"])
def test_help_is_in_the_language_asked_for(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    for language in ("zh", "en"):
        with pytest.raises(SystemExit) as left:
            cli.main([*([command] if command else []), "--help", "--lang", language] if command else ["--lang", language, "--help"])
        assert left.value.code == 0
        shown = capsys.readouterr().out
        assert bool(_CHINESE.search(shown)) is (language == "zh")
        assert language == "en" or _ENGLISH.findall(shown) == []


@pytest.mark.parametrize("code", [errno.EACCES, errno.EROFS, errno.ENOSPC, errno.ENOTDIR, errno.ENOENT])
def test_the_systems_reasons_are_told_in_both(code: int) -> None:
    told = reason(OSError(code, "in the system's words"))
    assert _CHINESE.search(told["zh"]) and not _CHINESE.search(told["en"]) and "system" not in told["en"]


def test_a_reason_that_is_not_known_is_told_in_the_systems_words() -> None:
    assert reason(OSError(9999, "odd")) == {"zh": "odd", "en": "odd"}
    assert reason(OSError("no number")) == {"zh": "no number", "en": "no number"}
