/* The search fields: suggestions by the combobox pattern (WAI-ARIA 1.2), the slash key, and which
   answer was opened. Every page works without it: the field is then a plain field. */
(() => {
  "use strict";
  const DELAY = 150;
  const isTyping = (node) => Boolean(
    node && node.closest && node.closest("input, textarea, select, [contenteditable='true'], [role='textbox']"));

  class Suggestions {
    constructor(box) {
      this.box = box;
      this.input = box.querySelector("input[type=search]");
      this.options = [];
      this.at = -1;
      this.timer = 0;
      this.request = null;
      const id = `${this.input.id}-suggestions`;
      this.list = document.createElement("ul");
      this.list.className = "suggestions nobullet-list";
      this.list.id = id;
      this.list.hidden = true;
      this.list.setAttribute("role", "listbox");
      this.list.setAttribute("aria-label", box.dataset.textList);
      this.voice = document.createElement("span");
      this.voice.className = "sr-only";
      this.voice.setAttribute("role", "status");
      box.append(this.list, this.voice);
      const wanted = {
        role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false",
        "aria-controls": id, "aria-haspopup": "listbox",
      };
      Object.entries(wanted).forEach(([name, value]) => this.input.setAttribute(name, value));
      this.input.addEventListener("input", () => this.later());
      this.input.addEventListener("keydown", (event) => this.press(event));
      this.input.addEventListener("blur", () => this.close());
      // Before the field loses its focus, which would close the list.
      this.list.addEventListener("mousedown", (event) => event.preventDefault());
      this.list.addEventListener("click", (event) => {
        const option = event.target.closest("[role=option]");
        if (option) this.open(option);
      });
    }

    later() {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.ask(), DELAY);
    }

    async ask() {
      if (this.request) this.request.abort();
      const typed = this.input.value.trim();
      if (!typed) return this.close();
      this.request = new AbortController();
      try {
        const address = `${this.box.dataset.suggest}?q=${encodeURIComponent(typed)}`;
        const options = { signal: this.request.signal, credentials: "same-origin", redirect: "error" };
        const answer = await fetch(address, options);
        if (answer.ok) this.show((await answer.json()).suggestions);
        else this.close();
      } catch { /* Typed on, offline or logged out: the search button says what is wrong. */ }
    }

    show(found) {
      this.at = -1;
      this.input.removeAttribute("aria-activedescendant");
      this.options = found.map((suggestion, place) => {
        const option = document.createElement("li");
        option.id = `${this.list.id}-${place}`;
        option.dataset.url = suggestion.url;
        option.setAttribute("role", "option");
        option.setAttribute("aria-selected", "false");
        const kind = document.createElement("span");
        kind.className = "suggestions__kind";
        kind.textContent = suggestion.type;
        option.append(suggestion.title, " ", kind);
        return option;
      });
      this.list.replaceChildren(...this.options);
      const focused = document.activeElement === this.input;
      this.toggle(focused && found.length > 0);
      const { textNone, textOne, textSome } = this.box.dataset;
      const sentence = found.length === 0 ? textNone : found.length === 1 ? textOne : textSome;
      if (focused) this.voice.textContent = sentence.replace("#", String(found.length));
    }

    toggle(open) {
      this.list.hidden = !open;
      this.input.setAttribute("aria-expanded", String(open));
    }

    close() {
      clearTimeout(this.timer);
      if (this.request) this.request.abort();
      this.toggle(false);
      this.at = -1;
      this.input.removeAttribute("aria-activedescendant");
      this.voice.textContent = "";
    }

    press(event) {
      const opened = !this.list.hidden;
      if (event.key === "Escape" && opened) {
        event.preventDefault();
        this.close();
      } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        event.preventDefault();
        if (opened) this.move(event.key === "ArrowDown" ? 1 : -1);
        else this.ask();
      } else if (event.key === "Enter" && opened && this.at >= 0) {
        event.preventDefault();
        this.open(this.options[this.at]);
      } else if (event.key === "Tab") this.close();
    }

    /* One place before the first and after the last is the field itself. */
    move(step) {
      const places = this.options.length + 1;
      this.at = ((this.at + 1 + step + places) % places) - 1;
      this.options.forEach((option, place) => {
        option.setAttribute("aria-selected", String(place === this.at));
      });
      const chosen = this.options[this.at];
      if (!chosen) return this.input.removeAttribute("aria-activedescendant");
      this.input.setAttribute("aria-activedescendant", chosen.id);
      chosen.scrollIntoView({ block: "nearest" });
    }

    open(option) {
      location.assign(option.dataset.url);
    }
  }

  /* Which answer was opened, at which place: nothing about who. The browser sends a link's ping by
     itself, also without this file; Firefox does not, so we send it instead, everywhere once. */
  function tellOpened(event) {
    const link = event.target.closest && event.target.closest("a[ping], a[data-opened]");
    if (!link) return;
    if (link.hasAttribute("ping")) {
      link.dataset.opened = link.getAttribute("ping");
      link.removeAttribute("ping");
    }
    navigator.sendBeacon(link.dataset.opened);
  }

  document.addEventListener("click", tellOpened);
  document.addEventListener("auxclick", tellOpened);
  document.addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.ctrlKey || event.altKey || event.metaKey || isTyping(event.target)) return;
    const field = document.querySelector("[data-slash] input[type=search]");
    if (!field || event.defaultPrevented) return;
    event.preventDefault();
    field.focus();
    field.select();
  });
  const start = () => document.querySelectorAll("[data-suggest]").forEach((box) => new Suggestions(box));
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
