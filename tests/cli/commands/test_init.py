"""`nianbao init`: the roster that the reports of a folder show."""

from __future__ import annotations

import errno
import shutil
from pathlib import Path

import pytest
import yaml

from benchmarks import making_reports as making
from tests.support import ROOT
from validator.cli import main as cli
from validator.cli.commands import init as init_command
from validator.county.config import read_config

BASES = ROOT / "rules" / "bases"
TOWN, BUREAU, COUNTY = ((BASES / f"{name}.txt").read_text(encoding="utf-8") for name in ("sound-2021", "bureau-2021", "county-2021"))


def put(folder: Path, name: str, text: str) -> None:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def proposed(folder: Path) -> dict:  # type: ignore[type-arg]
    path = folder / "nianbao.yaml"
    assert read_config(path)[2].problems == []
    return yaml.safe_load(path.read_text(encoding="utf-8"))  # type: ignore[no-any-return]


def init(folder: Path, *words: str) -> int:
    return cli.main(["init", str(folder), "--no-cache", "--jobs", "1", *words])


def test_the_roster_of_a_county_is_found_again(tmp_path: Path, capsys, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    units, reports = making.county(12, (2023, 2024), seed=4)
    making.write(tmp_path, units, making.sound_files(reports), (2023, 2024))
    own = yaml.safe_load((tmp_path / "nianbao.yaml").read_text(encoding="utf-8"))
    (tmp_path / "nianbao.yaml").unlink()
    assert init(tmp_path) == 0
    assert "12 个单位，2 个年度，24 份报告" in capsys.readouterr().out
    made = proposed(tmp_path)
    assert made["county"] == own["county"] and made["years"] == [2023, 2024] and made["reports"] == ["reports"]
    assert {unit["name"] for unit in made["roster"]} == {unit["name"] for unit in own["roster"]}
    assert {unit["name"]: unit["kind"] for unit in made["roster"]} == {unit.name: unit.kind for unit in units}
    monkeypatch.chdir(tmp_path)
    assert cli.main(["check", "--quiet", "--no-cache", "--jobs", "1"]) == 0


def test_the_example_county_is_proposed_again(tmp_path: Path) -> None:
    county = tmp_path / "county"
    shutil.copytree(BASES.parents[1] / "examples" / "county", county, ignore=shutil.ignore_patterns("nianbao.yaml", "*.json"))
    assert init(county) == 0
    own = yaml.safe_load((BASES.parents[1] / "examples" / "county" / "nianbao.yaml").read_text(encoding="utf-8"))
    made = proposed(county)
    assert (made["county"], made["years"], made["reports"]) == (own["county"], own["years"], own["reports"])
    kinds = {unit["name"]: unit["kind"] for unit in own["roster"]}
    before = {"云岭县白塔乡人民政府": "township"}  # which only a person can know to be the town of today
    assert {unit["name"]: unit["kind"] for unit in made["roster"]} == kinds | before
    text = (county / "nianbao.yaml").read_text(encoding="utf-8")
    assert "可能是“云岭县白塔乡人民政府”改名" in text and "松坪乡人民政府, kind: township}  # 没有 2024 年度的报告" in text


def test_one_unit_under_two_names_is_one(tmp_path: Path) -> None:
    put(tmp_path, "a.txt", TOWN)
    put(tmp_path, "b.txt", TOWN.replace("云岭县青石镇人民政府2023年", "青石镇2022年").replace("2023年1", "2022年1"))
    put(tmp_path, "c.txt", COUNTY)
    assert init(tmp_path) == 0
    roster = proposed(tmp_path)["roster"]
    assert [unit["name"] for unit in roster] == ["云岭县人民政府", "云岭县青石镇人民政府"]
    assert roster[1]["aliases"] == ["青石镇"]


def test_what_the_reports_do_not_tell_stands_in_comments(tmp_path: Path, capsys) -> None:  # type: ignore[no-untyped-def]
    put(tmp_path, "年报/a.txt", TOWN.replace("2023年", "2022年"))
    put(tmp_path, "年报/b.txt", TOWN.replace("青石镇人民政府", "青石街道办事处").replace("我镇", "我街道"))
    put(tmp_path, "年报/c.txt", BUREAU)
    headings = "一、总体情况\n公开20条。\n二、主动公开政府信息情况\n三、收到和处理政府信息公开申请情况"
    put(tmp_path, "年报/新建文档.txt", f"政府信息公开工作年度报告\n{headings}")
    put(tmp_path, "说明.txt", "本文件夹存放年报。")
    (tmp_path / "年报" / "坏.docx").write_bytes(b"PK\x03\x04 torn")
    assert init(tmp_path) == 2  # a file could not be read
    text = (tmp_path / "nianbao.yaml").read_text(encoding="utf-8")
    assert "可能是“云岭县青石镇人民政府”改名；是的话加 formerly: [云岭县青石镇人民政府]" in text
    assert text.count("没有 2022 年度的报告") == 2 and text.count("没有 2023 年度的报告") == 1
    assert "新建文档.txt" in text and "坏.docx" in text and "说明.txt" not in text
    error = capsys.readouterr().err
    assert "新建文档.txt：看不出单位或年度" in error and "坏.docx：未能读取" in error
    assert proposed(tmp_path)["reports"] == ["年报"]


def test_nothing_is_overwritten_or_made_of_nothing(tmp_path: Path, capsys) -> None:  # type: ignore[no-untyped-def]
    assert init(tmp_path / "none") == 2
    assert "没有“" in capsys.readouterr().err
    assert init(tmp_path) == 2
    assert "没有找到年度报告" in capsys.readouterr().err and not (tmp_path / "nianbao.yaml").exists()
    put(tmp_path, "a.txt", TOWN)
    put(tmp_path, "nianbao.yaml", "county: 云岭县\n")
    assert init(tmp_path) == 2
    assert "没有改动" in capsys.readouterr().err and proposed(tmp_path) == {"county": "云岭县"}
    assert cli.main(["init", str(tmp_path), "other"]) == 2
    assert "只用于一个文件夹" in capsys.readouterr().err


def test_in_english(tmp_path: Path, capsys) -> None:  # type: ignore[no-untyped-def]
    put(tmp_path, "a.txt", TOWN)
    assert init(tmp_path, "--lang", "en") == 0
    assert "1 units, 1 years, 1 reports" in capsys.readouterr().out
    assert "proposed by nianbao init" in (tmp_path / "nianbao.yaml").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["云岭县“一”号局", "甲: 乙局", "#局", "县 [x], {y}局"])
