"""Text of others (names of files, keys, reports, errors of libraries) where a terminal or a runner's log shows it.

What would steer a terminal, turn the direction of reading, end a line or be a command of a CI service is replaced where it stood.
"""

from __future__ import annotations

from validator.base.regex_cache import expression

#: Stands for a character that cannot be shown, so that its loss is seen.
LOST = "\N{REPLACEMENT CHARACTER}"
#: Characters that turn the direction of reading: what stands beside them could be forged. U+061C, U+200E and U+200F only mark it.
TURNING = (0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A))
_CONTROL = (*range(0x20), *range(0x7F, 0xA0), 0x2028, 0x2029, 0xFFFE, 0xFFFF)
#: What becomes of characters that must not stand in a line, for str.translate.
ONE_LINE = dict.fromkeys((*_CONTROL, *TURNING, *range(0xD800, 0xE000)), LOST) | {0x09: " "}
#: Runners obey '::' where a line begins, and these anywhere in it.
_COMMAND = expression(r"^(\s*):(?=:)")
_COMMANDS = ("##[", "##vso[")


def one_line(text: str) -> str:
    """The text on one line: control characters, line breaks, turning characters and lone surrogates as �, a tab as a blank."""
    return text if text.isprintable() and text.isascii() else text.translate(ONE_LINE)


def no_command(line: str) -> str:
    """A line of output that no CI service obeys; one that none would is as it was."""
    line = _COMMAND.sub(r"\1: ", line)
    for command in _COMMANDS:
        line = line.replace(command, f"# {command[1:]}")
    return line


def no_commands(text: str) -> str:
    """The same for each line of a text."""
    if "::" not in text and "##" not in text:
        return text
    return "\n".join(map(no_command, text.split("\n")))


def escaped(text: str) -> str:
    """JSON whose strings hold nothing that steers a terminal: such characters as \\uXXXX, which mean the same."""
    return expression(r"[\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]").sub(
        lambda found: f"\\u{ord(found[0]):04x}", text
    )
