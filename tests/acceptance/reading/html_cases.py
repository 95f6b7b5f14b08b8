"""Web pages in which what is printed and what stands in the markup differ, by kind; beside each kind what must stay as it is."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache

from tests.acceptance.mutation import writers
from tests.acceptance.mutation.sound import sound

from .judge import ANY, UNREAD, Expected

LICENSES, EFFECTIVE = "disclosure.licensing.decisions", "disclosure.normative_documents.effective"
NOTE, UNREADABLE, HIDDEN, WORDS = "table.figure-with-note", "table.unreadable", "input.hidden-text", "table.not-a-number"
TRACKED, BLANK = "input.tracked-changes", "table.blank-figure"
_CELL = '<td colspan="3"><p>ZK0ZK</p></td>'


@dataclass(frozen=True, kw_only=True)
class Case:
    """`cell` takes the place of the words in the cell of the licences (4 in the sound report), or of its whole td if it begins so; `head`
    is put into the page's head; `edit` changes the whole page."""

    kind: str
    name: str
    expected: Expected
    cell: str = "4"
    head: str = ""
    edit: Callable[[str], str] | None = None
    encoding: str = "utf-8"

    @property
    def data(self) -> bytes:
        """The bytes of the page."""
        html = _base()
        html = html.replace(_CELL, self.cell) if self.cell.startswith("<td") else html.replace("ZK0ZK", self.cell)
        html = html.replace("</head>", self.head + "</head>")
        return (self.edit(html) if self.edit else html).encode(self.encoding)


def printed() -> dict[str, object]:
    """The figures of the sound report."""
    return {".".join(key): int(text) if text.isdigit() else float(text) for key, text in _report().figures().items()}


@cache
def _report():  # type: ignore[no-untyped-def]  # a Report of the mutation tests, whose fields nobody here needs
    return sound(4, form="2021", kind="township", busy=False)


@cache
def _base() -> str:
    """The sound report's page with a token in the cell of the licences."""
    html = writers.html(_report().put("disclosure", "licensing", "decisions", "ZK0ZK")).decode()
    assert _CELL in html
    return html


def page() -> str:
    """The sound report's page."""
    return _base().replace("ZK0ZK", "4")


_SAME = Expected(status="clean", silent=(UNREADABLE, WORDS, NOTE, HIDDEN, TRACKED))
_TOLD = Expected(says=(HIDDEN,), silent=(UNREADABLE, WORDS, BLANK), status="clean")
_MARK = Expected(says=(NOTE,), silent=(UNREADABLE, HIDDEN), status="clean")
_UNREAD = Expected(figures={LICENSES: UNREAD}, says=(UNREADABLE,), status="findings")
_TRACK = Expected(says=(TRACKED,), silent=(UNREADABLE, WORDS, BLANK))
_STRUCK = Expected(says=(HIDDEN,), words=("删除线",), silent=(UNREADABLE, WORDS))

_CONTROL_12 = Expected(figures={LICENSES: 12}, status="clean", silent=(UNREADABLE, WORDS, NOTE, HIDDEN, TRACKED))

