"""Why the operating system refused, in both languages: its own words are English, or whatever the computer is set to."""

from __future__ import annotations

import errno

from validator.base.regular_files import UnfitFileError
from validator.base.windows import is_held
from validator.messages import Text, both

#: errno → the sentence under `base.os`.
_REASONS: dict[int, str] = {
    errno.EACCES: "not-permitted",
    errno.EPERM: "not-permitted",
    errno.ENOENT: "not-there",
    errno.ENOTDIR: "not-in-a-folder",
    errno.EISDIR: "is-folder",
    errno.EROFS: "read-only",
    getattr(errno, "EDQUOT", errno.ENOSPC): "quota",
    errno.ENOSPC: "full",
    errno.EBUSY: "in-use",
    errno.ENAMETOOLONG: "long-name",
    errno.ELOOP: "link-to-itself",
    errno.EINVAL: "bad-name",
    errno.EIO: "disk",
}


def reason(trouble: OSError) -> Text:
    """Why (zh, en), in a few words without a full stop; the system's own where it is none of the usual."""
    if isinstance(trouble, UnfitFileError):
        return trouble.text
    code = errno.EBUSY if is_held(trouble) else trouble.errno
    if name := _REASONS.get(code or 0):
        return both(f"base.os.{name}")
    own = trouble.strerror or str(trouble)
    return {"zh": own, "en": own}
