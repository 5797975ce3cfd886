// The answer of a query at one instant, as a table.
import { Island, make } from "./element.js";
import { moment } from "./figures.js";
import { ask, seriesName } from "./promql.js";

const most = 500;

customElements.define("g-samples", class extends Island {
  static observedAttributes = ["query", "at"];
  static css = `
    :host { padding: 0 12px 12px; }
    .box { overflow-x: auto; max-height: 420px; } .box.old { opacity: .6; }
    table { width: 100%; border-collapse: collapse; font-size: 12px; }
    th { position: sticky; top: 0; background: var(--raised); color: var(--text-muted); font-weight: 500; text-align: left; }
    :is(th, td) { padding: 5px 10px; border-bottom: 1px solid var(--border); vertical-align: top; } tr:last-child td { border-bottom: 0; }
    .value { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
    td.mono { overflow-wrap: anywhere; }
    p { margin: 6px 0 0; }
  `;
  #box = null;

  async draw(signal) {
    this.#box?.classList.add("old");
    const answer = await ask("/api/v1/query", { query: this.getAttribute("query"), time: this.getAttribute("at"), limit: most }, signal);
    const { resultType, result } = answer.data;
    const rows = resultType === "scalar" || resultType === "string" ? [{ metric: {}, value: result, isPlain: true }] : result;
    const notes = [...(answer.warnings ?? []), ...(answer.infos ?? [])].map((note) => make("p", { class: "muted" }, note));
    if (rows.length === 0) {
      this.#box = null;
      this.show(make("p", { class: "muted" }, `Nothing at ${moment(new Date(Number(this.getAttribute("at")) * 1000))}.`), ...notes);
      return;
    }
    this.#box = make("div", { class: "box", tabindex: "0", role: "group", "aria-label": "Answer" }, make("table", {},
      make("thead", {}, make("tr", {}, make("th", { scope: "col" }, "Series"), make("th", { scope: "col", class: "value" }, "Value"))),
      make("tbody", {}, ...rows.map((row) => make("tr", {}, make("td", { class: "mono" }, row.isPlain ? resultType : seriesName(row.metric)), make("td", { class: "value" }, ...this.#values(row)))))));
    const shown = answer.warnings?.includes("results truncated due to limit") ? `The first ${most} series` : `${rows.length} series`;
    this.show(this.#box, make("p", { class: "faint" }, `${shown} at ${moment(new Date(Number(this.getAttribute("at")) * 1000))}`), ...notes);
  }

  // A range has many values and a histogram many parts; each stands on a line of its own.
  #values(row) {
    if (row.value) return [row.value[1]];
    if (row.histogram) return this.#histogram(row.histogram[1]);
    return [...(row.values ?? []).map(([time, value]) => make("div", {}, `${value} @ ${time}`)), ...(row.histograms ?? []).map(([time, value]) => make("div", {}, `count ${value.count}, sum ${value.sum} @ ${time}`))];
  }

  #histogram({ count, sum, buckets = [] }) {
    const brackets = [["(", "]"], ["[", ")"], ["(", ")"], ["[", "]"]];
    return [make("div", {}, `count ${count}, sum ${sum}`), ...buckets.map(([kind, lower, upper, number]) => make("div", { class: "faint" }, `${brackets[kind][0]}${lower}, ${upper}${brackets[kind][1]}  ${number}`))];
  }
});