RAISED = {
    "sup": "4<sup>1</sup>",
    "sub": "4<sub>2</sub>",
    "before the figure": "<sup>*</sup>4",
    "a link to a note": '4<sup><a href="#_ftn1">[1]</a></sup>',
    "Word's own note": '4<a style="mso-footnote-id:ftn1" href="#_ftn1" name="_ftnref1"><span class=MsoFootnoteReference>[1]</span></a>',
    "a link that leads to a note": '4<a href="#_ftn1">1</a>',
    "by style": '4<span style="vertical-align: super;font-size:8pt">①</span>',
    "lowered by style": '4<span style="VERTICAL-ALIGN:sub">1</span>',
    "raised by a length": '4<span style="position:relative;top:-6pt;font-size:7pt">1</span>',
    "by Word's measure": '4<span style="position:relative;top:-6.0pt;mso-text-raise:6.0pt">1</span>',
    "letters": "4<sup>注</sup>",
    "twice": "4<sup>1</sup><sup>,2</sup>",
    "in a mark of its own kind": "<b>4<font><sup><span>1</span></sup></font></b>",
    "Word's class without its style": "4<span class=MsoFootnoteReference>[1]</span>",
    "a class of the site": '4<span class="superscript">1</span>',
    "MathML": "<math><msup><mn>4</mn><mn>1</mn></msup></math>",
}
RUBY = {
    "rt": "<ruby>4<rt>1</rt></ruby>",
    "rp": "<ruby>4<rp>(</rp><rt>1</rt><rp>)</rp></ruby>",
    "rb": "<ruby><rb>4</rb><rt>四</rt></ruby>",
    "rtc": "<ruby>4<rtc><rt>1</rt></rtc></ruby>",
}
HIDDEN_INLINE = {
    "visibility": '<span style="visibility:hidden">3</span>4',
    "visibility collapse": '<span style="visibility: collapse">3</span>4',
    "display": '4<span style="display: none !important">3</span>',
    "the attribute": "<span hidden>3</span>4",
    "opacity": '<b style="opacity:0">3</b>4',
    "opacity in percent": '<b style="opacity:0%">3</b>4',
    "opacity as a fraction": '<i style="opacity:0.0">3</i>4',
    "font-size": '<font style="font-size:0">3</font>4',
    "font-size with a unit": '<span style="font-size:0pt;line-height:0">3</span>4',
    "the short form of font": '<span style="font:0/0 a">3</span>4',
    "a speck": '<span style="font-size:1px">3</span>4',
    "white": '<span style="color:#fff">3</span>4',
    "white by name": '<span style="color: WHITE">3</span>4',
    "white as rgb": '<span style="color:rgb(255, 255, 255)">3</span>4',
    "white as hsl": '<span style="color:hsl(0,0%,100%)">3</span>4',
    "nearly white": '<span style="color:#fdfdfe">3</span>4',
    "an old attribute": '<font color="#FFFFFF">3</font>4',
    "an old attribute by name": "<font color=white>3</font>4",
    "transparent": '<span style="color:transparent">3</span>4',
    "no ink": '<span style="color:rgba(0,0,0,0)">3</span>4',
    "the ground's colour": '<span style="background:#c00;color:#c00">3</span>4',
    "indented off the page": '<span style="display:inline-block;text-indent:-9999px;width:0">3</span>4',
    "placed off the page": '<span style="position:absolute;left:-9999px">3</span>4',
    "above the page": '<span style="position:fixed;top:-500em">3</span>4',
    "clipped": '<span style="position:absolute;clip:rect(0 0 0 0)">3</span>4',
    "clipped to one point": '<span style="position:absolute;clip:rect(1px,1px,1px,1px);width:1px;height:1px;overflow:hidden">3</span>4',
    "a clip-path": '<span style="clip-path: inset(100%)">3</span>4',
    "no height": '<span style="display:block;height:0;overflow:hidden">3</span>4',
    "no width": '<span style="display:inline-block;width:0px;overflow:hidden">3</span>4',
    "no size at all": '<span style="display:inline-block;transform:scale(0)">3</span>4',
    "Word's hidden type": "<span style='mso-hide:all;display:none'>3</span>4",
    "Word's hidden type alone": "<span style='mso-hide:all'>3</span>4",
    "within a shown one": '<span style="color:red"><i style="display:none">3</i></span>4',
    "with something shown in it that hides": '<span style="display:none"><i style="display:inline">3</i></span>4',
    "white in the whole paragraph but one word": '<span style="color:#fff">3<span style="color:#000">4</span></span>',
    "hidden but for one word": '<span style="visibility:hidden">3<span style="visibility:visible">4</span></span>',
    "a paragraph": '</p><p style="display:none">3</p><p>4',
    "a template": "<template>3</template>4",
}
HIDDEN_BY_SHEET = {
    "a class": (".hz{display:none}", '<span class="hz">3</span>4'),
    "one of several classes": (".a,.hz , .b{color:red;visibility:hidden}", '<span class="x hz">3</span>4'),
    "two classes at once": ("span.m.hz{opacity:0}", '<span class="hz m">3</span>4'),
    "an id": ("#old{font-size:0}", "<span id=old>3</span>4"),
    "an element": ("i{display:none}", "<i>3</i>4"),
    "an element in the table": ("table td p > i { display : none }", "<b>4</b><i>3</i>"),
    "an attribute": ('span[data-old="1"]{display:none}', '<span data-old="1">3</span>4'),
    "beside another": ("b + i{visibility:hidden}", "<b>4</b><i>3</i>"),
    "the first": ("td p span:first-child{display:none}", "<span>3</span><span>4</span>"),
    "all but one": ("td p span:not(.k){display:none}", "<span>3</span><span class=k>4</span>"),
    "for the screen": ("@media screen, print{.hz{display:none}}", '<span class="hz">3</span>4'),
    "for wide screens": ("@media (min-width:300px){.hz{display:none}}", '<span class="hz">3</span>4'),
    "the last rule": (".hz{display:inline} .hz{display:none}", '<span class="hz">3</span>4'),
    "the more exact rule": ("span.hz{display:none} .hz{display:inline}", '<span class="hz">3</span>4'),
    "important": (".hz{display:none!important}", '<span class="hz" style="display:inline">3</span>4'),
    "white": (".w{color:#fff}", '<span class="w">3</span>4'),
    "white on a white cell": ("td{background:#ffffff} .w{color:white}", '<span class="w">3</span>4'),
    "off the page": (".sr{position:absolute;left:-10000px}", '<span class="sr">3</span>4'),
    "with remarks": ("/* .k{} */ .hz{/* x */display:/**/none;}", '<span class="hz">3</span>4'),
    "in an old wrapper": ("<!-- .hz{display:none} -->", '<span class="hz">3</span>4'),
    "after a broken rule": (".k{color:;;x} .j{} .hz{display:none}", '<span class="hz">3</span>4'),
    "nested": ("td{ & .hz{display:none} }", '<span class="hz">3</span>4'),
    "upper case": (".HZ{DISPLAY:NONE}", '<span class="HZ">3</span>4'),
    "white by a variable": (":root{--paper:#fff} .w{color:var(--paper)}", '<span class="w">3</span>4'),
    "white by what stands for a variable": (".w{color:var(--none, white)}", '<span class="w">3</span>4'),
    "white without commas": (".w{color:rgb(255 255 255 / 100%)}", '<span class="w">3</span>4'),
    "a figure behind it": (".n::after{content:none} .hz{display:none}", '4<span class="hz n">3</span>'),
}
CONTROLS_BY_SHEET = {
    "a class that is not there": (".hz{display:none}", "<span>1</span>2"),
    "shown again by a later rule": (".hz{display:none} .hz{display:inline}", "<span class=hz>1</span>2"),
    "shown by its own style": (".hz{display:none}", '<span class=hz style="display:inline">1</span>2'),
    "when printed": ("@media print{.hz{display:none}}", "<span class=hz>1</span>2"),
    "on small screens": ("@media (max-width:600px){.hz{display:none}}", "<span class=hz>1</span>2"),
    "under the pointer": (".hz:hover{display:none}", "<span class=hz>1</span>2"),
    "in another place": ("ul .hz{display:none}", "<span class=hz>1</span>2"),
    "a pseudo-element": (".hz::before{display:none}", "<span class=hz>1</span>2"),
    "white on a dark cell": ("td{background:#036;color:#fff}", "<span>12</span>"),
    "white on a dark row": ("tr{background-color:navy} .w{color:#fff}", '<span class="w">12</span>'),
    "white on a picture": ("td{background:url(a.png) #fff} .w{color:#fff}", '<span class="w">12</span>'),
    "half seen through": (".hz{opacity:.6}", "<span class=hz>1</span>2"),
    "what is not known": (".hz:is-what(1){display:none} .hz{display:sideways}", "<span class=hz>1</span>2"),
    "small type": (".k{font-size:8px}", "<span class=k>12</span>"),
    "a gap that is none": (".k{letter-spacing:2px}", "<span class=k>1</span><span>2</span>"),
    "a label from an attribute": ("td p::before{content:attr(data-label)}", '</p><p data-label="数量">12'),
    "read from below": (".v{writing-mode:vertical-rl;transform:rotate(180deg)}", "<span class=v>12</span>"),
    "a point behind the article": ("body:after{content:'.';height:0;visibility:hidden} body:before{content:'2'}", "12"),
    "a variable": (":root{--ink:#222;--paper:white} .v{color:var(--ink);background:var(--paper)}", "<span class=v>12</span>"),
    "a variable of the night": (
        ":root{--ink:#222}@media (prefers-color-scheme:dark){:root{--ink:#fff}} .v{color:var(--ink)}",
        "<span class=v>12</span>",
    ),
    "a variable from elsewhere": (".v{color:var(--ink)}", "<span class=v>12</span>"),
    "a page that a program shows": ("html{visibility:hidden} body{display:none !important}", "12"),
    "a page that is faded in": (
        "body p{opacity:0;animation:in 1s forwards} @keyframes in{to{opacity:1}}",
        "12",
    ),
    "for printers alone": ("", "<span class=hz>1</span>2"),
}
CONTROLS = {
    "black again": '<span style="color:#fff"><b style="color:initial">12</b></span>',
    "put at the right alone": '<span style="float:right">12</span>',
    "placed alone": '<span style="position:absolute">12</span>',
    "on its side": '<span style="display:inline-block;transform:rotate(-90deg)">12</span>',
    "bold": "<b>1</b>2",
    "letters through which a ground shows": '<span style="background:red;background-clip:text;color:transparent">12</span>',
    "old attributes": '<font color="#ffffff" style="background-color:#003366">12</font>',
    "not struck after all": '<s style="text-decoration:none">12</s>',
    "a bullet's place": '<span style="mso-spacerun:yes">&nbsp;</span>12',
    "a spacer": '12<img src="/images/blank.gif" width=1 height=1>',
    "split": "<span>1</span><span lang=EN-US>2</span>",
    "red": '<span style="color:red">12</span>',
    "marked": '<span style="background:yellow;mso-highlight:yellow">12</span>',
    "white on dark": '<span style="background:#000;color:#fff">12</span>',
    "white on a dark gradient": '<span style="background-image:linear-gradient(#000,#111);color:#fff">12</span>',
    "underlined": "<u>12</u>",
    "aria-hidden is seen": '<span aria-hidden="true">12</span>',
    "set in": '<span style="text-indent:-21pt">12</span>',
    "a baseline": '<span style="vertical-align:middle">12</span>',
    "hidden, but visible": '<span style="visibility:visible;display:inline;opacity:1">12</span>',
    "a line's height": '<span style="line-height:0;height:0">12</span>',
    "clipped by nothing": '<span style="clip:auto;overflow:hidden;height:2em;display:block">12</span>',
    "a break behind": "12<br>",
    "a place to break": "1<wbr>2",
    "Word's empty mark": "12<o:p></o:p>",
    "inline blocks of text": '<div style="display:inline">1</div><div style="display:inline">2</div>',
    "a struck space": "12<s> </s>",
    "an empty mark": "12<sup></sup>",
    "a size in em": '<span style="font-size:0.8em">12</span>',
    "not hidden": '<span style="display:block;mso-hide:none">12</span>',
}
DELETED = {
    "del and ins": "<del>3</del><ins>4</ins>",
    "Word's classes": '<span class=msoDel><del cite="mailto:a" datetime="2024">3</del></span><span class=msoIns><ins>4</ins></span>',
    "Word's class alone": "<span class=MsoDel>3</span>4",
    "deleted behind it": "4<del>3</del>",
}
STRUCK = {
    "s": "<s>3</s>4",
    "strike": "<strike>3</strike>4",
    "by style": '<span style="text-decoration:line-through">3</span>4',
    "by the long name": '<span style="text-decoration-line: underline line-through">3</span>4',
    "a struck word in it": "<s>3<b>7</b></s>4",
    "a paragraph": '</p><p style="text-decoration:line-through">3</p><p>4',
}
NOT_READ = {
    "written backwards": "<bdo dir=rtl>12</bdo>",
    "backwards by style": '<span style="unicode-bidi:bidi-override;direction:rtl">12</span>',
    "written by a program": "4<script>document.write(0)</script>",
    "a picture of a figure": '<img src="/u/4.png">',
    "a break": "1<br>2",
    "paragraphs": "1</p><p>2",
    "blocks by style": '<span style="display:block">1</span><span style="display:block">2</span>',
    "a gap": "1 2",
    "fixed gaps": "1&nbsp;&nbsp;2",
    "wide gaps": "1&emsp;2",
    "only struck": "<s>4</s>",
    "only raised": "<sup>4</sup>",
    "a fraction": "<math><mfrac><mn>1</mn><mn>2</mn></mfrac></math>",
    "a drawing": '<svg width="20" height="20"><text x="0" y="15">4</text></svg>',
    "two columns of a table": "<table><tr><td>1</td><td>2</td></tr></table>",
    "upside down": '<span style="display:inline-block;transform:rotate(180deg)">12</span>',
    "mirrored": '<b style="display:inline-block;transform: scaleX(-1)">12</b>',
    "the last first": '<span style="display:flex;flex-direction:row-reverse"><i>1</i><i>2</i></span>',
    "put at the right": '<span style="float:right">1</span>2',
    "laid over another": '<i>9</i><span style="position:absolute;left:0;background:#fff">4</span>',
    "a font of signs": "<span style=\"font-family:'Wingdings 2'\">4</span>",
    "a font of signs of old": '<font face="Webdings">4</font>',
    "to be filled by a program": '<span v-text="row.count"></span>',
}
NOT_READ_BY_SHEET = {
    "a digit before it": (".n::before{content:'1'}", "<span class=n>4</span>"),
    "a digit behind it": ('.n:after{content:"0"}', "<span class=n>4</span>"),
    "a digit alone": (".n::before{content:'4'}", "<span class=n></span>"),
    "a sign before it": (".n::before{content:'-'}", "<span class=n>4</span>"),
    "what an attribute says": (".n::before{content:attr(data-n)}", '<span class=n data-n="12"></span>'),
    "a counter": (".n::before{counter-increment:c;content:counter(c)}", "<span class=n></span>"),
    "upside down": (".n{transform:rotate(.5turn)}", "<span class=n>6</span>"),
}
LINKED = "<link rel=stylesheet href=site.css>"
NOT_READ_LINKED = {
    "a class that hides elsewhere": "<span class=hidden>1</span>2",
    "white on a ground from elsewhere": '<span class=total style="color:#fff">12</span>',
}
CONTROLS_LINKED = {
    "a class of Word": "<span class=MsoNormal>12</span>",
    "a class that says nothing": "<span class=num>12</span>",
    "white on a ground of its own": '<span class=total style="color:#fff;background:#036">12</span>',
}
#: Two copies of the first table, for small screens and for large ones, by the classes of frameworks: which is whose.
TWO_COPIES = {
    "Bootstrap 3": ("visible-xs visible-sm", "hidden-xs hidden-sm"),
    "Bootstrap 3, by block": ("visible-xs-block", "hidden-xs"),
    "Bootstrap 5": ("d-md-none", "d-none d-md-block"),
    "Tailwind": ("lg:hidden", "hidden lg:block"),
    "Foundation": ("show-for-small-only", "hide-for-small-only"),
}


