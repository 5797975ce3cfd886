// A chart over time: stacked bars, or lines for what does not add up. ECharts comes with the page's first chart; everything it draws is on a canvas.
import { colourOf, loadCharts, onTheme } from "./echarts.js";
import { Island, getJson, make } from "./element.js";
import { clock, count, dayOf, duration, moment, money } from "./figures.js";
import { go } from "./shell.js";

customElements.define("g-chart", class extends Island {
  static observedAttributes = ["src", "data", "label", "unit"];
  static css = `
    :host { padding: 0 12px 10px; }
    .box { position: relative; height: 190px; } .box.old { opacity: .6; }
    .foot { display: flex; flex-wrap: wrap; gap: 4px 14px; align-items: center; color: var(--text-muted); font-size: 12px; line-height: 18px; }
    .foot .end { margin-left: auto; }
    .swatch { display: inline-block; width: 8px; height: 8px; margin-right: 5px; border-radius: 2px; }
    button { border: 0; padding: 0; background: none; color: var(--accent); cursor: pointer; font-size: 12px; } button:hover { text-decoration: underline; }
    .table { max-height: 190px; overflow: auto; } table { width: 100%; border-collapse: collapse; font-size: 12px; } :is(th, td) { padding: 2px 8px 2px 0; text-align: right; font-weight: 400; } th:first-child, td:first-child { text-align: left; } th { color: var(--text-muted); }
    .tip { display: grid; grid-template-columns: auto 1fr auto; gap: 2px 8px; align-items: center; font: 400 12px/18px var(--sans); }
  `;
  #chart = null;
  #data = null;
  #watch = null;
  #unwatch = null;
  #probe = make("span", { hidden: true });

  async draw(signal) {
    this.box?.classList.add("old");
    const data = this.hasAttribute("data") ? JSON.parse(this.getAttribute("data")) : getJson(this.getAttribute("src"), signal);
    const [echarts] = await Promise.all([loadCharts(), data]);
    this.#data = await data;
    if (signal.aborted) return;
    if (!this.#chart) this.#build(echarts);
    this.box.classList.remove("old");
    this.#paint();
  }

  stop() {
    this.#watch?.disconnect();
    this.#chart?.dispose();
    this.#chart = null;
    this.#unwatch?.();
  }

  #build(echarts) {
    this.box = make("div", { class: "box", role: "img", tabindex: "0", onkeydown: (event) => this.#key(event) });
    this.foot = make("div", { class: "foot" });
    this.show(this.box, this.foot, this.#probe);
    this.#chart = echarts.init(this.box, null, { renderer: "canvas" });
    this.#chart.group = "page";
    echarts.connect("page");
    this.#watch = new ResizeObserver(() => this.#chart?.resize());
    this.#watch.observe(this.box);
    this.#unwatch = onTheme(() => this.#chart && this.#paint());
    this.#dragToZoom();
  }

  #paint() {
    const { times, series, kind, unit } = this.#data;
    const lines = kind === "lines";
    const step = times.length > 1 ? times[1] - times[0] : 1;
    const axis = { axisLine: { lineStyle: { color: this.#colour("border-strong") } }, axisTick: { show: false }, axisLabel: { color: this.#colour("text-muted"), fontSize: 11 } };
    const font = getComputedStyle(this).fontFamily;
    this.#chart.setOption({
      animation: false, textStyle: { fontFamily: font }, grid: { left: unit === "count" ? 44 : 56, right: 8, top: 16, bottom: 24 },
      xAxis: { ...axis, type: "category", data: times, axisLabel: { ...axis.axisLabel, hideOverlap: true, formatter: (value) => this.#tick(Number(value), step) } },
      yAxis: { ...axis, type: "value", splitNumber: 3, minInterval: unit === "count" ? 1 : 0, axisLine: { show: false }, splitLine: { lineStyle: { color: this.#colour("border") } }, axisLabel: { ...axis.axisLabel, formatter: (value) => this.#figure(value) } },
      tooltip: { trigger: "axis", confine: true, axisPointer: { type: lines ? "line" : "shadow", lineStyle: { color: this.#colour("text-faint") }, shadowStyle: { color: this.#colour("accent"), opacity: 0.12 } }, backgroundColor: this.#colour("raised"), borderColor: this.#colour("border-strong"), textStyle: { color: this.#colour("text") }, formatter: (points) => this.#tip(points, step) },
      series: series.map((one) => (lines ? this.#line(one) : { type: "bar", name: one.name, stack: "all", data: one.values.map((value) => Math.round(value * 1e6) / 1e6), itemStyle: { color: this.#colour(one.colour) }, barCategoryGap: "20%" })),
    }, { notMerge: true });
    const totals = series.map((one) => one.total ?? this.#figure(one.values.reduce((sum, value) => sum + (value ?? 0), 0)));
    this.box.setAttribute("aria-label", `${this.getAttribute("label")}: ${series.map((one, index) => `${one.name} ${totals[index]}`).join(", ") || "nothing in this range"}`);
    this.foot.replaceChildren(...series.map((one, index) => {
      const swatch = make("span", { class: "swatch" });
      swatch.style.background = this.#colour(one.colour);
      return make("span", { title: one.total ? null : `${one.values.reduce((sum, value) => sum + (value ?? 0), 0).toLocaleString("en", { maximumFractionDigits: unit === "count" ? 0 : 6 })} ${this.getAttribute("unit")}` }, swatch, `${one.name} ${totals[index]}`);
    }), ...(series.length === 0 ? [make("span", {}, "Nothing in this range")] : []), make("span", { class: "end" }), make("button", { type: "button", onclick: () => this.#table() }, "View as table"));
  }

  // A value between two gaps would be a line without length: it gets a point.
  #line(one) {
    const alone = (index) => (one.values[index - 1] ?? null) === null && (one.values[index + 1] ?? null) === null;
    return { type: "line", name: one.name, data: one.values, connectNulls: false, lineStyle: { width: 1.25 }, itemStyle: { color: this.#colour(one.colour) }, symbol: "circle", showAllSymbol: true, symbolSize: (_, point) => (alone(point.dataIndex) ? 5 : 0) };
  }

  #figure(value) {
    if (this.#data.unit === "ms") return duration(value);
    return this.#data.unit === "usd" ? money(value) : count(Math.round(value));
  }

  #tick(time, step) {
    const date = new Date(time);
    const day = step >= 21600000 || (step >= 900000 && date.getHours() === 0 && date.getMinutes() === 0);
    return day ? dayOf(date) : clock(date).slice(0, 5);
  }

  // An element and no HTML: names come from telemetry.
  #tip(points, step) {
    const tip = make("div", { class: "tip" });
    Object.assign(tip.style, { display: "grid", gridTemplateColumns: "auto 1fr auto", gap: "2px 10px", alignItems: "center", fontSize: "12px" });
    const start = new Date(Number(points[0].axisValue));
    const title = make("span", {}, `${moment(start).replace(/:\d\d$/, "")} – ${clock(new Date(start.valueOf() + step)).slice(0, 5)}`);
    Object.assign(title.style, { gridColumn: "1 / -1", color: this.#colour("text-muted") });
    tip.append(title);
    for (const point of points.filter((one) => one.value > 0 || (this.#data.kind === "lines" && one.value === 0)).sort((left, right) => right.value - left.value).slice(0, 10)) {
      const swatch = make("span", {});
      Object.assign(swatch.style, { width: "8px", height: "8px", borderRadius: "2px", background: point.color });
      const value = make("b", {}, this.#figure(point.value));
      tip.append(swatch, make("span", {}, point.seriesName), value);
    }
    return tip;
  }

  #table() {
    if (this.table) {
      this.table.remove();
      this.table = null;
      this.box.hidden = false;
      return;
    }
    const { times, series } = this.#data;
    const rows = times.map((time, index) => ({ time, values: series.map((one) => one.values[index]) })).filter((row) => row.values.some((value) => value > 0));
    this.table = make("div", { class: "table", tabindex: "0", role: "group", "aria-label": this.getAttribute("label") }, make("table", {},
      make("thead", {}, make("tr", {}, make("th", { scope: "col" }, "From"), ...series.map((one) => make("th", { scope: "col" }, one.name)))),
      make("tbody", {}, ...rows.map((row) => make("tr", {}, make("td", {}, moment(new Date(row.time))), ...row.values.map((value) => make("td", {}, value === null ? "–" : this.#figure(value))))))));
    this.box.before(this.table);
    this.box.hidden = true;
  }

  #key(event) {
    const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (!by || event.shiftKey) return;
    event.preventDefault();
    this.at = Math.min(this.#data.times.length - 1, Math.max(0, (this.at ?? -1) + by));
    this.#chart.dispatchAction({ type: "showTip", seriesIndex: 0, dataIndex: this.at });
  }

  // A stretch drawn over with the mouse becomes the page's range.
  #dragToZoom() {
    let from = null;
    const index = (event) => this.#chart.convertFromPixel({ gridIndex: 0 }, [event.offsetX, 0])[0];
    this.#chart.getZr().on("mousedown", (event) => { from = index(event); });
    this.#chart.getZr().on("mouseup", (event) => {
      const [first, last] = [from, index(event)].sort((left, right) => left - right);
      from = null;
      const { times } = this.#data;
      if (first === null || last - first < 1 || !(first >= 0) || last >= times.length) return;
      const text = (time) => new Date(time).toISOString().replace(/\.\d+Z$/, "Z");
      const query = new URLSearchParams(location.search);
      query.set("from", text(times[first]));
      query.set("to", text(times[last] + (times[1] - times[0])));
      go(`${location.pathname}?${query}`);
    });
  }

  #colour(token) {
    return colourOf(this.#probe, token);
  }
});
