"""The Chinese catalogue: complete, consistent, and with every placeholder where it belongs."""

import re
import subprocess
import sys
from pathlib import Path

import polib
import pytest
from django.conf import settings

from tests.web.ui.messages import used

MESSAGES = Path(settings.ROOT) / "src/zuji_web/locale/zh_Hans/LC_MESSAGES"
PARTS = sorted((MESSAGES / "parts").glob("*.po")) or [MESSAGES / "django.po"]
PLACEHOLDER = re.compile(r"%\(\w+\)[sdif]|\{\w*\}")


def entries() -> list[tuple[str, polib.POEntry]]:
    return [(path.name, entry) for path in PARTS for entry in polib.pofile(str(path))]


def translations(entry: polib.POEntry) -> list[str]:
    return list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]


def test_nothing_is_untranslated_or_fuzzy() -> None:
    assert not [(name, e.msgid) for name, e in entries() if e.fuzzy or not all(translations(e))]


def test_placeholders_are_the_same_on_both_sides() -> None:
    wrong = []
    for name, entry in entries():
        expected = set(PLACEHOLDER.findall(entry.msgid_plural or entry.msgid))
        wrong += [
            (name, entry.msgid) for text in translations(entry) if set(PLACEHOLDER.findall(text)) != expected
        ]
    assert not wrong


def test_no_message_has_two_translations() -> None:
    seen: dict[tuple[str | None, str], tuple[str, list[str]]] = {}
    contradictions = []
    for name, entry in entries():
        before = seen.setdefault((entry.msgctxt, entry.msgid), (name, translations(entry)))
        if before[1] != translations(entry):
            contradictions.append((entry.msgid, before, (name, translations(entry))))
    assert not contradictions


def test_every_message_that_can_be_shown_is_in_the_catalogue() -> None:
    held = {(entry.msgctxt, entry.msgid) for _name, entry in entries()}
    missing = {key: place for key, place in used().items() if key not in held}
    assert not missing


def test_what_was_merged_is_what_the_parts_say() -> None:
    done = subprocess.run(
        [sys.executable, str(Path(settings.ROOT) / "scripts/merge_messages.py"), "--quiet"],
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    whole = {(e.msgctxt, e.msgid): translations(e) for e in polib.pofile(str(MESSAGES / "django.po"))}
    assert whole == {(e.msgctxt, e.msgid): translations(e) for _name, e in entries()}
    compiled = polib.mofile(str(MESSAGES / "django.mo"))
    assert len(compiled) == len(whole)


@pytest.mark.parametrize("sign", [",", ";", "?", "!"])
def test_chinese_sentences_use_chinese_punctuation(sign: str) -> None:
    pattern = re.compile(rf"[\u4e00-\u9fff]{re.escape(sign)}")
    assert not [(name, e.msgstr) for name, e in entries() if pattern.search(e.msgstr)]
