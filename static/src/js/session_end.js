/* Five minutes before the login ends a quiet notice with one button (components/session_end.html).
   The server knows when: other tabs, and what is saved by itself, put the end off. Asking does not. */
(() => {
  "use strict";
  const watch = document.querySelector("[data-session-end]");
  if (!watch) return;
  const words = watch.dataset;
  const WARNED = Number(words.warned) * 1000;
  let timer = 0;

  const hide = () => watch.replaceChildren();

  function show(text, action) {
    const box = document.createElement("div");
    box.className = "alert alert-info alert--paragraph session-end";
    const line = document.createElement("p");
    line.className = "alert-text";
    line.textContent = text;
    box.append(line);
    if (action) box.append(action);
    watch.replaceChildren(box);
  }

  function stayButton() {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button button-secondary";
    button.textContent = words.textStay;
    button.addEventListener("click", () => ask("POST"));
    return button;
  }

  function loginLink() {
    const link = document.createElement("a");
    const next = new URL(location.href);
    next.searchParams.set("udlogget", "1");
    link.href = `${words.login}?${new URLSearchParams({ next: next.pathname + next.search, udlogget: "1" })}`;
    link.textContent = words.textLogin;
    // The last words lie in this tab's store (form_drafts.js): nothing to warn of on the way.
    link.addEventListener("click", () => {
      document.querySelectorAll("[data-form-draft]").forEach((place) => {
        const { autosave } = place.closest("form");
        if (autosave) autosave.unsaved = false;
      });
    });
    return link;
  }

  const at = (left) => new Date(Date.now() + left).toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit" });

  function over() {
    show(words.textOver, loginLink());
  }

  /* `most`: when it ends however busy one is; no button puts that off. */
  function plan({ left, most }) {
    clearTimeout(timer);
    const [rest, last] = [left * 1000, most * 1000];
    if (rest <= 0) return over();
    if (rest > WARNED) {
      hide();
      timer = setTimeout(ask, rest - WARNED);
      return undefined;
    }
    if (last <= rest + 1000) show(words.textLast.replace("{time}", at(rest)));
    else show(words.textSoon.replace("{time}", at(rest)), stayButton());
    timer = setTimeout(ask, rest + 1000);
    return undefined;
  }

  async function ask(method) {
    clearTimeout(timer);
    const token = document.querySelector("[name=csrfmiddlewaretoken]");
    try {
      const answer = await fetch(words.sessionEnd, {
        method: method === "POST" ? "POST" : "GET",
        credentials: "same-origin",
        headers: { Accept: "application/json", "X-CSRFToken": token ? token.value : "" },
      });
      const json = (answer.headers.get("content-type") || "").includes("json");
      // Who is logged out is led to the login, which answers in JSON too.
      if (answer.ok && json && !answer.redirected) return plan(await answer.json());
      return over();
    } catch {
      timer = setTimeout(ask, 15000);
      return undefined;
    }
  }

  document.addEventListener("visibilitychange", () => { if (!document.hidden && watch.firstChild) ask(); });
  plan({ left: Number(words.left), most: Number(words.most) });
})();
