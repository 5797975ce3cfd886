// A trace as a waterfall. Only the rows in view are in the document, so that thousands of spans stay fluid.
import "./record.js";
import { Island, getJson, icon, make } from "./element.js";
import { count, duration } from "./figures.js";
import { TraceModel, ticks } from "./trace-model.js";
import { css } from "./waterfall-style.js";

const rowHeight = 26;
const spareRows = 12;

customElements.define("g-waterfall", class extends Island {
  static observedAttributes = ["trace", "span"];
  static css = css;
  #model = null;
  #rows = [];
  #current = -1;
  #open = false;
  #view = { from: 0, to: 1 };
  #watch = null;

  async draw(signal) {
    const trace = this.getAttribute("trace");
    if (this.#model?.data.traceId !== trace) {
      const data = await getJson(`/ui/traces/${encodeURIComponent(trace)}`, signal);
      if (data.id.length === 0) return this.show(make("p", { class: "muted pad" }, "No span of this trace is stored any more."));
      this.#model = new TraceModel(data);
      this.#build();
    }
    document.addEventListener("gander-key", this.#onKey);
    const wanted = this.#model.data.id.indexOf(this.getAttribute("span") ?? "");
    if (wanted >= 0) this.#choose(wanted, true);
    else this.#layout();
  }

  stop() {
    this.#watch?.disconnect();
    document.removeEventListener("gander-key", this.#onKey);
  }

  #build() {
    const { data } = this.#model;
    this.#view = { from: 0, to: Math.max(this.#model.end, 0.001) };
    this.find = make("input", { type: "search", placeholder: "Find a span", "aria-label": "Find a span", oninput: () => this.#search(), onkeydown: (event) => event.key === "Enter" && this.#search(event.shiftKey ? -1 : 1) });
    this.found = make("span", { class: "muted", role: "status" });
    this.zoom = make("button", { type: "button", onclick: () => this.#fit(), hidden: true }, "Whole trace");
    const failed = data.failed.filter(Boolean).length;
    const tools = make("div", { class: "tools" },
      this.find, this.found,
      make("span", { class: "end" }),
      failed > 0 ? make("button", { type: "button", class: "failed", onclick: () => this.#nextFailed() }, `✕ ${failed} failed`) : null,
      this.zoom,
      make("button", { type: "button", onclick: () => this.#collapseAll() }, "Collapse or expand all"),
      data.session ? make("a", { href: `/sessions/${encodeURIComponent(data.session)}?trace=${data.traceId}` }, "Turn in its session") : null);
    this.ruler = make("div", { class: "ruler", "aria-hidden": "true" });
    this.body = make("div", { class: "rows", role: "tree", tabindex: "0", "aria-label": "Spans of the trace", onkeydown: (event) => this.#key(event) });
    this.scroller = make("div", { class: "scroller", onscroll: () => this.#layout() }, this.body);
    this.record = make("g-record");
    this.detailsTitle = make("h2", {});
    this.details = make("aside", { class: "details", "aria-label": "Span", hidden: true },
      make("header", {}, this.detailsTitle, make("button", { type: "button", class: "close", "aria-label": "Close", onclick: () => this.#close() }, icon("cross"))), this.record);
    const capped = this.#model.total > this.#model.count ? make("p", { class: "capped" }, `The first ${count(this.#model.count)} of ${count(this.#model.total)} spans are drawn.`) : null;
    this.show(make("div", { class: "frame" },
      make("div", { class: "chart" }, tools, capped, make("div", { class: "head" }, make("span", {}, "Span"), this.ruler, make("span", { class: "num" }, "Duration")), this.scroller), this.details));
    this.#watch = new ResizeObserver(() => { this.#ruler(); this.#layout(); });
    this.#watch.observe(this.scroller);
    this.#refresh();
  }

  #refresh() {
    this.#rows = this.#model.visible();
    this.body.style.height = `${this.#rows.length * rowHeight}px`;
    this.#ruler();
    this.#layout();
  }

  #ruler() {
    const { from, to } = this.#view;
    const width = this.ruler.clientWidth || 600;
    const wanted = Math.max(2, Math.floor(width / 140));
    this.ruler.replaceChildren(...ticks(from, to, wanted).map((instant) => {
      const left = (instant - from) / (to - from) * 100;
      const tick = make("span", {}, duration(instant));
      tick.style.left = `${left}%`;
      if (left > 92) tick.classList.add("last");
      return tick;
    }));
  }

  #layout() {
    const first = Math.max(0, Math.floor(this.scroller.scrollTop / rowHeight) - spareRows);
    const last = Math.min(this.#rows.length, Math.ceil((this.scroller.scrollTop + this.scroller.clientHeight) / rowHeight) + spareRows);
    const drawn = [];
    for (let place = first; place < last; place++) drawn.push(this.#row(this.#rows[place], place));
    this.body.replaceChildren(...drawn);
    if (this.#current >= 0) this.body.setAttribute("aria-activedescendant", `r${this.#current}`);
  }

  #row(row, place) {
    const { data, depth, children, collapsed } = this.#model;
    const hasChildren = children[row].length > 0;
    const failed = data.failed[row];
    const twisty = hasChildren ? make("span", { class: collapsed.has(row) ? "twisty" : "twisty down" }, icon("chevron")) : make("span", { class: "twisty" });
    const name = make("span", { class: "name" }, twisty, icon(data.look[row], "icon glyph"), make("span", { class: "label" }, data.name[row], data.detail[row] ? make("span", { class: "muted" }, ` ${data.detail[row]}`) : null), failed ? make("span", { class: "error", role: "img", "aria-label": "failed" }, "✕") : null);
    name.style.paddingLeft = `${8 + Math.min(depth[row], 24) * 14}px`;
    const element = make("div", {
      class: `row k-${data.look[row]}${row === this.#current ? " current" : ""}`, role: "treeitem", id: `r${row}`, "aria-level": depth[row] + 1, "aria-selected": String(row === this.#current),
      "aria-expanded": hasChildren ? String(!collapsed.has(row)) : null,
      title: `${data.name[row]} ${data.detail[row]}\n${data.length[row].toLocaleString("en", { maximumFractionDigits: 6 })} ms, starts at ${duration(data.at[row])}${data.tokens[row] ? `\n${data.tokens[row]} tokens` : ""}`,
      onclick: (event) => this.#click(event, row), ondblclick: () => this.#zoomTo(row),
    }, name, make("span", { class: "track" }, this.#bar(row)), make("span", { class: "num" }, duration(data.length[row])));
    element.style.top = `${place * rowHeight}px`;
    return element;
  }

  #bar(row) {
    const { data } = this.#model;
    const { from, to } = this.#view;
    const scale = 100 / (to - from);
    const left = (data.at[row] - from) * scale;
    const right = (data.at[row] + data.length[row] - from) * scale;
    if (right < 0 || left > 100) return make("span", { class: "outside" }, right < 0 ? "‹" : "›");
    const bar = make("span", { class: `bar${data.failed[row] ? " failed" : ""}` });
    bar.style.left = `${Math.max(0, left)}%`;
    bar.style.width = `${Math.max(0.15, Math.min(100, right) - Math.max(0, left))}%`;
    if (left < -0.001) bar.append(make("span", { class: "clip" }, "‹"));
    if (right > 100.001) bar.append(make("span", { class: "clip right" }, "›"));
    return bar;
  }

  #click(event, row) {
    if (event.target.closest(".twisty") && this.#model.children[row].length > 0) this.#toggle(row);
    else this.#choose(row, true);
  }

  #toggle(row) {
    const { collapsed } = this.#model;
    if (!collapsed.delete(row)) collapsed.add(row);
    this.#refresh();
  }

  #collapseAll() {
    const { collapsed, children, order, depth } = this.#model;
    if (collapsed.size > 0) collapsed.clear();
    else for (const row of order) if (children[row].length > 0 && depth[row] > 0) collapsed.add(row);
    this.#refresh();
  }

  #choose(row, open) {
    this.#model.reveal(row);
    this.#current = row;
    this.#open ||= open;
    this.#rows = this.#model.visible();
    this.body.style.height = `${this.#rows.length * rowHeight}px`;
    const top = this.#rows.indexOf(row) * rowHeight;
    if (top < this.scroller.scrollTop) this.scroller.scrollTop = top;
    else if (top + rowHeight > this.scroller.scrollTop + this.scroller.clientHeight) this.scroller.scrollTop = top + rowHeight - this.scroller.clientHeight;
    this.#layout();
    if (this.#open) this.#showDetails(row);
    this.#remember();
  }

  #showDetails(row) {
    const { data } = this.#model;
    this.details.hidden = false;
    this.detailsTitle.textContent = [data.name[row], data.detail[row]].filter(Boolean).join(" ");
    const at = BigInt(data.startNanos) + BigInt(Math.round(data.at[row] * 1e6));
    this.record.setAttribute("src", `/ui/spans/${data.traceId}/${data.id[row]}?at=${at}`);
  }

  #close() {
    this.#open = false;
    this.details.hidden = true;
    this.#remember();
    this.body.focus({ preventScroll: true });
  }

  // The chosen span is part of the address, so that a link shows what one sees.
  #remember() {
    const address = new URL(location.href);
    if (this.#open && this.#current >= 0) address.searchParams.set("span", this.#model.data.id[this.#current]);
    else address.searchParams.delete("span");
    if (address.href !== location.href) history.replaceState(history.state, "", address);
  }

  #move(by) {
    const place = this.#rows.indexOf(this.#current);
    const next = place < 0 ? 0 : Math.min(this.#rows.length - 1, Math.max(0, place + by));
    this.#choose(this.#rows[next], false);
    this.body.focus({ preventScroll: true });
  }

  #nextFailed() {
    const { order, data } = this.#model;
    const start = order.indexOf(this.#current);
    const next = [...order.slice(start + 1), ...order.slice(0, start + 1)].find((row) => data.failed[row]);
    if (next !== undefined) this.#choose(next, true);
  }

  #search(by = 0) {
    const text = this.find.value.trim().toLowerCase();
    if (text === "") {
      this.found.textContent = "";
      return;
    }
    const { order, data } = this.#model;
    const hits = order.filter((row) => `${data.name[row]} ${data.detail[row]}`.toLowerCase().includes(text));
    if (hits.length === 0) {
      this.found.textContent = "none found";
      return;
    }
    const at = by === 0 ? 0 : (hits.indexOf(this.#current) + by + hits.length) % hits.length;
    this.found.textContent = `${at + 1} of ${hits.length}`;
    this.#choose(hits[at], false);
  }

  #zoomTo(row) {
    const { data } = this.#model;
    if (data.length[row] <= 0) return;
    this.#view = { from: data.at[row], to: data.at[row] + data.length[row] };
    this.zoom.hidden = false;
    this.#ruler();
    this.#layout();
  }

  #fit() {
    this.#view = { from: 0, to: Math.max(this.#model.end, 0.001) };
    this.zoom.hidden = true;
    this.#ruler();
    this.#layout();
  }

  // Keys of the whole page, as the shell passes them on; those of the tree itself are in #key.
  #onKey = (event) => {
    const act = { j: () => this.#move(1), k: () => this.#move(-1), f: () => this.#move(1), b: () => this.#move(-1), e: () => this.#nextFailed(), "/": () => this.find.focus(), w: () => this.#current >= 0 && this.#zoomTo(this.#current), s: () => this.#fit() }[event.detail]
      ?? (event.detail === "Escape" && this.#open ? () => this.#close() : null)
      ?? (event.detail === "Enter" && this.#current >= 0 && this.shadowRoot.activeElement === this.body ? () => this.#choose(this.#current, true) : null);
    if (!act || !this.#model) return;
    event.preventDefault();
    act();
  };

  #key(event) {
    const { children, collapsed, parent } = this.#model;
    const row = this.#current;
    const act = {
      ArrowDown: () => this.#move(1), ArrowUp: () => this.#move(-1), Home: () => this.#choose(this.#rows[0], false), End: () => this.#choose(this.#rows.at(-1), false),
      ArrowRight: () => row >= 0 && children[row].length > 0 && (collapsed.has(row) ? this.#toggle(row) : this.#choose(children[row][0], false)),
      ArrowLeft: () => row >= 0 && (children[row].length > 0 && !collapsed.has(row) ? this.#toggle(row) : parent[row] >= 0 && this.#choose(parent[row], false)),
      " ": () => row >= 0 && this.#toggle(row),
    }[event.key];
    if (!act || event.shiftKey) return;
    event.preventDefault();
    act();
  }
});
