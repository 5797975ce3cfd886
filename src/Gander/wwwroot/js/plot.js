// What every chart over time stands on: the canvas, its colours, crosshair and keys, drawing over a stretch to make it the page's range, and the table.
import { colourOf, loadCharts, onTheme } from "./echarts.js";
import { Island, make } from "./element.js";
import { moment } from "./figures.js";
import { go } from "./shell.js";

const maxTip = 10;

/** An island with one chart in `box`. A subclass has `times`, `paint()` and `stretch(first, last)`: the instants that two places on the axis mean, or null. */
export class Plot extends Island {
  chart = null;
  #watch = null;
  #unwatch = null;
  #probe = make("span", { hidden: true });
  #table = null;
  #at = -1;

  /** The library; asked for before the data has come. */
  load() {
    return loadCharts();
  }

  stop() {
    this.#watch?.disconnect();
    this.#unwatch?.();
    this.chart?.dispose();
    this.chart = null;
    this.#table = null;
  }

  /** Shows an empty chart between what stands above and below it. */
  build(echarts, above, below) {
    this.box = make("div", { class: "box", role: "img", tabindex: "0", onkeydown: (event) => this.#key(event) });
    this.show(...above, this.box, ...below, this.#probe);
    this.chart = echarts.init(this.box, null, { renderer: "canvas" });
    this.chart.group = "page";
    echarts.connect("page");
    this.#watch = new ResizeObserver(() => this.chart?.resize());
    this.#watch.observe(this.box);
    this.#unwatch = onTheme(() => this.chart && this.paint());
    this.#dragToZoom();
  }

  /** Draws: what axes and tooltip have in common is filled in. */
  set(option, { grid, x, y, tip, pointer }) {
    const axis = { axisLine: { lineStyle: { color: this.colour("border-strong") } }, axisTick: { show: false }, axisLabel: { color: this.colour("text-muted"), fontSize: 11 } };
    this.chart.setOption({
      animation: false, textStyle: { fontFamily: getComputedStyle(this).fontFamily }, grid,
      xAxis: { ...axis, ...x, axisLabel: { ...axis.axisLabel, hideOverlap: true, ...x.axisLabel } },
      yAxis: { ...axis, type: "value", axisLine: { show: false }, splitLine: { lineStyle: { color: this.colour("border") } }, ...y, axisLabel: { ...axis.axisLabel, ...y.axisLabel } },
      tooltip: { trigger: "axis", axisPointer: pointer, backgroundColor: this.colour("raised"), borderColor: this.colour("border-strong"), textStyle: { color: this.colour("text") }, ...tip },
      ...option,
    }, { notMerge: true });
  }

  colour(token) {
    return colourOf(this.#probe, token);
  }

  /** Whether a value stands between two gaps: it would be a line without length and gets a point. */
  isLonely(values, index) {
    return values[index] !== null && (values[index - 1] ?? null) === null && (values[index + 1] ?? null) === null;
  }

  /** A tooltip: a title and the largest rows of colour, name and value. An element and no HTML, as names come from telemetry. */
  tip(title, rows, format) {
    const tip = make("div", {});
    Object.assign(tip.style, { display: "grid", gridTemplateColumns: "8px minmax(60px, max-content) auto", maxWidth: "min(460px, 60vw)", gap: "2px 10px", alignItems: "center", fontSize: "12px" });
    const wide = (text) => {
      const line = make("span", {}, text);
      Object.assign(line.style, { gridColumn: "1 / -1", color: this.colour("text-muted") });
      return line;
    };
    tip.append(wide(title));
    const known = rows.filter((row) => row.value !== null && row.value !== undefined).sort((left, right) => right.value - left.value);
    for (const row of known.slice(0, maxTip)) {
      const swatch = make("span", {});
      Object.assign(swatch.style, { width: "8px", height: "8px", borderRadius: "2px", background: row.colour });
      const name = make("span", {}, row.name);
      Object.assign(name.style, { overflow: "hidden", textOverflow: "ellipsis", whiteSpace: "nowrap" });
      tip.append(swatch, name, make("b", {}, format(row.value)));
    }
    if (known.length > maxTip) tip.append(wide(`${known.length - maxTip} more`));
    return tip;
  }

  /** The button that shows the values instead of the chart, and back. */
  tableButton(columns) {
    const button = make("button", { type: "button", class: "link", "aria-pressed": "false", onclick: () => this.#toggle(button, columns()) }, "View as table");
    return button;
  }

  /** Shows the chart again, as what the table showed is old. */
  closeTable() {
    this.#table?.remove();
    this.#table = null;
    this.box.hidden = false;
  }

  #toggle(button, { names, titles, rows }) {
    const opens = this.#table === null;
    button.setAttribute("aria-pressed", String(opens));
    button.textContent = opens ? "View as chart" : "View as table";
    if (!opens) return this.closeTable();
    this.#table = make("div", { class: "table", tabindex: "0", role: "group", "aria-label": `${this.getAttribute("label")} as a table` }, make("table", {},
      make("thead", {}, make("tr", {}, make("th", { scope: "col" }, "Time"), ...names.map((name, index) => make("th", { scope: "col", title: titles?.[index] }, name)))),
      make("tbody", {}, ...rows.map((row) => make("tr", {}, make("th", { scope: "row" }, row.label ?? moment(new Date(row.time))), ...row.cells.map(({ text, title }) => make("td", { title }, text)))))));
    this.box.before(this.#table);
    this.box.hidden = true;
  }

  #key(event) {
    const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (event.key === "Escape") this.chart.dispatchAction({ type: "hideTip" });
    if (!by || event.shiftKey) return;
    event.preventDefault();
    this.#at = Math.min(this.times.length - 1, Math.max(0, this.#at + by));
    this.chart.dispatchAction({ type: "showTip", seriesIndex: 0, dataIndex: this.#at });
  }

  #dragToZoom() {
    let from = null;
    const place = (event) => this.chart.convertFromPixel({ gridIndex: 0 }, [event.offsetX, 0])[0];
    this.chart.getZr().on("mousedown", (event) => { from = { place: place(event), x: event.offsetX }; });
    this.chart.getZr().on("mouseup", (event) => {
      const start = from;
      from = null;
      if (!start || Math.abs(event.offsetX - start.x) < 6) return;
      const range = this.stretch(...[start.place, place(event)].sort((left, right) => left - right));
      if (range === null) return;
      const text = (time) => new Date(time).toISOString().replace(/\.\d+Z$/, "Z");
      const query = new URLSearchParams(location.search);
      query.set("from", text(range[0]));
      query.set("to", text(range[1]));
      go(`${location.pathname}?${query}`);
    });
  }
}
