"""Whether two names mean one thing: what the clauses say of each, side by side."""

from __future__ import annotations

from assistant.answering.compose.draft import Draft, label_of
from assistant.answering.wording import say
from assistant.understanding.query import Query


def compose_sides(draft: Draft, query: Query) -> None:
    """The two names set against each other; of one that the text does not have, that it is missing."""
    one, other = query.sides
    by_id = draft.corpus.policy.by_id
    shared = set(one.measures) & set(other.measures)
    if missing := [side for side in query.sides if not side.measures]:
        known = one if missing[0] is other else other
        draft.derived.append(missing[0].words)
        draft.conclusion = say("sides.missing", thing=missing[0].words, known=known.words)
    elif not shared:
        draft.conclusion = say("sides.apart")
    elif set(one.measures) == set(other.measures):
        label = label_of(draft.corpus, by_id[one.measures[0]].article)
        draft.conclusion = say("sides.together", one=one.words, other=other.words, label=label)
        for measure in map(by_id.__getitem__, one.measures):
            draft.rest_on(measure, query.question)
            draft.lines.append(f"{label_of(draft.corpus, measure.article)}：{measure.statement}")
        return
    else:
        draft.conclusion = say("sides.overlap")
    for side in query.sides:
        if term := next((d for d in draft.corpus.policy.definitions if d.name == side.words), None):  # 两中心
            draft.cite_preamble(term.quote)
            draft.lines.append(say("sides.term", words=side.words, statement=term.statement))
            continue
        for measure in (by_id[name] for name in side.measures):
            draft.rest_on(measure, query.question)
            label = label_of(draft.corpus, measure.article)
            draft.lines.append(say("sides.line", words=side.words, label=label, statement=measure.statement))
