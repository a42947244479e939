// 咨询: the log of a conversation. Questions go through Gradio (begin), answers come back as frames (receive).
// Questions enter the page as text, never as HTML; answers are HTML that the server has escaped.
(() => {
  "use strict";

  const STORE = "assistant.conversation.1";
  const KEPT_TURNS = 40;
  const PATIENCE = 45000;
  const { words, showMark } = window.assistantPage;

  let current = null; // the turn that is being answered: {question, reply, done}
  let timer = 0;
  let pressing = 0;

  const log = () => document.getElementById("log");
  const box = () => document.querySelector("#question textarea, #question input");

  const read = () => {
    try {
      const kept = JSON.parse(localStorage.getItem(STORE));
      return kept && Array.isArray(kept.turns) ? kept : { turns: [], state: "" };
    } catch {
      return { turns: [], state: "" };
    }
  };
  const write = (kept) => {
    kept.turns = kept.turns.slice(-KEPT_TURNS);
    for (;;) {
      try {
        localStorage.setItem(STORE, JSON.stringify(kept));
        return;
      } catch {
        if (!kept.turns.length) return; // no storage at all: the conversation lives as long as the page
        kept.turns.shift();
      }
    }
  };
  let memory = read();

  // The question that has no answer yet. Gradio loads the page anew when a lost connection comes back: it must not be
  // lost with it.
  const waiting = (question) => {
    try {
      if (question) sessionStorage.setItem(STORE, JSON.stringify(question));
      else if (question === null) sessionStorage.removeItem(STORE);
      else return JSON.parse(sessionStorage.getItem(STORE));
    } catch { /* no storage: nothing is kept */ }
    return null;
  };

  const element = (name, className, text) => {
    const made = document.createElement(name);
    made.className = className;
    if (text !== undefined) made.textContent = text;
    return made;
  };

  const addTurn = (question) => {
    const turn = element("section", "turn");
    const asked = element("div", "asked");
    asked.append(element("span", "unseen", words.chat.you + "："), element("p", "asked-text", question));
    const reply = element("div", "reply");
    turn.append(asked, reply);
    log().append(turn);
    document.getElementById("chat-tools").hidden = false;
    document.getElementById("welcome").classList.add("talking");
    return reply;
  };

  const wait = (reply) => {
    reply.setAttribute("aria-busy", "true");
    const waiting = element("div", "waiting");
    waiting.append(element("span", "dots"), element("span", "", words.chat.waiting));
    reply.replaceChildren(waiting);
  };

  const fail = (reply, text) => {
    const problem = element("div", "problem", "");
    problem.setAttribute("role", "alert");
    const again = element("button", "action", words.chat.retry);
    again.type = "button";
    again.dataset.action = "retry";
    problem.append(element("p", "", text), again);
    reply.replaceChildren(problem);
  };

  const finish = () => {
    clearTimeout(timer);
    if (current) current.reply.removeAttribute("aria-busy");
    current = null;
    document.getElementById("send")?.classList.remove("waits");
  };

  // Called by Gradio before the question is sent; what it returns is what the server gets.
  const begin = (typed) => {
    const question = (typed || "").trim();
    if (!question) {
      box()?.focus();
      throw new Error("nothing asked");
    }
    if (current) throw new Error("still answering");
    const reply = addTurn(question);
    wait(reply);
    current = { question, reply };
    waiting({ question, text: words.chat.failed });
    document.getElementById("send")?.classList.add("waits");
    empty();
    reply.closest(".turn").classList.add("newest");
    for (const other of log().querySelectorAll(".turn.newest")) {
      other.classList.toggle("newest", other === reply.parentElement);
    }
    reply.parentElement.scrollIntoView({ block: "start", behavior: still() ? "auto" : "smooth" });
    timer = setTimeout(end, PATIENCE);
    return [question, memory.state || ""];
  };

  const receive = (frame) => {
    if (!frame) return;
    if (frame.stage === "vote") return voted(frame);
    if (!current) return;
    const { question, reply } = current;
    if (frame.stage === "words") return say(reply, frame.html);
    const shown = current.part !== undefined;
    if (frame.stage === "part") current.part = frame.html;
    reply.classList.toggle("arriving", frame.stage === "done" && !shown);
    reply.innerHTML = frame.html;
    showMark(reply);
    if (frame.stage === "part") return; // more words will follow
    if (frame.stage === "done") keep(question, frame.html, frame.state);
    waiting(null);
    finish();
  };

  // A language model's sentences stand below the conclusion until the answer is whole.
  const say = (reply, html) => {
    reply.querySelector(".worded")?.remove();
    reply.querySelector(".wording")?.insertAdjacentHTML("beforeend", html);
  };

  const keep = (question, html, state) => {
    memory = read();
    if (state !== undefined) memory.state = state;
    memory.turns.push({ question, html, at: new Date().toISOString() });
    write(memory);
  };

  // Called when the event is over: by Gradio, and by us when the question did not get through.
  const end = (reason) => {
    if (!current) return;
    if (current.part !== undefined) { // figures and clause are there: they stay, only the rewording is missing
      current.reply.querySelector(".worded")?.remove();
      keep(current.question, current.part);
      waiting(null);
      return finish();
    }
    const text = typeof reason === "string" && reason ? reason : words.chat.failed;
    waiting({ question: current.question, text });
    fail(current.reply, text);
    finish();
  };

  // Gradio says nothing to the page when a question is refused or the network is gone: watch the call itself.
  const call = window.fetch;
  window.fetch = async (...given) => {
    const joins = String(given[0]?.url || given[0]).includes("/queue/join");
    try {
      const response = await call(...given);
      if (joins && !response.ok) {
        const told = await response.clone().json().catch(() => ({}));
        const known = [told.error?.message, told.error?.hint].filter(Boolean).join("");
        end(known || (response.status === 503 ? words.chat.busy : ""));
      }
      return response;
    } catch (error) {
      if (joins) end();
      throw error;
    }
  };

  const still = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

  const put = (text) => {
    const input = box();
    input.value = text;
    input.dispatchEvent(new Event("input", { bubbles: true }));
    return input;
  };
  const empty = () => setTimeout(() => put(""), 0);

  const ask = (text) => {
    if (current || !box()) return;
    put(text);
    setTimeout(() => document.getElementById("send").click(), 30);
    insist();
  };

  // The box is there a moment before Gradio listens to it: what is sent meanwhile is sent again until it is begun.
  const insist = () => {
    clearInterval(pressing);
    const typed = () => box()?.value.trim(); // a press that nobody heard left a line break behind
    const text = typed();
    if (current || !text) return;
    const until = Date.now() + PATIENCE;
    pressing = setInterval(() => {
      const gone = current || typed() !== text || Date.now() > until;
      if (gone) clearInterval(pressing);
      else document.getElementById("send").click();
    }, 300);
  };

  // Votes ------------------------------------------------------------------------------------------------------
  const vote = (card, up, reason) => {
    const channel = document.querySelector("#channel [class*=html], #channel") || document.getElementById("channel");
    const detail = { answer: card.dataset.answer, up, reason };
    for (const target of [channel, ...channel.querySelectorAll("*")]) {
      target.dispatchEvent(new CustomEvent("assistant-vote", { detail }));
    }
    for (const name of ["up", "down"]) {
      card.querySelector(`[data-action=${name}]`).setAttribute("aria-pressed", String(up === (name === "up")));
    }
  };
  const voted = (frame) => {
    for (const card of document.querySelectorAll(".answer")) {
      if (card.dataset.answer !== frame.answer) continue;
      card.querySelector(".vote-reason, .vote-note")?.remove();
      const note = element("p", "vote-note quiet", frame.message);
      note.setAttribute("role", "status");
      card.querySelector(".answer-foot").append(note);
    }
  };
  const askReason = (card) => {
    card.querySelector(".vote-note")?.remove();
    if (card.querySelector(".vote-reason")) return;
    const form = element("form", "vote-reason");
    const title = element("p", "", words.action.reason_title);
    const chips = element("div", "reasons");
    for (const reason of words.action.reasons) {
      const label = element("label", "reason");
      const input = document.createElement("input");
      input.type = "checkbox";
      input.value = reason;
      label.append(input, reason);
      chips.append(label);
    }
    const more = document.createElement("textarea");
    more.rows = 2;
    more.maxLength = 300;
    more.placeholder = words.action.reason_other;
    more.setAttribute("aria-label", words.action.reason_other);
    const send = element("button", "action strong", words.action.reason_send);
    const cancel = element("button", "action", words.action.reason_cancel);
    cancel.type = "button";
    const close = () => {
      form.remove();
      card.querySelector("[data-action=down]").focus();
    };
    cancel.addEventListener("click", close);
    form.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && !event.isComposing) close();
    });
    form.append(title, chips, more, send, cancel);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const chosen = [...chips.querySelectorAll("input:checked")].map((input) => input.value);
      vote(card, false, [...chosen, more.value.trim()].filter(Boolean).join("；"));
    });
    card.querySelector(".answer-foot").append(form);
    chips.querySelector("input").focus();
  };

  // The conversation as a file ---------------------------------------------------------------------------------
  const asMarkdown = () => {
    const parts = [`# ${document.title}`];
    for (const turn of log().querySelectorAll(".turn")) {
      const copied = turn.querySelector("[data-copy]");
      if (!copied) continue;
      const question = turn.querySelector(".asked-text").textContent.replace(/\n/g, "\n> ");
      parts.push(`## ${words.chat.you}\n\n> ${question}`, `## ${words.chat.reply}`, copied.dataset.copy);
    }
    return parts.join("\n\n") + "\n";
  };
  const save = () => {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([asMarkdown()], { type: "text/markdown;charset=utf-8" }));
    link.download = `${words.chat.file}-${new Date().toISOString().slice(0, 10)}.md`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  };

  const clear = () => {
    if (!window.confirm(words.chat.clear_confirm)) return;
    memory = { turns: [], state: "" };
    waiting(null);
    localStorage.removeItem(STORE);
    finish();
    log().replaceChildren();
    document.getElementById("chat-tools").hidden = true;
    document.getElementById("welcome").classList.remove("talking");
    box()?.focus();
  };

  document.addEventListener("click", (event) => {
    const target = event.target.closest("button");
    if (!target) return;
    if (target.id === "send" && event.isTrusted) insist();
    if (target.dataset.ask) ask(target.dataset.ask);
    const card = target.closest(".answer");
    const action = target.dataset.action;
    if (action === "up" && card) vote(card, true, "");
    if (action === "down" && card) askReason(card);
    if (action === "export") save();
    if (action === "print") window.print();
    if (action === "clear") clear();
    if (action === "retry") {
      const turn = target.closest(".turn");
      const question = turn.querySelector(".asked-text").textContent;
      turn.remove();
      ask(question);
    }
  });

  // While pinyin is being typed, Enter chooses a word and does not send.
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.target !== box()) return;
    if (event.isComposing || event.keyCode === 229) event.stopImmediatePropagation();
    else if (!event.shiftKey) insist();
  }, true);

  const restore = () => {
    for (const { question, html } of memory.turns) {
      const reply = addTurn(question);
      reply.innerHTML = html;
    }
    if (memory.turns.length) {
      showMark(log());
      log().lastElementChild.scrollIntoView({ block: "start" });
    }
    const lost = waiting();
    if (lost) fail(addTurn(lost.question), lost.text);
  };

  // Gradio puts the page together after this script has run, and again when the connection was lost and came back.
  let home = null;
  const settle = () => {
    const now = log();
    if (!now || now === home || !box()) return;
    const first = home === null;
    home = now;
    restore();
    const asked = first && new URLSearchParams(location.search).get("q");
    if (asked) put(asked.slice(0, 2000));
  };
  if (location.pathname.replace(/\/$/, "") === "") {
    new MutationObserver(settle).observe(document.body, { childList: true, subtree: true });
    settle();
  }

  window.assistantChat = { begin, receive, end, ask };
})();
