"""Standard output and files: encodings that lack characters, readers that leave, replacing a file in one step."""

from __future__ import annotations

import contextlib
import errno
import os
import re
import sys
from collections.abc import Iterable
from pathlib import Path

from validator import messages
from validator.base.shown import no_command, one_line
from validator.cli import replace_file
from validator.cli.replace_file import ANYTHING, Anything
from validator.cli.settings import SettingsError


class Unheard(Exception):
    """Whoever read standard output has closed it."""


def write(result: str | bytes, *, escape: bool = False) -> None:
    """The result on standard output, line ends as they are. `escape`: JSON, where any character can be written as \\uXXXX.

    Raises Unheard; SettingsError where standard output is closed or full. Bytes go as they are. What the output's encoding lacks becomes
    ? or, where it knows no Chinese at all, an escape; a sentence on standard error says so.
    """
    if sys.stdout is None:  # closed by whoever started the program
        raise SettingsError(messages.both("cli.stdout-closed"))
    encoding = getattr(sys.stdout, "encoding", None) or "utf-8"
    data, sentence = (result, "") if isinstance(result, bytes) else encoded(result, encoding, escape=escape)
    if sentence:
        complain(sentence)
    try:
        sys.stdout.flush()
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
    except OSError as trouble:
        _hush()
        if isinstance(trouble, BrokenPipeError) or trouble.errno in (errno.EPIPE, errno.EINVAL):
            raise Unheard from None
        from validator.base.os_errors import reason

        raise SettingsError(messages.both("cli.stdout-not-written", reason=reason(trouble))) from None


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
    lacking = messages.say("cli.stdout-lacks-characters", "zh", encoding=encoding)
    try:
        lacking.encode(encoding)
    except UnicodeEncodeError:  # it knows no Chinese at all, so that this is said in English whatever the language asked for
        return text.encode(encoding, "backslashreplace"), messages.say("cli.stdout-without-chinese", "en", encoding=encoding)
    return text.encode(encoding, "replace"), lacking


def _escape(char: str) -> str:
    units = char.encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[at]:02x}{units[at + 1]:02x}" for at in range(0, len(units), 2))


def say(sentence: str) -> None:
    """What a command did, on standard output; whoever stops listening has heard enough. Raises SettingsError as `write` does."""
    with contextlib.suppress(Unheard):
        write("".join(no_command(one_line(line)) + "\n" for line in sentence.removesuffix("\n").split("\n")))


def complain(sentence: str, *, lines: bool = False) -> None:
    """A line on standard error; nobody there to read it is no trouble. `lines`: several, none of whose breaks comes from elsewhere."""
    if sys.stderr is None:  # closed; print would take standard output instead
        return
    try:
        for line in sentence.split("\n") if lines else (sentence,):
            print(no_command(one_line(line)), file=sys.stderr, flush=True)
    except (OSError, ValueError):
        return


def save(result: str | bytes, target: Path, sources: Iterable[str], was: bytes | None | Anything = ANYTHING) -> None:
    """The result in a file that appears whole or not at all; into a device, pipe or stream it is written.

    `was`: what the file holds, as it was looked at; None: it is not there. Raises SettingsError where it may not or cannot be written.
    """
    real = Path(os.path.realpath(target))
    into = replace_file.is_written_into(str(target))
    if not into and os.path.isdir(real):  # Path.is_dir raises where a name is too long
        raise SettingsError(messages.both("cli.output.is-folder", target=target))
    spare(target, sources)
    data = result if isinstance(result, bytes) else result.encode("utf-8", "replace")
    try:
        if into:
            replace_file.write_into(data, str(target))
        else:
            replace_file.replace(data, real, was)
    except replace_file.Meanwhile:
        raise SettingsError(
            messages.both("cli.changed-meanwhile", target=target),
        ) from None
    except OSError as trouble:
        if into and trouble.errno == errno.EPIPE:  # whoever read it has heard enough
            return
        from validator.base.os_errors import reason

        why = reason(trouble)
        if into and trouble.errno == errno.ENXIO:
            why = messages.both("cli.unread-pipe")
        raise SettingsError(messages.both("cli.output.not-written", target=target, reason=why)) from None


def spare(target: Path, sources: Iterable[str]) -> None:
    """Raises SettingsError where the target is one of the inputs, by whatever name."""
    real = Path(os.path.realpath(target))
    if any(same(real, source) for source in sources):
        raise SettingsError(messages.both("cli.output.is-input", target=target))


def same(target: Path, source: str) -> bool:
    """Whether both are one file, by whatever names."""
    try:
        return os.path.samefile(target, source)
    except OSError:
        return False


def colour() -> bool:
    """Whether colours are wanted and understood: a terminal, no NO_COLOR, no `dumb`, and on Windows one that knows the codes."""
    if os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb" or not _is_terminal():
        return False
    if sys.platform != "win32":
        return True
    from rich.console import detect_legacy_windows

    return not detect_legacy_windows()


def _is_terminal() -> bool:
    try:
        return sys.stdout is not None and sys.stdout.isatty()
    except ValueError:  # closed meanwhile
        return False


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
    if not _is_terminal():
        return 80
    from shutil import get_terminal_size

    return min(max(get_terminal_size((80, 24)).columns, 40), 100)


def _hush() -> None:
    """Point standard output at nothing, so that the interpreter's last flush meets no closed pipe."""
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except (OSError, ValueError):
        return
