/* Search over names and titles. Everything is in search.js beside this file, which is loaded when somebody
   begins to search; without JavaScript the pages People and Places have all names. */
"use strict";

(() => {
  const MOST = 50;
  const here = document.currentScript.src;
  const root = here.slice(0, here.lastIndexOf("assets/"));
  const field = document.getElementById("q");
  const box = document.getElementById("found");
  const status = box.querySelector("[role=status]");
  const list = box.querySelector("ul");
  const isPage = box.classList.contains("results");
  let items = null;
  let waiting = null;

  /* Letters that do not fall apart into a plain letter and a mark. */
  const PLAIN = { ø: "o", ł: "l", đ: "d", ð: "d", þ: "th", ß: "ss", æ: "ae", œ: "oe", ı: "i", ħ: "h" };

  const fold = (text) =>
    text
      .toLowerCase()
      .normalize("NFKD")
      .replace(/\p{M}+/gu, "")
      .replace(/[øłđðþßæœıħ]/g, (letter) => PLAIN[letter]);

  const load = () => {
    waiting ??= new Promise((done) => {
      const script = document.createElement("script");
      script.src = root + "assets/search.js";
      script.onload = () => {
        items = window.siteIndex.map(([label, page, kind, more]) => {
          const name = fold(label);
          return { label, page, kind, more, name, all: `${name} ${fold(kind)} ${fold(more)}` };
        });
        done();
      };
      document.head.append(script);
    });
    return waiting;
  };

  /* How well an item fits: 0 its name begins so, 1 a word of its name does, 2 it holds all words somewhere. */
  const rank = (item, query, words) => {
    if (!words.every((word) => item.all.includes(word))) return -1;
    if (item.name.startsWith(query)) return 0;
    return words.every((word) => ` ${item.name}`.includes(` ${word}`)) ? 1 : 2;
  };

  const find = (text) => {
    const query = fold(text).trim();
    const words = query.split(/\s+/).filter(Boolean);
    const ranked = items.map((item) => [rank(item, query, words), item]).filter(([fit]) => fit >= 0);
    return ranked.sort((one, other) => one[0] - other[0]).map(([, item]) => item);
  };

  const element = (name, text, className) => {
    const made = document.createElement(name);
    made.textContent = text;
    if (className) made.className = className;
    return made;
  };

  const row = (item) => {
    const line = document.createElement("li");
    const link = document.createElement("a");
    link.href = root + item.page;
    link.append(element("bdi", item.label, "label"));
    const more = element("span", item.kind, "more");
    if (item.more) more.append(" · ", element("bdi", item.more));
    link.append(" ", more);
    line.append(link);
    return line;
  };

  const said = (number) => {
    if (number === 0) return "Nothing found";
    if (number === 1) return "1 result";
    return number > MOST ? `${number} results, the first ${MOST} are shown` : `${number} results`;
  };

  const show = async () => {
    await load();
    const text = field.value.trim();
    if (!text) {
      hide();
      return;
    }
    const found = find(text);
    status.textContent = said(found.length);
    list.replaceChildren(...found.slice(0, MOST).map(row));
    box.hidden = false;
  };

  const hide = () => {
    if (isPage) {
      list.replaceChildren();
      status.textContent = "";
    } else {
      box.hidden = true;
    }
  };

  const step = (event, by) => {
    const stops = [field, ...list.querySelectorAll("a")];
    const at = stops.indexOf(document.activeElement);
    if (box.hidden || at < 0) return;
    event.preventDefault();
    stops[Math.min(Math.max(at + by, 0), stops.length - 1)].focus();
  };

  const isTyping = (target) => target.closest("input, textarea, select, [contenteditable]") !== null;

  field.addEventListener("focus", load);
  field.addEventListener("input", show);
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "/" && !isTyping(event.target)) {
      event.preventDefault();
      field.focus();
    } else if (event.key === "ArrowDown") {
      step(event, 1);
    } else if (event.key === "ArrowUp") {
      step(event, -1);
    } else if (event.key === "Escape" && !box.hidden && !isPage) {
      if (box.contains(document.activeElement)) field.focus();
      hide();
    }
  });
  document.addEventListener("click", (event) => {
    if (!event.target.closest(".search")) hide();
  });
  document.addEventListener("focusin", (event) => {
    if (!isPage && !event.target.closest(".search")) hide();
  });

  const asked = new URLSearchParams(window.location.search).get("q");
  if (isPage && asked) {
    field.value = asked;
    show();
  }
})();
