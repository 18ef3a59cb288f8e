"use strict";
/* One view at a time: that which holds what the fragment names, `#rule/…` as well as `#try?case=…`.

   To the document is told: `view` ({anchor, parameters}) whenever a view is shown, where `parameters` are the
   URLSearchParams behind `?`. A script that has replaced views or the menu tells `views`.
   `navigation.lead(element)` brings an element of the shown view into sight. */
const navigation = (() => {
  const page = document.documentElement;
  const title = document.title;
  const views = () => document.querySelectorAll("main > .view");
  let shown = "";

  page.classList.add("scripted");

  function route() {
    const [anchor, parameters] = location.hash.slice(1).split(/\?(.*)/s);
    return { target: document.getElementById(decode(anchor)), parameters: new URLSearchParams(parameters) };
  }

  /* What the fragment names, if that is a place inside a view. */
  function inside() {
    const { target } = route();
    const view = target?.closest("main > .view");
    return view && view !== target ? target : null;
  }

  function decode(text) {
    try {
      return decodeURIComponent(text);
    } catch {
      return text;
    }
  }

  function show(view) {
    for (const each of views()) {
      if (each === view) each.removeAttribute("hidden");
      else each.setAttribute("hidden", "until-found");
    }
    const heading = view.querySelector("h1");
    const name = heading?.textContent ?? title;
    document.title = name === title ? title : `${name} – ${title}`;
    markMenu(view.id);
    shown = view.id;
  }

  function markMenu(anchor) {
    for (const group of document.querySelectorAll("#menu details")) {
      group.classList.remove("current");
      group.open = false;
    }
    for (const link of document.querySelectorAll("#menu a")) {
      const here = link.getAttribute("href") === `#${anchor}`;
      if (here) link.setAttribute("aria-current", "page");
      else link.removeAttribute("aria-current");
      if (here) link.closest("details")?.classList.add("current");
    }
    unfold(false);
  }

  /* Shows what the fragment names. `top`: how far it was scrolled when people left it, if they come back. */
  function arrive(top, first = false) {
    const { target, parameters } = route();
    const view = target?.closest("main > .view") ?? views()[0];
    if (!view) return;
    const stays = view.id === shown;
    show(view);
    const place = inside();
    if (place) lead(place, top === undefined);
    else if (!first && !(stays && parameters.size)) focus(view.querySelector("h1") ?? view);
    if (top !== undefined) scrollTo(0, top);
    else if (!place && !(stays && parameters.size)) scrollTo(0, 0);
    const tell = () =>
      document.dispatchEvent(new CustomEvent("view", { detail: { anchor: view.id, parameters } }));
    if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", tell, { once: true });
    else tell();
  }

  /* Brings a place inside a view into sight, marks it for a moment, and puts the keyboard there. */
  function lead(place, scroll = true) {
    for (let each = place.closest("details"); each; each = each.parentElement.closest("details")) {
      each.open = true;
    }
    if (scroll) {
      const tall = place.getBoundingClientRect().height > innerHeight / 2;
      place.scrollIntoView({ block: tall || place.matches("section") ? "start" : "center", inline: "nearest" });
    }
    focus(place);
    const head = "h2, h3, h4, h5, :scope > details > summary";
    const mark = (place.matches("section, article, li") && place.querySelector(head)) || place;
    mark.classList.add("arrived");
    setTimeout(() => mark.classList.remove("arrived"), 2500);
  }

  function focus(element) {
    if (element.tabIndex < 0 && !element.hasAttribute("tabindex")) element.setAttribute("tabindex", "-1");
    element.focus({ preventScroll: true });
  }

  /* The menu on a narrow screen. */
  function unfold(open) {
    document.querySelector(".menu-button")?.setAttribute("aria-expanded", String(open));
  }

  function closeAll(except) {
    for (const each of document.querySelectorAll(".top details[open]")) {
      if (!each.contains(except)) each.open = false;
    }
  }

  history.scrollRestoration = "manual";
  let resting = 0;
  addEventListener("scroll", () => {
    clearTimeout(resting);
    resting = setTimeout(() => history.replaceState({ ...history.state, top: scrollY }, ""), 150);
  });
  let left;
  addEventListener("popstate", (event) => {
    clearTimeout(resting);
    left = event.state?.top;
  });
  /* Only now: between the two the browser scrolls by itself, and takes the focus from what it does not know. */
  addEventListener("hashchange", () => {
    arrive(left);
    left = undefined;
  });
  document.addEventListener("views", () => arrive(scrollY));
  /* The browser's own search has found something in a view that is not shown. */
  document.addEventListener("beforematch", (event) => {
    const view = event.target.closest("main > .view");
    if (!view || view.contains(route().target)) return;
    history.pushState(null, "", `#${view.id}`);
    show(view);
  });
  document.addEventListener("click", (event) => {
    closeAll(event.target);
    const link = event.target.closest('a[href^="#"]');
    if (link && link.getAttribute("href") === location.hash) setTimeout(arrive);
    if (event.target.closest(".menu-button")) unfold(event.target.getAttribute("aria-expanded") !== "true");
    const printing = event.target.closest("[data-print]");
    if (printing) printOut(printing.dataset.print === "everything");
  });
  document.addEventListener("keydown", (event) => {
    const open = event.key === "Escape" && event.target.closest?.(".top details[open]");
    if (!open) return;
    open.open = false;
    open.querySelector("summary").focus();
  });

  function printOut(everything) {
    closeAll();
    for (const view of everything ? views() : []) {
      if (!view.classList.contains("engine")) view.removeAttribute("hidden");
    }
    print();
    show(document.getElementById(shown));
  }

  /* What is folded away on the screen is unfolded on paper. */
  addEventListener("beforeprint", () => {
    for (const each of document.querySelectorAll("main > .view:not([hidden]) details:not([open])")) {
      each.dataset.unfolded = "";
      each.open = true;
    }
  });
  addEventListener("afterprint", () => {
    for (const each of document.querySelectorAll("details[data-unfolded]")) {
      delete each.dataset.unfolded;
      each.open = false;
    }
  });

  for (const each of document.querySelectorAll("#print, #search")) each.hidden = false;
  const head = document.querySelector(".top");
  new ResizeObserver(() => page.style.setProperty("--head", `${head.offsetHeight}px`)).observe(head);
  arrive(history.state?.top, !location.hash);
  /* The browser scrolls to the fragment by itself once all is there, but knows no head that stays in sight. */
  addEventListener("load", () => {
    const place = inside();
    const top = history.state?.top;
    if (place) lead(place, top === undefined);
    else scrollTo(0, top ?? 0);
  });

  return { lead };
})();
