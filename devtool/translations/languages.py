"""Into what the addons are translated, and what is special about writing these languages."""

import re
from typing import NamedTuple


class Language(NamedTuple):
    """A language of the addons.

    :param str name: for people
    :param str plural: rule of GNU gettext for its plural forms
    :param re.Pattern fault: what a translation never has; None if there is no such thing
    :param str fault_text: what to say then
    """

    name: str
    plural: str
    fault: re.Pattern | None = None
    fault_text: str = ""


LANGUAGES = {
    'fr': Language(
        "French",
        'nplurals=2; plural=(n > 1);',
        re.compile(r' [:;?!»]|« |\w[?!;](\s|$)'),
        "French has a no-break space before : ; ? ! » and after «",
    ),
    'es': Language(
        "Spanish",
        'nplurals=2; plural=(n != 1);',
        re.compile(r'^[^¿]*\?|^[^¡]*!|«\s|\s»'),
        "Spanish opens each question and exclamation, and has no space inside « »",
    ),
    'de': Language(
        "German",
        'nplurals=2; plural=(n != 1);',
        re.compile(r'\s[:;?!]|»'),
        "German has no space before : ; ? ! and other quotation marks",
    ),
}
