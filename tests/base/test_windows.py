"""What only Windows does, simulated: where its programs are, names of devices, long paths, files that are held, its console."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from validator.base import programs, windows
from validator.base.os_errors import reason
from validator.cli import output_stream, replace_file
from validator.cli.settings import SettingsError


def held() -> OSError:
    """As Windows refuses a file that another program has open."""
    trouble = OSError(errno.EACCES, "Permission denied")
    trouble.winerror = 32  # type: ignore[attr-defined]
    return trouble


@pytest.mark.parametrize("name", ["CON", "nul", "NUL.txt", "com1", "LPT9.json", "aux .md", "C:\\reports\\con.html", "prn", "COM¹", "nul:"])
def test_names_of_devices(name: str) -> None:
    assert windows.is_device(name)


@pytest.mark.parametrize("name", ["console.txt", "com10.txt", "年报.con", "con\\年报.txt", "null", "lpt.txt", "", "a nul"])
def test_names_of_files(name: str) -> None:
    assert not windows.is_device(name)


def test_a_long_path_takes_the_long_form() -> None:
    deep = "\\".join(["年度报告"] * 80)
    assert windows.long_path(f"C:\\{deep}", True) == f"\\\\?\\C:\\{deep}"
    assert windows.long_path(f"\\\\server\\share\\{deep}", True) == f"\\\\?\\UNC\\server\\share\\{deep}"
    assert windows.long_path(f"C:/{deep}/../a/x.txt".replace("\\", "/"), True).startswith("\\\\?\\C:\\")
    for same in ("C:\\a.txt", f"\\\\?\\C:\\{deep}", "\\\\.\\NUL", "\\\\server\\share\\a.txt"):
        assert windows.long_path(same, True) == same
    assert windows.long_path(f"C:\\{deep}", False) == f"C:\\{deep}"


def test_a_file_that_is_held_for_a_moment_is_waited_for() -> None:
    tries, waits = [held(), held()], list[float]()

    def act() -> None:
        if tries:
            raise tries.pop()

    windows.patiently(act, waits.append)
    assert len(waits) == 2 and not tries


def test_one_that_stays_held_is_said() -> None:
    def act() -> None:
        raise held()

    with pytest.raises(OSError) as caught:
        windows.patiently(act, lambda seconds: None)
    assert windows.is_held(caught.value) and reason(caught.value)["zh"] == "被其他程序占用，请先关闭"


def test_other_troubles_are_not_waited_for() -> None:
    def act() -> None:
        raise PermissionError(errno.EACCES, "no")

    with pytest.raises(PermissionError):
        windows.patiently(act, lambda seconds: pytest.fail("it waited"))


def test_a_program_has_the_endings_that_the_system_runs() -> None:
    assert list(windows.names("git", {"PATHEXT": ".COM;.EXE"})) == ["git.COM", "git.EXE"]
    assert list(windows.names("soffice.exe", {"PATHEXT": ".COM;.EXE"})) == ["soffice.exe"]
    assert "git.EXE" in list(windows.names("git", {}))
    assert windows.system_program("taskkill.exe", {"SystemRoot": "D:\\Windows"}) == "D:\\Windows\\System32\\taskkill.exe"
    assert windows.system_program("taskkill.exe", {}).startswith("C:\\Windows\\")


def test_the_working_folder_does_not_come_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Windows looks there before the PATH, whatever it says; and a file without an ending is no program."""
    (tmp_path / "work").mkdir()
    (tmp_path / "right").mkdir()
    for path in (tmp_path / "work" / "git.EXE", tmp_path / "right" / "git", tmp_path / "right" / "git.EXE"):
        path.write_bytes(b"")
        path.chmod(0o755)
    monkeypatch.chdir(tmp_path / "work")
    monkeypatch.setattr(windows, "HERE", True)
    environment = {"PATH": os.pathsep.join([".", f'"{tmp_path / "right"}"']), "PATHEXT": ".EXE"}
    assert programs.find("git", environment) == str(tmp_path / "right" / "git.EXE")
    assert programs.find("git", {"PATH": "", "PATHEXT": ".EXE"}) is None


def test_a_result_for_a_device_is_written_into_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """On Windows every folder has a NUL: here a file stands for it, which is not replaced."""
    target = tmp_path / "nul.txt"
    target.write_bytes(b"")
    number = target.stat().st_ino
    monkeypatch.setattr(windows, "HERE", True)
    assert replace_file.is_written_into(str(target))
    output_stream.save("结果", target, [])
    assert target.stat().st_ino == number and [path.name for path in tmp_path.iterdir()] == ["nul.txt"]


@pytest.mark.parametrize("fresh", [True, False])
def test_replacing_as_on_windows(fresh: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without second names and owners; a file that an office program holds is said."""
    monkeypatch.setattr(windows, "HERE", True)
    target = tmp_path / "r.json"
    if not fresh:
        target.write_bytes(b"old")
    replace_file.replace(b"new", target, None if fresh else b"old")
    assert target.read_bytes() == b"new" and [path.name for path in tmp_path.iterdir()] == ["r.json"]

    def refuse(*paths: str) -> None:
        raise held()

    monkeypatch.setattr(windows.time, "sleep", lambda seconds: None)
    monkeypatch.setattr(os, "replace", refuse)
    with pytest.raises(SettingsError) as caught:
        output_stream.save("newer", target, [])
    assert "被其他程序占用" in caught.value.text["zh"]
    assert target.read_bytes() == b"new" and [path.name for path in tmp_path.iterdir()] == ["r.json"]


def test_a_console_of_code_page_936() -> None:
    data, sentence = output_stream.encoded("必须改：𠮷祥镇 …\n", "cp936")
    assert data.decode("cp936") == "必须改：?祥镇 …\n" and "cp936" in sentence
    data, sentence = output_stream.encoded('{"单位": "𠮷"}', "cp936", escape=True)
    assert data == b'{"\\u5355\\u4f4d": "\\ud842\\udfb7"}' and not sentence
