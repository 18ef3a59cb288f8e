"use strict";
/* The search field: what is found appears beneath it while people type. Arrow keys choose, Enter goes there, Escape
   closes; Ctrl+K comes here from anywhere. */
{
  const FEW = 6;
  const field = document.getElementById("search-field");
  const panel = document.getElementById("search-panel");
  const list = document.getElementById("search-results");
  const count = document.getElementById("search-count");
  let entries = null;
  let choices = [];
  let chosen = -1;
  let opened = new Set();

  /* Gathered when it is first needed, and again after views were replaced. */
  function gathered() {
    entries ??= finding.gather(document.querySelectorAll("main > .view"));
    return entries;
  }

  function element(tag, attributes, ...children) {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
    made.append(...children);
    return made;
  }

  function search() {
    const query = field.value;
    choices = [];
    chosen = -1;
    field.removeAttribute("aria-activedescendant");
    if (!query.trim()) return close();
    const groups = finding.find(gathered(), query);
    const total = groups.reduce((sum, group) => sum + group.found.length, 0);
    list.replaceChildren(...(total ? groups.map((group, number) => grouped(group, number, query)) : offered(query)));
    say(total ? `${total} ${total === 1 ? "place" : "places"} found` : nothing());
    panel.hidden = false;
    list.scrollTop = 0;
    field.setAttribute("aria-expanded", "true");
  }

  function nothing() {
    return `Nothing found. ${choices.length ? "Did you mean one of these?" : "Try fewer or shorter words."}`;
  }

  function say(text) {
    count.textContent = text;
    panel.querySelector("p").textContent = text;
  }

  function grouped({ title, found }, number, query) {
    const shown = opened.has(title) ? found : found.slice(0, FEW);
    const head = `search-group-${number}`;
    const group = element("div", { role: "group", "aria-labelledby": head }, element("p", { id: head }, title));
    for (const entry of shown) {
      const words = finding.snippet(entry.text, query).map(([text, hit]) => (hit ? element("mark", {}, text) : text));
      const place = entry.place.length ? [element("span", {}, entry.place.join(" › "))] : [];
      group.append(option(() => go(entry), ...place, element("span", {}, ...words)));
    }
    const rest = found.length - shown.length;
    if (rest) group.append(option(() => more(title), element("span", {}, `Show ${rest} more in ${title}`)));
    return group;
  }

  function offered(query) {
    return finding.near(gathered(), query).map((words) =>
      option(
        () => {
          field.value = words;
          search();
        },
        element("span", {}, words),
      ),
    );
  }

  function option(act, ...children) {
    const id = `search-option-${choices.length}`;
    const made = element("div", { role: "option", id, "aria-selected": "false" }, ...children);
    choices.push(act);
    return made;
  }

  function more(title) {
    opened.add(title);
    const at = chosen;
    search();
    choose(at);
  }

  /* To the nearest thing with a name, which may be as long as a view; then on to the very line. */
  function go(entry) {
    const lead = () => entry.unit.isConnected && navigation.lead(entry.unit);
    close();
    if (location.hash === `#${entry.anchor}`) return lead();
    addEventListener("hashchange", lead, { once: true });
    location.hash = entry.anchor;
  }

  function choose(number) {
    if (!choices.length) return;
    document.getElementById(`search-option-${chosen}`)?.setAttribute("aria-selected", "false");
    chosen = (number + choices.length) % choices.length;
    const option = document.getElementById(`search-option-${chosen}`);
    option.setAttribute("aria-selected", "true");
    option.scrollIntoView({ block: "nearest" });
    field.setAttribute("aria-activedescendant", option.id);
  }

  function close() {
    panel.hidden = true;
    count.textContent = "";
    field.setAttribute("aria-expanded", "false");
    field.removeAttribute("aria-activedescendant");
  }

  function pressed(event) {
    if (event.key === "Escape") {
      if (panel.hidden) field.value = "";
      close();
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (panel.hidden) search();
      else if (event.key === "ArrowDown") choose(chosen + 1);
      else choose(chosen < 0 ? choices.length - 1 : chosen - 1);
    } else if (event.key === "Enter") {
      if (panel.hidden) search();
      else choices[Math.max(chosen, 0)]?.();
    } else return;
    event.preventDefault();
  }

  field.addEventListener("input", () => {
    opened = new Set();
    search();
  });
  field.addEventListener("focus", gathered);
  field.addEventListener("keydown", pressed);
  field.addEventListener("blur", close);
  panel.addEventListener("mousedown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const option = event.target.closest('[role="option"]');
    if (option) choices[Number(option.id.split("-").pop())]();
  });
  document.addEventListener("views", () => {
    entries = null;
  });
  document.addEventListener("keydown", (event) => {
    const control = (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey;
    if (!control || event.key.toLowerCase() !== "k") return;
    event.preventDefault();
    field.focus();
    field.select();
  });
}
