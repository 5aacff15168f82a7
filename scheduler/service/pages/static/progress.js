/* Follows a job: what each level has come to, and a plot of the best schedule so far and of the bound over time. */
"use strict";

(() => {
  const box = document.getElementById("progress");
  const state = document.getElementById("state");
  if (!box) {
    setTimeout(() => location.reload(), 2000);
    return;
  }
  const SVG = "http://www.w3.org/2000/svg";
  const HEIGHT = 130;
  const LEFT = 8;
  const levels = new Map();
  const isOver = box.dataset.over === "yes";
  const clock = document.getElementById("clock");
  let began = box.dataset.started ? Date.parse(box.dataset.started) : null;
  let latest = 0.1; /* All plots have the same time, so that one sees which level was worked on when. */

  for (const part of box.querySelectorAll(".level")) {
    levels.set(Number(part.dataset.level), { part, points: [] });
  }

  const make = (name, attributes) => {
    const made = document.createElementNS(SVG, name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    return made;
  };

  const tell = (part, name, value) => {
    part.querySelector(`.${name} b`).textContent = value;
  };

  /* A line that stays where it is until the next moment. */
  const steps = (points, key, x, y, right) => {
    let path = "";
    let last = null;
    for (const point of points) {
      if (point[key] === null || point[key] === undefined) continue;
      path += last === null ? `M${x(point.seconds)},${y(point[key])}` : `H${x(point.seconds)}V${y(point[key])}`;
      last = point;
    }
    return last === null ? "" : `${path}H${right}`;
  };

  const draw = ({ part, points }) => {
    const values = points.flatMap((p) => [p.value, p.bound]).filter((v) => v !== null && v !== undefined);
    if (!values.length) return;
    const width = Math.max(part.querySelector(".plot").clientWidth, 200);
    const low = Math.min(...values);
    const high = Math.max(...values, low + 1);
    const x = (seconds) => (LEFT + ((width - 2 * LEFT) * seconds) / latest).toFixed(1);
    const y = (value) => (HEIGHT - 18 - ((HEIGHT - 36) * (value - low)) / (high - low)).toFixed(1);
    const end = points[points.length - 1];
    const words = `After ${latest.toFixed(1)} s: value ${end.value ?? "none"}, bound ${end.bound ?? "none"}.`;
    const picture = make("svg", {
      viewBox: `0 0 ${width} ${HEIGHT}`,
      role: "img",
      "aria-label": words,
    });
    picture.append(make("path", { class: "frame", d: `M${LEFT},8V${HEIGHT - 14}H${width - LEFT}` }));
    picture.append(make("path", { class: "bound-line", d: steps(points, "bound", x, y, width - LEFT) }));
    picture.append(make("path", { class: "value-line", d: steps(points, "value", x, y, width - LEFT) }));
    const labels = [
      [high, LEFT + 4, 14, "start"],
      [low, LEFT + 4, HEIGHT - 20, "start"],
      ["0 s", LEFT, HEIGHT - 2, "start"],
      [`${latest.toFixed(1)} s`, width - LEFT, HEIGHT - 2, "end"],
    ];
    for (const [text, left, top, anchor] of labels) {
      const label = make("text", { x: left, y: top, "text-anchor": anchor });
      label.textContent = text;
      picture.append(label);
    }
    part.querySelector(".plot").replaceChildren(picture);
  };

  /* A bound that was proven stays proven, whatever search comes next, as long as no earlier level gets better. */
  const note = (level, told) => {
    const before = level.points[level.points.length - 1];
    const bounds = [before?.bound, told.bound].filter((bound) => bound !== null && bound !== undefined);
    const bound = bounds.length ? Math.max(...bounds) : null;
    level.points.push({ seconds: told.seconds, value: told.value ?? before?.value ?? null, bound });
    if (before && told.value !== null && told.value < before.value) {
      for (const [number, later] of levels) {
        const last = later.points[later.points.length - 1];
        if (number > told.level && last) later.points.push({ ...last, seconds: told.seconds, bound: null });
      }
    }
  };

  const drawAll = () => {
    for (const level of levels.values()) draw(level);
  };
  let drawing = 0;
  const drawSoon = () => {
    drawing ||= requestAnimationFrame(() => {
      drawing = 0;
      drawAll();
    });
  };
  addEventListener("resize", drawSoon);

  /* While it runs: how long, and what there is. */
  const isFound = () => [...levels.values()].some(({ points }) => points.some((point) => (point.value ?? null) !== null));
  const tick = () => {
    if (!clock || began === null) return;
    const seconds = Math.max(0, Math.round((Date.now() - began) / 1000));
    const limit = Math.round(Number(box.dataset.limit));
    const found = isFound() ? "Looking for a better schedule" : "Looking for a first schedule";
    clock.textContent = `${found}: ${seconds} s so far, ${limit} s at the most.`;
  };
  if (clock && !isOver) {
    if (began === null) clock.textContent = "Waiting for its turn.";
    setInterval(tick, 1000);
    tick();
  }

  const STATUS = { optimal: "proven", feasible: "not proven yet", unknown: "searching", infeasible: "there is no schedule" };

  const stream = new EventSource(box.dataset.events);
  stream.addEventListener("level", (event) => {
    const told = JSON.parse(event.data);
    const level = levels.get(told.level);
    if (!level) return;
    latest = Math.max(latest, told.seconds);
    note(level, told);
    drawSoon();
    if (isOver) return; /* What it came to in the end stands there already. */
    const { value, bound } = level.points[level.points.length - 1];
    tell(level.part, "value", value ?? "–");
    tell(level.part, "bound", bound ?? "–");
    const known = value !== null && bound !== null;
    const gap = value <= bound ? 0 : (value - bound) / Math.max(1, Math.abs(value));
    tell(level.part, "gap", known ? `${(100 * gap).toFixed(1)} %` : "–");
    level.part.querySelector(".status").textContent = STATUS[told.status] ?? told.status;
  });
  stream.addEventListener("best", () => {
    document.getElementById("so-far").hidden = false;
  });
  stream.addEventListener("state", (event) => {
    const { at, state: told } = JSON.parse(event.data);
    state.textContent = told;
    if (told === "running" && !isOver) {
      began = Date.parse(at);
      tick();
    }
    if (told === "queued" || told === "running") return;
    stream.close();
    if (!isOver) location.reload();
  });
})();
