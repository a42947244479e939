// The desk: keys of the search page, questions before what cannot be undone at once, progress of a publication.
(() => {
  "use strict";

  const hits = () => [...document.querySelectorAll(".hit > summary")];
  const typing = (element) => element.closest("input, textarea, select, [contenteditable]");

  const copyFrom = (scope, key) => {
    const button = scope.querySelector(`[data-action="copy"]${key ? `[data-key="${key}"]` : ""}`);
    if (button) button.click();
  };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    const box = document.getElementById("q");
    if (!box) return;
    const from = event.target;
    if (["ArrowDown", "ArrowUp"].includes(event.key) && (from === box || from.matches(".hit > summary") || from === document.body)) {
      const all = hits();
      if (!all.length) return;
      const at = all.indexOf(from);
      const next = event.key === "ArrowDown" ? at + 1 : at - 1;
      event.preventDefault();
      if (next < 0) box.focus();
      else all[Math.min(next, all.length - 1)].focus();
      return;
    }
    if (typing(from)) return;
    if (event.key === "/") {
      event.preventDefault();
      box.focus();
      box.select();
    }
    if (event.key === "c") {
      const hit = from.closest(".hit");
      const ready = document.querySelector(".ready");
      if (hit) copyFrom(hit);
      else if (ready) copyFrom(ready, "c");
    }
    if (event.key === "s") {
      const ready = document.querySelector(".ready");
      if (ready) copyFrom(ready, "s");
    }
  });

  // Filters take effect at once; with scripts off the button does it.
  for (const select of document.querySelectorAll(".search-form select")) {
    select.addEventListener("change", () => select.form.requestSubmit());
  }

  for (const input of document.querySelectorAll(".file input")) {
    const shown = input.nextElementSibling;
    const nothing = shown.textContent;
    input.addEventListener("change", () => {
      const file = input.files[0];
      shown.textContent = file ? file.name : nothing;
      input.parentElement.classList.toggle("chosen", Boolean(file));
    });
  }

  document.addEventListener("submit", (event) => {
    const asked = event.submitter && event.submitter.dataset.confirm;
    if (asked && !confirm(asked)) event.preventDefault();
  });

  const watch = async () => {
    const job = document.getElementById("job");
    if (!job || job.dataset.state !== "running") return;
    try {
      const answer = await fetch("/desk/corpus/job", { headers: { accept: "application/json" } });
      const { state, html } = await answer.json();
      if (state !== "running") {
        // What is public has changed with it.
        location.reload();
        return;
      }
      job.outerHTML = html;
    } catch {
      const { desk } = JSON.parse(document.getElementById("words").textContent);
      job.querySelector("p").textContent = desk.job_lost;
      return;
    }
    setTimeout(watch, 400);
  };
  watch();
})();
