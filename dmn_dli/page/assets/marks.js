"use strict";
// What the case lights up in the policies' views: rules that apply, decisions on the way, criteria.
const caseMarks = (() => {
  const TONES = ["lit", "lit-met", "lit-not-met", "lit-open"];
  const TRIED = "tried";

  function clear() {
    for (const tone of TONES)
      for (const each of document.querySelectorAll(`.${tone}`)) each.classList.remove(tone);
    for (const each of document.querySelectorAll(`.${TRIED}`)) each.classList.remove(TRIED);
    for (const each of document.querySelectorAll(".mark-says")) each.remove();
  }

  // The words stand in the first cell of a row, where they lead back to the case; else in the line's head.
  function say(element, words) {
    const row = element.matches("tr");
    const said = document.createElement(row ? "a" : "span");
    if (row) said.href = "#try";
    said.className = "mark-says";
    said.textContent = words;
    const criterion = element.querySelector(":scope > details > summary, :scope > .requirement");
    if (row) element.cells[0].append(said);
    else if (criterion?.matches(".requirement")) criterion.after(said);
    else (criterion ?? element).append(said);
  }

  // marks: of each an element's id, its tone and what it says.
  function show(marks) {
    clear();
    for (const { id, tone, says } of marks) {
      const element = document.getElementById(id);
      if (!element) continue;
      element.classList.add(tone);
      if (tone === "lit") element.closest("table, svg")?.classList.add(TRIED);
      if (says && element instanceof HTMLElement) say(element, says);
    }
    join();
  }

  // In the picture of a policy the lines light up that join what is lit.
  function join() {
    const isLit = (id) => document.getElementById(id)?.classList.contains("lit");
    for (const line of document.querySelectorAll(`svg.${TRIED} [data-from]`))
      line.classList.toggle("lit", Boolean(isLit(line.dataset.from) && isLit(line.dataset.to)));
  }

  return { show };
})();
