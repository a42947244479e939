// What all pages share: colour scheme, tabs of clauses, copying, arriving at a fragment. No library, no other host.
(() => {
  "use strict";

  const words = JSON.parse(document.getElementById("words").textContent);
  const root = document.documentElement;

  // Gradio sets the class "dark" on body from the system's scheme; the page's own choice is on html and wins.
  const agree = () => document.body.classList.toggle("dark", root.classList.contains("dark"));
  const choose = (dark) => {
    root.classList.toggle("dark", dark);
    agree();
    try { localStorage.setItem("assistant.scheme", dark ? "dark" : "light"); } catch { /* private mode */ }
  };
  new MutationObserver(() => {
    if (document.body.classList.contains("dark") !== root.classList.contains("dark")) agree();
  }).observe(document.body, { attributeFilter: ["class"] });

  // Gradio gives every page the application's name; each of ours keeps its own.
  const title = document.title;
  new MutationObserver(() => {
    if (document.title !== title) document.title = title;
  }).observe(document.head, { childList: true, subtree: true, characterData: true });

  // A passage is brought into view inside of its own box: the page itself does not move.
  const showMark = (scope) => {
    for (const law of scope.querySelectorAll(".law")) {
      const mark = law.querySelector("mark");
      if (mark && law.clientHeight) law.scrollTop = mark.offsetTop - law.offsetTop - 24;
    }
  };

  const openClause = (id, focus) => {
    const panel = document.getElementById(id);
    if (!panel) return;
    const aside = panel.closest(".clauses");
    for (const other of aside.querySelectorAll(".clause")) other.hidden = other !== panel;
    for (const tab of aside.querySelectorAll(".clause-tab")) {
      const own = tab.getAttribute("aria-controls") === id;
      tab.setAttribute("aria-selected", String(own));
      tab.tabIndex = own ? 0 : -1;
      if (own && focus) tab.focus();
    }
    showMark(panel);
    return panel;
  };

  const say = (element, text) => {
    const before = element.textContent;
    element.textContent = text;
    element.setAttribute("aria-live", "polite");
    setTimeout(() => { element.textContent = before; }, 2000);
  };

  const copy = async (text) => {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      // Without https there is no clipboard: the old way.
      const area = document.createElement("textarea");
      area.value = text;
      area.style.position = "fixed";
      area.style.opacity = "0";
      document.body.append(area);
      area.select();
      const done = document.execCommand("copy");
      area.remove();
      return done;
    }
  };

  document.addEventListener("click", async (event) => {
    const target = event.target.closest("button, a");
    if (!target) return;
    if (target.matches(".clause-tab")) openClause(target.getAttribute("aria-controls"), true);
    if (target.matches(".cite")) {
      const panel = openClause(target.dataset.clause, false);
      if (!panel) return;
      panel.scrollIntoView({ block: "nearest", behavior: "smooth" });
      panel.querySelector(".law").focus({ preventScroll: true });
    }
    if (target.dataset.action === "scheme") choose(!root.classList.contains("dark"));
    if (target.dataset.action === "copy") {
      say(target, (await copy(target.dataset.copy)) ? words.action.copied : words.action.copy_failed);
    }
  });

  // Escape folds away what was opened, and the focus goes back to what opened it.
  document.addEventListener("keydown", (event) => {
    const open = event.key === "Escape" && !event.isComposing && event.target.closest("details[open]");
    if (!open) return;
    open.open = false;
    open.querySelector("summary").focus();
  });

  document.addEventListener("keydown", (event) => {
    const tab = event.target.closest(".clause-tab");
    if (!tab || !["ArrowLeft", "ArrowRight", "Home", "End"].includes(event.key)) return;
    const tabs = [...tab.parentElement.children];
    const at = tabs.indexOf(tab);
    const next = { ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: tabs.length - 1 }[event.key];
    event.preventDefault();
    openClause(tabs.at(next % tabs.length).getAttribute("aria-controls"), true);
  });

  // What is folded away would be missing on paper.
  let folded = [];
  addEventListener("beforeprint", () => {
    folded = [...document.querySelectorAll(".conditions details:not([open])")];
    for (const one of folded) one.open = true;
  });
  addEventListener("afterprint", () => {
    for (const one of folded) one.open = false;
  });

  window.assistantPage = { words, showMark, copy };
})();
