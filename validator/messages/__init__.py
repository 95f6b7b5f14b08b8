"""What the program says to people, in Chinese and English: sentences are data, a JSON file a room, beside this module.

A key is the file and the name in it: `cli.no-folder` is `no-folder` of cli.json. A sentence is filled as str.format does it. A fact may
itself be in both languages; each sentence takes its own. Every key that the code names must be there, and every key must be named
(tests/messages/).
"""

from validator.messages.catalogue import Language, Text, both, enumerated, say

__all__ = ["Language", "Text", "both", "enumerated", "say"]