def _two_copies(small: str, large: str) -> Callable[[str], str]:
    """The copy for small screens stands first and has another figure."""

    def edit(html: str) -> str:
        at, end = html.index("<table"), html.index("</table>") + 8
        table = html[at:end]
        other = table.replace('<td colspan="3"><p>4</p></td>', '<td colspan="3"><p>9</p></td>')
        return f'{html[:at]}<div class="{small}">{other}</div><div class="{large}">{table}</div>{html[end:]}'

    return edit


FORMS = {
    "a text field": '<input type="text" value="4" readonly>',
    "a field of no kind": "<input value='4'>",
    "a number": "<input type=number value=4 min=0>",
    "disabled": "<input type=text disabled value=4>",
    "a choice": "<select><option>3</option><option selected>4</option></select>",
    "the first choice": "<select><option>4</option><option>3</option></select>",
    "a text area": "<textarea rows=1>4</textarea>",
    "checked": "<label><input type=radio name=a>3</label><label><input type=radio name=a checked>4</label>",
    "hidden beside": '<input type="hidden" value="3"><span>4</span>',
    "a button beside": '4<input type="button" value="9">',
    "output": "<output>4</output>",
}
FORMS_NOT = {
    "a hint": ('<input type="text" placeholder="4">', BLANK),
    "nothing in it": ('<input type="text" value="">', BLANK),
}
ESCAPED = {
    "a space": "&amp;nbsp;4",
    "spaces around": "&amp;nbsp;&amp;nbsp;4&amp;nbsp;",
    "by number": "&amp;#160;4",
    "by hexadecimal number": "4&amp;#xA0;",
    "an em space": "&amp;emsp;4",
    "a digit": "&amp;#52;",
}


