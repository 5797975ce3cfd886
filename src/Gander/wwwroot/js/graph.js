// The answer of a query over time as lines, with a table of the series below.
import { colourOf, loadCharts, onTheme } from "./echarts.js";
import { Island, make } from "./element.js";
import { clock, moment } from "./figures.js";
import { ask, figure, seriesName, shortNames } from "./promql.js";
import { go } from "./shell.js";

const palette = 10;
const maxTip = 10;

customElements.define("g-graph", class extends Island {
  static observedAttributes = ["query", "start", "end", "label"];
  static css = `
    :host { position: relative; padding: 0 12px 10px; min-height: 252px; }
    .box { height: 240px; } .old { opacity: .6; }
    .bar { position: absolute; inset: 0 0 auto; height: 2px; overflow: hidden; } .bar::before { content: ""; display: block; width: 30%; height: 2px; background: var(--accent); animation: slide 1s linear infinite; }
    @keyframes slide { from { transform: translateX(-100%); } to { transform: translateX(400%); } }
    @media (prefers-reduced-motion: reduce) { .bar::before { width: 100%; animation: none; opacity: .6; } }
    .why { position: absolute; inset: 60px 56px auto; display: grid; gap: 4px; justify-items: center; text-align: center; color: var(--text-muted); overflow-wrap: anywhere; } .why b { color: var(--text); font-weight: 600; }
    .foot { display: flex; flex-wrap: wrap; gap: 2px 14px; align-items: center; color: var(--text-faint); font-size: 12px; line-height: 18px; } .foot .end { margin-left: auto; }
    .note { margin-top: 4px; padding-left: 8px; border-left: 2px solid var(--warn); color: var(--text-muted); font-size: 12px; line-height: 18px; overflow-wrap: anywhere; } .note.info { border-left-color: var(--accent); }
    .link { border: 0; padding: 0; background: none; color: var(--accent); cursor: pointer; font-size: 12px; } .link:hover { text-decoration: underline; }
    .legend, .table { max-height: 168px; overflow: auto; margin-top: 4px; } .table { max-height: 240px; }
    table { width: 100%; border-collapse: collapse; font-size: 12px; line-height: 18px; } th { position: sticky; top: 0; background: var(--surface); color: var(--text-muted); font-weight: 400; }
    :is(th, td) { padding: 1px 8px; text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; } :is(th, td):first-child { width: 100%; padding-left: 0; text-align: left; white-space: normal; }
    tbody tr:hover { background: var(--hover); } tr.off { opacity: .45; }
    .name { display: flex; gap: 7px; align-items: baseline; width: 100%; border: 0; padding: 2px 0; background: none; cursor: pointer; text-align: left; font: 400 12px/18px var(--mono); overflow-wrap: anywhere; }
    .common { color: var(--text-faint); font-family: var(--mono); overflow-wrap: anywhere; }
    .swatch { flex: none; width: 10px; height: 3px; border-radius: 2px; translate: 0 -3px; }
  `;
  #chart = null;
  #answer = null;
  #hidden = new Set();
  #watch = null;
  #unwatch = null;
  #probe = make("span", { hidden: true });

  async draw(signal) {
    this.#wait();
    try {
      const width = Math.round((this.clientWidth || 800) / 2);
      const asked = ask("/ui/promql/graph", { query: this.getAttribute("query"), start: this.getAttribute("start"), end: this.getAttribute("end"), width }, signal);
      const [echarts, answer] = await Promise.all([loadCharts(), asked]);
      if (signal.aborted) return;
      const same = this.#answer?.query === this.getAttribute("query");
      this.#answer = { ...answer, query: this.getAttribute("query"), ...shortNames(answer.data.series.map((one) => one.labels)) };
      this.style.minHeight = "";
      if (!same) this.#hidden.clear();
      if (!this.#chart) this.#build(echarts);
      this.#paint();
    } catch (failure) {
      // What was drawn is of another query or an older time; the message takes its place.
      if (!signal.aborted) this.stop();
      this.style.minHeight = "0";
      throw failure;
    }
  }

  stop() {
    this.#watch?.disconnect();
    this.#unwatch?.();
    this.#chart?.dispose();
    this.#chart = null;
  }

  #wait() {
    if (!this.#chart) return this.show(make("div", { class: "bar" }), make("p", { class: "faint", role: "status" }, "Asking …"));
    this.box.classList.add("old");
    this.loading.hidden = false;
  }

  #build(echarts) {
    this.loading = make("div", { class: "bar", hidden: true });
    this.box = make("div", { class: "box", role: "img", tabindex: "0", onkeydown: (event) => this.#key(event) });
    this.why = make("div", { class: "why" });
    this.below = make("div", {});
    this.show(this.loading, this.box, this.why, this.below, this.#probe);
    this.#chart = echarts.init(this.box, null, { renderer: "canvas" });
    this.#chart.group = "page";
    echarts.connect("page");
    this.#watch = new ResizeObserver(() => this.#chart?.resize());
    this.#watch.observe(this.box);
    this.#unwatch = onTheme(() => this.#chart && this.#paint());
    this.#dragToZoom();
  }

  #paint() {
    const { times, series, reasons, total } = this.#answer.data;
    this.box.classList.remove("old");
    this.loading.hidden = true;
    const axis = { axisLine: { lineStyle: { color: this.#colour("border-strong") } }, axisTick: { show: false }, axisLabel: { color: this.#colour("text-muted"), fontSize: 11 } };
    const length = times.at(-1) - times[0];
    this.#chart.setOption({
      animation: false, textStyle: { fontFamily: getComputedStyle(this).fontFamily }, grid: { left: 52, right: 12, top: 14, bottom: 24 },
      xAxis: { ...axis, type: "time", min: times[0], max: times.at(-1), splitLine: { show: false }, axisLabel: { ...axis.axisLabel, hideOverlap: true, formatter: (value) => this.#tick(value, length) }, axisPointer: { lineStyle: { color: this.#colour("text-faint"), type: "dashed", width: 1 } } },
      yAxis: { ...axis, type: "value", splitNumber: 4, axisLine: { show: false }, splitLine: { lineStyle: { color: this.#colour("border") } }, axisLabel: { ...axis.axisLabel, formatter: figure } },
      tooltip: { trigger: "axis", axisPointer: { type: "line" }, backgroundColor: this.#colour("raised"), borderColor: this.#colour("border-strong"), textStyle: { color: this.#colour("text") }, formatter: (points) => this.#tip(points), position: (point, params, element, rect, size) => [point[0] < size.viewSize[0] / 2 ? Math.max(0, size.viewSize[0] - size.contentSize[0] - 12) : 56, 8] },
      series: series.map((one, index) => ({
        type: "line", name: this.#answer.names[index].short, data: this.#hidden.has(index) ? [] : this.#points(times, one.values), symbol: "none", showSymbol: true, connectNulls: false, emphasis: { disabled: true },
        lineStyle: { width: 1.25, color: this.#line(index), type: index < palette ? "solid" : "dashed" }, itemStyle: { color: this.#line(index) },
      })),
    }, { notMerge: true });
    this.why.replaceChildren(...(total === 0 ? [make("b", {}, this.#answer.data.withoutFloats > 0 ? "Only native histograms, which a graph cannot draw" : "No data in this time range"), ...reasons.map((reason) => make("span", {}, reason))] : []));
    this.box.setAttribute("aria-label", this.#summary());
    this.below.replaceChildren(...this.#notes(), this.#foot(), ...(series.length > 0 ? [this.#legend()] : []));
    this.table = null;
    this.box.hidden = false;
  }

  // A value between two gaps is a line without length: it gets a dot.
  #points(times, values) {
    return times.map((time, index) => {
      const lonely = values[index] !== null && (values[index - 1] ?? null) === null && (values[index + 1] ?? null) === null;
      return lonely ? { value: [time, values[index]], symbol: "circle", symbolSize: 4 } : [time, values[index]];
    });
  }

  #statistics({ values }) {
    const known = values.filter((value) => value !== null);
    return { last: known.at(-1) ?? null, min: Math.min(...known), max: Math.max(...known), mean: known.reduce((sum, value) => sum + value, 0) / known.length };
  }

  #summary() {
    const { series, total } = this.#answer.data;
    if (total === 0) return `${this.getAttribute("label")}: nothing in this range`;
    const largest = this.#statistics(series[0]);
    return `${this.getAttribute("label")}: ${total} series; ${seriesName(series[0].labels)} is largest, latest ${figure(largest.last)}, peak ${figure(largest.max)}`;
  }

  #notes() {
    const { warnings = [], infos = [] } = this.#answer;
    return [...warnings.map((note) => make("p", { class: "note" }, note)), ...infos.map((note) => make("p", { class: "note info" }, note))];
  }

  #foot() {
    const { series, total, step, tookMs, samples, withoutFloats } = this.#answer.data;
    const count = total > series.length ? `The ${series.length} largest of ${total.toLocaleString("en")} series` : `${total} series`;
    return make("div", { class: "foot" }, make("span", {}, count), withoutFloats > 0 && total > 0 ? make("span", {}, `${withoutFloats} native histograms are not drawn`) : null, make("span", {}, `a point every ${this.#length(step)}`), make("span", { title: "Samples read, and the time it took" }, `${figure(samples)} samples in ${tookMs} ms`), make("span", { class: "end" }),
      total > 0 ? make("button", { type: "button", class: "link", onclick: () => this.#table() }, "View as table") : null);
  }

  #length(step) {
    return step < 60000 ? `${step / 1000} s` : step < 3600000 ? `${step / 60000} min` : `${step / 3600000} h`;
  }

  #legend() {
    const { series } = this.#answer.data;
    this.rows = series.map((one, index) => {
      const { last, min, max, mean } = this.#statistics(one);
      const swatch = make("span", { class: "swatch" });
      swatch.style.background = this.#line(index);
      const name = make("button", { type: "button", class: "name", "aria-pressed": "true", title: `${seriesName(one.labels)}\nClick: alone; with Ctrl: show or hide`, onclick: (event) => this.#choose(index, event.ctrlKey || event.metaKey) }, swatch, this.#answer.names[index].long);
      return make("tr", {}, make("td", {}, name), ...[last, min, max, mean].map((value) => make("td", { title: String(value) }, figure(value))));
    });
    this.#mark();
    return make("div", { class: "legend" }, make("table", {},
      make("thead", {}, make("tr", {}, make("th", { scope: "col" }, "Series", this.#answer.common ? make("span", { class: "common" }, ` of ${this.#answer.common}`) : null), ...["last", "min", "max", "mean"].map((title) => make("th", { scope: "col" }, title)))), make("tbody", {}, ...this.rows)));
  }

  // A click shows one series alone, and all again; Ctrl adds or takes away one.
  #choose(index, one) {
    const count = this.#answer.data.series.length;
    const isAlone = !this.#hidden.has(index) && this.#hidden.size === count - 1;
    if (one) this.#hidden.has(index) ? this.#hidden.delete(index) : this.#hidden.add(index);
    else this.#hidden = new Set(isAlone ? [] : [...Array(count).keys()].filter((other) => other !== index));
    const { times, series } = this.#answer.data;
    this.#chart.setOption({ series: series.map((shown, at) => ({ data: this.#hidden.has(at) ? [] : this.#points(times, shown.values) })) });
    this.#mark();
  }

  #mark() {
    this.rows.forEach((row, index) => {
      row.classList.toggle("off", this.#hidden.has(index));
      row.querySelector("button").setAttribute("aria-pressed", String(!this.#hidden.has(index)));
    });
  }

  #tick(value, length) {
    const date = new Date(value);
    const isMidnight = date.getHours() === 0 && date.getMinutes() === 0;
    return length > 2 * 86400000 || isMidnight ? date.toLocaleDateString("en", { month: "short", day: "numeric" }) : length < 300000 ? clock(date) : clock(date).slice(0, 5);
  }

  // An element and no HTML: names come from telemetry.
  #tip(points) {
    const tip = make("div", {});
    Object.assign(tip.style, { display: "grid", gridTemplateColumns: "8px minmax(60px, max-content) auto", maxWidth: "min(460px, 60vw)", gap: "2px 10px", alignItems: "center", fontSize: "12px" });
    const wide = (text) => {
      const line = make("span", {}, text);
      Object.assign(line.style, { gridColumn: "1 / -1", color: this.#colour("text-muted") });
      return line;
    };
    const known = points.filter((point) => point.value[1] !== null && point.value[1] !== undefined).sort((left, right) => right.value[1] - left.value[1]);
    tip.append(wide(moment(new Date(points[0].axisValue))));
    for (const point of known.slice(0, maxTip)) {
      const swatch = make("span", {});
      Object.assign(swatch.style, { width: "8px", height: "8px", borderRadius: "2px", background: point.color });
      const name = make("span", {}, point.seriesName);
      Object.assign(name.style, { overflow: "hidden", textOverflow: "ellipsis", whiteSpace: "nowrap" });
      tip.append(swatch, name, make("b", {}, figure(point.value[1])));
    }
    if (known.length > maxTip) tip.append(wide(`${known.length - maxTip} more`));
    return tip;
  }

  #table() {
    if (this.table) {
      this.table.remove();
      this.table = null;
      this.box.hidden = false;
      return;
    }
    const { times, series } = this.#answer.data;
    const rows = times.map((time, index) => ({ time, values: series.map((one) => one.values[index]) })).filter((row) => row.values.some((value) => value !== null)).reverse();
    this.table = make("div", { class: "table", tabindex: "0", role: "group", "aria-label": `${this.getAttribute("label")} as a table` }, make("table", {},
      make("thead", {}, make("tr", {}, make("th", { scope: "col" }, "Time"), ...series.map((one, index) => make("th", { scope: "col", title: seriesName(one.labels) }, this.#answer.names[index].short)))),
      make("tbody", {}, ...rows.map((row) => make("tr", {}, make("td", {}, moment(new Date(row.time))), ...row.values.map((value) => make("td", { title: value === null ? null : String(value) }, figure(value))))))));
    this.box.before(this.table);
    this.box.hidden = true;
  }

  #key(event) {
    const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (!by || event.shiftKey) return;
    event.preventDefault();
    this.at = Math.min(this.#answer.data.times.length - 1, Math.max(0, (this.at ?? -1) + by));
    this.#chart.dispatchAction({ type: "showTip", seriesIndex: 0, dataIndex: this.at });
  }

  // A stretch drawn over with the mouse becomes the page's range.
  #dragToZoom() {
    let from = null;
    const instant = (event) => this.#chart.convertFromPixel({ gridIndex: 0 }, [event.offsetX, 0])[0];
    this.#chart.getZr().on("mousedown", (event) => { from = { time: instant(event), x: event.offsetX }; });
    this.#chart.getZr().on("mouseup", (event) => {
      const start = from;
      from = null;
      if (!start || Math.abs(event.offsetX - start.x) < 6) return;
      const [first, last] = [start.time, instant(event)].sort((left, right) => left - right);
      const text = (time) => new Date(time).toISOString().replace(/\.\d+Z$/, "Z");
      const query = new URLSearchParams(location.search);
      query.set("from", text(first));
      query.set("to", text(Math.max(last, first + 1000)));
      go(`${location.pathname}?${query}`);
    });
  }

  #line(index) {
    return this.#colour(this.#answer.data.series[index].colour ?? `s${(index % palette) + 1}`);
  }

  #colour(token) {
    return colourOf(this.#probe, token);
  }
});
