"""Declarations of CSS as far as they decide what can be seen: lengths, colours, and the properties that hide, strike, raise or part."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from validator.base.regex_cache import expression

Declared = Mapping[str, str]
#: Red, green, blue (0–255) and how much of them covers the ground (0–1).
Colour = tuple[float, float, float, float]

#: What decides whether and how text is seen; everything else in a style is passed over.
PROPERTIES = frozenset(
    "display visibility opacity color background background-color background-image font font-size text-indent position left top right "
    "bottom margin-left clip clip-path overflow overflow-x overflow-y height max-height width max-width padding padding-top padding-bottom "
    "transform text-decoration text-decoration-line vertical-align mso-hide mso-text-raise filter content-visibility float "
    "-webkit-text-fill-color unicode-bidi direction background-clip -webkit-background-clip "
    "flex-direction rotate scale font-family writing-mode animation animation-name".split()
)
_DECLARATION = expression(r"""(?<![\w-])([\w-]{1,60})\s*:\s*((?:[^;"'(]|"[^"]*"|'[^']*'|\([^()]*(?:\([^()]*\)[^()]*)*\)|["'(])*)""")
_REMARK = expression(r"/\*.*?(?:\*/|\Z)", re.DOTALL)
_IMPORTANT = expression(r"(?<!\s)\s*!\s*important\s*$", re.IGNORECASE)
_LENGTH = expression(r"\s*([+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?)\s*(px|pt|pc|em|rem|ex|ch|cm|mm|in|vw|vh|%)?(?![\w.%])", re.IGNORECASE)
_UNITS = {"px": 1.0, "pt": 96 / 72, "pc": 16.0, "cm": 96 / 2.54, "mm": 9.6 / 2.54, "in": 96.0, "rem": 16.0, "vw": 12.8, "vh": 8.0, "": 1.0}
_HEX = expression(r"#([0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})", re.IGNORECASE)
_RGB = expression(r"rgb\(\s*(\d{1,3})\s*,\s*(\d{1,3})\s*,\s*(\d{1,3})\s*\)", re.IGNORECASE)
#: The newer way of writing, without commas: three parts, and how much they cover behind a stroke.
_PARTS = expression(r"(rgb|hsl)a?\(\s*([\d.]+%?|[\d.]+deg)\s+([\d.]+%?)\s+([\d.]+%?)\s*(?:/\s*([\d.]+%?)\s*)?\)", re.IGNORECASE)
_NAMES: Mapping[str, Colour | None] = {
    "black": (0, 0, 0, 1), "white": (255, 255, 255, 1), "red": (255, 0, 0, 1), "blue": (0, 0, 255, 1), "windowtext": (0, 0, 0, 1),
    "window": (255, 255, 255, 1), "transparent": (0, 0, 0, 0), "inherit": None, "initial": None, "unset": None, "auto": None,
    "none": None, "currentcolor": None,
}  # fmt: skip
_TURN = expression(r"(rotate|scale|matrix)(?:x|y|z|3d)?\(([^()]*)\)")
_NUMBER = expression(r"[+-]?(?:\d+\.?\d*|\.\d+)")
_SYMBOLS = expression(r"wingdings|webdings|zapf ?dingbats")
_OPENING = expression(r"""["'\s]*""")
_LONGEST = 20_000  # characters of one style attribute; no page needs more


def declarations(style: str) -> tuple[Declared, Declared]:
    """The declarations of a style attribute that matter here, by property in lower case: plain ones, and important ones."""
    plain: dict[str, str] = {}
    important: dict[str, str] = {}
    if "/*" in style:
        style = _REMARK.sub("", style)
    for match in _DECLARATION.finditer(style[:_LONGEST]):
        name = match[1].lower()
        if name in PROPERTIES and (name != "font-family" or "dings" in match[2].lower()):  # only symbol fonts change what is read
            value = _IMPORTANT.sub("", match[2])
            (plain if value == match[2] else important)[name] = value.strip().lower()
    return plain, important


def pixels(value: str | None, size: float = 16.0) -> float | None:
    """The first length of a value in CSS pixels; None where there is none or it is a share of something unknown."""
    match = _LENGTH.match(value) if value else None
    if not match or match[2] == "%":
        return None
    unit = (match[2] or "").lower()
    return float(match[1]) * (size if unit == "em" else size / 2 if unit in ("ex", "ch") else _UNITS[unit])


def fraction(value: str | None) -> float | None:
    """A number or a percentage as a fraction of one."""
    match = _LENGTH.match(value) if value else None
    if not match or match[2] not in (None, "%"):
        return None
    return float(match[1]) / (100 if match[2] else 1)


def font_size(declared: Declared, inherited: float) -> float:
    """The size of type in pixels; what is said in words leaves the inherited one."""
    value = declared.get("font-size")
    if value is None and (short := declared.get("font")):
        value = next((word for word in short.split("/")[0].split() if _LENGTH.match(word) and not word.isdigit() or word == "0"), None)
    if value is None:
        return inherited
    match = _LENGTH.match(value)
    if match and match[2] == "%":
        return inherited * float(match[1]) / 100
    size = pixels(value, inherited)
    return inherited if size is None else size


@lru_cache(maxsize=1024)
def colour(value: str) -> Colour | None:
    """A colour; None where the value says none that can be known here."""
    value = value.strip().lower()
    if value in _NAMES:
        return _NAMES[value]
    if match := _HEX.fullmatch(value):
        digits = match[1] if len(match[1]) > 4 else "".join(digit * 2 for digit in match[1])
        first, second, third, *alpha = (int(digits[at : at + 2], 16) for at in range(0, len(digits), 2))
        return first, second, third, alpha[0] / 255 if alpha else 1
    if match := _RGB.fullmatch(value):
        return float(match[1]), float(match[2]), float(match[3]), 1
    from tinycss2.color3 import parse_color

    if match := _PARTS.fullmatch(value):
        cover = fraction(match[5]) if match[5] else 1.0
        value = f"{match[1]}a({match[2].removesuffix('deg')}, {match[3]}, {match[4]}, {1.0 if cover is None else cover})"
    parsed = parse_color(value)
    if not isinstance(parsed, tuple):
        return None
    red, green, blue = (round(part * 255, 2) for part in parsed[:3])
    return red, green, blue, parsed.alpha


def ground_of(declared: Declared) -> Colour | None | str:
    """What an element lays under its text: a colour, "unknown" (a picture), None where it lays nothing."""
    if (image := declared.get("background-image")) and image not in ("none", "initial", "unset"):
        return "unknown"
    short = declared.get("background")
    if short and ("url(" in short or "gradient(" in short):
        return "unknown"
    value = declared.get("background-color")
    laid = colour(value) if value else _first_colour(short) if short else None
    return laid if laid and laid[3] > 0 else None


def _first_colour(short: str) -> Colour | None:
    """The colour among the words of `background`."""
    single = colour(short) if "(" in short or " " not in short else None
    return single or next((part for word in short.split() if (part := colour(word))), None)


def is_indistinct(ink: Colour, under: Colour) -> bool:
    """Whether type of that colour cannot be told from what lies under it."""
    return ink[3] < 0.05 or all(abs(a - b) * ink[3] <= 8 for a, b in zip(ink[:3], under[:3], strict=True))


def is_turned(declared: Declared) -> bool:
    """Whether what is shown is upside down or a mirror's image: 6 and 9, 12 and 21 are not told apart any more."""
    if declared.get("writing-mode", "").startswith(("vertical", "tb", "sideways")):
        return False  # vertical writing, which is read from below
    for value in (
        declared.get("transform", ""),
        f"rotate({declared.get('rotate', '')})",
        f"scale({declared.get('scale', '').replace(' ', ',')})",
    ):
        for name, inner in _TURN.findall(value):
            numbers = [float(part) for part in _NUMBER.findall(inner)]
            if not numbers:
                continue
            if name == "rotate":
                angle = numbers[0] * (360 if "turn" in inner else 57.2958 if "rad" in inner else 1) % 360
                if 100 < angle < 260:
                    return True
            elif name == "matrix":
                if numbers[0] < 0 or len(numbers) > 3 and numbers[3] < 0:
                    return True
            elif min(numbers[:2]) < 0:
                return True
    return False


def in_symbol_font(declared: Declared) -> bool:
    """Whether type is set in a font whose letters and digits are pictures."""
    family = declared.get("font-family", "")
    opening = _OPENING.match(family)
    return bool(_SYMBOLS.match(family, opening.end() if opening else 0) or _SYMBOLS.search(declared.get("font", "")))
