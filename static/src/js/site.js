/* Small behaviour on top of server-rendered pages. Every page works without it.
   Words come from data- attributes, so that the catalogue holds all languages. */
(() => {
  "use strict";
  const AUTOSAVE_DELAY = 1200;
  const RETRY_DELAYS = [2000, 5000, 15000, 30000];
  const words = (name, element = document.body) => element.dataset[name] || "";
  const all = (selector, scope = document) => scope.querySelectorAll(selector);

  /* dkfds: once for the page, single components for what htmx brings in. */
  function initComponents(scope) {
    const dkfds = window.DKFDS;
    if (!dkfds || !scope.querySelectorAll) return;
    all(".accordion", scope).forEach((node) => new dkfds.Accordion(node).init());
    all(".alert.has-close", scope).forEach((node) => new dkfds.Alert(node).init());
    all(".fds-modal", scope).forEach((node) => new dkfds.Modal(node).init());
    all(".tab-container", scope).forEach((node) => new dkfds.Tabs(node).init());
    all(".tooltip-wrapper", scope).forEach((node) => new dkfds.Tooltip(node).init());
    const summary = scope.querySelector('[data-module="error-summary"]');
    if (summary) new dkfds.ErrorSummary(summary).init();
  }

  function init(scope) {
    all("[data-autosave]", scope).forEach(startAutosave);
    if (scope.matches && scope.matches("[data-autosave]")) startAutosave(scope);
    all(".timer", scope).forEach(startTimer);
    all(".belief-scale", scope).forEach(showBeliefNote);
  }

  /* A login that has run out answers with the login page instead of what was asked for. */
  function isLogin(url) {
    const login = words("loginUrl");
    return Boolean(login && url && new URL(url, location.href).pathname === login);
  }

  function say(text, linkText) {
    const place = document.getElementById("site-alert");
    if (!place) return;
    const box = document.createElement("div");
    box.className = "alert alert-warning alert--paragraph";
    const line = document.createElement("p");
    line.className = "alert-text";
    line.textContent = text;
    if (linkText) {
      const link = document.createElement("a");
      link.href = words("loginUrl");
      link.target = "_blank";
      link.rel = "noopener";
      link.textContent = linkText;
      line.append(" ", link);
    }
    box.append(line);
    place.replaceChildren(box);
  }

  const sayLoggedOut = () => say(words("textLoggedOut"), words("textLogIn"));

  /* After a new login the old forgery token is void: fetch this page's and put it into the forms. */
  async function refreshToken() {
    const answer = await fetch(location.href, { credentials: "same-origin" });
    if (!answer.ok || isLogin(answer.url)) return false;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.querySelector("[name=csrfmiddlewaretoken]");
    if (!fresh) return false;
    all("[name=csrfmiddlewaretoken]").forEach((field) => { field.value = fresh.value; });
    return true;
  }

  /* Autosave: <form data-autosave="address"> with a [data-autosave-status] inside.
     Nothing is stored on the device; the text stays in its field until the server has it.
     Answers: 2xx (JSON may hold saved_at as text and fields to update, e.g. a version),
     409 conflict, 400/422 not valid (JSON may hold error), login page or 401/403 logged out.
     The form hears of it: autosave:saved, autosave:unsaved, autosave:conflict (detail: the JSON). */
  function startAutosave(form) {
    if (form.autosave) return;
    const status = form.querySelector("[data-autosave-status]");
    const state = { dirty: false, unsaved: false, busy: false, tries: 0, timer: 0, stopped: false };
    form.autosave = state;

    function show(name, text) {
      if (!status) return;
      status.dataset.state = name;
      const target = status.querySelector("[data-autosave-text]") || status;
      if (target.textContent !== text) target.textContent = text;
    }

    const tell = (name, detail) => form.dispatchEvent(new CustomEvent(`autosave:${name}`, { detail }));

    function typed() {
      const data = new FormData(form);
      [...data].forEach(([name, value]) => { if (value instanceof File) data.delete(name); });
      return data;
    }

    function later(delay) {
      clearTimeout(state.timer);
      state.timer = setTimeout(save, delay);
    }

    function retry(text) {
      show("failed", text);
      tell("unsaved");
      state.dirty = true;
      later(RETRY_DELAYS[Math.min(state.tries, RETRY_DELAYS.length - 1)]);
      state.tries += 1;
    }

    function succeed(result) {
      state.tries = 0;
      Object.entries(result.fields || {}).forEach(([name, value]) => {
        const field = form.elements.namedItem(name);
        if (field && field.type === "hidden") field.value = value;
      });
      form.dispatchEvent(new CustomEvent("autosaved", { bubbles: true, detail: result }));
      const now = new Date().toLocaleTimeString(document.documentElement.lang, {
        hour: "2-digit", minute: "2-digit",
      });
      tell("saved", result);
      if (state.dirty) return;
      state.unsaved = false;
      show("saved", words("textSaved", status || form).replace("{time}", result.saved_at || now));
    }

    async function judge(answer) {
      if (isLogin(answer.url) || answer.status === 401) {
        state.loggedOut = true;
        sayLoggedOut();
        return retry(words("textFailed", status || form));
      }
      const json = (answer.headers.get("content-type") || "").includes("json");
      const result = json ? await answer.json() : {};
      state.loggedOut = false;
      if (answer.ok) return succeed(result);
      if (answer.status === 409) {
        state.stopped = true;
        show("failed", result.error || words("textConflict", status || form));
        return tell("conflict", result);
      }
      if (answer.status === 400 || answer.status === 422) {
        return show("failed", words("textInvalid", status || form) + (result.error || ""));
      }
      if (answer.status === 403 && !(await refreshToken())) sayLoggedOut();
      return retry(words("textFailed", status || form));
    }

    async function save() {
      if (state.stopped || !state.dirty) return;
      if (state.busy) { later(AUTOSAVE_DELAY); return; }
      state.busy = true;
      state.dirty = false;
      show("saving", words("textSaving", status || form));
      try {
        const answer = await fetch(form.dataset.autosave, {
          method: "POST",
          body: typed(),
          credentials: "same-origin",
          headers: { Accept: "application/json", "X-Autosave": "1" },
        });
        await judge(answer);
      } catch {
        retry(words("textOffline", status || form));
      } finally {
        state.busy = false;
        submitLater();
      }
    }

    // After a login that ran out, sending the page would lose what was written: it stays, and says so.
    function submitLater() {
      if (state.submitter === undefined) return;
      const submitter = state.submitter;
      state.submitter = undefined;
      if (state.loggedOut || state.tries) { state.stopped = false; return; }
      state.passed = true;
      form.requestSubmit(submitter);
    }

    form.addEventListener("input", () => {
      state.dirty = true;
      state.unsaved = true;
      later(state.tries ? RETRY_DELAYS[0] : AUTOSAVE_DELAY);
    });
    // A save that is under way changes the version that the form carries: let it end first.
    form.addEventListener("submit", (event) => {
      clearTimeout(state.timer);
      if (state.passed || state.stopped || (!state.busy && !state.dirty)) {
        state.unsaved = false;
        state.stopped = true;
        return;
      }
      event.preventDefault();
      state.submitter = event.submitter;
      if (!state.busy) save();
    });
    form.addEventListener("focusout", () => { if (state.dirty && !state.tries) later(0); });
    window.addEventListener("online", () => { if (state.dirty) later(0); });
    window.addEventListener("beforeunload", (event) => { if (state.unsaved && form.isConnected) event.preventDefault(); });
  }

  /* The step's clock: the deadline is the server's, the difference between the clocks is taken off.
     Spoken only with one minute left and at the end. */
  function startTimer(timer) {
    if (timer.started) return;
    timer.started = true;
    const { deadline, serverNow, minutes, remaining } = timer.dataset;
    const total = Number(minutes) * 60;
    const offset = Number(serverNow) - Date.now();
    const clock = timer.querySelector("[data-clock]");
    const bar = timer.querySelector("[data-clock-bar]");
    const voice = timer.querySelector("[data-clock-say]");
    let before = null;

    function draw() {
      const left = deadline
        ? Math.ceil((Number(deadline) - Date.now() - offset) / 1000)
        : Number(remaining || total);
      const shown = Math.abs(left);
      const sign = left < 0 ? "−" : "";
      clock.textContent = `${sign}${Math.floor(shown / 60)}:${String(shown % 60).padStart(2, "0")}`;
      bar.value = total ? Math.min(100, Math.max(0, (100 * (total - left)) / total)) : 0;
      timer.classList.toggle("timer--over", left < 0);
      if (voice && before !== null) {
        if (before > 60 && left <= 60 && left > 0) voice.textContent = timer.dataset.textMinute;
        if (before > 0 && left <= 0) voice.textContent = timer.dataset.textOver;
      }
      before = left;
    }

    draw();
    if (!deadline) return;
    const tick = setInterval(() => {
      if (timer.isConnected) draw(); else clearInterval(tick);
    }, 1000);
  }

  function showBeliefNote(scale) {
    const place = scale.querySelector("[data-belief-note]");
    const chosen = scale.querySelector(":checked");
    if (place) place.textContent = (chosen && chosen.dataset.note) || "";
  }

  function toggle(button) {
    const open = button.getAttribute("aria-expanded") !== "true";
    button.setAttribute("aria-expanded", String(open));
    document.getElementById(button.getAttribute("aria-controls")).classList.toggle("is-open", open);
  }

  async function copyLink(button) {
    const text = button.dataset.copy || location.href;
    const label = button.querySelector("[data-copy-label]") || button;
    await navigator.clipboard.writeText(new URL(text, location.href).href);
    const old = label.textContent;
    label.textContent = button.dataset.textCopied;
    setTimeout(() => { label.textContent = old; }, 4000);
  }

  /* Suggested words in the place of what was found; only where the very words still stand. */
  function replaceFound(button) {
    const field = document.getElementById(button.dataset.replace);
    const { found, with: word } = button.dataset;
    let start = Number(button.dataset.start);
    if (!field) return;
    if (!field.value.startsWith(found, start)) start = field.value.indexOf(found);
    if (start < 0) return;
    const gap = !word && start > 0 && field.value[start - 1] === " " ? 1 : 0;
    field.setRangeText(word, start - gap, start + found.length, "end");
    field.focus();
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-disclosure], [data-print], [data-copy], [data-replace]");
    if (!button) return;
    if (button.hasAttribute("data-replace")) { replaceFound(button); return; }
    if (button.hasAttribute("data-disclosure")) toggle(button);
    else if (button.hasAttribute("data-print")) window.print();
    else copyLink(button);
  });

  document.addEventListener("keydown", (event) => {
    const form = event.target.form || (event.target.closest && event.target.closest("form"));
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && form && !event.defaultPrevented) {
      event.preventDefault();
      form.requestSubmit();
    }
    const opened = event.key === "Escape" && document.querySelector('.site-menu-button[aria-expanded="true"]');
    if (opened) { toggle(opened); opened.focus(); }
  });

  document.addEventListener("change", (event) => {
    const scale = event.target.closest(".belief-scale");
    if (scale) showBeliefNote(scale);
    if (event.target.matches("[data-submit-on-change]")) event.target.form.requestSubmit();
  });

  document.addEventListener("htmx:configRequest", (event) => {
    const token = document.querySelector("[name=csrfmiddlewaretoken]");
    if (event.detail.verb !== "get" && token) event.detail.headers["X-CSRFToken"] = token.value;
  });
  /* A text is checked once. Leaving the field for a suggestion would else ask again, and the answer
     would draw over the button while it is pressed. */
  const isChecked = (field) => (field.getAttribute("hx-target") || "").startsWith("#check-");
  document.addEventListener("htmx:beforeRequest", (event) => {
    const field = event.detail.elt;
    if (!isChecked(field)) return;
    if (field.checkedText === field.value) event.preventDefault();
    else field.checkedText = field.value;
  });
  document.addEventListener("htmx:afterRequest", ({ detail }) => {
    if (isChecked(detail.elt) && !detail.successful) detail.elt.checkedText = null;
  });
  /* The server sends a page whose login ran out to the login. One that somebody writes in, or
     whose text is not saved, stays where it is and says so. */
  document.addEventListener("htmx:beforeOnLoad", (event) => {
    if (!isLogin(event.detail.xhr.getResponseHeader("HX-Redirect"))) return;
    const writing = (form) => form.contains(document.activeElement) || form.autosave?.unsaved;
    if (!all("form[data-autosave]").some(writing)) return;
    event.preventDefault();
    sayLoggedOut();
  });
  /* What others do may take away what had the focus: then the heading of the new part gets it. */
  let held = "";
  document.addEventListener("htmx:oobBeforeSwap", ({ detail }) => {
    if (detail.target.contains(document.activeElement)) held = detail.target.id;
  });
  /* An answer draws a part anew, and what was under way in the old part comes back to a place that
     is gone: older news are dropped, a press's answer goes where it was meant to. News do not draw
     over a part whose own press is under way: its answer brings them. */
  const watched = new WeakSet();
  document.addEventListener("htmx:beforeRequest", ({ detail: { elt, target } }) => {
    if (watched.has(elt)) return;
    watched.add(elt);
    elt.addEventListener("htmx:beforeOnLoad", (event) => {
      const { xhr } = event.detail;
      // What a field of the form asked for is none of the form's business.
      if (event.target !== elt || elt.isConnected || xhr.status !== 200 || xhr.getResponseHeader("HX-Redirect")) return;
      event.preventDefault();
      if (target.isConnected) window.htmx.swap(target, xhr.response, { swapStyle: "innerHTML" }, { contextElement: target });
    });
  });
  document.addEventListener("htmx:oobBeforeSwap", ({ detail }) => {
    if (detail.target.querySelector(".htmx-request")) detail.shouldSwap = false;
  });
  document.addEventListener("htmx:afterSettle", () => {
    const part = held && document.getElementById(held);
    held = "";
    if (part && document.activeElement === document.body) part.querySelector('[tabindex="-1"]')?.focus();
  });
  document.addEventListener("htmx:load", (event) => {
    if (event.detail.elt === document.body) return;
    initComponents(event.detail.elt);
    init(event.detail.elt);
  });
  document.addEventListener("htmx:sendError", () => say(words("textNoAnswer")));
  document.addEventListener("htmx:responseError", (event) => {
    if (event.detail.xhr.status === 401) sayLoggedOut();
    else if (event.detail.xhr.status === 403) refreshToken().then((fresh) => { if (!fresh) sayLoggedOut(); });
    else say(words("textNoAnswer"));
  });

  function start() {
    if (window.DKFDS) window.DKFDS.init();
    init(document);
  }
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
