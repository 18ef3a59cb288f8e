"use strict";
// Copying: a button's data-copy names the element whose text goes to the clipboard. A table's first row goes as
// cells, so that Excel puts each into a cell of its own and takes all of them as text.
{
  const table = (element) => element.matches("table");
  const cells = (element) => [...element.tBodies[0].rows].map((row) => [...row.cells]);

  function plain(element) {
    if (!table(element)) return element.value ?? element.textContent;
    return cells(element)
      .map((row) => row.map((cell) => cell.textContent.replace(/[\t\r\n]+/g, " ")).join("\t"))
      .join("\n");
  }

  function copy(element) {
    const fill = (event) => {
      event.preventDefault();
      event.clipboardData.setData("text/plain", plain(element));
      if (table(element)) {
        const rows = `<table>${element.tBodies[0].outerHTML}</table>`;
        event.clipboardData.setData("text/html", rows);
      }
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
