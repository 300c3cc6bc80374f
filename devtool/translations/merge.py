"""Bring a translation to the terms its addon has now."""

import difflib

import polib
from languages import LANGUAGES

SIMILAR = 0.8  # of 1; from here on the translation of a former term helps with a new one


def merged(template, translation, code):
    """Take over what is translated of the present terms; what is no term any more is dropped.

    A new term that is like a dropped one gets its translation, marked as fuzzy.

    :param polib.POFile template: the terms
    :param polib.POFile | None translation: the translation so far
    :param str code: language of the translation
    :rtype: polib.POFile
    """
    known = {entry.msgid: entry for entry in translation or [] if entry.msgstr}
    dropped = known.keys() - {term.msgid for term in template}
    result = polib.POFile()
    result.header = f"{LANGUAGES[code].name} translation; see «./dev translations»."
    result.metadata = {
        **template.metadata,
        'Language': code,
        'Plural-Forms': LANGUAGES[code].plural,
    }
    for term in template:
        entry = polib.POEntry(
            msgid=term.msgid, comment=term.comment, occurrences=list(term.occurrences)
        )
        if former := known.get(term.msgid):
            entry.msgstr, entry.flags = former.msgstr, list(former.flags)
            entry.tcomment, entry.linenum = former.tcomment, former.linenum
        elif similar := difflib.get_close_matches(term.msgid, dropped, 1, SIMILAR):
            entry.msgstr, entry.flags = known[similar[0]].msgstr, ['fuzzy']
        result.append(entry)
    return result
