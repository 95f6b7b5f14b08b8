"""Standard output and files: encodings that lack characters, readers that leave, replacing a file in one step."""

from __future__ import annotations

import errno
import os
import re
import sys
from collections.abc import Iterable
from pathlib import Path

from validator.cli.settings import SettingsError

_CHINESE = "年报"


class Unheard(Exception):
    """Whoever read standard output has closed it."""


def write(result: str | bytes, *, escape: bool = False) -> None:
    """The result on standard output, line ends as they are. `escape`: JSON, where any character can be written as \\uXXXX.

    Raises Unheard. Bytes go as they are. What the output's encoding lacks becomes ? or, where it knows no Chinese at all, an escape;
    a sentence on standard error says so.
    """
    encoding = getattr(sys.stdout, "encoding", None) or "utf-8"
    data, sentence = (result, "") if isinstance(result, bytes) else encoded(result, encoding, escape=escape)
    if sentence:
        complain(sentence)
    try:
        sys.stdout.flush()
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
    except OSError as trouble:
        if isinstance(trouble, BrokenPipeError) or trouble.errno in (errno.EPIPE, errno.EINVAL):
            _hush()
            raise Unheard from None
        raise


def encoded(text: str, encoding: str, *, escape: bool = False) -> tuple[bytes, str]:
    """The bytes for an output of that encoding and, where something was lost, a sentence about it (ASCII and Chinese)."""
    if encoding.lower().replace("_", "-").startswith(("utf-8", "utf8", "cp65001")):
        return text.encode("utf-8", "replace"), ""
    if escape:
        return "".join(char if char < "\x80" else _escape(char) for char in text).encode("ascii"), ""
    try:
        return text.encode(encoding), ""
    except UnicodeEncodeError:
        pass
    try:
        _CHINESE.encode(encoding)
    except UnicodeEncodeError:
        way = "set PYTHONUTF8=1, or use --output FILE"
        return text.encode(encoding, "backslashreplace"), f"nianbao: this output ({encoding}) cannot show Chinese: {way}"
    return text.encode(encoding, "replace"), f"nianbao: 输出的编码 {encoding} 缺少个别字，以 ? 代替；可设 PYTHONUTF8=1，或用 --output 文件"


def _escape(char: str) -> str:
    units = char.encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[at]:02x}{units[at + 1]:02x}" for at in range(0, len(units), 2))


def complain(sentence: str) -> None:
    """A line on standard error; nobody there to read it is no trouble."""
    try:
        print(sentence, file=sys.stderr, flush=True)
    except (OSError, ValueError):
        return


def save(result: str | bytes, target: Path, sources: Iterable[str]) -> None:
    """The result in a file that appears whole or not at all. Raises SettingsError where it may not or cannot be written."""
    real = Path(os.path.realpath(target))
    if os.path.isdir(real):  # Path.is_dir raises where a name is too long
        raise SettingsError(zh=f"--output：“{target}”是文件夹", en=f"--output: “{target}” is a folder")
    spare(target, sources)
    draft = real.with_name(f".{real.name}.{os.getpid()}.tmp")
    try:
        try:
            draft.write_bytes(result if isinstance(result, bytes) else result.encode("utf-8", "replace"))
            if real.exists():  # who may read it stays as it was
                os.chmod(draft, real.stat().st_mode & 0o777)
            os.replace(draft, real)
        finally:
            draft.unlink(missing_ok=True)
    except OSError as trouble:
        from validator.base.os_errors import reason

        why = reason(trouble)
        zh, en = f"--output：写不了“{target}”（{why['zh']}）", f"--output: cannot write “{target}” ({why['en']})"
        raise SettingsError(zh=zh, en=en) from None


def spare(target: Path, sources: Iterable[str]) -> None:
    """Raises SettingsError where the target is one of the inputs, by whatever name."""
    real = Path(os.path.realpath(target))
    if any(same(real, source) for source in sources):
        raise SettingsError(
            zh=f"--output：“{target}”是要检查的文件，不能覆盖", en=f"--output: “{target}” is an input and is not overwritten"
        )


def same(target: Path, source: str) -> bool:
    """Whether both are one file, by whatever names."""
    try:
        return os.path.samefile(target, source)
    except OSError:
        return False


def colour() -> bool:
    """Whether colours are wanted and understood: a terminal, no NO_COLOR, no `dumb`, and on Windows one that knows the codes."""
    if os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb" or not sys.stdout.isatty():
        return False
    if sys.platform != "win32":
        return True
    from rich.console import detect_legacy_windows

    return not detect_legacy_windows()


def links() -> bool:
    """Whether the terminal shows links (OSC 8). Most that do not print nothing of them, some print rubbish: asked are those known to."""
    if not colour() or os.environ.get("CI"):
        return False
    if (forced := os.environ.get("FORCE_HYPERLINK")) is not None:
        return forced != "0"
    return any(_tells(name, pattern) for name, pattern in _LINKING)


def _tells(name: str, pattern: str) -> bool:
    return re.match(pattern, os.environ.get(name, "")) is not None


#: What the environment of terminals that show links holds. tmux passes links on since 3.4; before, they are lost inside it.
_LINKING = (
    ("WT_SESSION", r"."),
    ("VTE_VERSION", r"[5-9]\d{3}"),  # GNOME and what is built on its library, since 0.50
    ("KONSOLE_VERSION", r"2[1-9]\d{4}"),
    ("TERM_PROGRAM", r"(iTerm\.app|WezTerm|vscode|ghostty|Hyper|rio|zed)$"),
    ("TERM", r"(xterm-kitty|xterm-ghostty|alacritty|foot|contour|wezterm)"),
)


def width() -> int:
    """Columns to write for: the terminal's within reason, 80 where there is none, so that files are the same everywhere."""
    if not sys.stdout.isatty():
        return 80
    from shutil import get_terminal_size

    return min(max(get_terminal_size((80, 24)).columns, 40), 100)


def _hush() -> None:
    """Point standard output at nothing, so that the interpreter's last flush meets no closed pipe."""
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except (OSError, ValueError):
        return
