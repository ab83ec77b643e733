"use strict";
// Enhances a page that is complete without it: walking the sunburst, sorting and filtering the evidence, following links into what is folded.
(() => {
  const get = (id) => document.getElementById(id);
  const style = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const calm = matchMedia("(prefers-reduced-motion: reduce)");
  const show = (element) => element && element.removeAttribute("hidden");

  // Links lead into folded branches and rows that are not shown yet

  function reveal(target) {
    for (let fold = target; fold; fold = fold.parentElement && fold.parentElement.closest("details")) {
      if (fold.tagName === "DETAILS") fold.open = true;
    }
    show(target);
    if (!target.matches("details")) target.tabIndex = -1;
    target.scrollIntoView({ block: "center" });
    (target.querySelector(":scope > summary") || target).focus({ preventScroll: true });
  }

  function follow() {
    const target = location.hash.length > 1 && get(decodeURIComponent(location.hash.slice(1)));
    if (target && target.matches("details, tr, .brief")) reveal(target);
  }
  addEventListener("hashchange", follow);
  document.addEventListener("click", (event) => {
    const link = event.target.closest && event.target.closest("a[href^='#']");
    if (link && link.hash === location.hash) follow();
  });

  // Evidence: sort by any column, filter by words and kind, unfold in steps

  const table = get("events");
  if (table) {
    const body = table.tBodies[0];
    const rows = [...body.rows];
    const headers = [...table.tHead.rows[0].cells];
    const collator = new Intl.Collator(document.documentElement.lang, { numeric: true, sensitivity: "base" });
    const step = 100;
    let limit = Math.max(rows.filter((row) => !row.hidden).length, step);

    const key = (row, column) => {
      const cell = row.cells[column];
      const exact = cell.querySelector("data, time");
      if (exact && column !== 1) return exact.tagName === "DATA" ? Number(exact.value) : Date.parse(exact.dateTime);
      return cell.textContent.trim();
    };
    const compare = (a, b) => (typeof a === "number" && typeof b === "number" ? a - b : collator.compare(a, b));

    function fold() {
      const words = get("filter") ? get("filter").value.trim().toLowerCase().split(/\s+/).filter(Boolean) : [];
      const kind = get("kind") ? get("kind").value : "";
      let matching = 0;
      for (const row of body.rows) {
        const text = words.length ? row.textContent.toLowerCase() : "";
        const fits = (!kind || row.dataset.type === kind) && words.every((word) => text.includes(word));
        if (fits) matching += 1;
        row.hidden = !fits || matching > limit;
      }
      if (get("matching")) {
        get("matching").textContent = words.length || kind ? get("matching").dataset.words.replace("#", matching) : "";
      }
      if (get("more")) get("more").hidden = matching <= limit;
    }

    headers.forEach((header, column) => {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = header.textContent;
      header.replaceChildren(button);
      button.addEventListener("click", () => {
        const down = header.getAttribute("aria-sort") === "ascending";
        for (const other of headers) other.removeAttribute("aria-sort");
        header.setAttribute("aria-sort", down ? "descending" : "ascending");
        const keyed = rows.map((row) => [key(row, column), row]);
        const blank = (pair) => pair[0] === "";
        keyed.sort((a, b) => blank(a) - blank(b) || (down ? compare(b[0], a[0]) : compare(a[0], b[0])));
        body.append(...keyed.map((pair) => pair[1]));
        fold();
      });
    });
    if (get("controls")) {
      show(get("controls"));
      get("controls").addEventListener("input", () => ((limit = step), fold()));
      get("controls").addEventListener("submit", (event) => event.preventDefault());
      get("more").addEventListener("click", () => ((limit += step * 2), fold()));
      fold();
    }
  }
  let quiet = false;
  addEventListener("beforeprint", () => {
    quiet = true;
    document.querySelectorAll(".tree details").forEach((fold) => (fold.open = true));
  });
  addEventListener("afterprint", () => (quiet = false));

  // Charts: drawn over the static ones, from the numbers in the page

  function draw(drawn, Plotly) {
    const font = () => ({ family: getComputedStyle(document.body).fontFamily, size: 13, color: style("--ink") });
    const shade = (colour, level, alpha) => {
      const hex = style(`--c${colour}`);
      const [r, g, b] = [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16));
      return `rgba(${r},${g},${b},${alpha ?? [1, 1, 0.72, 0.5][Math.min(level, 3)]})`;
    };
    const bare = { displayModeBar: false, responsive: true, staticPlot: false };
    const still = { paper_bgcolor: "rgba(0,0,0,0)", plot_bgcolor: "rgba(0,0,0,0)" };
    const label = () => ({ bgcolor: style("--paper"), bordercolor: style("--line"), font: font() });

    function swap(name) {
      show(get(name));
      get(`${name.replace("-chart", "")}-still`).setAttribute("class", "still replaced");
      get(`${name.replace("-chart", "")}-still`).style.display = "none";
    }

    const tree = get("tree");
    const sun = get("sunburst");
    const data = drawn.sunburst;
    const parent = new Map(data.ids.map((id, at) => [id, data.parents[at]]));
    const foldOf = new Map(tree ? [...tree.querySelectorAll("details")].map((fold) => [fold.dataset.node, fold]) : []);
    let level = data.ids[0];

    function drawSunburst() {
      const ink = style("--ink");
      const colours = data.colours.map((colour, at) => (colour === null ? style("--paper") : shade(colour, data.levels[at])));
      const trace = {
        type: "sunburst", ids: data.ids, labels: data.labels, parents: data.parents,
        values: data.values, branchvalues: "total", level, maxdepth: data.depth, sort: false, rotation: 90, direction: "clockwise",
        hovertext: data.texts, hoverinfo: "text", leaf: { opacity: 1 }, insidetextorientation: "auto",
        marker: {
          colors: colours,
          line: { color: style("--paper"), width: 1.5 },
          pattern: { shape: data.hatched.map((yes) => (yes ? "/" : "")), size: 6, solidity: 0.35, fgcolor: style("--paper"), bgcolor: colours },
        },
        textfont: { color: data.levels.map((at) => (at === 1 ? "#fff" : ink)), size: 12, family: font().family },
      };
      Plotly.react(sun, [trace], { ...still, margin: { l: 0, r: 0, t: 0, b: 0 }, font: font(), hoverlabel: label(), uniformtext: { mode: "hide", minsize: 9 } }, bare);
    }

    function walk(id) {
      if (id === level) return;
      level = id;
      const duration = calm.matches ? 0 : 450;
      const frame = { data: [{ level: id }], traces: [0] };
      Plotly.animate(sun, frame, { frame: { redraw: false, duration }, transition: { duration, easing: "cubic-in-out" }, mode: "immediate" }).catch(() => {}); // a walk that overtakes another ends it
      crumbs();
    }

    function crumbs() {
      const path = [];
      for (let id = level; id; id = parent.get(id)) path.unshift(id);
      get("crumbs").classList.toggle("home", path.length < 2);
      get("crumbs").replaceChildren(...path.map((id) => {
        const item = document.createElement("li");
        const button = document.createElement("button");
        button.type = "button";
        const fold = foldOf.get(id);
        button.textContent = fold ? fold.querySelector(".label").textContent : new DOMParser().parseFromString(data.labels[0], "text/html").body.textContent;
        if (id === level) button.setAttribute("aria-current", "true");
        button.addEventListener("click", () => walk(id));
        item.append(button);
        return item;
      }));
    }

    function choose(id) {
      quiet = true;
      tree.querySelectorAll(".here").forEach((fold) => fold.classList.remove("here"));
      const fold = foldOf.get(id);
      for (let at = fold; at; at = at.parentElement.closest("details")) at.open = true;
      if (fold) {
        fold.classList.add("here");
        if (matchMedia("(min-width: 56rem)").matches) fold.scrollIntoView({ block: "nearest" });
      }
      setTimeout(() => (quiet = false));
    }

    if (sun && tree) {
      swap("sunburst");
      drawSunburst();
      crumbs();
      sun.on("plotly_sunburstclick", (event) => {
        const id = event.points[0].id;
        choose(id);
        if (foldOf.get(id) && foldOf.get(id).dataset.branch === undefined) return false;
        walk(id === level ? parent.get(id) || id : id);
        return false;
      });
      tree.addEventListener("toggle", (event) => {
        const fold = event.target;
        if (quiet || !fold.dataset.node) return;
        const id = fold.dataset.branch !== undefined ? fold.dataset.node : parent.get(fold.dataset.node);
        if (fold.open) walk(id);
        else if (fold.dataset.branch !== undefined) walk(parent.get(id));
      }, true);
    }

    function dates(moments) {
      const days = (Date.parse(moments[moments.length - 1]) - Date.parse(moments[0])) / 864e5;
      if (document.documentElement.lang.startsWith("zh")) return days > 120 ? "%Y年%-m月" : "%-m月%-d日";
      return days > 120 ? "%b %Y" : "%-d %b";
    }

    function drawChanges() {
      const told = drawn.changes;
      const traces = told.series.map((series) => ({
        type: "scatter", mode: "lines", stackgroup: "all", x: told.moments, y: series.strengths, name: series.label,
        line: { width: 1.5, color: style("--paper") }, fillcolor: shade(series.colour, 1, 0.86),
        hovertemplate: "%{y:.1%}", hoverlabel: { namelength: -1 },
      }));
      const axis = { showgrid: false, zeroline: false, fixedrange: true, color: style("--soft"), tickfont: { size: 12 } };
      const layout = {
        ...still, margin: { l: 44, r: 0, t: 8, b: 28 }, font: font(), hoverlabel: label(), showlegend: false, hovermode: "x unified",
        xaxis: { ...axis, hoverformat: "%Y-%m-%d", tickformat: dates(told.moments), nticks: 7 },
        yaxis: { ...axis, range: [0, 1], tickvals: [0, 0.5, 1], tickformat: ".0%" },
        shapes: [{ type: "line", x0: told.since, x1: told.since, yref: "paper", y0: 0, y1: 1, line: { color: style("--ink"), width: 1, dash: "dot" } }],
      };
      Plotly.react(get("changes-chart"), traces, layout, bare);
    }
    if (get("changes-chart")) {
      swap("changes-chart");
      drawChanges();
    }
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
      if (sun && tree) drawSunburst();
      if (get("changes-chart")) drawChanges();
    });
    document.documentElement.dataset.drawn = "";
  }

  // Plotly is large: it stands in the page as plain text, and is run once everything else can be read

  function start() {
    const engine = document.createElement("script");
    engine.textContent = get("plotly").textContent;
    document.head.append(engine);
    if (globalThis.Plotly) draw(JSON.parse(get("drawn").textContent), globalThis.Plotly);
  }
  if (get("plotly")) addEventListener("load", () => setTimeout(start));
  follow();
})();
