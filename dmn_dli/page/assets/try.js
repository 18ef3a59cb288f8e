"use strict";
// A case tried: after every change the engine is asked for all payers' answers, the last change winning.
{
  const PAUSE = 80; // ms after a change, so that typing is not answered letter by letter
  const LATER = 400; // ms after an answer, before the engine works out what takes longer
  const MOST_LEFT = 10; // so many facts that the form cannot take are named, each with so many letters
  const MOST_SHOWN = 80;
  const at = (id) => document.getElementById(id);

  let changes = 0; // how many changes there were: an answer to an earlier one is put aside
  let waiting = 0; // the timer of the next question to the engine
  let asking = false;
  let started = false;
  let caseName = "";
  let summaries = Promise.resolve(); // when those are there that were asked for
  const parts = new Map(); // which parts of cards people opened or closed

  const payload = () => ({ facts: caseForm.facts(), payers: caseForm.payers(), case: caseName });

  function changed() {
    changes += 1;
    if (!started) return;
    clearTimeout(waiting);
    waiting = setTimeout(answer, PAUSE);
  }

  async function answer() {
    if (asking) return; // who is asking looks again when the answer is there
    asking = true;
    let seen = -1;
    let found = null;
    while (seen !== changes) {
      seen = changes;
      found = await caseForm.ask("answers", payload());
    }
    asking = false;
    if (!found) return;
    show(found);
    waiting = setTimeout(() => more(seen, found.payers), LATER);
  }

  function show(found) {
    const held = focusHeld();
    at("try-answers").innerHTML = found.html;
    at("try-verdicts").innerHTML = found.verdicts;
    at("try-waiting").hidden = true;
    at("try-keep").hidden = false;
    if (at("try-said").textContent !== found.said) at("try-said").textContent = found.said;
    caseForm.refuse(found.errors);
    caseMarks.show(found.marks);
    openAgain(at("try-answers"));
    held();
  }

  // Where the focus is among the answers, it stays on the same thing when they are made anew.
  function focusHeld() {
    const inside = document.activeElement;
    if (!at("try-answers").contains(inside)) return () => {};
    const card = inside.closest("[data-payer]")?.dataset.payer;
    const part = inside.closest("[data-part]")?.dataset.part;
    return () => {
      const again = card && document.querySelector(`[data-payer="${CSS.escape(card)}"]`);
      const opener = again && part && again.querySelector(`[data-part="${CSS.escape(part)}"] > summary`);
      (opener || again?.querySelector("h3") || at("try-results/title")).focus({ preventScroll: true });
    };
  }

  // A summary is each payer's own.
  function partOf(details) {
    const { part } = details.dataset;
    return part === "summary" ? `${part}/${details.closest("[data-payer]").dataset.payer}` : part;
  }

  function openAgain(within) {
    for (const details of within.querySelectorAll("details[data-part]")) {
      const opened = parts.get(partOf(details));
      if (opened !== undefined) details.open = opened;
    }
  }

  // A part that is opened in one card is opened in all, so that they can be compared; so with closing.
  function alike(details) {
    parts.set(partOf(details), details.open);
    openAgain(at("try-answers"));
  }

  // What takes longer, one payer after the other, as long as nothing has changed.
  async function more(seen, payers) {
    if (at("try-keep").open) await keep();
    for (const payer of payers) {
      if (seen !== changes || asking) return;
      const found = await caseForm.ask("why", { ...payload(), payer });
      if (!found || seen !== changes) return;
      const card = document.querySelector(`[data-payer="${CSS.escape(payer)}"]`);
      const place = card?.querySelector("[data-why]");
      if (!place) continue;
      place.innerHTML = found.html;
      card.querySelector("[data-next]").innerHTML = found.next;
      openAgain(place);
    }
  }

  async function keep() {
    const found = await caseForm.ask("take", { ...payload(), workbook: at("try-workbook")?.value });
    if (!found) return;
    at("try-kept").innerHTML = found.html;
    const link = at("try-link");
    link.value = location.href.replace(/#.*$/s, "") + link.value;
  }

  // One after the other, since of requests that wait the engine answers the last.
  function summarise(place) {
    summaries = summaries.then(() => place.isConnected && summary(place));
  }

  async function summary(place) {
    const found = await caseForm.ask("summary", { ...payload(), payer: place.dataset.summary });
    if (!found) return;
    const text = document.createElement("pre");
    text.id = `summary/${place.dataset.summary}`;
    text.tabIndex = 0;
    text.textContent = found.text;
    const bar = document.createElement("div");
    bar.className = "bar";
    const copy = button("Copy the summary");
    copy.dataset.copy = text.id;
    const print = button("Print the summary");
    print.addEventListener("click", () => printAlone(text));
    bar.append(copy, print);
    place.replaceChildren(bar, text);
  }

  function button(words) {
    const made = document.createElement("button");
    made.type = "button";
    made.className = "quiet";
    made.textContent = words;
    return made;
  }

  function printAlone(element) {
    const sheet = element.cloneNode(true);
    sheet.removeAttribute("id");
    sheet.className = "printed-alone";
    document.body.append(sheet);
    document.body.classList.add("prints-one");
    window.print();
    document.body.classList.remove("prints-one");
    sheet.remove();
  }

  // A link that restores a case: #try?case=base64url of JSON.
  function fromLink() {
    const [, code] = location.hash.match(/^#try\?(?:.*&)?case=([\w-]*)/) ?? [];
    if (code === undefined) return;
    let facts = null;
    try {
      const bytes = Uint8Array.from(atob(code.replace(/-/g, "+").replace(/_/g, "/")), (each) => each.charCodeAt(0));
      facts = JSON.parse(new TextDecoder().decode(bytes));
    } catch {
      facts = null;
    }
    if (!isCase(facts)) {
      caseForm.tell("The link does not hold a case.");
      return;
    }
    fill(facts);
  }

  // Values are entered as text; whoever writes a link by hand may state them as JSON has them.
  function isCase(facts) {
    const plain = (value) => value === null || typeof value !== "object";
    return !plain(facts) && !Array.isArray(facts) && Object.values(facts).every(plain);
  }

  function fill(facts) {
    const short = (name) => (name.length > MOST_SHOWN ? `${name.slice(0, MOST_SHOWN)}…` : name);
    const left = caseForm.fill(facts).map((name) => short(name.replace(/\p{C}/gu, "\ufffd")));
    const more = left.length > MOST_LEFT ? ` and ${left.length - MOST_LEFT} more` : "";
    caseForm.tell(left.length ? `The form cannot take: ${left.slice(0, MOST_LEFT).join(", ")}${more}.` : "");
    changed();
  }

  function leaveLink() {
    if (location.hash.startsWith("#try?")) history.replaceState(history.state, "", "#try");
  }

  function wire() {
    const form = caseForm.element();
    form.addEventListener("submit", (event) => event.preventDefault());
    form.addEventListener("input", (event) => {
      if (event.target.id === "try-example" || event.target.closest("#interview")) return;
      caseForm.follow(event.target);
      leaveLink();
      changed();
    });
    form.addEventListener("reset", () =>
      setTimeout(() => {
        caseName = "";
        leaveLink();
        fill({});
      }),
    );
    at("try-example")?.addEventListener("change", async (event) => {
      if (!event.target.value) return;
      const found = await caseForm.ask("example", { example: event.target.value });
      if (!found) return;
      caseName = found.case;
      leaveLink();
      fill(found.facts);
    });
    allow();
  }

  // What needs the engine can be used once it has started.
  function allow() {
    at("try-ask").disabled = !started;
    if (at("try-example")) at("try-example").disabled = !started;
  }

  at("try-results").addEventListener(
    "toggle",
    (event) => {
      const details = event.target;
      if (details === at("try-keep") && details.open) keep();
      if (!details.dataset.part) return;
      alike(details);
      const place = details.open && details.querySelector("[data-summary]");
      if (place && !place.firstChild) summarise(place);
    },
    true,
  );
  at("try-kept").addEventListener("change", (event) => {
    if (event.target.id === "try-workbook") keep();
  });
  at("try-panes").addEventListener("click", (event) => {
    const link = event.target.closest("a.to-field");
    if (!link) return;
    event.preventDefault();
    caseForm.focus(decodeURIComponent(link.hash.slice(1)));
  });
  addEventListener("hashchange", fromLink);
  document.addEventListener("case-entered", () => {
    leaveLink();
    changed();
  });
  // Other tables are in use now: the form is theirs, and what is entered stays as far as they know it.
  document.addEventListener("tables-changed", async () => {
    changes += 1; // what is asked of the tables before is put aside
    clearTimeout(waiting);
    const facts = caseForm.facts();
    const found = await caseForm.ask("form", {});
    if (!found) return;
    caseForm.element().outerHTML = found.html;
    wire();
    fill(facts);
  });

  wire();
  const given = at("try-panes").dataset.case;
  if (given && !location.hash) location.replace(`#try?case=${given}`);
  fromLink();
  dmnDli.ready.then(() => {
    started = true;
    allow();
    changed();
  }, () => {
    at("try-waiting").textContent = "The engine did not start, so that no case can be answered here.";
  });
}
