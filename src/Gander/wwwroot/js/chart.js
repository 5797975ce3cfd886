// A chart of the page's own figures, which come with the page: stacked bars, or lines for what does not add up.
import { make } from "./element.js";
import { clock, count, dayOf, duration, moment, money } from "./figures.js";
import { Plot } from "./plot.js";

customElements.define("g-chart", class extends Plot {
  static observedAttributes = ["data", "label", "unit"];
  static css = `
    :host { padding: 0 12px 10px; }
    .box { position: relative; height: 190px; } .box.old { opacity: .6; }
    .foot { display: flex; flex-wrap: wrap; gap: 4px 14px; align-items: center; color: var(--text-muted); font-size: 12px; line-height: 18px; }
    .foot .end { margin-left: auto; } .foot .name { min-width: 0; max-width: 320px; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
    .swatch { display: inline-block; width: 8px; height: 8px; margin-right: 5px; border-radius: 2px; }
    .link { border: 0; padding: 0; background: none; color: var(--accent); cursor: pointer; font-size: 12px; } .link:hover { text-decoration: underline; }
    .table { max-height: 190px; overflow: auto; } table { width: 100%; border-collapse: collapse; font-size: 12px; } :is(th, td) { padding: 2px 8px 2px 0; text-align: right; font-weight: 400; white-space: nowrap; font-variant-numeric: tabular-nums; } th:first-child, td:first-child { text-align: left; } th { color: var(--text-muted); } thead th { position: sticky; top: 0; background: var(--surface); }
  `;
  #data = null;

  get times() {
    return this.#data.times;
  }

  async draw(signal) {
    this.box?.classList.add("old");
    try {
      const echarts = await this.load();
      if (signal.aborted) return;
      this.#data = JSON.parse(this.getAttribute("data"));
      this.#begin(echarts);
    } catch (failure) {
      if (!signal.aborted) this.stop();
      throw failure;
    }
  }

  #begin(echarts) {
    if (!this.chart) {
      this.foot = make("div", { class: "foot" });
      this.build(echarts, [], [this.foot]);
    }
    this.box.classList.remove("old");
    this.paint();
  }

  paint() {
    const { times, series, kind, unit } = this.#data;
    const lines = kind === "lines";
    const step = times.length > 1 ? times[1] - times[0] : 1;
    this.set({
      series: series.map((one) => (lines ? this.#line(one) : { type: "bar", name: one.name, stack: "all", barMaxWidth: 48, data: one.values.map((value) => Math.round(value * 1e6) / 1e6), itemStyle: { color: this.colour(one.colour) }, barCategoryGap: "20%" })),
    }, {
      grid: { left: unit === "count" ? 44 : 56, right: 8, top: 16, bottom: 24 },
      x: { type: "category", data: times, axisLabel: { formatter: (value) => this.#tick(Number(value), step) } },
      y: { splitNumber: 3, minInterval: unit === "count" ? 1 : 0, axisLabel: { formatter: (value) => this.#figure(value) } },
      tip: { confine: true, formatter: (points) => this.#tip(points, step) },
      pointer: { type: lines ? "line" : "shadow", lineStyle: { color: this.colour("text-faint") }, shadowStyle: { color: this.colour("accent"), opacity: 0.12 } },
    });
    const sums = series.map((one) => one.values.reduce((sum, value) => sum + (value ?? 0), 0));
    const totals = series.map((one, index) => one.total ?? this.#figure(sums[index]));
    this.box.setAttribute("aria-label", `${this.getAttribute("label")}: ${series.map((one, index) => `${one.name} ${totals[index]}`).join(", ") || "nothing in this range"}`);
    this.closeTable();
    this.foot.replaceChildren(...series.map((one, index) => {
      const swatch = make("span", { class: "swatch" });
      swatch.style.background = this.colour(one.colour);
      const exact = one.total ? totals[index] : `${sums[index].toLocaleString("en", { maximumFractionDigits: unit === "count" ? 0 : 6 })} ${this.getAttribute("unit")}`;
      return make("span", { class: "name", title: `${one.name}: ${exact}` }, swatch, `${one.name} ${totals[index]}`);
    }), ...(series.length === 0 ? [make("span", {}, "Nothing in this range")] : [make("span", { class: "end" }), this.tableButton(() => this.#columns())]));
  }

  stretch(first, last) {
    const { times } = this.#data;
    return last - first < 1 || !(first >= 0) || last >= times.length ? null : [times[first], times[last] + (times[1] - times[0])];
  }

  #line(one) {
    return { type: "line", name: one.name, data: one.values, connectNulls: false, lineStyle: { width: 1.25 }, itemStyle: { color: this.colour(one.colour) }, symbol: "circle", showAllSymbol: true, symbolSize: (_, point) => (this.isLonely(one.values, point.dataIndex) ? 5 : 0) };
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

  #tip(points, step) {
    const start = new Date(Number(points[0].axisValue));
    const end = new Date(start.valueOf() + step);
    const title = step >= 86400000 ? moment(start).replace(/, .*$/, "") : `${moment(start).replace(/:\d\d$/, "")} – ${clock(end).slice(0, 5)}`;
    return this.tip(title, points.filter((point) => this.#data.kind === "lines" || point.value > 0).map((point) => ({ name: point.seriesName, colour: point.color, value: point.value })), (value) => this.#figure(value));
  }

  #columns() {
    const { times, series } = this.#data;
    const isDays = times.length > 1 && times[1] - times[0] >= 86400000;
    return {
      names: series.map((one) => one.name),
      rows: times.map((time, index) => ({ time, values: series.map((one) => one.values[index]) })).filter((row) => row.values.some((value) => value > 0)).reverse()
        .map((row) => ({ time: row.time, label: isDays ? dayOf(new Date(row.time)) : null, cells: row.values.map((value) => ({ text: value === null ? "–" : this.#figure(value), title: value === null ? null : String(value) })) })),
    };
  }
});
