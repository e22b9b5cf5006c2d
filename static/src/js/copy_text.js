/* Copying a field's text: <button data-copy-text="id of the field" data-checked="the text that was
   looked over" data-say="id of a live region">. Only what was looked over is copied: while the field
   says something else, the button waits for the next answer. */
(() => {
  "use strict";
  const find = () => document.querySelector("[data-copy-text]");
  const fieldOf = (button) => document.getElementById(button.dataset.copyText);

  function update() {
    const button = find();
    if (!button) return;
    button.hidden = false;
    button.disabled = fieldOf(button).value !== button.dataset.checked;
  }

  /* Said again where it stands already: the region is emptied first. */
  function say(button, text) {
    const region = document.getElementById(button.dataset.say);
    region.textContent = "";
    requestAnimationFrame(() => { region.textContent = text; });
  }

  async function copy(button) {
    const field = fieldOf(button);
    try {
      await navigator.clipboard.writeText(field.value);
      say(button, button.dataset.textCopied);
    } catch { // no clipboard here, or not allowed: the text is marked for the keyboard
      field.focus();
      field.select();
      say(button, button.dataset.textSelect);
    }
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-copy-text]");
    if (button) copy(button);
  });
  document.addEventListener("input", update);
  document.addEventListener("htmx:afterSettle", update);
  update();
})();
