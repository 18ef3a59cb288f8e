"use strict";
/* One's own workbooks: takes files that are chosen or dropped, shows what the engine found in them, and puts
   the views made of them in the place of the page's own. To the document is told `tables-changed`
   (answers are of other policies now) and `views` when that happened. */
{
  const banner = document.createElement("div");
  let latest = 0; // the last check; what an earlier one still brings is no longer asked for
  let ready = false;
  let own = null; // the page's own views and menu while others stand in their place

  banner.id = "own-files";
  banner.setAttribute("role", "status");
  document.getElementById("main").before(banner);
  dmnDli.ready.then(
    () => {
      ready = true;
    },
    () => {},
  );

  const status = (words) => {
    document.getElementById("check-status").textContent = words;
  };
  const mostBytes = () => Number(document.getElementById("check-files").dataset.most);
  const results = () => document.getElementById("check-results");

  /* Checking */

  async function check(given) {
    latest += 1;
    const mine = latest;
    const names = given.map(({ file }) => file.name.replace(/\p{C}/gu, "\ufffd"));
    const more = names.length > 3 ? ` and ${names.length - 2} more` : "";
    const listed = `${names.slice(0, more ? 2 : 3).join(", ")}${more}`;
    location.hash = "#check";
    for (const link of results().querySelectorAll("a[download]")) URL.revokeObjectURL(link.href);
    results().replaceChildren();
    status(
      ready
        ? `Taking ${listed}…`
        : `The engine is still starting. As soon as it is ready, ${listed} will be checked.`,
    );
    try {
      const read = await Promise.all(given.map(readFile));
      const files = read.map(({ bytes }, number) => ({ name: String(number), bytes }));
      const payload = { files: read.map(({ name, size, trouble }) => ({ name, size, trouble })), today: today() };
      const taken = mine === latest ? await dmnDli.ask("check/take", payload, files) : null;
      if (taken) await lookAt(taken.workbooks, mine);
    } catch (error) {
      if (mine === latest) status(error.message);
    }
  }

  /* One file after the other, so that the page answers between. */
  async function lookAt(workbooks, mine) {
    for (const { number, name } of workbooks) {
      if (mine !== latest) return;
      const place = workbooks.length > 1 ? ` ${number + 1} of ${workbooks.length}.` : "";
      status(`Checking ${name}…${place} To stop, reload the page.`);
      await dmnDli.ask("check/file", { number });
    }
    const answer = mine === latest ? await dmnDli.ask("check/found") : null;
    if (answer && mine === latest) await show(answer, workbooks, mine);
  }

  /* Each file by its number: a name that somebody gave is never a path. Of what is too large, or is no file,
     no byte is read. */
  async function readFile({ file, folder }) {
    const described = { name: file.name, size: file.size, bytes: new ArrayBuffer(0) };
    if (folder) return { ...described, trouble: "folder" };
    if (file.size > mostBytes()) return described;
    try {
      return { ...described, bytes: await file.arrayBuffer() };
    } catch {
      return { ...described, trouble: "unreadable" };
    }
  }

  function today() {
    const now = new Date();
    const two = (number) => String(number).padStart(2, "0");
    return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
  }

  async function show(answer, workbooks, mine) {
    results().innerHTML = answer.html;
    status(`Done. ${answer.summary}`);
    document.getElementById("check-found").focus();
    for (const { number, policy } of workbooks) {
      if (policy) await fill(`[data-difference-of="${number}"]`, "check/difference", number, mine, html);
    }
    for (const { number } of workbooks) {
      await fill(`[data-copy-of="${number}"]`, "check/copy", number, mine, download);
    }
  }

  /* Fills a place in the results with what the engine answers later. */
  async function fill(place, request, number, mine, put) {
    if (mine !== latest) return;
    const target = results().querySelector(place);
    try {
      const answer = await dmnDli.ask(request, { number });
      if (answer && mine === latest) put(target, answer);
    } catch (error) {
      target.textContent = error.message;
    }
  }

  function html(target, answer) {
    target.innerHTML = answer.html;
  }

  function download(target, { problem, label, downloads }) {
    target.textContent = problem ?? "";
    for (const { name, base64 } of downloads ?? []) {
      const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
      const link = document.createElement("a");
      link.href = URL.createObjectURL(new Blob([bytes]));
      link.download = name;
      link.className = "button quiet";
      link.textContent = `${label} (${name})`;
      target.append(link);
    }
  }

  /* Using them in this page */

  async function use() {
    const answer = await dmnDli.ask("check/use");
    if (!answer) return;
    const main = document.getElementById("main");
    status("These files are in use now.");
    own ??= { views: [...main.children], menu: document.getElementById("menu") };
    main.replaceChildren(
      ...answer.views.map((view) => (view.html === null ? document.getElementById(view.anchor) : made(view.html))),
    );
    document.getElementById("menu").replaceWith(made(answer.menu));
    banner.innerHTML = answer.banner;
    arrive();
  }

  async function goBack() {
    if (!(await dmnDli.ask("check/back"))) return;
    document.getElementById("main").replaceChildren(...own.views);
    document.getElementById("menu").replaceWith(own.menu);
    banner.replaceChildren();
    status("");
    own = null;
    arrive();
  }

  function sayInBanner(words) {
    document.getElementById("own-files-said").textContent = words;
  }

  function made(text) {
    const template = document.createElement("template");
    template.innerHTML = text;
    return template.content.firstElementChild;
  }

  function arrive() {
    document.dispatchEvent(new CustomEvent("tables-changed"));
    document.dispatchEvent(new CustomEvent("views"));
    location.hash = "#overview";
  }

  /* What people do */

  document.addEventListener("change", ({ target: field }) => {
    if (field.id !== "check-files") return;
    const given = [...field.files].map((file) => ({ file, folder: false }));
    field.value = ""; // so that the same file can be chosen again once it was mended
    if (given.length) check(given);
  });

  const carriesFiles = (event) => [...(event.dataTransfer?.types ?? [])].includes("Files");
  addEventListener("dragover", (event) => {
    if (!carriesFiles(event)) return;
    event.preventDefault();
    document.body.classList.add("dropping");
  });
  addEventListener("dragleave", (event) => {
    if (!event.relatedTarget) document.body.classList.remove("dropping");
  });
  addEventListener("drop", (event) => {
    document.body.classList.remove("dropping");
    if (!carriesFiles(event)) return;
    event.preventDefault(); // else the browser would leave the page for the file
    const given = [...event.dataTransfer.items]
      .filter((item) => item.kind === "file")
      .map((item) => ({ file: item.getAsFile(), folder: Boolean(item.webkitGetAsEntry?.()?.isDirectory) }))
      .filter(({ file }) => file);
    if (given.length) check(given);
  });

  document.addEventListener("click", async (event) => {
    const using = event.target.closest("[data-use]");
    if (!using || using.getAttribute("aria-disabled")) return;
    const back = using.dataset.use === "own";
    const say = back ? sayInBanner : status; // beside the button
    say(back ? "Going back…" : "Putting these files in the place of the page's own…");
    using.setAttribute("aria-disabled", "true"); // it keeps the focus, which a disabled one would lose
    try {
      await (back ? goBack() : use());
    } catch (error) {
      say(error.message);
    } finally {
      using.removeAttribute("aria-disabled");
    }
  });

  /* The engine needs seconds to load what checks. Whoever opens the view, or has a file in hand, needs it soon. */
  let prepared = false;
  function prepare() {
    if (prepared) return;
    prepared = true;
    dmnDli.ask("check/prepare").catch(() => {}); // that the engine did not start is said elsewhere
  }
  document.addEventListener("view", ({ detail }) => {
    if (detail.anchor === "check") prepare();
  });
  addEventListener("dragenter", (event) => carriesFiles(event) && prepare());
}
