"""咨询: the chat page. The server sends one answer as a few frames; the browser keeps the conversation.

The hidden ``gr.HTML`` is the channel: its value is a frame (an object), which ``chat.js`` puts into the log. Gradio
never redraws the log itself, so open folds, scroll positions and the reader's place stay as they are.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import gradio as gr

from assistant.answering.events import Composed, Sentence
from assistant.errors import AssistantError
from assistant.logs import get_logger
from assistant.web.consultation import QUESTION_LIMIT, Consultation
from assistant.web.pages.frame import term_notice
from assistant.web.pages.parts import fragment
from assistant.web.view.card import card, worded
from assistant.web.view.html import tag
from assistant.web.view.welcome import problem, welcome
from assistant.web.wording import say

log = get_logger(__name__)

Frame = dict[str, Any]

_CHANNEL = """
const deliver = (tries) => {
  if (window.assistantChat) window.assistantChat.receive(props.value);
  else if (tries) setTimeout(() => deliver(tries - 1), 50);
};
watch('value', () => deliver(100));
element.addEventListener('assistant-vote', (event) => trigger('vote', event.detail));
"""


def build(consultation: Consultation, *, concurrency: int) -> None:
    """Lays the page out inside the current Blocks."""
    fragment(welcome(term_notice(consultation.corpus.policy)), elem_id="chat")
    with gr.Row(elem_id="ask-bar", elem_classes="ask-bar"):
        question = gr.Textbox(
            label=say("chat.box_label"),
            placeholder=say("chat.box_placeholder"),
            lines=1,
            max_lines=8,
            show_label=False,
            container=False,
            autofocus=True,
            scale=8,
            elem_id="question",
        )
        send = gr.Button(say("chat.send"), variant="primary", scale=0, min_width=96, elem_id="send")
    state = gr.JSON(visible=False)
    channel = gr.HTML(visible="hidden", html_template="", js_on_load=_CHANNEL, elem_id="channel")

    def stream(asked: str, before: str | None, request: gr.Request) -> Iterator[Frame]:
        yield from frames(consultation, asked, before, request.session_hash)

    def ask(asked: str, before: str | None, request: gr.Request) -> Frame:
        *_, last = frames(consultation, asked, before, request.session_hash)
        return last

    def vote(event: gr.EventData) -> Frame:
        return take_vote(consultation, {name: getattr(event, name, None) for name in ("answer", "up", "reason")})

    gr.on(
        [question.submit, send.click],
        stream if consultation.reworded else ask,  # a stream costs Gradio a quarter more time for every answer
        inputs=[question, state],
        outputs=channel,
        js="(question) => window.assistantChat.begin(question)",
        api_name="chat",
        api_visibility="undocumented",
        show_progress="hidden",
        concurrency_limit=concurrency,
        trigger_mode="multiple",
    ).then(fn=None, js="() => window.assistantChat.end()")
    channel.vote(
        vote,
        inputs=None,
        outputs=channel,
        queue=False,
        api_visibility="private",
        show_progress="hidden",
        trigger_mode="multiple",
    )


def frames(consultation: Consultation, question: str, state: str | None, session: str | None) -> Iterator[Frame]:
    """The frames of one answer. A fault that is foreseen is a frame too.

    Where a language model rewords: the card as it stands at once (``part``), the model's sentences so far, each time
    all of them (``words``); then the card that counts (``done``), which without a model is the only frame.
    """
    question = (question or "").strip()
    if not question:
        yield _problem(say("chat.empty"))
        return
    if len(question) > QUESTION_LIMIT:
        yield _problem(say("chat.too_long", limit=QUESTION_LIMIT))
        return
    sentences: list[str] = []
    try:
        for event in consultation.stream(question, state or "", session=session):
            if isinstance(event, Sentence):
                sentences.append(event.text)
                yield {"stage": "words", "html": str(worded(sentences))}
            elif isinstance(event, Composed):
                sentences.clear()
                yield {"stage": "part", "html": str(card(event.answer, consultation.corpus))}
            else:
                html = card(event.answer, consultation.corpus)
                if event.restarted:
                    html = tag("p", say("chat.expired"), class_="notice notice-note") + html
                yield {"stage": "done", "html": str(html), "state": event.state}
    except AssistantError as error:
        log.warning("question not answered", fault=type(error).__name__, message=error.message)
        yield _problem(error.user_message)


def take_vote(consultation: Consultation, data: Mapping[str, object]) -> Frame:
    """A vote as the browser sent it: ``{"answer", "up", "reason"}``; the frame says whether it was kept."""
    answer, up = data.get("answer"), data.get("up")
    if not isinstance(answer, str) or not isinstance(up, bool):
        return {"stage": "vote", "answer": "", "kept": False, "message": say("action.vote_failed")}
    try:
        kept = consultation.vote(answer[:64], up=up, reason=str(data.get("reason") or "")[:500])
    except AssistantError as error:
        log.warning("vote not kept", fault=type(error).__name__, message=error.message)
        return {"stage": "vote", "answer": answer, "kept": False, "message": error.user_message}
    message = say("action.thanks") if kept else say("action.vote_failed")
    return {"stage": "vote", "answer": answer, "kept": kept, "message": message}


def _problem(text: str) -> Frame:
    return {"stage": "problem", "html": str(problem(text))}
