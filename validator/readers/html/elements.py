"""What HTML's elements are to a reader: passed over, blocks of lines, groups of rows."""

from __future__ import annotations

#: Elements whose content is no text of the page.
SKIPPED = frozenset(
    "head title script style noscript datalist button object embed applet video audio canvas map iframe frame noframes noembed xml rp "
    "meter progress".split()
)
#: They begin and end a line.
BLOCKS = frozenset(
    "address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption figure footer form frameset "
    "h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main marquee menu nav ol p pre section summary table tbody td textarea tfoot th "
    "thead tr ul listing xmp".split()
)
#: Groups of a table's rows → the place in which they are shown, whatever their order in the source.
GROUPS = {"thead": 0, "tbody": 1, "tfoot": 2}
#: Their lines and spaces stand as they are in the source.
PREFORMATTED = frozenset(("pre", "textarea", "listing", "xmp"))
#: Struck through unless a style says otherwise; what <del> marks was taken out by somebody whose changes are tracked.
STRUCK = {"s": "struck", "strike": "struck", "del": "deleted"}
#: Elements whose text stands above or below the line.
RAISED = frozenset(("sup", "sub", "rt", "rtc"))
#: Parts of tables, which the properties of boxes do not meet.
OF_TABLES = frozenset("table tr td th thead tbody tfoot col colgroup caption".split())
