// One span or log record: figures, contents, attributes with a filter on each, events. Attribute `src` is where it is.
import { Island, busy, getJson, icon, make } from "./element.js";
import { count, duration, moment } from "./figures.js";

const maxShown = 4000;

customElements.define("g-record", class extends Island {
  static observedAttributes = ["src"];
  static css = `
    section { padding: 10px 12px; border-top: 1px solid var(--border); }
    section:first-child { border-top: 0; }
    h2 { margin-bottom: 6px; color: var(--text-muted); font: 500 12px/18px var(--sans); }
    dl.facts { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: 2px 12px; }
    dt { color: var(--text-muted); } dd { overflow-wrap: anywhere; }
    .links { display: flex; flex-wrap: wrap; gap: 4px 16px; }
    pre.content { max-height: 300px; overflow: auto; padding: 6px 8px; border: 1px solid var(--border); border-radius: 6px; background: var(--bg); }
    .head { display: flex; gap: 8px; align-items: baseline; } .head h2 { flex: 1; }
    button { border: 0; padding: 0; background: none; color: var(--accent); cursor: pointer; font-size: 12px; }
    button:hover { text-decoration: underline; }
    ul.properties li { position: relative; display: grid; grid-template-columns: minmax(110px, 2fr) 3fr; gap: 12px; padding: 2px 28px 2px 4px; border-radius: 4px; font: 400 12px/18px var(--mono); }
    ul.properties li:hover { background: var(--hover); }
    ul.properties .key { color: var(--text-muted); overflow-wrap: anywhere; } ul.properties .value { overflow-wrap: anywhere; white-space: pre-wrap; }
    ul.properties a { position: absolute; right: 2px; top: -1px; width: 24px; height: 24px; display: grid; place-items: center; color: var(--text-faint); }
    ul.properties a:hover { color: var(--accent); }
    input { width: 100%; height: 28px; margin-bottom: 6px; padding: 0 8px; border: 1px solid var(--control-border); border-radius: 6px; background: var(--surface); }
    input::placeholder { color: var(--text-faint); opacity: 1; }
    ol { margin: 0; padding: 0; list-style: none; } ol li { display: grid; grid-template-columns: 76px minmax(0, 1fr); gap: 8px; padding: 2px 0; font: 400 12px/18px var(--mono); overflow-wrap: anywhere; }
    ol .at { text-align: right; color: var(--text-faint); white-space: nowrap; }
  `;

  async draw(signal) {
    const address = this.getAttribute("src");
    if (!address) return this.show();
    const record = await getJson(address, signal);
    this.show(
      make("section", {}, this.#facts(record), record.dropped ? make("p", { class: "muted" }, record.dropped) : null),
      record.links.length ? make("section", { class: "links" }, ...record.links.map((link) => make("a", { href: link.address }, link.label))) : "",
      ...record.contents.map((content) => this.#content(content)),
      this.#properties("Attributes", record.attributes.filter((one) => one.owner === "record")),
      record.events.length ? this.#events(record.events) : "",
      this.#properties("Resource", record.attributes.filter((one) => one.owner === "resource")),
    );
  }

  #facts(record) {
    return make("dl", { class: "facts" }, ...record.facts.flatMap((fact) => {
      const time = fact.label === "Start" || fact.label === "Time" || fact.label === "Observed";
      const text = time ? `${new Date(fact.value).toDateString().slice(4, 10)}, ${moment(new Date(fact.value), "clock")}` : fact.value;
      return [make("dt", {}, fact.label), make("dd", { class: fact.tone, title: time ? fact.value : null }, fact.tone === "error" ? `✕ ${text}` : text)];
    }));
  }

  #content(content) {
    const text = make("pre", { class: "content", tabindex: "0" }, content.text.slice(0, maxShown) + (content.text.length > maxShown ? " …" : ""));
    const copy = make("button", { type: "button", onclick: () => busy(navigator.clipboard.writeText(content.text)) }, "Copy");
    const rest = content.text.length > maxShown
      ? make("button", { type: "button", onclick: (event) => { text.textContent = content.text; event.target.remove(); } }, `Show all ${count(content.length)} characters`)
      : null;
    return make("section", {}, make("div", { class: "head" }, make("h2", {}, content.label), rest, copy), text);
  }

  #properties(title, properties) {
    if (properties.length === 0) return "";
    const rows = properties.map((property) => make("li", {},
      make("span", { class: "key" }, property.key),
      make("span", { class: "value" }, property.value === "" ? "(empty)" : property.value),
      property.find ? make("a", { href: property.find, title: "Find records with this value", "aria-label": `Find records where ${property.key} is ${property.value.slice(0, 80)}` }, icon("search")) : null));
    const filter = properties.length > 8
      ? make("input", {
        type: "search", placeholder: `Filter ${properties.length} attributes`, "aria-label": `Filter ${title.toLowerCase()}`,
        oninput: (event) => rows.forEach((row) => { row.hidden = !row.textContent.toLowerCase().includes(event.target.value.toLowerCase()); row.style.display = row.hidden ? "none" : ""; }),
      })
      : null;
    return make("section", {}, make("h2", {}, title), filter, make("ul", { class: "properties" }, ...rows));
  }

  #events(events) {
    return make("section", {}, make("h2", {}, `Events (${events.length})`), make("ol", {}, ...events.map((one) => make("li", {},
      make("span", { class: "at" }, duration(Math.max(0, one.atMs))), make("span", {}, one.name, one.attributes ? make("span", { class: "faint" }, `  ${one.attributes}`) : null)))));
  }
});
