"use strict";
// Copying: a button's data-copy names the element whose text goes to the clipboard. A table's rows go as cells, so
// that Excel puts each into a cell of its own. Plain text is written as Excel writes it: a cell that holds quotes,
// tabs or line breaks stands in quotes, and its own are doubled.
{
  // Tells Excel to take what is pasted as text, no formula, date or number; and to leave a line break in its cell.
  const AS_TEXT = `style="mso-number-format:'\\@'"`;
  const LINE_BREAK = '<br style="mso-data-placement:same-cell">';

  const table = (element) => element.matches("table");
  const cells = (element) => [...element.tBodies[0].rows].map((row) => [...row.cells]);

  const SPECIAL = /["\t\r\n]/;
  const quoted = (text) => (SPECIAL.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  // A cell says itself how it is pasted where no more than text is taken.
  const tabbed = (cell) => quoted(cell.dataset.plain ?? cell.textContent);

  function plain(element) {
    if (!table(element)) return element.value ?? element.textContent;
    return cells(element)
      .map((row) => row.map(tabbed).join("\t"))
      .join("\n");
  }

  const broken = (cell) => cell.innerHTML.replace(/\r\n|\r|\n/g, LINE_BREAK);

  function rich(element) {
    const made = cells(element).map((row) => row.map((cell) => `<td ${AS_TEXT}>${broken(cell)}</td>`).join(""));
    return `<table>${made.map((row) => `<tr>${row}</tr>`).join("")}</table>`;
  }

  function copy(element) {
    const fill = (event) => {
      event.preventDefault();
      event.clipboardData.setData("text/plain", plain(element));
      if (table(element)) event.clipboardData.setData("text/html", rich(element));
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