def _hide(row: str) -> Callable[[str], str]:
    """A second row of the licences before the true one, with 9; `row` stands in its <tr>."""
    return lambda html: re.sub(
        r"<tr>(?=<td><p>行政许可)", f'<tr {row}><td><p>行政许可</p></td><td colspan="3"><p>9</p></td></tr><tr>', html
    )


def _hidden_column(html: str) -> str:
    """A column behind the others of the first table, hidden by its <col>."""
    cut = html.index("</table>")
    head, rest = html[:cut], html[cut:]
    return (
        head.replace("</tr>", "<td>9</td></tr>").replace(
            "<table border='1'>", "<table border='1'><colgroup><col span=4><col style='visibility:collapse'></colgroup>"
        )
        + rest
    )


def _places() -> list[Case]:
    told = Expected(says=(HIDDEN,), status="clean")
    return [
        Case(kind="hidden row", name="by style", edit=_hide('style="display:none"'), expected=told),
        Case(kind="hidden row", name="by visibility", edit=_hide('style="visibility:collapse"'), expected=told),
        Case(kind="hidden row", name="by the attribute", edit=_hide("hidden"), expected=told),
        Case(kind="hidden row", name="by a class", edit=_hide("class=hz"), head="<style>tr.hz{display:none}</style>", expected=told),
        Case(
            kind="hidden row",
            name="by a rule for its place",
            edit=_hide(""),
            expected=told,
            head="<style>table:first-of-type tr:nth-child(7){visibility:collapse}</style>",
        ),
        Case(kind="hidden column", name="by col", edit=_hidden_column, expected=told),
        Case(
            kind="hidden",
            name="a paragraph of the text",
            expected=told,
            edit=lambda html: html.replace("<p>（二）", '<p style="display:none">收到申请99件。</p><p>（二）', 1),
        ),
        Case(
            kind="hidden",
            name="a figure in the text",
            expected=told,
            edit=lambda html: re.sub(r"<p>（二）", '<p><span style="color:#fff">9</span>（二）', html, count=1),
        ),
        Case(
            kind="control: hidden",
            name="the site's menu",
            expected=_SAME,
            head="<style>.menu ul{display:none}</style>",
            edit=lambda html: html.replace(
                "<body>",
                '<body><div class="menu"><a>首页</a><ul><li>政府信息公开年报</li></ul></div><div style="display:none">手机版</div>',
            ).replace("</body>", '<div style="display:none">分享到微信</div></body>'),
        ),
        Case(
            kind="control: hidden",
            name="a second copy for small screens, behind it",
            expected=_SAME,
            head="<style>.small{display:none} @media (max-width:700px){.small{display:block}}</style>",
            edit=lambda html: html.replace("</body>", f'<div class="small">{_inner(html)}</div></body>'),
        ),
        Case(
            kind="control: hidden",
            name="a second copy for small screens, before it",
            expected=_SAME,
            head="<style>.small{display:none}</style>",
            edit=lambda html: html.replace("<body>", f'<body><div class="small">{_inner(html)}</div>'),
        ),
        Case(
            kind="hidden",
            name="an old table",
            expected=told,
            edit=lambda html: html.replace("<table", "<table style='display:none'><tr><td>行政许可</td><td>9</td></tr></table><table", 1),
        ),
        Case(
            kind="struck",
            name="a whole row",
            expected=Expected(says=(HIDDEN,)),
            edit=lambda html: _hide('style="text-decoration:line-through"')(html),
        ),
        Case(
            kind="deleted",
            name="a whole row",
            expected=Expected(says=(TRACKED,)),
            edit=lambda html: (
                _hide("class=x")(html)
                .replace("<tr class=x><td><p>行政许可</p>", "<tr><td><p><del>行政许可</del></p>")
                .replace("<p>9</p></td></tr><tr><td><p>行政许可", "<p><del>9</del></p></td></tr><tr><td><p>行政许可")
            ),
        ),
        Case(
            kind="control: hidden",
            name="a summary and its details",
            expected=_SAME,
            edit=lambda html: html.replace("<body>", "<body><details open><summary>展开</summary>").replace("</body>", "</details></body>"),
        ),
        Case(
            kind="control: raised",
            name="square metres in the text",
            expected=_SAME,
            edit=lambda html: html.replace("<p>（二）", "<p>查阅点面积30m<sup>2</sup>。</p><p>（二）", 1),
        ),
        Case(
            kind="table of divs",
            name="display: table",
            expected=_SAME,
            head=_DIVS,
            edit=_as_divs,
        ),
        Case(
            kind="table of divs",
            name="display: table in style attributes",
            expected=_SAME,
            edit=lambda html: _as_divs(html, styled=True),
        ),
        Case(kind="escaped twice", name="the whole body", expected=Expected(), edit=_escaped_body),
        Case(kind="encoding", name="gb18030", expected=_SAME, encoding="gb18030", cell="<span>4</span>"),
    ]


