"use strict";
/* What a search finds: the page's own text, gathered by row, line and paragraph, and compared without letter case,
   accents, or the many ways of writing a sign. Knows nothing of the field that is typed into. */
const finding = (() => {
  const TOGETHER = 'tr, [id^="criterion/"], [id^="fact/"]';
  const CASES = "section.cases-sheet";
  const APART = "h1, h2, h3, h4, h5, h6, summary, p, li, dt, dd, caption, figcaption, legend, pre, div, section";
  const SKIPPED =
    "script, style, button, select, tr details, [hidden]:not(.view), [popover], [role=tooltip], .visually-hidden, " +
    ".view.engine, .mark-says";
  const SIGNS = {
    ...{ "≥": ">=", "≤": "<=", "≠": "!=", "–": "-", "—": "-", "−": "-" },
    ...{ "“": '"', "”": '"', "„": '"', "’": "'", "‘": "'" },
  };
  const LETTER = /[\p{L}\p{N}]/u;
  const SIGN = new RegExp(`[${Object.keys(SIGNS).join("")}]`, "g");

  function fold(text) {
    return text
      .replace(SIGN, (sign) => SIGNS[sign])
      .normalize("NFKD")
      .replace(/\p{M}/gu, "")
      .toLowerCase()
      .replace(/([<>=])\s+/g, "$1");
  }

  /* The words of what is typed. */
  function words(query) {
    return [...new Set(fold(query).split(/\s+/).filter(Boolean))];
  }

  /* Every row, line and paragraph of the views: its text, the headings that it stands under, what leads to it. */
  function gather(views) {
    const entries = [];
    for (const view of views) if (!view.matches(SKIPPED)) entries.push(...ofView(view));
    return entries;
  }

  function ofView(view) {
    const title = view.querySelector("h1")?.textContent ?? view.id;
    const texts = new Map();
    const walker = document.createTreeWalker(view, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT, (node) =>
      node.nodeType === Node.ELEMENT_NODE && node.matches(SKIPPED)
        ? NodeFilter.FILTER_REJECT
        : NodeFilter.FILTER_ACCEPT,
    );
    let cell = null;
    while (walker.nextNode()) {
      const node = walker.currentNode;
      if (node.nodeType !== Node.TEXT_NODE || !node.data.trim()) continue;
      const unit = node.parentElement.closest(TOGETHER) ?? node.parentElement.closest(APART);
      if (!texts.has(unit)) texts.set(unit, []);
      const parts = texts.get(unit);
      const here = node.parentElement.closest("td, th");
      if (parts.length && here !== cell) parts.push("·");
      cell = here;
      parts.push(node.data);
    }
    const headings = [];
    return [...texts].map(([unit, parts]) => {
      const text = parts.join(" ").replace(/\s+/g, " ").trim();
      const level = /^H([2-6])$/.exec(unit.tagName)?.[1];
      if (level) headings.length = Math.max(0, level - 2);
      const row = unit.matches("tr") && named(unit.querySelector("th"));
      const place = [...headings, row].filter(Boolean);
      if (level) headings[level - 2] = named(unit);
      const anchor = unit.closest("[id]").id;
      const heading = /^H\d$/.test(unit.tagName);
      const late = unit.closest(CASES) !== null;
      const above = fold([title, ...place].join(" "));
      return { view: view.id, title, place, text, anchor, unit, heading, late, folded: fold(text), above };
    });
  }

  /* The words of a heading, without the badges beside them. */
  function named(heading) {
    const copy = heading?.cloneNode(true);
    copy?.querySelectorAll(".badge, button").forEach((each) => each.remove());
    return copy?.textContent.replace(/\s+/g, " ").trim();
  }

  /* The entries that have all the words, at least one of them in their own text; best first, by view. */
  function find(entries, query) {
    const wanted = words(query);
    const phrase = fold(query).trim();
    const groups = new Map();
    for (const entry of entries) {
      if (!wanted.some((word) => entry.folded.includes(word))) continue;
      if (!wanted.every((word) => entry.folded.includes(word) || entry.above.includes(word))) continue;
      if (!groups.has(entry.view)) groups.set(entry.view, { title: entry.title, ranks: [] });
      (groups.get(entry.view).ranks[rank(entry, wanted, phrase)] ??= []).push(entry);
    }
    return [...groups.values()].map(({ title, ranks }) => ({ title, found: ranks.flat() }));
  }

  /* Whole beginnings of words before what is found inside of words; all words in a row, and headings, first. Cases,
     of which there are many, come after all else. */
  function rank(entry, wanted, phrase) {
    const inside = wanted.filter((word) => !begins(entry.folded, word)).length;
    return (entry.late ? wanted.length * 4 + 4 : 0) + inside * 4 + (entry.folded.includes(phrase) ? 0 : 2) + (entry.heading ? 0 : 1);
  }

  function begins(text, word) {
    for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
      if (at === 0 || !LETTER.test(text[at - 1])) return true;
    }
    return false;
  }

  /* Words of the page that are spelled nearly like one that the page does not have. */
  function near(entries, query) {
    const offered = [];
    for (const word of words(query)) {
      if (word.length < 3 || entries.some((entry) => entry.folded.includes(word))) continue;
      for (const other of vocabulary(entries)) {
        const far = distance(word, other, word.length > 5 ? 2 : 1);
        if (far !== null) offered.push([far, other, instead(query, word, other)]);
      }
    }
    offered.sort((one, other) => one[0] - other[0] || (one[1] < other[1] ? -1 : 1));
    return [...new Set(offered.map((each) => each[2]))].slice(0, 5);
  }

  function instead(query, word, other) {
    const typed = query.trim().split(/\s+/);
    return typed.map((each) => (fold(each) === word ? other : each)).join(" ");
  }

  const vocabularies = new WeakMap();

  function vocabulary(entries) {
    if (!vocabularies.has(entries)) {
      const words = entries.flatMap((entry) => entry.folded.match(/\p{L}[\p{L}\p{N}_-]{2,}/gu) ?? []);
      vocabularies.set(entries, new Set(words));
    }
    return vocabularies.get(entries);
  }

  /* How many letters part two words, swapped neighbours counting once; null beyond `most`. */
  function distance(one, other, most) {
    if (Math.abs(one.length - other.length) > most) return null;
    let before = [];
    let last = Array.from({ length: other.length + 1 }, (_, index) => index);
    for (let row = 1; row <= one.length; row++) {
      const next = [row];
      for (let column = 1; column <= other.length; column++) {
        const same = one[row - 1] === other[column - 1];
        next[column] = Math.min(last[column] + 1, next[column - 1] + 1, last[column - 1] + (same ? 0 : 1));
        const swapped = one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1];
        if (row > 1 && column > 1 && swapped) next[column] = Math.min(next[column], before[column - 2] + 1);
      }
      if (Math.min(...next) > most) return null;
      [before, last] = [last, next];
    }
    return last[other.length] <= most ? last[other.length] : null;
  }

  /* The text around what was found, in pieces: [text, whether it is one of the words]. */
  function snippet(text, query, length = 160) {
    const wanted = words(query);
    let folded = "";
    const origins = [];
    let position = 0;
    for (const sign of text) {
      const piece = sign === " " && /[<>=]$/.test(folded) ? "" : sign < "\x80" ? sign.toLowerCase() : fold(sign);
      for (let index = 0; index < piece.length; index++) origins.push([position, position + sign.length]);
      folded += piece;
      position += sign.length;
    }
    const spans = wanted
      .flatMap((word) => places(folded, word))
      .map(([begin, end]) => [origins[begin][0], origins[end - 1][1]]);
    spans.sort((one, other) => one[0] - other[0]);
    const centre = middle(folded, wanted, fold(query).trim());
    const from = start(text, Math.max(0, (origins[centre]?.[0] ?? 0) - length / 3));
    const to = Math.min(text.length, from + length);
    const pieces = [[from ? "…" : "", false]];
    let at = from;
    for (const [begin, end] of spans) {
      if (begin < at || end > to) continue;
      pieces.push([text.slice(at, begin), false], [text.slice(begin, end), true]);
      at = end;
    }
    pieces.push([text.slice(at, to), false], [to < text.length ? "…" : "", false]);
    return pieces.filter(([piece]) => piece);
  }

  /* Where to look: at all the words in a row, else at the longest of them that is there. */
  function middle(folded, wanted, phrase) {
    const sought = [phrase, ...[...wanted].sort((one, other) => other.length - one.length)];
    return folded.indexOf(sought.find((each) => folded.includes(each)) ?? "");
  }

  function places(text, word) {
    const found = [];
    for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + word.length)) {
      found.push([at, at + word.length]);
    }
    return found;
  }

  /* The beginning of a word at or before a position. */
  function start(text, position) {
    const blank = text.lastIndexOf(" ", position);
    return blank < 0 || position - blank > 30 ? Math.floor(position) : blank + 1;
  }

  return { gather, find, near, snippet };
})();
