/* The running session: one's own notes on two devices, what one was writing when the step is drawn
   anew, and the word about a lost network that goes when it is back. */
(() => {
  "use strict";
  const plain = (text) => text.replace(/\r\n?/g, "\n");
  const ownForm = () => document.querySelector("form[data-own-notes]");

  /* Only what differs is exchanged, so that the caret stays where one writes. */
  function put(field, text) {
    const old = field.value;
    if (old === text) return;
    let start = 0;
    while (start < old.length && old[start] === text[start]) start += 1;
    let end = 0;
    while (end < Math.min(old.length, text.length) - start && old.at(-1 - end) === text.at(-1 - end)) end += 1;
    field.setRangeText(text.slice(start, text.length - end), start, old.length - end, "preserve");
  }

  function show(form, text, version) {
    put(form.elements.notes, text);
    form.elements.base.value = text;
    form.elements.version.value = version;
  }

  /* Saved: what another device wrote comes in, unless one has written on; then the next save does it. */
  document.addEventListener("autosaved", ({ target: form, detail }) => {
    if (!form.matches("form[data-own-notes]") || detail.text === undefined) return;
    if (plain(form.elements.notes.value) === detail.fields.base) show(form, detail.text, detail.fields.version);
  });

  /* News: the same, where nothing is waiting to be saved. */
  function takeNews() {
    const form = ownForm();
    const news = document.querySelector("[data-own-note]");
    if (!form || !news || form.autosave?.unsaved || form.autosave?.busy) return;
    const version = Number(news.dataset.version);
    if (version > Number(form.elements.version.value)) show(form, news.textContent, version);
  }

  /* What stands in a field of the step and is not sent: it comes back where the field does, and
     else goes to the notes, for the step may have been taken from under one's hands. */
  const step = () => document.getElementById("session-main");
  let typed = null;
  const writes = "input[type=text], textarea";
  function keep() {
    if (typed || !step()) return;
    typed = [...step().querySelectorAll(writes)]
      .filter((field) => field.value.trim() && field.value !== field.defaultValue)
      .map((field) => ({ name: field.name, text: field.value, focus: field === document.activeElement }));
    const scale = step().querySelector(".belief-scale :checked");
    if (scale && !scale.defaultChecked) typed.push({ name: scale.name, scale: scale.value });
  }
  function giveBack() {
    const kept = typed || [];
    typed = null;
    kept.forEach(({ name, text, scale, focus }) => {
      if (scale) {
        const again = step()?.querySelector(`.belief-scale [name="${name}"][value="${scale}"]`);
        if (again) { again.checked = true; again.dispatchEvent(new Event("change", { bubbles: true })); }
        return;
      }
      const field = step()?.querySelector(`[name="${name}"]:is(${writes})`);
      if (field) {
        if (!field.value) field.value = text;
        if (focus) field.focus();
        return;
      }
      const notes = ownForm()?.elements.notes;
      if (!notes || plain(notes.value).split("\n").includes(text)) return;
      notes.value = notes.value.trim() ? `${notes.value.trimEnd()}\n${text}` : text;
      notes.dispatchEvent(new Event("input", { bubbles: true }));
    });
  }

  document.addEventListener("htmx:oobBeforeSwap", ({ detail }) => {
    if (detail.target.id === "session-main" && detail.shouldSwap) keep();
  });
  document.addEventListener("htmx:beforeSwap", ({ detail }) => {
    const { elt, target, shouldSwap } = detail;
    // The form that was sent is answered by the page; the others in the step are not.
    if (target.id === "session-step" && shouldSwap && !elt.querySelector(writes)) keep();
  });
  document.addEventListener("htmx:afterSettle", () => {
    if (typed) giveBack();
    takeNews();
  });
  document.addEventListener("htmx:afterRequest", ({ detail }) => {
    const said = document.getElementById("site-alert");
    if (detail.elt.id !== "session-poll" || !detail.successful || !said) return;
    if (said.textContent === document.body.dataset.textNoAnswer) said.replaceChildren();
  });
})();
