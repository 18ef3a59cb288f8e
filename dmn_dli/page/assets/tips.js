"use strict";

/* Beside a link of the class "tip", what it leads to: a fact's question and values, a finding's message, a
   criterion. Shown while the pointer or the keyboard is on the link or the box; Escape hides it. */
{
  const HIDE_AFTER = 250;
  let box = null;
  let link = null;
  let timer = 0;

  const hide = () => {
    clearTimeout(timer);
    box?.remove();
    link?.removeAttribute("aria-describedby");
    box = link = null;
  };

  const later = () => {
    clearTimeout(timer);
    timer = setTimeout(hide, HIDE_AFTER);
  };

  /** Copies of what the link's target has to say in short, without their ids. */
  const told = (href) => {
    const target = document.getElementById(decodeURIComponent(href.slice(1)));
    const parts = target ? [...target.querySelectorAll("[data-tip]")] : [];
    const first = parts[0]?.cloneNode(true);
    first?.removeAttribute("data-tip");
    first?.querySelectorAll("[id]").forEach((each) => each.removeAttribute("id"));
    first?.querySelectorAll("a").forEach((each) => each.replaceWith(...each.childNodes));
    return first;
  };

  const place = () => {
    const at = link.getBoundingClientRect();
    const { width, height } = box.getBoundingClientRect();
    const left = Math.max(8, Math.min(at.left, document.documentElement.clientWidth - width - 8));
    const below = at.bottom + 6;
    const fits = below + height < document.documentElement.clientHeight;
    box.style.left = `${left}px`;
    box.style.top = `${fits ? below : Math.max(8, at.top - height - 6)}px`;
  };

  const show = (found) => {
    if (found === link) {
      clearTimeout(timer);
      return;
    }
    hide();
    const words = told(found.getAttribute("href"));
    if (!words) {
      return;
    }
    link = found;
    box = document.createElement("div");
    box.className = "tip-box";
    box.id = "tip";
    box.role = "tooltip";
    box.append(words);
    document.body.append(box);
    link.setAttribute("aria-describedby", box.id);
    place();
  };

  const about = (event) => {
    const found = event.target.closest?.("a.tip");
    if (found) {
      show(found);
    } else if (box?.contains(event.target)) {
      clearTimeout(timer);
    } else if (box) {
      later();
    }
  };

  document.addEventListener("mouseover", about);
  document.addEventListener("focusin", about);
  document.addEventListener("focusout", later);
  document.addEventListener("scroll", () => box && link && place(), { capture: true, passive: true });
  document.addEventListener("click", hide);
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && box) {
      hide();
      event.stopPropagation();
    }
  });
}
