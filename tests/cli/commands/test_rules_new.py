"""`nianbao rules new`: files that work as they are written, never over others; `rules test` says what has no examples."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from tests.support import rule_ids
from validator.base import own_files
from validator.cli import main as cli
from validator.rulebook import built_in


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def new(*words: str) -> int:
    return cli.main(["rules", "new", *words])


@pytest.mark.parametrize("check", [path.stem for path in sorted((built_in() / "templates").glob("*.txt"))])
def test_a_new_rule_comes_out_as_its_examples_say(here: Path, check: str, capsys) -> None:  # type: ignore[no-untyped-def]
    assert new("local.mine", "--check", check) == 0
    assert "nianbao rules test rules" in capsys.readouterr().out
    assert cli.main(["rules", "test", "rules"]) == 0
    assert "1 条规则，2 个例子：2 个符合" in capsys.readouterr().out


@pytest.mark.parametrize("rule", rule_ids())
def test_every_built_in_rule_can_be_changed(here: Path, rule: str, capsys) -> None:  # type: ignore[no-untyped-def]
    assert new(rule) == 0
    (made,) = (here / "rules").glob("*.yaml")
    assert f"id: {rule}\noverride: true\n" in made.read_text(encoding="utf-8")
    status = cli.main(["rules", "test", "rules"])
    assert status == 0, capsys.readouterr()


def test_all_that_was_begun_stands_together(here: Path, capsys) -> None:  # type: ignore[no-untyped-def]
    for words in (("local.a",), ("local.b", "--check", "sum"), ("local.c", "--check", "contact"), ("contact.missing-email",)):
        assert new(*words) == 0
    assert new("local.missing-email") == 0  # the same last name in another category: a file of its whole name
    made = {path.stem for path in (here / "rules").glob("*.yaml")}
    assert made == {"a", "b", "c", "missing-email", "local.missing-email"}
    assert cli.main(["rules", "test", "rules"]) == 0
    assert "5 条规则" in capsys.readouterr().out


def test_it_goes_where_the_county_keeps_its_rules(here: Path, capsys) -> None:  # type: ignore[no-untyped-def]
    assert new("local.a", "ours") == 0 and (here / "ours" / "a.yaml").is_file()
    (here / "nianbao.yaml").write_text("rules: {packs: [ours]}\n", encoding="utf-8")
    assert new("local.b") == 0 and (here / "ours" / "b.yaml").is_file()
    assert "packs:" not in capsys.readouterr().out.split("b.yaml", 1)[1]


def test_nothing_is_overwritten_and_names_are_checked(here: Path, capsys) -> None:  # type: ignore[no-untyped-def]
    assert new("local.a") == 0
    before = (here / "rules" / "a.yaml").read_bytes()
    assert new("local.a") == 2
    assert "没有改动" in capsys.readouterr().err and (here / "rules" / "a.yaml").read_bytes() == before
    for words in (("Local.A",), (), ("a.b", "c", "d")):
        assert new(*words) == 2
        assert "类别.名称" in capsys.readouterr().err
    assert new("local.x", "--check", "nope") == 2
    assert "可用的有：contact、mentions、sum" in capsys.readouterr().err
    (here / "file").write_text("", encoding="utf-8")
    assert new("local.y", "file") == 2
    assert "“file”是文件，不是文件夹" in capsys.readouterr().err


def test_a_rule_without_examples_never_passes(here: Path, capsys) -> None:  # type: ignore[no-untyped-def]
    assert new("local.a") == 0
    path = here / "rules" / "a.yaml"
    path.write_text(path.read_text(encoding="utf-8").split("examples:")[0], encoding="utf-8")
    assert cli.main(["rules", "test", "rules"]) == 1
    assert "local.a：没有例子" in capsys.readouterr().err


def test_a_failing_example_is_a_difference(here: Path, capsys) -> None:  # type: ignore[no-untyped-def]
    assert new("local.a") == 0
    path = here / "rules" / "a.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("says: 没有写明网站改版情况", "says: 别的话"), encoding="utf-8")
    assert cli.main(["rules", "test", "rules"]) == 1
    out = capsys.readouterr().out
    assert "  - local.a warning 说到 “别的话”" in out and "  + local.a warning" in out and "1 个不符" in out


@pytest.mark.parametrize("content", [b"their own schema\n", b'{"title": "nianbao rule"}\n', None])
def test_a_schema_of_others_is_left_alone(content: bytes | None, here: Path, capsys) -> None:  # type: ignore[no-untyped-def]
    """Also one of ours that was worked in (None)."""
    place = here / "rules" / "rule.schema.json"
    if content is None:
        assert new("local.first") == 0
        content = place.read_bytes().replace(b"nianbao rule", b"our rule")
    place.parent.mkdir(exist_ok=True)
    place.write_bytes(content)
    assert new("local.a") == 0
    assert place.read_bytes() == content and (here / "rules" / "a.yaml").exists()
    assert "rule.schema.json”不是 nianbao 写的" in capsys.readouterr().err


def test_an_older_schema_of_ours_is_renewed(here: Path, capsys) -> None:  # type: ignore[no-untyped-def]
    place = here / "rules" / "rule.schema.json"
    place.parent.mkdir()
    place.write_bytes(own_files.marked(b'{\n "title": "older"\n}\n', "json"))
    assert new("local.a") == 0 and capsys.readouterr().err == ""
    told = json.loads(place.read_bytes())
    assert told.pop("checksum") and told == json.loads((built_in() / "rule.schema.json").read_bytes())
    before = place.read_bytes()
    assert new("local.b") == 0 and place.read_bytes() == before


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
def test_links_are_not_followed(here: Path, capsys) -> None:  # type: ignore[no-untyped-def]
    (here / "theirs").write_text("theirs", encoding="utf-8")
    (here / "rules").mkdir()
    (here / "rules" / "rule.schema.json").symlink_to(here / "theirs")
    (here / "rules" / "b.yaml").symlink_to(here / "not there")
    assert new("local.a") == 0 and (here / "theirs").read_text(encoding="utf-8") == "theirs"
    assert new("local.b") == 2 and not (here / "not there").exists()
    assert "没有改动" in capsys.readouterr().err.splitlines()[-1]


@pytest.mark.skipif(os.name == "nt", reason="there are no such pipes")
def test_a_pipe_where_the_files_go_is_not_waited_for(here: Path, capsys) -> None:  # type: ignore[no-untyped-def]
    (here / "rules").mkdir()
    os.mkfifo(here / "rules" / "rule.schema.json")
    os.mkfifo(here / "rules" / "a.yaml")
    assert new("local.a") == 2 and "没有改动" in capsys.readouterr().err
    assert new("local.b") == 0 and (here / "rules" / "b.yaml").is_file()
    assert "rule.schema.json" in capsys.readouterr().err