def _inner(html: str) -> str:
    return html.split("<body>")[1].split("</body>")[0]


_DIVS = "<style>.t{display:table}.r{display:table-row}.c{display:table-cell;border:1px solid}</style>"


def _as_divs(html: str, styled: bool = False) -> str:
    """The last table, which has no merged cells in its last row, made of divs: two rows of heads are written out in full."""
    at = html.rindex("<table")
    end = html.index("</table>", at)
    rows = re.findall(r"<tr>(.*?)</tr>", html[at:end])
    cells = [re.findall(r"<td[^>]*>(.*?)</td>", row) for row in rows]
    heads = [
        f"{group}{name}"
        for group in ("行政复议", "未经复议直接起诉", "复议后起诉")
        for name in ("结果维持", "结果纠正", "其他结果", "尚未审结", "总计")
    ]
    kinds = (' style="display:table"', ' style="display:table-row"', ' style="display:table-cell"')
    table, row, cell = kinds if styled else (" class=t", " class=r", " class=c")
    body = "".join(f"<div{row}>" + "".join(f"<div{cell}>{text}</div>" for text in line) + "</div>" for line in (heads, cells[-1]))
    return f"{html[:at]}<div{table}>{body}</div>{html[end + 8 :]}"


def _escaped_body(html: str) -> str:
    """The article's markup escaped once more, as a content system leaves it that was given markup for text."""
    head, body = html.split("<body>")
    body = body.replace("</body></html>", "")
    return head + "<body><div>" + body.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;") + "</div></body></html>"


