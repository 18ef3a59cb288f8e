"use strict";
// Copying: a button's data-copy names the element whose text goes to the clipboard. A table's rows go as cells, so
// that Excel puts each into a cell of its own.
{
  // Tells Excel to take what is pasted as text, no formula, date or number.
  const AS_TEXT = `style="mso-number-format:'\\@'"`;

  const table = (element) => element.matches("table");
  const cells = (element) => [...element.tBodies[0].rows].map((row) => [...row.cells]);

  // A cell says itself how it is pasted where no more than text is taken.
  const tabbed = (cell) => (cell.dataset.plain ?? cell.textContent).replace(/[\t\r\n]+/g, " ");

  function plain(element) {
    if (!table(element)) return element.value ?? element.textContent;
    return cells(element)
      .map((row) => row.map(tabbed).join("\t"))
      .join("\n");
  }

  function rows(element) {
    const made = cells(element).map((row) => row.map((cell) => `<td ${AS_TEXT}>${cell.innerHTML}</td>`).join(""));
    return `<table>${made.map((row) => `<tr>${row}</tr>`).join("")}</table>`;
  }

  function copy(element) {
    const fill = (event) => {
      event.preventDefault();
      event.clipboardData.setData("text/plain", plain(element));
      if (table(element)) event.clipboardData.setData("text/html", rows(element));
    };
    document.addEventListener("copy", fill, { once: true });
    const done = document.execCommand("copy");
    document.removeEventListener("copy", fill);
    return done;
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest("button[data-copy]");
    if (!button) return;
    const words = button.textContent;
    const said = copy(document.getElementById(button.dataset.copy)) ? "Copied" : "It could not be copied";
    button.setAttribute("aria-live", "polite");
    button.textContent = said;
    setTimeout(() => {
      button.textContent = words;
    }, 2000);
  });
}
