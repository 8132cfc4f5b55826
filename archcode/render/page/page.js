"use strict";
(() => {
  const SVG = "http://www.w3.org/2000/svg";
  const id = (name) => document.getElementById(name);
  const model = JSON.parse(id("model").textContent);
  const [stage, panel, search, found, status] = ["stage", "panel", "search", "found", "status"].map(id);
  const svg = stage.querySelector("svg");
  const parts = new Map([...model.components, ...model.groups].map((part) => [part.name, part]));
  /* A closed group is drawn in place of its members. */
  const home = new Map(model.groups.flatMap((group) => group.members.map((member) => [member, group.name])));
  const inside = (name) => parts.get(name).members || [name];
  const cells = new Map([...svg.querySelectorAll("g.cell")].map((cell) => [cell.dataset.name, cell]));
  const routes = [...svg.querySelectorAll("g.route")];
  const trace = document.createElementNS(SVG, "g");

  /* What a spec says becomes text nodes only. */
  function make(tag, attributes, ...children) {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes || {})) {
      if (typeof value === "function") element.addEventListener(name, value);
      else element.setAttribute(name, value);
    }
    element.append(...children.filter((child) => child !== null));
    return element;
  }

  /* ---- the graph ---- */
  const beside = { from: new Map(), to: new Map() };
  for (const name of parts.keys()) for (const side of ["from", "to"]) beside[side].set(name, []);
  for (const flow of model.flows) {
    beside.from.get(flow.to)?.push({ name: flow.from, flow });
    beside.to.get(flow.from)?.push({ name: flow.to, flow });
  }
  function reached(start, side) {
    const seen = new Set();
    const next = [...start];
    while (next.length) {
      for (const { name } of beside[side].get(next.pop()) || []) {
        if (!seen.has(name)) next.push(name);
        seen.add(name);
      }
    }
    return seen;
  }

  /* ---- the view: a centre, and units of the drawing in a pixel ---- */
  const { x, y, width, height } = svg.viewBox.baseVal;
  const all = { x, y, width, height };
  let view = { x: 0, y: 0, unit: 1 };
  const size = () => ({ width: stage.clientWidth || 1, height: stage.clientHeight || 1 });
  const whole = () => Math.max(all.width / size().width, all.height / size().height) * 1.02;
  function show(next) {
    const unit = Math.min(Math.max(next.unit, 0.12), Math.max(whole() * 2, 1));
    view = {
      x: Math.min(Math.max(next.x, all.x), all.x + all.width),
      y: Math.min(Math.max(next.y, all.y), all.y + all.height),
      unit,
    };
    const { width, height } = size();
    const box = [view.x - (width * unit) / 2, view.y - (height * unit) / 2, width * unit, height * unit];
    svg.setAttribute("viewBox", box.map((number) => number.toFixed(2)).join(" "));
  }
  const fit = () => show({ x: all.x + all.width / 2, y: all.y + all.height / 2, unit: Math.max(whole(), 0.5) });
  const move = (right, down) => show({ ...view, x: view.x + right * view.unit, y: view.y + down * view.unit });
  function zoom(factor, at) {
    const before = view.unit;
    const { left, top } = stage.getBoundingClientRect();
    const right = at ? at.clientX - left - size().width / 2 : 0;
    const down = at ? at.clientY - top - size().height / 2 : 0;
    show({ ...view, unit: before / factor });
    move(right * (before / view.unit - 1), down * (before / view.unit - 1));
  }
  const boxOf = (name) => cells.get(name).querySelector(".ground").getBBox();
  const middle = (name) => {
    const box = boxOf(name);
    return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  };
  function bring(name) {
    /* A page of one view draws some components, and tells of all. */
    if (!cells.has(name)) return;
    const inner = stage.getBoundingClientRect();
    const box = cells.get(name).getBoundingClientRect();
    const inside = box.left >= inner.left && box.right <= inner.right && box.top >= inner.top && box.bottom <= inner.bottom;
    if (!inside) show({ ...view, ...middle(name) });
  }

  /* ---- choosing a component ---- */
  let chosen = "";
  function choose(name) {
    if (!parts.has(name)) return;
    chosen = name;
    const [up, down] = ["from", "to"].map((side) => reached(inside(name), side));
    const counts = [up, down].map((set) => [...set].filter((other) => !inside(name).includes(other)).length);
    for (const set of [up, down]) for (const other of [name, ...set]) set.add(other).add(home.get(other));
    const near = new Set([...up, ...down]);
    const shown = cells.has(name) ? name : home.get(name);
    svg.classList.add("chosen");
    for (const [other, cell] of cells) {
      cell.classList.toggle("on", near.has(other));
      cell.setAttribute("aria-pressed", String(other === shown));
    }
    trace.replaceChildren();
    for (const route of routes) {
      const { from, to, line } = route.dataset;
      const on = (up.has(from) && up.has(to)) || (down.has(from) && down.has(to));
      route.classList.toggle("on", on);
      if (!on) continue;
      const stroke = document.createElementNS(SVG, "polyline");
      stroke.setAttribute("points", line);
      trace.append(stroke);
    }
    walkTo(shown);
    bring(shown);
    panel.replaceChildren(...details(parts.get(name), ...counts));
    panel.scrollTop = 0;
    status.textContent = `${parts.get(name).label}: ${counts[0]} upstream, ${counts[1]} downstream`;
  }
  function reset() {
    chosen = "";
    svg.classList.remove("chosen");
    for (const part of [...cells.values(), ...routes]) part.classList.remove("on");
    for (const cell of cells.values()) cell.setAttribute("aria-pressed", "false");
    trace.replaceChildren();
    panel.replaceChildren(...overview());
    status.textContent = "";
  }

  /* ---- the panel ---- */
  const away = (link) => make("a", { class: "link", href: link, target: "_blank", rel: "noopener noreferrer" }, link);
  const jump = (name, words) => make("button", { type: "button", class: "link", dir: "auto", click: () => choose(name) }, words);
  function section(title, ...content) {
    return make("section", {}, make("h3", {}, title), ...content);
  }
  function table(head, rows, right) {
    const line = (tag, row) =>
      make("tr", {}, ...row.map((cell, n) => make(tag, { class: right.includes(n) ? "number" : "", dir: "auto" }, cell)));
    return make("table", {}, make("thead", {}, line("th", head)), make("tbody", {}, ...rows.map((row) => line("td", row))));
  }
  function pairs(title, found) {
    const cells = found.flatMap(([name, value]) => [make("dt", { dir: "auto" }, name), make("dd", {}, value)]);
    return cells.length ? section(title, make("dl", {}, ...cells)) : null;
  }
  function list(findings) {
    const item = (finding) =>
      make(
        "li",
        { class: finding.severity, dir: "auto" },
        make("strong", {}, finding.severity),
        ` ${finding.message}`,
        finding.hint ? make("p", {}, finding.hint) : null,
        make("code", {}, finding.rule),
      );
    return findings.length ? make("ul", { class: "findings" }, ...findings.map(item)) : make("p", {}, "None.");
  }
  function details(part, up, down) {
    const rows = (title, head, found, right) => (found.length ? section(title, table(head, found, right)) : null);
    return [
      make("button", { type: "button", class: "back", click: reset }, "Overview"),
      make("h2", { dir: "auto" }, part.label),
      make("p", { class: "about" }, [part.summary, part.type, part.region].filter(Boolean).join(" · ")),
      part.link.startsWith("https://") ? make("p", {}, away(part.link)) : null,
      part.cost ? make("p", { class: "total" }, part.cost) : null,
      part.members ? section("Components", make("ul", {}, ...part.members.map((name) => make("li", {}, jump(name, parts.get(name).label))))) : null,
      part.findings.length ? section("Findings", list(part.findings)) : null,
      pairs("Load", part.load),
      rows("Limits", model.limit_columns, part.limits, [1, 2, 3, 4]),
      rows("Sizes", ["Size", "Needed", "Because"], part.sizes, [1]),
      rows("Monthly cost", model.cost_columns, part.costs, model.cost_columns.map((_, n) => n).slice(1)),
      pairs("Unit costs", part.unit_costs),
      neighbours("Upstream", "from", up),
      neighbours("Downstream", "to", down),
    ].filter((child) => child !== null);

    function neighbours(title, side, count) {
      const near = beside[side].get(part.name);
      const row = ({ name, flow }) =>
        make("li", {}, jump(name, parts.get(name).label), flow.rate ? ` ${flow.rate}` : "", flow.kind === "redrive" ? " redrive" : "", flow.words ? make("p", { dir: "auto" }, flow.words) : null);
      return near.length ? section(`${title}: ${count}`, make("ul", {}, ...near.map(row))) : null;
    }
  }
  function overview() {
    const costs = model.costs.map(([name, cost]) =>
      make(
        "tr",
        {},
        make("td", {}, parts.has(name) ? jump(name, parts.get(name).label) : name),
        make("td", { class: "number" }, cost),
      ),
    );
    return [
      make("h2", { dir: "auto" }, model.title),
      make("p", { class: "about" }, model.heading),
      make("p", { class: "total" }, `${model.total} a month`),
      section(model.counted, model.findings.length ? list(model.findings) : ""),
      costs.length ? section("Monthly cost", make("table", {}, make("tbody", {}, ...costs))) : null,
      pairs("Unit costs, end to end", model.unit_costs),
      section(
        "Keys",
        make("p", { class: "keys" }, "Drag, or use the wheel, + − and 0, to move about. Press / to search, Tab and the arrow keys to walk from component to component, Enter to open one, Esc to come back."),
      ),
    ].filter((child) => child !== null);
  }

  /* ---- walking with the keyboard: one component is in the order of Tab, arrows go to the next ---- */
  let walked = "";
  function walkTo(name, focus) {
    if (!cells.has(name)) return;
    cells.get(walked)?.setAttribute("tabindex", "-1");
    walked = name;
    cells.get(name).setAttribute("tabindex", "0");
    if (focus) {
      cells.get(name).focus({ preventScroll: true });
      bring(name);
    }
  }
  const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
  function nextTo(name, [right, down]) {
    const start = middle(name);
    let best = "";
    let least = Infinity;
    for (const other of cells.keys()) {
      const at = middle(other);
      const along = (at.x - start.x) * right + (at.y - start.y) * down;
      const across = Math.abs((at.x - start.x) * down) + Math.abs((at.y - start.y) * right);
      if (other !== name && along > 1 && along + 2 * across < least) [best, least] = [other, along + 2 * across];
    }
    return best;
  }
  function onCell(event) {
    const name = event.currentTarget.dataset.name;
    const names = [...cells.keys()];
    const to = { Home: names[0], End: names[names.length - 1] }[event.key] || (ARROWS[event.key] && nextTo(name, ARROWS[event.key]));
    if (event.key === "Enter" || event.key === " ") choose(name);
    else if (to) walkTo(to, true);
    else if (!ARROWS[event.key]) return;
    event.preventDefault();
    event.stopPropagation();
  }
  function onKey(event) {
    const typing = event.target instanceof HTMLInputElement;
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape") {
      search.value = "";
      offer();
      reset();
      if (typing) walkTo(walked, true);
      return;
    }
    if (typing) return;
    const keys = { "+": () => zoom(1.25), "=": () => zoom(1.25), "-": () => zoom(0.8), 0: fit, "/": () => search.focus() };
    const [right, down] = ARROWS[event.key] || [0, 0];
    if (keys[event.key]) keys[event.key]();
    else if ((right || down) && !panel.contains(event.target)) move(right * 60, down * 60);
    else return;
    event.preventDefault();
  }

  /* ---- searching ---- */
  let offered = [];
  let active = 0;
  function offer() {
    const words = search.value.trim().toLowerCase().split(/\s+/).filter(Boolean);
    const about = (part) => [part.name, part.label, part.service, part.summary, part.type].join(" ").toLowerCase();
    const fits = (part) => words.every((word) => about(part).includes(word));
    offered = words.length ? model.components.filter(fits).slice(0, 8) : [];
    active = 0;
    found.replaceChildren(
      ...offered.map((part, n) =>
        make(
          "li",
          { role: "option", id: `found-${n}`, mousedown: (event) => event.preventDefault(), click: () => take(n) },
          make("bdi", {}, part.label),
          make("small", {}, part.summary || part.service),
        ),
      ),
    );
    const none = words.length > 0 && !offered.length;
    if (none) found.append(make("li", { class: "none" }, "Nothing found."));
    search.setAttribute("aria-expanded", String(offered.length > 0));
    found.hidden = !words.length;
    mark();
  }
  function mark() {
    [...found.children].forEach((row, n) => row.setAttribute("aria-selected", String(n === active)));
    if (offered.length) search.setAttribute("aria-activedescendant", `found-${active}`);
    else search.removeAttribute("aria-activedescendant");
  }
  function take(n) {
    const { name } = offered[n];
    search.value = "";
    offer();
    if (cells.has(name) && view.unit > 1) show({ ...middle(name), unit: 1 });
    choose(name);
    walkTo(name, true);
  }
  function onSearch(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.key === "Enter" && offered.length) take(active);
    else if (step && offered.length) {
      active = (active + step + offered.length) % offered.length;
      mark();
    } else return;
    event.preventDefault();
  }

  /* ---- the pointer: one drags, two pinch, and a press without moving is a click ---- */
  const fingers = new Map();
  let travelled = 0;
  function onMove(event) {
    const last = fingers.get(event.pointerId);
    if (!last) return;
    const [other] = [...fingers].filter(([key]) => key !== event.pointerId).map(([, value]) => value);
    const right = event.clientX - last.clientX;
    const down = event.clientY - last.clientY;
    const point = { clientX: event.clientX, clientY: event.clientY };
    travelled += Math.abs(right) + Math.abs(down);
    if (other) {
      const apart = (one) => Math.hypot(one.clientX - other.clientX, one.clientY - other.clientY) || 1;
      zoom(apart(point) / apart(last), other);
    } else if (travelled > 4) {
      if (!stage.hasPointerCapture(event.pointerId)) stage.setPointerCapture(event.pointerId);
      stage.classList.add("dragged");
      move(-right, -down);
    }
    fingers.set(event.pointerId, point);
  }
  function onUp(event) {
    fingers.delete(event.pointerId);
    stage.classList.remove("dragged");
  }
  stage.addEventListener("pointerdown", (event) => {
    if (event.button) return;
    if (!fingers.size) travelled = 0;
    fingers.set(event.pointerId, { clientX: event.clientX, clientY: event.clientY });
  });
  stage.addEventListener("pointermove", onMove);
  for (const name of ["pointerup", "pointercancel"]) stage.addEventListener(name, onUp);
  stage.addEventListener("click", (event) => {
    const cell = event.target.closest("g.cell");
    if (travelled > 4) return;
    if (cell) choose(cell.dataset.name);
    else if (chosen) reset();
  });
  stage.addEventListener(
    "wheel",
    (event) => {
      event.preventDefault();
      zoom(Math.exp(-event.deltaY * (event.deltaMode ? 0.05 : 0.0015)), event);
    },
    { passive: false },
  );

  /* ---- light and dark: the reader's, until the button is pressed ---- */
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const root = document.documentElement;
  const isDark = () => (root.dataset.theme ? root.dataset.theme === "dark" : dark.matches);
  const told = () => id("theme").setAttribute("aria-pressed", String(isDark()));
  id("theme").addEventListener("click", () => {
    root.dataset.theme = isDark() ? "light" : "dark";
    told();
  });
  dark.addEventListener("change", told);

  /* ---- begin ---- */
  svg.setAttribute("role", "group");
  svg.setAttribute("aria-labelledby", "archcode-title");
  for (const [name, cell] of cells) {
    const part = parts.get(name);
    const words = cell.querySelector("title").textContent.replace(name, () => part.label);
    const wrong = part.findings.length ? `, findings: ${part.findings.length}` : "";
    for (const [key, value] of Object.entries({ role: "button", tabindex: "-1", "aria-pressed": "false", "aria-label": words + wrong }))
      cell.setAttribute(key, value);
    cell.addEventListener("keydown", onCell);
    cell.addEventListener("focus", () => walkTo(name));
    const worst = ["error", "warning", "info"].find((level) => part.findings.some((one) => one.severity === level));
    if (worst) flag(cell, worst);
  }
  function flag(cell, level) {
    const dot = document.createElementNS(SVG, "circle");
    const box = cell.querySelector("use, rect:not(.ground)").getBBox();
    const at = { class: `flag ${level}`, cx: box.x + box.width, cy: box.y, r: 5 };
    for (const [key, value] of Object.entries(at)) dot.setAttribute(key, value);
    cell.append(dot);
  }
  trace.setAttribute("class", "trace");
  const [first] = cells.values();
  (routes[0] || first)?.before(trace);
  if (first) walkTo(first.dataset.name);
  root.classList.add("live");
  for (const [name, act] of Object.entries({ in: () => zoom(1.25), out: () => zoom(0.8), fit }))
    id(name).addEventListener("click", act);
  search.addEventListener("input", offer);
  search.addEventListener("keydown", onSearch);
  document.addEventListener("keydown", onKey);
  new ResizeObserver(() => show(view)).observe(stage);
  addEventListener("beforeprint", () => svg.setAttribute("viewBox", [all.x, all.y, all.width, all.height].join(" ")));
  addEventListener("afterprint", () => show(view));
  told();
  reset();
  fit();
})();
