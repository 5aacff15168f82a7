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
    const last = Math.max(...points.map((p) => p.seconds), 0.1);
    const x = (seconds) => (LEFT + ((width - 2 * LEFT) * seconds) / last).toFixed(1);
    const y = (value) => (HEIGHT - 18 - ((HEIGHT - 36) * (value - low)) / (high - low)).toFixed(1);
    const end = points[points.length - 1];
    const words = `After ${last.toFixed(1)} s: value ${end.value ?? "none"}, bound ${end.bound ?? "none"}.`;
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
      [`${last.toFixed(1)} s`, width - LEFT, HEIGHT - 2, "end"],
    ];
    for (const [text, left, top, anchor] of labels) {
      const label = make("text", { x: left, y: top, "text-anchor": anchor });
      label.textContent = text;
      picture.append(label);
    }
    part.querySelector(".plot").replaceChildren(picture);
  };

  const STATUS = { optimal: "proven", feasible: "not proven yet", unknown: "searching", infeasible: "there is no schedule" };

  const stream = new EventSource(box.dataset.events);
  stream.addEventListener("level", (event) => {
    const told = JSON.parse(event.data);
    const level = levels.get(told.level);
    if (!level) return;
    level.points.push(told);
    tell(level.part, "value", told.value ?? "–");
    tell(level.part, "bound", told.bound ?? "–");
    tell(level.part, "gap", told.gap === null ? "–" : `${(100 * told.gap).toFixed(1)} %`);
    level.part.querySelector(".status").textContent = STATUS[told.status] ?? told.status;
    draw(level);
  });
  stream.addEventListener("best", () => {
    document.getElementById("so-far").hidden = false;
  });
  stream.addEventListener("state", (event) => {
    const told = JSON.parse(event.data).state;
    state.textContent = told;
    if (told === "queued" || told === "running") return;
    stream.close();
    if (box.dataset.over !== "yes") location.reload();
  });
})();
