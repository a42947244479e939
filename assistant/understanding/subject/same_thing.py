"""Whether two names of the text mean one thing (示范区和示范项目是一码事吗): each is looked up by itself."""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.policy.loader import Policy
from assistant.understanding.query import Query, Side
from assistant.understanding.subject.measure_choice import by_quoted_term
from assistant.understanding.subject.turn_view import Said, Turn

_ONE_THING = re.compile(
    r"(?:^|[,，。:：])(?:请问|想问一?下|问一?下|那么?|文件里的?|政策里的?|条文里的?)*(?P<one>[^,，。;；?？]{2,14}?)(?:和|跟|与|同|、|等于|就是|算是?|是)"
    r"(?P<other>[^,，。;；?？]{2,14}?)(?:[,，]?(?:到底|究竟|算|是|指|说|讲|属于|是不是|算不算|是否|能算|指的|说的|讲的|的|都)*)"
    r"(?:(?:同)?一(?:码|回|个|样|件|种|类|款)(?:事情?|东西|意思|概念|玩意儿?|说法)|同(?:一个|样的?)(?:东西|意思|概念)|一回事儿?|一码事儿?)"
    r"(?:吗|么|嘛|不|不是|吧|呢|来着)?[?？]?$"
)
_QUOTES = re.compile(
    "[\"'“”‘’「」『』《》]|^(?:这个|那个|这份|所谓的?|一个)|(?:这个|那个)?(?:词|说法|概念)?(?:是不是|算不算|到底|究竟|是否|指的?|说的?|讲的?|算|是|吧|嘛)$"
)


def one_thing(turn: Turn) -> Query | None:
    """The query with its two sides, where the text speaks of one of them at least."""
    found = _ONE_THING.search(turn.text)
    if found is None or turn.said.amounts or turn.query.articles:
        return None
    sides = tuple(_side(turn.policy, turn.said, turn.text, *found.span(group)) for group in ("one", "other"))
    unknown = [side for side in sides if not side.measures]
    if len(unknown) == len(sides) or any(turn.policy.document.has_word(side.words) for side in unknown):
        return None
    measures = dict.fromkeys(measure for side in sides for measure in side.measures)
    return replace(turn.query, measures=tuple(measures), rules=(), sides=sides, asks=frozenset())


def _side(policy: Policy, said: Said, text: str, start: int, end: int) -> Side:
    """The measures of what stands between ``start`` and ``end``: those that it names or whose clause has the very
    words, else what it hints at."""
    words = _QUOTES.sub("", _QUOTES.sub("", text[start:end]))
    verbatim = tuple(m.id for m in policy.measures if any(words in clause for clause in (m.quote, *m.also)))
    hit = [s for s in (*said.named, *said.found) if any(start <= h.start and h.end <= end for h in s.hits)]
    named = tuple(dict.fromkeys(s.id for s in hit if s.strong)) or by_quoted_term(policy, words)
    hinted = tuple(dict.fromkeys(s.id for s in hit))
    both = tuple(measure for measure in verbatim if measure in named)
    return Side(words, both or verbatim or named or hinted[:1])
