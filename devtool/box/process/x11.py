"""P14: a box has a screen with X. Here its library answers as if there was one, whose keyboard has
the layouts that ``setxkbmap`` was told last; libxkbcommon, a part of every browser, knows them."""

import ctypes
import re
from ctypes import (
    POINTER,
    Structure,
    c_char_p,
    c_int,
    c_size_t,
    c_uint32,
    c_void_p,
    create_string_buffer,
)
from pathlib import Path

_NAME = "libX11.so.6"
_TOLD = re.compile(r"^setxkbmap -display :0\.0 (\S+)$", re.MULTILINE)
_GROUP = re.compile(r"([\w-]+)(?:\(([\w-]+)\))?")
_DISPLAY = 1
_UTF8_SIZE = 8  # libxkbcommon wants at least 7


def patch(home):
    load = ctypes.cdll.LoadLibrary
    ctypes.cdll.LoadLibrary = lambda name: _X11(home) if name == _NAME else load(name)


class _RuleNames(Structure):
    _fields_ = [(name, c_char_p) for name in ("rules", "model", "layout", "variant", "options")]


class _X11:
    """The functions of Xlib and XKB that the stock keyboard driver calls."""

    def __init__(self, home):
        self._commands = Path(home, "commands.log")
        self._keymap = None
        xkb = self._xkb = ctypes.CDLL("libxkbcommon.so.0")
        xkb.xkb_context_new.restype = xkb.xkb_keymap_new_from_names.restype = c_void_p
        xkb.xkb_keymap_new_from_names.argtypes = [c_void_p, POINTER(_RuleNames), c_int]
        xkb.xkb_keymap_key_get_syms_by_level.argtypes = [
            *(c_void_p, c_uint32, c_uint32, c_uint32),
            POINTER(POINTER(c_uint32)),
        ]
        xkb.xkb_keysym_to_utf8.argtypes = [c_uint32, c_char_p, c_size_t]
        self._context = xkb.xkb_context_new(0)

    def XOpenDisplay(self, _name):
        told = _TOLD.findall(self._commands.read_text()) if self._commands.exists() else []
        groups = _GROUP.findall(told[-1] if told else "us")
        layouts, variants = (",".join(names).encode() for names in zip(*groups, strict=True))
        names = _RuleNames(layout=layouts, variant=variants)
        self._keymap = self._xkb.xkb_keymap_new_from_names(self._context, names, 0)
        return _DISPLAY if self._keymap else 0

    def XCloseDisplay(self, _display):
        return 0

    def XkbKeycodeToKeysym(self, _display, keycode, group, level):
        found = POINTER(c_uint32)()
        count = self._xkb.xkb_keymap_key_get_syms_by_level(
            self._keymap, keycode, group, level, found
        )
        return found[0] if count else 0

    def XkbTranslateKeySym(self, _display, keysym, _modifiers, text, size, _extra):
        found = create_string_buffer(_UTF8_SIZE)
        self._xkb.xkb_keysym_to_utf8(keysym._obj.value, found, _UTF8_SIZE)
        text._obj.value = found.value[:size]
        return len(text._obj.value)
