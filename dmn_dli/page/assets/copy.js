"use strict";
// Copying: a button's data-copy names the element whose text goes to the clipboard. A table's first row goes as
// cells, so that Excel puts each into a cell of its own and takes all of them as text. Plain text is written as
// Excel writes it: a cell that holds quotes, tabs or line breaks stands in quotes, and its own are doubled.
{
  const table = (element) => element.matches("table");
  const cells = (element) => [...element.tBodies[0].rows].map((row) => [...row.cells]);

  const SPECIAL = /["\t\r\n]/;
  const quoted = (text) => (SPECIAL.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

  function plain(element) {
    if (!table(element)) return element.value ?? element.textContent;
    return cells(element)
      .map((row) => row.map((cell) => quoted(cell.textContent)).join("\t"))
      .join("\n");
  }

  // A line break that Excel leaves in its cell.
  function lineBreak() {
    const made = document.createElement("br");
    made.setAttribute("style", "mso-data-placement:same-cell");
    return made;
  }

  function rich(element) {
    const body = element.tBodies[0].cloneNode(true);
    for (const cell of body.querySelectorAll("td")) {
      const lines = cell.textContent.split(/\r\n|\r|\n/);
      cell.replaceChildren(...lines.flatMap((line, place) => (place ? [lineBreak(), line] : [line])));
    }
    return `<table>${body.outerHTML}</table>`;
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
