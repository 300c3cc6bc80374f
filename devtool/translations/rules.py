"""What a translation must have in common with its source, whatever the language."""

import re
from collections import Counter
from html.parser import HTMLParser

PLACEHOLDER = re.compile(r'%(?:\(\w+\))?[sdif%]|\{\w*\}')
# where each language puts other marks than English, the same character in Unicode ends the term
ENDS = re.compile(r'(\.\.\.|[.:;?!…,)\]])?(\s*)$')
# attributes whose text people read
READ = {'alt', 'aria-label', 'placeholder', 'title'}


class Tags(HTMLParser):
    """The tags of a text, without what their attributes say to people.

    :param str text: HTML or plain
    """

    def __init__(self, text):
        super().__init__()
        self.found = Counter()
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        kept = ((name, None if name in READ else value) for name, value in attrs)
        self.found[tag, tuple(kept)] += 1

    def handle_endtag(self, tag):
        self.found['/' + tag] += 1


def ends(text):
    """Tell how a text begins and ends.

    :rtype: tuple[str, str, str]
    :return: white space before it, the mark at its end, white space after it
    """
    mark, after = ENDS.search(text).groups()
    return text[: len(text) - len(text.lstrip())], (mark or '').replace('...', '…'), after


def faults(source, translation):
    """Compare one translation with its source.

    :param str source: the term
    :param str translation: what is made of it
    :return: iterator of messages
    """
    wanted, there = (Counter(PLACEHOLDER.findall(text)) for text in (source, translation))
    if wanted != there:
        yield f"other placeholders than in the source: {sorted(there)}, not {sorted(wanted)}"
    if Tags(source).found != Tags(translation).found:
        yield "other tags than in the source"
    if ends(source) != ends(translation):
        yield f"begins or ends with {ends(translation)}, not with {ends(source)}"


def problems(translation, language):
    """Find what is wrong with a translation.

    :param polib.POFile translation: brought to the terms of its addon
    :param languages.Language language: of the translation
    :return: iterator of ``(line, message)``
    """
    for entry in translation:
        term = f'"{entry.msgid[:60]}"'
        if entry.fuzzy:
            yield entry.linenum or 1, f"fuzzy: {term}"
        if not entry.msgstr.strip():
            yield entry.linenum or 1, f"not translated: {term}"
            continue
        for fault in faults(entry.msgid, entry.msgstr):
            yield entry.linenum or 1, f"{term}: {fault}"
        if language.fault and language.fault.search(re.sub(r'<[^>]*>', '', entry.msgstr)):
            yield entry.linenum or 1, f"{term}: {language.fault_text}"


def disagreements(files):
    """Find terms that two addons translate differently.

    :param list files: of ``(path, polib.POFile)``, all of one language
    :return: iterator of ``(path, line, message)``
    """
    first = {}
    for path, file in files:
        for entry in file:
            other, translation = first.setdefault(entry.msgid, (path, entry.msgstr))
            if translation != entry.msgstr:
                yield path, entry.linenum or 1, f'"{entry.msgid[:60]}": otherwise in {other}'
