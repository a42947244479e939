// Forms that show their result at once (测算, 适用政策), and the policy's text (政策原文).
(() => {
  "use strict";

  const { words, copy } = window.assistantPage;
  const $ = (selector, scope = document) => scope.querySelector(selector);
  const all = (selector, scope = document) => [...scope.querySelectorAll(selector)];

  // The form's query goes to the server with every change, and into the address, so that a link reopens the same.
  const PATIENCE = 45000;
  let timer = 0;
  let until = 0;
  const send = (query) => {
    const channel = $("#live-channel [data-ready]") || $("#live-channel");
    for (const target of [channel, ...all("*", channel)]) {
      target.dispatchEvent(new CustomEvent("assistant-live", { detail: { query } }));
    }
    // The channel is there a moment before Gradio listens to it: nothing answered yet is said again.
    until ||= Date.now() + PATIENCE;
    clearTimeout(timer);
    if (Date.now() < until) timer = setTimeout(() => $("#result [data-unanswered]") && send(query), 600);
  };
  const live = (query) => {
    // Gradio sets a base address, so an address of ours has to name its page.
    history.replaceState(null, "", query ? `${location.pathname}?${query}` : location.pathname);
    clearTimeout(timer);
    // What is typed before Gradio has put its part together waits for it; else it would be lost.
    timer = setTimeout(() => whenReady(() => send(query)), 180);
  };
  const whenReady = (then) => {
    const wait = () => ($("#live-channel [data-ready]") || $("#live-channel[data-ready]") ? then() : setTimeout(wait, 60));
    wait();
  };

  // 测算 -----------------------------------------------------------------------------------------------------------
  const calculator = (form) => {
    const plan = (side) => $(`.plan[data-side=${side}]`, form);
    const rows = (side) => all(".plan-row", plan(side));
    const field = (row, name) => $(`[name=${name}]`, row);

    const suit = (row) => {
      const chosen = field(row, "measure").selectedOptions[0];
      const yearly = chosen.hasAttribute("data-yearly");
      $(".field-amount .field-name", row).textContent = chosen.dataset.base || words.calculator.amount;
      $(".stated-figure", row).textContent = chosen.dataset.figure;
      $(".field-years", row).hidden = !yearly;
      $(".uplift", row).hidden = !chosen.hasAttribute("data-uplift");
      if (!yearly) field(row, "years").value = 1;
    };
    const addRow = (side, item) => {
      const row = $("#row-template", form).content.firstElementChild.cloneNode(true);
      $(".rows-of-plan", plan(side)).append(row);
      if (item) fill(row, item);
      suit(row);
      tidy();
      return row;
    };
    const fill = (row, item) => {
      const [measure, amount, ...flags] = item.split("~");
      if ([...field(row, "measure").options].some((option) => option.value === measure)) field(row, "measure").value = measure;
      field(row, "amount").value = amount || "";
      for (const flag of flags) {
        if (/^x\d+$/.test(flag)) field(row, "count").value = flag.slice(1);
        if (/^y\d+$/.test(flag)) field(row, "years").value = flag.slice(1);
        if (flag === "up") field(row, "up").checked = true;
      }
    };
    const tidy = () => {
      for (const side of ["a", "b"]) {
        const found = rows(side);
        for (const row of found) $(".remove", row).hidden = found.length < 2;
        $("[data-action=add-row]", plan(side)).hidden = found.length >= 6;
      }
      const compared = $("#compare", form).checked;
      plan("b").hidden = !compared;
      form.classList.toggle("comparing", compared);
    };
    const query = () => {
      const out = new URLSearchParams();
      const sides = $("#compare", form).checked ? ["a", "b"] : ["a"];
      for (const side of sides) {
        for (const row of rows(side)) {
          const parts = [field(row, "measure").value, field(row, "amount").value.trim().replaceAll("~", "-")];
          if (Number(field(row, "count").value) > 1) parts.push(`x${field(row, "count").value}`);
          if (Number(field(row, "years").value) > 1) parts.push(`y${field(row, "years").value}`);
          if (field(row, "up").checked && !$(".uplift", row).hidden) parts.push("up");
          out.append(side, parts.join("~"));
        }
      }
      const goal = $("#goal", form).value.trim();
      if (goal) out.append("goal", goal);
      return out.toString();
    };
    const changed = () => { tidy(); live(query()); };

    form.addEventListener("input", changed);
    form.addEventListener("change", (event) => {
      const row = event.target.closest(".plan-row");
      if (row && event.target.name === "measure") suit(row);
      if (event.target.id === "compare" && event.target.checked && !rows("b").length) addRow("b");
      changed();
    });
    form.addEventListener("click", (event) => {
      const action = event.target.closest("button")?.dataset.action;
      if (action === "add-row") field(addRow(event.target.closest(".plan").dataset.side), "measure").focus();
      if (action === "remove-row") event.target.closest(".plan-row").remove();
      if (action) changed();
    });

    const given = new URLSearchParams(location.search);
    for (const side of ["a", "b"]) {
      const items = given.getAll(side).slice(0, 6);
      if (items.length) $(".rows-of-plan", plan(side)).replaceChildren();
      for (const item of items) addRow(side, item);
    }
    $("#compare", form).checked = given.has("b");
    $("#goal", form).value = given.get("goal") || "";
    for (const row of all(".plan-row", form)) suit(row);
    tidy();
    // A link's plan, and what was typed before this script found the form.
    const typed = all("input", form).some((input) => ["amount", "goal"].includes(input.name || input.id) && input.value);
    if (given.has("a") || typed) live(query());
  };

  // 适用政策 ---------------------------------------------------------------------------------------------------------
  const fits = (form) => {
    const query = () => {
      const out = new URLSearchParams();
      for (const [name, value] of new FormData(form)) if (value.trim()) out.append(name, value.trim());
      return out.toString();
    };
    const given = new URLSearchParams(location.search);
    for (const control of form.elements) {
      if (!control.name) continue;
      const values = given.getAll(control.name);
      if (["checkbox", "radio"].includes(control.type)) {
        if (values.length) control.checked = values.includes(control.value);
      } else if (values.length) control.value = values[0];
    }
    const reveal = () => {
      for (const part of all("[data-when]", form)) {
        part.hidden = !$(`input[name=plan][value="${part.dataset.when}"]`, form)?.checked;
        for (const control of all("input, select", part)) control.disabled = part.hidden;
      }
    };
    const changed = () => { reveal(); live(query()); };
    form.addEventListener("input", changed);
    form.addEventListener("reset", () => setTimeout(changed, 0));
    reveal();
    if (query()) live(query());
  };

  // 政策原文 ---------------------------------------------------------------------------------------------------------
  const policy = (page) => {
    const box = $("#policy-search", page);
    const count = $("#policy-count", page);
    const pieces = all("[data-text]", page).map((element) => ({ element, html: element.innerHTML }));

    // The contents name only what is shown.
    const contents = $(".policy-contents", page);
    const entries = new Map(all("a", contents).map((a) => [decodeURIComponent(a.hash.slice(1)), a.closest("li")]));

    const unmark = () => { for (const { element, html } of pieces) element.innerHTML = html; };
    const markIn = (node, terms) => {
      let found = 0;
      const walker = document.createTreeWalker(node, NodeFilter.SHOW_TEXT);
      const texts = [];
      while (walker.nextNode()) texts.push(walker.currentNode);
      for (const text of texts) {
        const lower = text.data.toLowerCase();
        const spans = [];
        for (const term of terms) {
          for (let at = lower.indexOf(term); at >= 0; at = lower.indexOf(term, at + term.length)) spans.push([at, at + term.length]);
        }
        spans.sort((a, b) => b[0] - a[0]);
        let before = Infinity;
        for (const [start, end] of spans) {
          if (end > before) continue;
          before = start;
          const rest = text.splitText(start);
          rest.splitText(end - start);
          const mark = document.createElement("mark");
          rest.replaceWith(mark);
          mark.append(rest);
          found += 1;
        }
      }
      return found;
    };
    const search = () => {
      unmark();
      const terms = box.value.toLowerCase().split(/\s+/).filter(Boolean);
      let found = 0;
      for (const article of all(".policy-article", page)) {
        const text = article.textContent.toLowerCase();
        const fitting = terms.every((term) => text.includes(term));
        article.hidden = !fitting;
        if (entries.get(article.id)) entries.get(article.id).hidden = !fitting;
        if (fitting && terms.length) for (const piece of all("[data-text]", article)) found += markIn(piece, terms);
      }
      const articles = all(".policy-article:not([hidden])", page).length;
      contents.hidden = !articles;
      count.textContent = !terms.length ? "" : articles
        ? words.policy.found.replace("{articles}", articles).replace("{places}", found)
        : words.policy.nothing;
      const address = new URL(location.href);
      if (terms.length) address.searchParams.set("q", box.value.trim()); else address.searchParams.delete("q");
      history.replaceState(null, "", address);
    };
    box.addEventListener("input", search);
    box.form.addEventListener("submit", (event) => {
      event.preventDefault();
      $(".policy-article:not([hidden]) mark", page)?.scrollIntoView({ block: "center" });
    });
    const given = new URLSearchParams(location.search).get("q");
    if (given) { box.value = given; search(); }

    const arrive = () => {
      const target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
      for (const other of all(".arrived", page)) other.classList.remove("arrived");
      if (!target) return;
      target.classList.add("arrived");
      target.scrollIntoView({ block: target.matches(".policy-article") ? "start" : "center" });
    };
    addEventListener("hashchange", arrive);
    arrive();
  };

  document.addEventListener("submit", (event) => {
    if (event.target.matches(".live-form")) event.preventDefault();
  });
  document.addEventListener("click", (event) => {
    if (event.target.closest(".to-result")) $("#result").scrollIntoView({ block: "start" });
  });
  document.addEventListener("click", async (event) => {
    const link = event.target.closest("[data-action=copy-link]");
    if (!link) return;
    const before = link.textContent;
    const done = await copy(new URL(link.dataset.link, location.href).href);
    link.textContent = done ? words.calculator.link_copied : words.action.copy_failed;
    setTimeout(() => { link.textContent = before; }, 2000);
  });

  // Gradio puts the page together after this script has run: wait for the part that belongs to this page.
  const parts = [["#calculator-form", calculator], ["#fits-form", fits], ["#policy-page", policy]];
  const started = new Set();
  const start = () => {
    for (const [selector, run] of parts) {
      const found = $(selector);
      if (found && !started.has(selector)) { started.add(selector); run(found); }
    }
    if (!started.size && document.body.dataset.watching !== "off") setTimeout(start, 60);
  };
  if (location.pathname.replace(/\/$/, "")) start();
})();
