"""Why the operating system refused, in both languages: its own words are English, or whatever the computer is set to."""

from __future__ import annotations

import errno
from collections.abc import Mapping

from validator.base.regular_files import UnfitFileError
from validator.base.windows import is_held

_REASONS: dict[int, tuple[str, str]] = {
    errno.EACCES: ("没有权限", "permission denied"),
    errno.EPERM: ("没有权限", "permission denied"),
    errno.ENOENT: ("没有这个文件或文件夹", "no such file or folder"),
    errno.ENOTDIR: ("上一级不是文件夹", "what should be a folder is a file"),
    errno.EISDIR: ("是文件夹", "is a folder"),
    errno.EROFS: ("磁盘是只读的", "the disk is read-only"),
    getattr(errno, "EDQUOT", errno.ENOSPC): ("磁盘配额用完了", "the disk quota is used up"),
    errno.ENOSPC: ("磁盘满了", "the disk is full"),
    errno.EBUSY: ("被其他程序占用，请先关闭", "in use by another program, close it first"),
    errno.ENAMETOOLONG: ("名称太长", "the name is too long"),
    errno.ELOOP: ("链接指向自己", "the link leads to itself"),
    errno.EINVAL: ("名称不能用", "the name cannot be used"),
    errno.EIO: ("磁盘读写出错", "the disk could not be read or written"),
}


def reason(trouble: OSError) -> Mapping[str, str]:
    """Why (zh, en), in a few words without a full stop; the system's own where it is none of the usual."""
    if isinstance(trouble, UnfitFileError):
        return trouble.text
    code = errno.EBUSY if is_held(trouble) else trouble.errno
    own = trouble.strerror or str(trouble)
    zh, en = _REASONS.get(code or 0, (own, own))
    return {"zh": zh, "en": en}
