/* Forms whose words are kept while they are typed (form_drafts/, components/form_draft_fields.html).
   site.js saves; this shows what is refused, lets one choose where two tabs wrote, and holds the
   last words while the server cannot be reached: in this tab's own store (sessionStorage, gone with
   the tab), only until they are saved, and only for whoever wrote them (decision 0044). */
(() => {
  "use strict";
  const STORE = "form-draft:";
  const CHOICE = "draft-choice-";
  const all = (selector, scope = document) => [...scope.querySelectorAll(selector)];
  const owner = () => document.querySelector("[data-session-end]")?.dataset.owner || "";

  function make(tag, className, text) {
    const node = document.createElement(tag);
    if (className) node.className = className;
    if (text !== undefined) node.textContent = text;
    return node;
  }

  const named = (form, name) => [...form.elements].filter((field) => field.name === name);
  const isTick = (field) => field.type === "checkbox" || field.type === "radio";
  const labelOf = (field) => field?.labels?.[0]?.textContent.trim() || "";

  /* The values of one name, as a form sends them. */
  const valuesOf = (form, name) => new FormData(form).getAll(name).filter((value) => typeof value === "string");

  function setValues(form, name, values) {
    named(form, name).forEach((field, index) => {
      if (isTick(field)) field.checked = values.includes(field.value);
      else if (field.multiple) [...field.options].forEach((option) => { option.selected = values.includes(option.value); });
      else if (values[index] !== undefined) field.value = values[index];
    });
  }

  /* What the reader knows the values by: the words beside a tick, the words of a list. */
  function spoken(form, name, values) {
    const fields = named(form, name);
    const words = values.map((value) => {
      if (isTick(fields[0])) return labelOf(fields.find((field) => field.value === value)) || value;
      const option = [...(fields[0].options || [])].find((one) => one.value === value);
      return option ? option.textContent.trim() : value;
    });
    return words.filter(Boolean).join("\n");
  }

  /* A group of ticks is called by its legend, a field by its label. */
  function titleOf(form, name) {
    const field = named(form, name)[0];
    const legend = isTick(field) && field.closest("fieldset")?.querySelector("legend");
    return legend ? legend.textContent.trim() : labelOf(field);
  }

  function saveNow(form) {
    form.dispatchEvent(new Event("input", { bubbles: true }));
    form.dispatchEvent(new Event("focusout", { bubbles: true }));
  }

  /* Without the words in question: the page's hidden names, and files. */
  function typedNames(form) {
    const fields = [...form.elements].filter((field) => field.name && !field.name.startsWith(CHOICE) && !["hidden", "submit", "button", "file", "password"].includes(field.type));
    return [...new Set(fields.map((field) => field.name))];
  }

  function keep(form, place) {
    const values = Object.fromEntries(typedNames(form).map((name) => [name, valuesOf(form, name)]));
    const version = form.elements.draft_version.value;
    const page = form.elements.draft_page.value;
    const text = JSON.stringify({ owner: owner(), values, version, page });
    try { sessionStorage.setItem(STORE + place.dataset.formDraft, text); } catch { /* full or closed */ }
  }

  /* Somebody else's words are not shown, and not left lying. */
  function clearOthers() {
    const names = Object.keys(sessionStorage).filter((name) => name.startsWith(STORE));
    names.forEach((name) => {
      const held = JSON.parse(sessionStorage.getItem(name));
      if (owner() && held.owner !== owner()) sessionStorage.removeItem(name);
    });
  }

  function bringBack(form, place) {
    const held = sessionStorage.getItem(STORE + place.dataset.formDraft);
    if (!held) return;
    const { values, version, page } = JSON.parse(held);
    Object.entries(values).forEach(([name, texts]) => { if (named(form, name).length) setValues(form, name, texts); });
    form.elements.draft_version.value = version;
    form.elements.draft_page.value = page;
    place.before(make("p", "form-draft__line", place.dataset.textUnsent));
    saveNow(form);
  }

  function showRefused(form, refused) {
    all("[data-not-kept]", form).forEach((line) => {
      if (!refused[line.dataset.notKept]) line.remove();
    });
    Object.entries(refused).forEach(([id, why]) => {
      const field = document.getElementById(id);
      const old = form.querySelector(`[data-not-kept="${CSS.escape(id)}"]`);
      if (!field || (old && old.textContent === why)) return;
      const line = old || make("p", "form-draft__refused");
      line.dataset.notKept = id;
      line.setAttribute("role", "status");
      line.textContent = why;
      if (!old) field.after(line);
    });
  }

  function choice(group, id, title, text) {
    const box = make("div", "form-draft-conflict__text");
    const tick = make("div", "form-group-radio");
    const input = make("input", "form-radio");
    Object.assign(input, { type: "radio", name: group, id, checked: id.endsWith("-here") });
    const label = make("label", "", title);
    label.htmlFor = id;
    tick.append(input, label);
    box.append(tick, make("p", "form-draft-conflict__words", text));
    return box;
  }

  /* Both texts side by side, a choice for each field. The panel lies outside the form's own names. */
  function showConflict(form, place, theirs) {
    const words = place.dataset;
    const differ = typedNames(form).filter((name) => named(form, name).length
      && JSON.stringify(valuesOf(form, name)) !== JSON.stringify(theirs.values[name] || []));
    const heading = make("h2", "h4", words.textHeading);
    heading.tabIndex = -1;
    const parts = differ.map((name, index) => {
      const part = make("fieldset", "form-draft-conflict__field");
      const here = spoken(form, name, valuesOf(form, name)) || words.textNothing;
      const there = spoken(form, name, theirs.values[name] || []) || words.textNothing;
      const group = `${CHOICE}${index}`;
      const both = make("div", "form-draft-conflict__both");
      both.append(
        choice(group, `${group}-here`, words.textHere, here),
        choice(group, `${group}-there`, words.textThere.replace("{time}", theirs.saved_at), there),
      );
      part.append(make("legend", "form-label", titleOf(form, name)), both);
      return part;
    });
    const button = make("button", "button button-primary", words.textUse);
    button.type = "button";
    button.addEventListener("click", () => {
      differ.forEach((name, index) => {
        if (document.getElementById(`${CHOICE}${index}-there`).checked) setValues(form, name, theirs.values[name] || []);
      });
      form.elements.draft_version.value = theirs.version;
      place.replaceChildren();
      form.autosave.stopped = false;
      saveNow(form);
      form.querySelector("[data-autosave-status]")?.scrollIntoView({ block: "nearest" });
      named(form, differ[0])[0]?.focus();
    });
    place.replaceChildren(heading, make("p", "", words.textLead), ...parts, button);
    heading.focus();
  }

  /* The choices are radio buttons without a value of the form's: they are never sent. */
  document.addEventListener("formdata", (event) => {
    [...event.formData.keys()].filter((name) => name.startsWith(CHOICE)).forEach((name) => event.formData.delete(name));
  });
  document.addEventListener("submit", (event) => {
    const heading = event.target.querySelector("[data-form-draft] > h2");
    if (!heading) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (event.target.autosave) event.target.autosave.passed = false;
    heading.focus();
  }, true);

  function start(place) {
    const form = place.closest("form");
    const store = STORE + place.dataset.formDraft;
    let unsaved = false;
    form.addEventListener("autosave:saved", ({ detail }) => {
      unsaved = Boolean(form.autosave?.dirty);
      if (!unsaved) sessionStorage.removeItem(store);
      showRefused(form, detail.refused || {});
    });
    form.addEventListener("autosave:unsaved", () => { unsaved = true; keep(form, place); });
    form.addEventListener("input", () => { if (unsaved) keep(form, place); });
    form.addEventListener("autosave:conflict", ({ detail }) => {
      sessionStorage.removeItem(store);
      showConflict(form, place, detail);
    });
    bringBack(form, place);
  }

  function begin() {
    clearOthers();
    all("[data-form-draft]").forEach(start);
  }
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", begin);
  else begin();
})();
