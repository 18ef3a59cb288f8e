"use strict";
/* Copying for other scripts: `dmnDli.copy({text, html})` puts a text into the clipboard, and with it, where it
   is given, what a spreadsheet is to see of it. The promise says whether the browser let it. */
{
  dmnDli.copy = async ({ text, html }) => {
    const fill = (event) => {
      event.preventDefault();
      event.clipboardData.setData("text/plain", text);
      if (html) event.clipboardData.setData("text/html", html);
    };
    // Only a copy that is asked for by an event may carry both forms as they are.
    const focused = document.activeElement;
    const field = document.createElement("textarea");
    field.value = "x"; // browsers copy only where something is selected
    field.className = "visually-hidden";
    document.body.append(field);
    field.select();
    document.addEventListener("copy", fill, { once: true });
    const copied = document.execCommand("copy");
    document.removeEventListener("copy", fill);
    field.remove();
    focused?.focus({ preventScroll: true });
    return copied || fallBack(text);
  };

  async function fallBack(text) {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      return false;
    }
  }
}