def test_odd_names_are_quoted(tmp_path: Path, name: str) -> None:
    put(tmp_path, "a.txt", BUREAU.replace("云岭县教育局2023年", f"{name}2023年", 1))
    status = init(tmp_path)
    assert status in (0, 2)
    if status == 0:
        proposed(tmp_path)


def test_what_appears_while_the_reports_are_read_is_left_alone(tmp_path: Path, monkeypatch, capsys) -> None:  # type: ignore[no-untyped-def]
    put(tmp_path, "a.txt", TOWN)
    made = init_command.proposal

    def meanwhile(*rest):  # type: ignore[no-untyped-def]
        put(tmp_path, "nianbao.yaml", "county: 云岭县\n")
        return made(*rest)

    monkeypatch.setattr(init_command, "proposal", meanwhile)
    assert init(tmp_path) == 2 and "没有改动" in capsys.readouterr().err
    assert (tmp_path / "nianbao.yaml").read_text(encoding="utf-8") == "county: 云岭县\n"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.txt", "nianbao.yaml"]
    (tmp_path / "nianbao.yaml").unlink()


def test_a_disk_that_is_full_leaves_no_half_of_it(tmp_path: Path, monkeypatch, capsys) -> None:  # type: ignore[no-untyped-def]
    put(tmp_path, "a.txt", TOWN)

    def full(*rest: object, **how: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("validator.cli.replace_file._put", full)
    assert init(tmp_path) == 2 and "磁盘满了" in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["a.txt"]
