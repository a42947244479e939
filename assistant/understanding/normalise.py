"""A question as typed becomes the text that every later step reads, with a way back to what the user wrote.

Width, script, spacing, spelling and (for English questions) the key terms are brought to one form; meaning is left to
others. Nothing here raises on any string, and nothing is executed: markup stays as text with its brackets disarmed.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

import opencc

from assistant.understanding.asides import asides
from assistant.understanding.blanks import Edit, clause_ends, digit_groups, inner_blanks
from assistant.understanding.data import PhraseIndex, spelling
from assistant.understanding.dialect import plain_words
from assistant.understanding.english import english_steps, latin_steps
from assistant.understanding.list_signs import list_signs


@dataclass(frozen=True, slots=True)
class Normalised:
    """What ``normalise`` gives.

    ``corrections`` are the spelling corrections made, (wrong, right), each once. ``language`` is "zh", "en", "ja",
    "ko" or "other". ``offsets[i]`` is the index in ``original`` of the character that ``text[i]`` comes from; the
    offsets never decrease.
    """

    text: str
    original: str
    corrections: tuple[tuple[str, str], ...]
    language: str
    offsets: tuple[int, ...]

    def original_span(self, start: int, end: int) -> tuple[int, int]:
        """The span of ``original`` that ``text[start:end]`` comes from."""
        if not self.offsets or start >= end:
            return (0, 0)
        last = self.offsets[min(end, len(self.offsets)) - 1]
        following = self.offsets[end] if end < len(self.offsets) else len(self.original)
        # A correction may be longer than what it corrects; the span then still ends after its last character.
        return self.offsets[start], max(last + 1, following) if following > last else last + 1


# Controls, format characters (zero width, direction), variation selectors, fillers, surrogates, non-characters.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f"
    "\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\uffff\ud800-\udfff\U000e0000-\U000e0fff]+"
)
_LINE_END = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_FULL_WIDTH_COMMA = re.compile(r"(?<=[0-9０-９])，(?=[0-9０-９])")
_THOUSANDS_AFTER = re.compile(r"[0-9０-９]{3}(?![0-9０-９])")
_SEVERAL_DIGITS = re.compile(r"[0-9０-９]{2}$")
# Enumeration signs: their plain digit would melt into the figure that follows.
_ENUMERATION = re.compile("[①-⓿㈠-㉃㊀-㊉㉈-㉟㊱-㊿❶-➓]")
_ANGLE = re.compile(r"<(?=[A-Za-z/!?])|(?<=[A-Za-z/\"'\s])>")
_HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+")
_EMPHASIS = re.compile(r"\*{2,}|_{2,}|`+")
_REPEATED = re.compile(r"([?!。,、;:~…·.—=#|\-])\1+")
# What says nothing at the end of a question; its ? and what closes a bracket stay.
_END = re.compile(r"(?<=[\w%)\]”」』》])(\(\)?|[,、:;~…。!.])+$")
_ME = re.compile(r"(?<![什怎那这多要甚])么(?=$|[,。?!;~])")  # 给钱么 asks as 给钱吗 does
_WORD = re.compile(r"[A-Za-z]{2,}")

_TENS = {"廿": "二十", "卅": "三十"}
_TENS_SIGN = re.compile("[廿卅](?=[一二三四五六七八九万亿千])")


def normalise(text: str) -> Normalised:
    """The normal form of ``text``. Never raises."""
    work = _Work(text)
    work.edit((match.start(), match.end(), "") for match in _INVISIBLE.finditer(work.text))
    work.edit((match.start(), match.end(), "\n") for match in _LINE_END.finditer(work.text))
    work.edit(_list_commas(work.text))
    work.edit(_compatibility(work.text))
    work.edit(list_signs(work.text))
    work.edit((match.start(), match.end(), "‹" if match.group() == "<" else "›") for match in _angles(work.text))
    work.edit((match.start(), match.end(), "") for match in _EMPHASIS.finditer(work.text))
    work.edit(_blank(work.text))
    language = language_of(work.text)
    if language != "ja":
        work.edit(_simplified(work.text))
    work.edit((match.start(), match.end(), _TENS[match.group()]) for match in _TENS_SIGN.finditer(work.text))
    work.edit(digit_groups(work.text))
    work.edit(inner_blanks(work.text, language))
    corrections = tuple(_typos(work.text)) if language in ("zh", "en") else ()
    wrong_terms = tuple(dict.fromkeys((work.text[start:end], right) for start, end, right in corrections))
    work.edit(corrections)
    if language == "en":
        for step in english_steps():
            work.edit(step(work.text))
        work.edit(_blank(work.text))
        work.edit(inner_blanks(work.text, "zh"))
    elif language == "zh":
        for step in latin_steps(work.text):
            work.edit(step(work.text))
        work.edit(clause_ends(work.text))
        work.edit((match.start(), match.end(), "吗") for match in _ME.finditer(work.text))
        work.edit(plain_words(work.text))
        work.edit(asides(work.text))
        work.edit((match.start(), match.end(), "") for match in _END.finditer(work.text))
    work.edit(_repeated(work.text))
    return Normalised(work.text, text, wrong_terms, language, tuple(work.offsets))


def language_of(text: str) -> str:
    """The language a question is written in: "zh", "en", "ja", "ko" or "other". "zh" where nothing tells."""
    han = sum(match.end() - match.start() for match in _HAN.finditer(text))
    words = _WORD.findall(text)
    if not han and not words and text.isascii():
        return "zh"
    kana = sum("\u3041" <= character <= "\u30ff" and character != "・" for character in text)
    hangul = sum("\uac00" <= character <= "\ud7a3" for character in text)
    if kana > 2 and kana * 3 > han:
        return "ja"
    if hangul > 2 and hangul > han:
        return "ko"
    letters = sum(len(word) for word in words)
    if not han:
        if any(not word.isupper() for word in words) or len(words) > 2:
            return "en"
        foreign = sum(character.isalpha() and not character.isascii() for character in text)
        return "other" if foreign > 1 else "zh"
    lower = sum(not word.isupper() for word in words)
    return "en" if lower > 3 and letters > 3 * han else "zh"


class _Work:
    """A text under edit with the origin of each of its characters."""

    __slots__ = ("offsets", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        self.offsets: list[int] = list(range(len(text)))

    def edit(self, edits: Iterable[Edit]) -> None:
        """Replace spans (ordered, not overlapping). A replacement's characters keep the origins of the span's."""
        pieces: list[str] = []
        offsets: list[int] = []
        done = 0
        for start, end, replacement in edits:
            pieces += (self.text[done:start], replacement)
            offsets += self.offsets[done:start]
            offsets += (self.offsets[min(start + index, end - 1)] for index in range(len(replacement)))
            done = end
        if done:
            pieces.append(self.text[done:])
            self.text = "".join(pieces)
            self.offsets = offsets + self.offsets[done:]


def _list_commas(text: str) -> Iterator[Edit]:
    """A full-width comma between digits separates two figures unless it plainly groups thousands (3，000万)."""
    for match in _FULL_WIDTH_COMMA.finditer(text):
        start, end = match.span()
        several = _SEVERAL_DIGITS.search(text, max(0, start - 2), start) is not None
        grouped = _THOUSANDS_AFTER.match(text, end) is not None
        if not grouped or (several and text[end + 3 : end + 4] in ("万", "亿")):
            yield start, end, "、"


def _repeated(text: str) -> Iterator[Edit]:
    for match in _REPEATED.finditer(text):
        yield match.start(), match.end(), "…" if match.group(1) == "." else match.group(1)


@lru_cache(maxsize=4096)
def _compatible(character: str) -> str:
    if character == "…":
        return character  # its plain form is three full stops, which read as a decimal point
    if _ENUMERATION.match(character):
        digits = "".join(re.findall(r"\w+", unicodedata.normalize("NFKC", character)))
        value = unicodedata.numeric(character, None)
        return f"({digits})" if value is None or not value.is_integer() else f"({int(value)})"
    return unicodedata.normalize("NFKC", character).replace("\u2044", "/")


def _compatibility(text: str) -> Iterator[Edit]:
    if text.isascii():
        return
    for position, character in enumerate(text):
        if character > "\x7f":
            plain = _compatible(character)
            if plain != character:
                yield position, position + 1, _INVISIBLE.sub("", plain)


def _angles(text: str) -> Iterator[re.Match[str]]:
    """The brackets of what a browser could take for a tag; a bare comparison (单价<500万) is left alone."""
    opened = False
    for match in _ANGLE.finditer(text):
        opened = opened or match.group() == "<"
        if opened:
            yield match


def _blank(text: str) -> Iterator[Edit]:
    """One space for a run of blanks, one line end for a run of them, none at either end."""
    for match in re.finditer(r"\s+", text):
        start, end = match.span()
        if start == 0 or end == len(text):
            yield start, end, ""
        elif (plain := "\n" if "\n" in match.group() else " ") != match.group():
            yield start, end, plain


@lru_cache(maxsize=1)
def _converter() -> opencc.OpenCC:
    return opencc.OpenCC("t2s")


def _simplified(text: str) -> Iterator[Edit]:
    """Traditional to simplified. GB 2312 holds (nearly) no traditional character: what it encodes needs no look."""
    for match in _HAN.finditer(text):
        run = match.group()
        try:
            run.encode("gb2312")
        except UnicodeEncodeError:
            plain = _converter().convert(run)
            if len(plain) != len(run):
                plain = "".join(_converter().convert(character)[:1] or character for character in run)
            if plain != run:
                yield match.start(), match.end(), plain


@lru_cache(maxsize=1)
def _typo_index() -> PhraseIndex[str]:
    return PhraseIndex(spelling().typos)


def _typos(text: str) -> Iterator[Edit]:
    """Wrong terms to right ones, the longest first, in one pass: a correction is not corrected again."""
    for start, wrong, right in _typo_index().longest(text):
        inside = right.find(wrong)
        # 专精特 -> 专精特新 must not touch a text that already has the whole term.
        if inside < 0 or not text.startswith(right, max(0, start - inside)):
            yield start, start + len(wrong), right
