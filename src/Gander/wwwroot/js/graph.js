// The answer of a query over time as lines, with a table of the series below.
import { make } from "./element.js";
import { clock, moment } from "./figures.js";
import { Plot } from "./plot.js";
import { ask, figure, seriesName, shortNames } from "./promql.js";

const palette = 10;

customElements.define("g-graph", class extends Plot {
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
    table { width: 100%; border-collapse: collapse; font-size: 12px; line-height: 18px; } th { color: var(--text-muted); font-weight: 400; } thead th { position: sticky; top: 0; background: var(--surface); }
    :is(th, td) { padding: 1px 8px; text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; } :is(th, td):first-child { width: 100%; padding-left: 0; text-align: left; white-space: normal; }
    tbody tr:hover { background: var(--hover); } tr.off { opacity: .45; }
    .name { display: flex; gap: 7px; align-items: baseline; width: 100%; border: 0; padding: 2px 0; background: none; cursor: pointer; text-align: left; font: 400 12px/18px var(--mono); overflow-wrap: anywhere; }
    .common { color: var(--text-faint); font-family: var(--mono); overflow-wrap: anywhere; }
    .swatch { flex: none; width: 10px; height: 3px; border-radius: 2px; translate: 0 -3px; }
  `;
  #answer = null;
  #hidden = new Set();

  get times() {
    return this.#answer.data.times;
  }

  async draw(signal) {
    this.#wait();
    try {
      const width = Math.round((this.clientWidth || 800) / 2);
      const asked = ask("/ui/promql/graph", { query: this.getAttribute("query"), start: this.getAttribute("start"), end: this.getAttribute("end"), width }, signal);
      const [echarts, answer] = await Promise.all([this.load(), asked]);
      if (signal.aborted) return;
      const same = this.#answer?.query === this.getAttribute("query");
      this.#answer = { ...answer, query: this.getAttribute("query"), ...shortNames(answer.data.series.map((one) => one.labels)) };
      this.style.minHeight = "";
      if (!same) this.#hidden.clear();
      if (!this.chart) this.#begin(echarts);
      this.paint();
    } catch (failure) {
      // What was drawn is of another query or an older time; the message takes its place.
      if (!signal.aborted) this.stop();
      this.style.minHeight = "0";
      throw failure;
    }
  }

  #wait() {
    if (!this.chart) return this.show(make("div", { class: "bar" }), make("p", { class: "faint", role: "status" }, "Asking …"));
    this.box.classList.add("old");
    this.loading.hidden = false;
  }

  #begin(echarts) {
    this.loading = make("div", { class: "bar", hidden: true });
    this.why = make("div", { class: "why" });
    this.below = make("div", {});
    this.build(echarts, [this.loading], [this.why, this.below]);
  }

  paint() {
    const { times, series, reasons, total } = this.#answer.data;
    this.box.classList.remove("old");
    this.loading.hidden = true;
    const length = times.at(-1) - times[0];
    this.set({
      series: series.map((one, index) => ({
        type: "line", name: this.#answer.names[index].short, data: this.#hidden.has(index) ? [] : this.#points(times, one.values), symbol: "none", showSymbol: true, connectNulls: false, emphasis: { disabled: true },
        lineStyle: { width: 1.25, color: this.#line(index), type: index < palette ? "solid" : "dashed" }, itemStyle: { color: this.#line(index) },
      })),
    }, {
      grid: { left: 52, right: 12, top: 14, bottom: 24 },
      x: { type: "time", min: times[0], max: times.at(-1), splitLine: { show: false }, axisLabel: { formatter: (value) => this.#tick(value, length) }, axisPointer: { lineStyle: { color: this.colour("text-faint"), type: "dashed", width: 1 } } },
      y: { splitNumber: 4, axisLabel: { formatter: figure } },
      tip: { formatter: (points) => this.#tip(points), position: (point, params, element, rect, size) => [point[0] < size.viewSize[0] / 2 ? Math.max(0, size.viewSize[0] - size.contentSize[0] - 12) : 56, 8] },
      pointer: { type: "line" },
    });
    this.why.replaceChildren(...(total === 0 ? [make("b", {}, this.#answer.data.withoutFloats > 0 ? "Only native histograms, which a graph cannot draw" : "No data in this time range"), ...reasons.map((reason) => make("span", {}, reason))] : []));
    this.box.setAttribute("aria-label", this.#summary());
    this.below.replaceChildren(...this.#notes(), this.#foot(), ...(series.length > 0 ? [this.#legend()] : []));
    this.closeTable();
  }

  stretch(first, last) {
    return [first, Math.max(last, first + 1000)];
  }

  #points(times, values) {
    return times.map((time, index) => (this.isLonely(values, index) ? { value: [time, values[index]], symbol: "circle", symbolSize: 4 } : [time, values[index]]));
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
      total > 0 ? this.tableButton(() => this.#columns()) : null);
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
    this.chart.setOption({ series: series.map((shown, at) => ({ data: this.#hidden.has(at) ? [] : this.#points(times, shown.values) })) });
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

  #tip(points) {
    return this.tip(moment(new Date(points[0].axisValue)), points.map((point) => ({ name: point.seriesName, colour: point.color, value: point.value[1] })), figure);
  }

  #columns() {
    const { times, series } = this.#answer.data;
    return {
      names: series.map((_, index) => this.#answer.names[index].short),
      titles: series.map((one) => seriesName(one.labels)),
      rows: times.map((time, index) => ({ time, values: series.map((one) => one.values[index]) })).filter((row) => row.values.some((value) => value !== null)).reverse()
        .map((row) => ({ time: row.time, cells: row.values.map((value) => ({ text: figure(value), title: value === null ? null : String(value) })) })),
    };
  }

  #line(index) {
    return this.colour(this.#answer.data.series[index].colour ?? `s${(index % palette) + 1}`);
  }
});
