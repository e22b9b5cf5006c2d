/* The panel of checks: asks the server about the form as it stands, half a second after the last
   key, while the panel is open. Nothing is saved by it and nothing is stopped. */
(() => {
  "use strict";
  const PAUSE = 600;

  const start = () => {
    const panel = document.querySelector("[data-content-check]");
    const form = document.querySelector("form[data-edit-form]");
    const side = panel && panel.closest("[data-side-panel]");
    if (!panel || !form || !side) return;
    const result = panel.querySelector("[data-content-check-result]");
    let waiting = 0;
    let last = null;
    let running = null;

    const written = () => {
      const data = new URLSearchParams();
      for (const [name, value] of new FormData(form)) {
        if (typeof value === "string") data.append(name, value);
      }
      return data;
    };

    const ask = async () => {
      if (side.hidden) return;
      const data = written();
      const now = data.toString();
      if (now === last) return;
      if (running) running.abort();
      const asking = new AbortController();
      running = asking;
      try {
        const answer = await fetch(panel.dataset.contentCheck, {
          method: "POST",
          body: data,
          redirect: "error",
          signal: asking.signal,
        });
        if (!answer.ok) throw new Error(String(answer.status));
        result.innerHTML = await answer.text();
        last = now;
      } catch (error) {
        if (asking.signal.aborted) return;
        result.textContent = panel.dataset.failed;
      }
    };

    const soon = () => {
      window.clearTimeout(waiting);
      waiting = window.setTimeout(ask, PAUSE);
    };

    const goTo = (words) => {
      const holds = (text) => text && text.includes(words.replace(/ …$/, ""));
      const fields = form.querySelectorAll("input[type=text], textarea, [contenteditable=true]");
      const found = [...fields].find(
        (field) => field.offsetParent && holds(field.value ?? field.textContent),
      );
      if (!found) return;
      // On a small screen the panel covers the form.
      if (window.matchMedia("(max-width: 50rem)").matches) {
        document.querySelector("[data-form-side-close-button]").click();
      }
      found.scrollIntoView({ block: "center" });
      found.focus();
    };

    for (const kind of ["input", "keyup", "change", "click"]) form.addEventListener(kind, soon);
    document.addEventListener("w-unsaved:add", soon);
    side.addEventListener("show", ask);
    panel.addEventListener("click", (event) => {
      const button = event.target.closest("[data-content-check-words]");
      if (button) goTo(button.dataset.contentCheckWords);
    });
    ask();
  };

  if (document.readyState === "complete") start();
  else window.addEventListener("load", start);
})();