def _cells(kind: str, cells: dict[str, str], expected: Expected) -> list[Case]:
    return [Case(kind=kind, name=name, cell=cell, expected=expected) for name, cell in cells.items()]


def _sheets(kind: str, cells: dict[str, tuple[str, str]], expected: Expected) -> list[Case]:
    return [
        Case(kind=kind, name=name, cell=cell, head=f"<style>{sheet}</style>", expected=expected) for name, (sheet, cell) in cells.items()
    ]


CASES = [
    *_cells("raised", RAISED, _MARK),
    *_cells("ruby", RUBY, Expected(silent=(UNREADABLE, WORDS, HIDDEN))),
    *_cells("hidden", HIDDEN_INLINE, _TOLD),
    *_sheets("hidden by the page's style", HIDDEN_BY_SHEET, _TOLD),
    *_sheets("control: the page's style", CONTROLS_BY_SHEET, _CONTROL_12),
    *_cells("control", CONTROLS, _CONTROL_12),
    *_cells("deleted", DELETED, _TRACK),
    *_cells("struck", STRUCK, _STRUCK),
    *_cells("not read", NOT_READ, _UNREAD),
    *_sheets("not read", NOT_READ_BY_SHEET, _UNREAD),
    *[replace(case, head=LINKED) for case in _cells("not read, linked", NOT_READ_LINKED, _UNREAD)],
    *[replace(case, head=LINKED) for case in _cells("control, linked", CONTROLS_LINKED, _CONTROL_12)],
    *[
        Case(kind="copies, linked", name=name, head=LINKED, edit=_two_copies(*classes), expected=_TOLD)
        for name, classes in TWO_COPIES.items()
    ],
    *_cells("form", FORMS, _SAME),
    *[
        Case(kind="form", name=name, cell=cell, expected=Expected(figures={LICENSES: ANY}, says=(rule,)))
        for name, (cell, rule) in FORMS_NOT.items()
    ],
    *_cells("escaped twice", ESCAPED, Expected(silent=(UNREADABLE, WORDS))),
    *_places(),
]
