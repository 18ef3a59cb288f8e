"use strict";
// "Ask me": one question at a time, until nothing more need be asked; the answers fill the form.
{
  const at = (id) => document.getElementById(id);
  const panel = () => at("interview");
  let order = []; // the facts asked so far, in their order
  const unknown = new Set(); // those of them that the person does not know

  // The form is what counts: what has been changed there meanwhile is changed here too.
  function state() {
    const entered = caseForm.facts();
    order = order.filter((fact) => unknown.has(fact) || Object.hasOwn(entered, fact));
    const answered = Object.fromEntries(order.map((fact) => [fact, unknown.has(fact) ? "?" : entered[fact]]));
    const before = Object.entries(entered).filter(([fact]) => !order.includes(fact));
    return { facts: Object.fromEntries(before), answered, payers: caseForm.payers() };
  }

  async function ask(answer) {
    const asked = answer === undefined ? state() : { ...state(), answer };
    const found = await caseForm.ask("question", asked);
    if (!found) return; // another question has been asked meanwhile
    if (found.error) {
      at("interview-error").textContent = found.error;
      at("interview-error").hidden = false;
      at("interview-text")?.focus();
      return;
    }
    if (answer !== undefined) take(found.answered);
    show(found);
  }

  function take(answered) {
    for (const [fact, value] of Object.entries(answered)) {
      if (order.includes(fact)) continue;
      order.push(fact);
      if (value === "?") unknown.add(fact);
      else caseForm.put(fact, value);
    }
    document.dispatchEvent(new Event("case-entered"));
  }

  function show(found) {
    const back = button("Back", "back", order.length === 0);
    const end = button(found.fact === null ? "Close" : "End the questions", "end", false);
    const bar = document.createElement("div");
    bar.className = "bar";
    bar.append(back, end);
    panel().innerHTML = found.html;
    panel().append(bar);
    panel().hidden = false;
    panel().querySelector("h2").focus();
  }

  function button(text, does, disabled) {
    const made = document.createElement("button");
    made.type = "button";
    made.className = "quiet";
    made.textContent = text;
    made.dataset.does = does;
    made.disabled = disabled;
    return made;
  }

  function back() {
    const fact = order.pop();
    unknown.delete(fact);
    caseForm.put(fact, "");
    document.dispatchEvent(new Event("case-entered"));
    ask();
  }

  function end() {
    panel().hidden = true;
    panel().replaceChildren();
    at("try-ask").focus();
  }

  at("try-panes").addEventListener("click", (event) => {
    const pressed = event.target.closest("button");
    if (!pressed) return;
    if (pressed.id === "try-ask" || pressed.dataset.ask !== undefined) {
      order = [];
      unknown.clear();
      ask();
    } else if (!panel().contains(pressed)) return;
    else if (pressed.dataset.answer !== undefined) ask(pressed.dataset.answer);
    else if (pressed.dataset.typed !== undefined) ask(at("interview-text").value);
    else if (pressed.dataset.does === "back") back();
    else if (pressed.dataset.does === "end") end();
  });
  at("try-panes").addEventListener("keydown", (event) => {
    if (event.key === "Escape" && panel().contains(event.target)) end();
    if (event.key !== "Enter" || event.target.id !== "interview-text") return;
    event.preventDefault();
    ask(event.target.value);
  });
  // After "Clear all" there is no interview any more.
  at("try-panes").addEventListener("reset", () => {
    order = [];
    unknown.clear();
    panel().hidden = true;
  });
}
