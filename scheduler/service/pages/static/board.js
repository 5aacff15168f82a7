/* The board: a card is picked up (dragged, tapped, or with Enter), the slots where it may go light up, and it is put
   down in one of them. What the slots are, and which rule forbids the others, the server says. */
"use strict";

(() => {
  const board = document.getElementById("board");
  const said = document.getElementById("said");
  if (!board) return;
  const schedule = board.dataset.schedule;
  const token = document.querySelector("meta[name=csrf-token]").content;
  const cells = [...board.querySelectorAll("td[data-start]")];
  const answers = new Map();
  let carried = null; /* {card, activity, rules, where} */
  let asked = 0;

  const tell = (words, wrong = false) => {
    said.textContent = words;
    said.classList.toggle("wrong", wrong);
  };
  const titleOf = (card) => card.querySelector(".card-title").textContent.trim();
  const keyOf = (cell) => `${cell.dataset.start} ${cell.dataset.room}`;
  const isLegal = (cell) => cell.classList.contains("legal");

  const send = async (path, more = {}) => {
    const answer = await fetch(path, {
      ...more,
      headers: { accept: "application/json", "x-csrf-token": token, ...more.headers },
    });
    const data = await answer.json().catch(() => ({ detail: "The service did not answer." }));
    if (!answer.ok) throw new Error(data.detail || data.title);
    return data;
  };

  const placesOf = (activity) => {
    if (!answers.has(activity)) {
      const path = `/schedules/${schedule}/places/${encodeURIComponent(activity)}`;
      const answer = send(path);
      answer.catch(() => answers.delete(activity));
      answers.set(activity, answer);
    }
    return answers.get(activity);
  };

  /* A cell that says where it is, for those who do not see it. */
  const nameOf = (cell) => {
    const row = cell.parentElement.querySelector("th").textContent;
    const heads = board.querySelector("thead");
    const room = heads.querySelectorAll("tr:first-child th")[headOf(cell)];
    return `${row}, ${room ? room.querySelector("bdi").textContent : cell.dataset.room}`;
  };
  const headOf = (cell) => {
    let left = cell.cellIndex;
    const heads = [...board.querySelectorAll("thead tr:first-child th")];
    for (const [number, head] of heads.entries()) {
      left -= head.colSpan;
      if (left < 0) return number;
    }
    return heads.length - 1;
  };

  /* How many rows a card is drawn over. */
  const rowsOf = (card) => Number(/(?:^| )n(\d+)(?: |$)/.exec(card.className)?.[1] ?? 1);

  /* Cells under a card: a table that is taken. */
  const coveredCells = () => {
    const covered = new Set();
    for (const card of board.querySelectorAll("td .card")) {
      if (card === carried.card) continue;
      const cell = card.closest("td");
      const first = rows.indexOf(cell.parentElement);
      const column = columnOf(cell);
      for (let n = 0; n < rowsOf(card); n += 1) covered.add(`${first + n} ${column}`);
    }
    return covered;
  };
  const rows = [...board.querySelectorAll("tbody tr")];
  const columnOf = (cell) => cell.cellIndex;

  /* Of the tables of an area those that are free for as long as it takes; where none is, since others would have to
     change theirs, the first. */
  const slotsOf = (group, covered) => {
    const length = rowsOf(carried.card);
    const free = group.filter((cell) => {
      const first = rows.indexOf(cell.parentElement);
      return Array.from({ length }, (_, n) => `${first + n} ${columnOf(cell)}`).every((key) => !covered.has(key));
    });
    return free.length ? free : group.slice(0, 1);
  };

  const light = () => {
    const groups = new Map();
    for (const cell of cells) {
      const key = keyOf(cell);
      if (carried.where.get(key) === -1) groups.set(key, [...(groups.get(key) ?? []), cell]);
    }
    const covered = coveredCells();
    const here = groups.size;
    for (const cell of [...groups.values()].flatMap((group) => slotsOf(group, covered))) {
      cell.classList.add("legal");
      cell.tabIndex = -1;
      cell.setAttribute("aria-label", `${nameOf(cell)}: may go here`);
    }
    countDays();
    return here;
  };

  /* On the other days: how many slots there are, and the way there with the card in hand. */
  const countDays = () => {
    for (const link of document.querySelectorAll("a[data-day]")) {
      const count = carried.perDay.get(link.dataset.day) ?? 0;
      link.querySelector(".count").textContent = count === 1 ? "1 slot" : `${count} slots`;
      link.dataset.plain ??= link.getAttribute("href");
      link.href = `${link.dataset.plain}&carry=${encodeURIComponent(carried.activity)}`;
    }
  };

  const darken = () => {
    for (const cell of cells) {
      cell.classList.remove("legal", "over");
      cell.removeAttribute("tabindex");
      cell.removeAttribute("aria-label");
    }
    for (const link of document.querySelectorAll("a[data-day]")) {
      link.querySelector(".count").textContent = "";
      if (link.dataset.plain) link.href = link.dataset.plain;
    }
  };

  const pick = async (card, byKeys) => {
    if (carried) drop();
    const mine = ++asked;
    const activity = card.dataset.activity;
    card.classList.add("picked");
    card.setAttribute("aria-pressed", "true");
    carried = { card, activity, rules: [], where: new Map(), perDay: new Map() };
    document.body.classList.add("carrying");
    board.style.setProperty("--carried", rowsOf(card));
    tell(`Looking where ${titleOf(card)} may go…`);
    try {
      const places = await placesOf(activity);
      if (mine !== asked || !carried) return;
      carried.rules = places.rules;
      carried.where = new Map(places.cells.map(([start, room, rule]) => [`${start} ${room}`, rule]));
      const home = card.closest("td[data-start]");
      carried.home = home ? keyOf(home) : "";
      carried.perDay = new Map(Object.entries(places.days));
      if (carried.where.get(carried.home) === -1) {
        carried.perDay.set(board.dataset.day, (carried.perDay.get(board.dataset.day) ?? 1) - 1);
      }
      carried.where.delete(carried.home);
      const here = light();
      const all = [...carried.where.values()].filter((rule) => rule === -1).length;
      tell(`${titleOf(card)}: ${all} slot${all === 1 ? "" : "s"} where it may go, ${here} on this board.`);
      if (byKeys) focusNearest(card);
    } catch (error) {
      drop();
      tell(error.message, true);
    }
  };

  const drop = () => {
    if (!carried) return;
    asked += 1;
    carried.card.classList.remove("picked");
    carried.card.setAttribute("aria-pressed", "false");
    carried = null;
    document.body.classList.remove("carrying");
    darken();
  };

  const putBack = () => {
    const card = carried.card;
    drop();
    tell(`${titleOf(card)} is where it was.`);
    card.focus();
  };

  const put = async (cell) => {
    const { card, activity, where, rules } = carried;
    if (keyOf(cell) === carried.home) {
      putBack();
      return;
    }
    const rule = where.get(keyOf(cell));
    if (rule === undefined) {
      tell(where.size ? "The city is closed then." : "One moment: still looking where it may go.", true);
      return;
    }
    if (rule !== -1) {
      tell(`Not here (rule ${rules[rule].rule}): ${rules[rule].words}.`, true);
      return;
    }
    tell(`Putting ${titleOf(card)} there…`);
    try {
      const made = await send(`/schedules/${schedule}/moves`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ activity, start: cell.dataset.start, room: cell.dataset.room, table: Number(cell.dataset.table) || null }),
      });
      sessionStorage.setItem("moved", activity);
      location.assign(`/schedules/${made.schedule}?day=${encodeURIComponent(board.dataset.day)}`);
    } catch (error) {
      drop();
      tell(error.message, true);
    }
  };

  /* -- keys: from one legal slot to the next ------------------------------------------------------ */

  const legalCells = () => cells.filter(isLegal);
  const rowOf = (cell) => cell.parentElement.rowIndex;

  const focusNearest = (card) => {
    const found = legalCells();
    const from = card.closest("td");
    const far = (cell) =>
      from ? 10 * Math.abs(rowOf(cell) - rowOf(from)) + Math.abs(cell.cellIndex - from.cellIndex) : rowOf(cell);
    found.sort((a, b) => far(a) - far(b));
    if (found.length) focusOn(found[0]);
  };

  /* Into view, but no further: what was said above the board stays in view. */
  const focusOn = (cell) => {
    cell.focus({ preventScroll: true });
    cell.scrollIntoView({ block: "nearest", inline: "nearest" });
  };

  const DIRECTIONS = {
    ArrowUp: (from, to) => (to.column === from.column && to.row < from.row ? from.row - to.row : Infinity),
    ArrowDown: (from, to) => (to.column === from.column && to.row > from.row ? to.row - from.row : Infinity),
    ArrowLeft: (from, to) =>
      to.column < from.column ? 1000 * (from.column - to.column) + Math.abs(from.row - to.row) : Infinity,
    ArrowRight: (from, to) =>
      to.column > from.column ? 1000 * (to.column - from.column) + Math.abs(from.row - to.row) : Infinity,
  };

  const go = (cell, key) => {
    const spot = (each) => ({ row: rowOf(each), column: each.cellIndex });
    const from = spot(cell);
    let best = null;
    let least = Infinity;
    for (const each of legalCells()) {
      const far = DIRECTIONS[key](from, spot(each));
      if (far < least) [best, least] = [each, far];
    }
    if (best) {
      focusOn(best);
      tell(best.getAttribute("aria-label"));
    }
  };

  document.addEventListener("keydown", (event) => {
    if (!carried) return;
    const cell = event.target.closest?.("td.legal");
    if (event.key === "Escape") {
      event.preventDefault();
      putBack();
    } else if (cell && event.key in DIRECTIONS) {
      event.preventDefault();
      go(cell, event.key);
    } else if (cell && (event.key === "Enter" || event.key === " ")) {
      event.preventDefault();
      put(cell);
    } else if (event.key in DIRECTIONS && legalCells().length) {
      event.preventDefault();
      focusNearest(carried.card);
    }
  });

  /* -- mouse and touch --------------------------------------------------------------------------- */

  document.addEventListener("click", (event) => {
    const card = event.target.closest(".card[data-activity]");
    if (card && !carried) {
      pick(card, event.detail === 0);
    } else if (card && carried?.card === card) {
      putBack();
    } else if (carried) {
      const cell = event.target.closest("td[data-start]");
      if (cell) put(cell);
    }
  });

  /* Whoever presses on a card will soon want to know. */
  document.addEventListener("pointerdown", (event) => {
    const card = event.target.closest?.(".card[data-activity]");
    if (card && !carried) placesOf(card.dataset.activity).catch(() => {});
  });

  document.addEventListener("dragstart", (event) => {
    const card = event.target.closest?.(".card[data-activity]");
    if (!card) return;
    event.dataTransfer.setData("text/plain", titleOf(card));
    event.dataTransfer.effectAllowed = "move";
    /* A browser takes its picture of the card first. */
    setTimeout(() => pick(card, false), 0);
  });

  board.addEventListener("dragover", (event) => {
    const cell = event.target.closest("td[data-start]");
    if (!carried || !cell) return;
    event.preventDefault();
    /* Also where it may not go: with "none" there would be no drop, and the reason would not be told. */
    event.dataTransfer.dropEffect = "move";
    for (const each of board.querySelectorAll("td.over")) if (each !== cell) each.classList.remove("over");
    cell.classList.add("over");
  });

  board.addEventListener("drop", (event) => {
    const cell = event.target.closest("td[data-start]");
    if (!carried || !cell) return;
    event.preventDefault();
    carried.dropped = true;
    put(cell);
  });

  document.addEventListener("dragend", () => {
    if (carried && !carried.dropped) drop();
    else if (carried) {
      /* Not put down: it stays in hand, so that another slot can be tried with a tap. */
      carried.dropped = false;
      for (const each of board.querySelectorAll("td.over")) each.classList.remove("over");
    }
  });

  /* -- on the way in ----------------------------------------------------------------------------- */

  const carry = new URLSearchParams(location.search).get("carry");
  const moved = sessionStorage.getItem("moved");
  sessionStorage.removeItem("moved");
  const cardOf = (activity) => document.getElementById(`a-${activity}`);
  if (carry) {
    const card = cardOf(carry) ?? stranger(carry);
    pick(card, true);
  } else if (moved && cardOf(moved)) {
    cardOf(moved).focus({ preventScroll: true });
    cardOf(moved).scrollIntoView({ block: "center", inline: "nearest" });
  } else if (!location.hash) {
    const first = board.querySelector("td .card");
    const scroll = board.closest(".board-scroll");
    if (first) scroll.scrollTop = first.closest("tr").offsetTop - board.tHead.offsetHeight - 40;
  }

  /* A card that is on another board: it comes along. */
  function stranger(activity) {
    const card = document.createElement("button");
    card.type = "button";
    card.className = "card";
    card.dataset.activity = activity;
    const title = document.createElement("span");
    title.className = "card-title";
    title.textContent = board.dataset.carriedTitle || activity;
    card.append(title);
    document.querySelector(".tray ul").prepend(document.createElement("li"));
    document.querySelector(".tray li").append(card);
    return card;
  }
})();
