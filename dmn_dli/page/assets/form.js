"use strict";
// The form of a case: what is entered in its fields, as text by fact. Knows nothing of answers.
const caseForm = (() => {
  const element = () => document.getElementById("try-form");
  const fields = () => [...element().querySelectorAll("[data-fact]")];
  const typedIn = (field) => field.querySelector("input[type=text]");
  const none = (field) => field.querySelector(".typed input[type=checkbox]");
  const picker = (field) => field.querySelector("input.picker");

  function entered(field) {
    const list = field.querySelector("select");
    if (list) return list.value;
    const text = typedIn(field);
    if (!text) return field.querySelector("input:checked")?.value ?? "";
    return none(field)?.checked ? none(field).value : text.value.trim();
  }

  function facts() {
    const found = fields().map((field) => [field.dataset.fact, entered(field)]);
    return Object.fromEntries(found.filter(([, value]) => value !== ""));
  }

  const payers = () =>
    [...element().querySelectorAll("#try-payers input:checked")].map((box) => box.value);

  function alike(options, value) {
    const wanted = value.trim().toLowerCase();
    return (
      options.find((option) => option.value === value) ??
      options.find((option) => option.value.toLowerCase() === wanted)
    );
  }

  // Gives whether the field takes the value.
  function enter(field, value) {
    const list = field.querySelector("select");
    const text = typedIn(field);
    if (text) {
      const absent = none(field);
      if (absent) absent.checked = value === absent.value;
      text.value = absent?.checked ? "" : value;
      text.disabled = Boolean(absent?.checked);
      if (picker(field)) picker(field).value = text.value;
      return true;
    }
    const options = list ? [...list.options] : [...field.querySelectorAll("input[type=radio]")];
    const chosen = alike(options, value);
    if (list) list.value = (chosen ?? options[0]).value;
    else (chosen ?? options[0]).checked = true;
    return Boolean(chosen);
  }

  // Enter these facts and nothing else; gives those that the form cannot take.
  function fill(wanted) {
    const left = new Set(Object.keys(wanted));
    for (const field of fields()) {
      const name = field.dataset.fact;
      const value = Object.hasOwn(wanted, name) ? wanted[name] : null;
      if (enter(field, String(value ?? ""))) left.delete(name);
    }
    return [...left];
  }

  function put(name, value) {
    const field = fields().find((each) => each.dataset.fact === name);
    if (field) enter(field, value);
  }

  // What is wrong with fields, in words by fact.
  function refuse(errors) {
    for (const field of fields()) {
      const place = document.getElementById(`${field.id}/error`);
      const reason = Object.hasOwn(errors, field.dataset.fact) ? errors[field.dataset.fact] : "";
      if (place.textContent !== reason) place.textContent = reason;
      place.hidden = !reason;
      const text = typedIn(field);
      if (text) text.setAttribute("aria-invalid", String(Boolean(reason)));
    }
  }

  function focus(id) {
    const field = document.getElementById(id);
    field?.scrollIntoView({ block: "center" });
    field?.querySelector("input:checked, select, input[type=text]")?.focus();
  }

  // Fields of one fact follow each other: the day that is picked, and what does not apply.
  function follow(target) {
    const field = target.closest("[data-fact]");
    const text = field && typedIn(field);
    if (!text) return;
    if (target === picker(field)) text.value = target.value;
    else if (picker(field)) picker(field).value = text.value;
    if (target === none(field)) {
      text.disabled = target.checked;
      if (target.checked) text.value = "";
    }
  }

  function tell(words) {
    const place = document.getElementById("try-told");
    place.textContent = words;
    place.hidden = !words;
  }

  let failed = ""; // what was told of a request that could not be answered

  // The engine's answer; null where a later request takes its place, or where it could not answer.
  async function ask(name, payload) {
    try {
      const answer = await dmnDli.ask(name, payload);
      if (failed && document.getElementById("try-told").textContent === failed) tell("");
      failed = "";
      return answer;
    } catch (error) {
      failed = `The engine could not answer: ${error.message}`;
      tell(failed);
      return null;
    }
  }

  return { ask, tell, element, facts, payers, fill, put, refuse, focus, follow };
})();
