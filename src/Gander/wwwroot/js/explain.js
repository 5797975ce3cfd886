// How a query is evaluated: a tree of operations, each with what it reads and what is saved.
import { Island, make } from "./element.js";
import { moment } from "./figures.js";
import { ask } from "./promql.js";

customElements.define("g-explain", class extends Island {
  static observedAttributes = ["query", "start", "end", "step"];
  static css = `
    :host { padding: 0 12px 12px; }
    ul ul { margin-left: 7px; padding-left: 14px; border-left: 1px solid var(--border-strong); }
    li { padding: 3px 0; }
    .line { display: flex; flex-wrap: wrap; gap: 2px 10px; align-items: baseline; }
    .operation { font: 600 12px/18px var(--mono); overflow-wrap: anywhere; }
    .note { color: var(--text-muted); font-size: 12px; line-height: 18px; }
    .badge { padding: 0 6px; border-radius: 4px; background: var(--raised); font-size: 12px; line-height: 18px; }
  `;

  async draw(signal) {
    const [start, end, step] = ["start", "end", "step"].map((name) => this.getAttribute(name));
    const { data: { plan } } = await ask("/api/v1/query_explain", { query: this.getAttribute("query"), start, end, step }, signal);
    this.show(make("p", { class: "muted" }, `${plan.steps.toLocaleString("en")} steps of ${step} s`), make("ul", {}, this.#node(plan.plan)));
  }

  #node(node) {
    const notes = [...node.notes];
    if (node.firstTime !== undefined) notes.push(`reads ${moment(new Date(node.firstTime * 1000))} to ${moment(new Date(node.lastTime * 1000))}`);
    return make("li", {},
      make("div", { class: "line" },
        make("span", { class: "operation", title: node.expression }, node.operation),
        node.series === undefined ? null : make("span", { class: "badge" }, `${node.series.toLocaleString("en")} series`),
        node.shared === undefined ? null : make("span", { class: "badge", title: "Evaluated once and used in several places" }, `shared ${node.shared}`),
        notes.length > 0 ? make("span", { class: "note" }, notes.join(" · ")) : null),
      node.inputs.length > 0 ? make("ul", {}, ...node.inputs.map((input) => this.#node(input))) : null);
  }
});
