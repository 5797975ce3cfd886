// The editor of PromQL: a plain text field under a layer that shows what each piece is. The server's parser tells pieces,
// errors and what may come next.
import { Island, busy, make } from "./element.js";
import { ask } from "./promql.js";

const pauseMs = 60;
const errorPauseMs = 900;
const historyKey = "gander-queries";
const maxHistory = 50;

const readHistory = () => {
  try {
    return JSON.parse(localStorage.getItem(historyKey)) ?? [];
  } catch {
    return [];
  }
};

customElements.define("g-editor", class extends Island {
  static observedAttributes = ["value"];
  static css = `
    :host { position: relative; flex: 1; min-width: 0; }
    .field { position: relative; display: grid; min-height: 30px; border: 1px solid var(--control-border); border-radius: 6px; background: var(--surface); }
    .field:focus-within { outline: 2px solid var(--accent); outline-offset: -1px; }
    .field.bad { border-color: var(--error); }
    pre { min-height: 28px; margin: 0; padding: 5px 8px; color: var(--text); font: 400 13px/18px var(--mono); white-space: pre-wrap; overflow-wrap: anywhere; pointer-events: none; }
    .keyword, .operator { color: var(--text-muted); } .aggregation, .function { color: var(--s1); } .metric { color: var(--text); font-weight: 600; } .label { color: var(--s3); }
    .number, .duration { color: var(--s2); } .text { color: var(--s9); } .comment { color: var(--text-faint); font-style: italic; } .punctuation { color: var(--text-muted); } .invalid { color: var(--error); }
    .wrong { text-decoration: underline wavy var(--error); text-decoration-skip-ink: none; text-underline-offset: 3px; }
    .problem { margin-top: 3px; color: var(--error); font-size: 12px; line-height: 18px; overflow-wrap: anywhere; }
    .list { position: absolute; z-index: 30; min-width: 220px; max-width: min(560px, 90vw); max-height: 264px; overflow: auto; padding: 4px; border: 1px solid var(--border-strong); border-radius: 6px; background: var(--raised); box-shadow: 0 8px 30px rgb(0 0 0 / 30%); }
    .list li { display: flex; gap: 12px; align-items: baseline; padding: 3px 8px; border-radius: 4px; cursor: pointer; }
    .list li[aria-selected="true"] { background: var(--selected); box-shadow: inset 2px 0 var(--accent); }
    .list .what { flex: 1; font: 400 12px/18px var(--mono); overflow: hidden; text-overflow: ellipsis; white-space: nowrap; } .list .note { color: var(--text-faint); font-size: 12px; line-height: 18px; white-space: nowrap; } [aria-selected="true"] .note { color: var(--text-muted); }
    .said { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  `;
  #tokens = [];
  #error = null;
  #text = "";
  #timer = 0;
  #asking = null;
  #proposals = [];
  #range = null;
  #chosen = 0;

  draw() {
    const area = this.querySelector("textarea");
    if (this.area !== area) this.#take(area);
    const value = this.getAttribute("value") ?? "";
    // Enhanced navigation changes attributes, and never what a person has typed.
    if (this.written !== value) area.value = this.written = value;
    this.#paint();
    return this.#look(false);
  }

  stop() {
    clearTimeout(this.#timer);
    this.#asking?.abort();
  }

  #take(area) {
    this.area = area;
    this.pre = make("pre", { "aria-hidden": "true" });
    this.field = make("div", { class: "field" }, this.pre, make("slot"));
    this.problem = make("p", { class: "problem", hidden: true });
    this.list = make("ul", { class: "list", role: "listbox", "aria-label": "Proposals", hidden: true });
    this.said = make("p", { class: "said", role: "status" });
    this.show(this.field, this.problem, this.list, this.said);
    area.addEventListener("input", () => this.#typed());
    area.addEventListener("keydown", (event) => this.#key(event));
    area.addEventListener("blur", () => setTimeout(() => {
      this.#close();
      if (this.isConnected) this.#paint();
    }, 150));
    area.addEventListener("click", () => this.#close());
    area.form?.addEventListener("submit", () => this.#remember());
  }

  #typed() {
    this.#paint();
    this.#narrow();
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => busy(this.#look(true)), pauseMs);
  }

  async #look(propose, always = false) {
    const query = this.area.value;
    const at = this.area.selectionStart;
    this.#asking?.abort();
    this.#asking = new AbortController();
    const { signal } = this.#asking;
    try {
      const { data } = await ask("/ui/promql", propose ? { query, at } : { query }, signal);
      if (signal.aborted || this.area.value !== query) return;
      this.#tokens = data.tokens;
      this.#error = data.error ?? null;
      this.#text = query;
      this.#paint();
      if (propose) this.#propose(data, always);
    } catch (failure) {
      if (signal.aborted) return;
      this.problem.textContent = failure.message;
      this.problem.hidden = false;
    }
  }

  // Until the server has looked at what was just typed, the pieces around it keep their colours.
  #current() {
    const text = this.area.value;
    if (text === this.#text) return { text, tokens: this.#tokens, error: this.#error };
    let head = 0;
    while (head < text.length && text[head] === this.#text[head]) head++;
    let tail = 0;
    while (tail < Math.min(text.length, this.#text.length) - head && text.at(-1 - tail) === this.#text.at(-1 - tail)) tail++;
    const moved = text.length - this.#text.length;
    const tokens = this.#tokens.flatMap(([kind, start, end]) => end <= head ? [[kind, start, end]] : start >= this.#text.length - tail ? [[kind, start + moved, end + moved]] : []);
    return { text, tokens, error: null };
  }

  #paint() {
    const { text, tokens, error } = this.#current();
    const pieces = [];
    const wrong = error && [error.start, Math.max(error.end, error.start + 1)];
    const write = (from, to, kind) => {
      if (from >= to) return;
      // The marked place may begin or end inside a piece.
      const cuts = [from, ...(wrong ?? []).filter((cut) => cut > from && cut < to), to];
      for (let index = 0; index + 1 < cuts.length; index++) {
        const isWrong = wrong && cuts[index] >= wrong[0] && cuts[index] < wrong[1];
        const part = text.slice(cuts[index], cuts[index + 1]);
        pieces.push(kind || isWrong ? make("span", { class: [kind, isWrong && "wrong"].filter(Boolean).join(" ") }, part) : part);
      }
    };
    let at = 0;
    for (const [kind, start, end] of tokens) {
      write(at, start, null);
      write(start, end, kind);
      at = end;
    }
    write(at, text.length, null);
    // A mark behind the end needs something to stand under; the line of an empty last line needs a letter to be high.
    if (wrong && wrong[0] >= text.length) pieces.push(make("span", { class: "wrong" }, "\u00a0"));
    else if (text === "" || text.endsWith("\n")) pieces.push("\u200b");
    this.pre.replaceChildren(...pieces);
    clearTimeout(this.errorTimer);
    const tell = () => {
      this.field.classList.toggle("bad", Boolean(error));
      this.problem.hidden = !error;
      if (error) this.problem.textContent = error.message;
    };
    // Whoever is still writing knows that the query is not complete.
    if (error && document.activeElement === this.area) this.errorTimer = setTimeout(tell, errorPauseMs);
    else tell();
  }

  #propose(data, always) {
    const typed = this.area.value.slice(data.from, data.to);
    const history = this.area.value.trim() === "" ? readHistory().slice(0, 10).map((query) => ({ text: query, label: query, kind: "history", note: "asked before" })) : [];
    this.#proposals = [...history, ...data.proposals];
    this.#range = [data.from, data.to];
    const isDone = this.#proposals.length === 1 && this.#proposals[0].text === typed;
    const isWanted = always || typed.length > 0 || data.proposals.some((one) => one.kind === "label" || one.kind === "value");
    if (this.#proposals.length === 0 || isDone || !isWanted || document.activeElement !== this.area) return this.#close();
    this.#choose(0);
    this.list.hidden = false;
    const place = this.#place(data.from);
    this.list.style.left = `${Math.max(0, Math.min(place.left, this.clientWidth - this.list.offsetWidth))}px`;
    this.list.style.top = `${place.bottom + 4}px`;
  }

  // Until the server has answered, what was proposed for fewer letters is narrowed to what fits what is there now.
  #narrow() {
    if (this.list.hidden) return;
    const caret = this.area.selectionStart;
    const typed = this.area.value.slice(this.#range[0], caret).toLowerCase();
    this.#proposals = caret < this.#range[0] ? [] : this.#proposals.filter((one) => one.label.toLowerCase().includes(typed));
    this.#range[1] = caret;
    if (this.#proposals.length === 0) this.#close();
    else this.#choose(0);
  }

  // Where a character stands, in the editor's own coordinates.
  #place(index) {
    const walker = document.createTreeWalker(this.pre, NodeFilter.SHOW_TEXT);
    const range = document.createRange();
    let left = index;
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      if (left <= node.length) {
        range.setStart(node, Math.min(left, node.length));
        break;
      }
      left -= node.length;
    }
    const box = this.getBoundingClientRect();
    const spot = range.startContainer === document ? null : range.getClientRects()[0] ?? range.getBoundingClientRect();
    return spot && spot.height > 0 ? { left: spot.left - box.left, bottom: spot.bottom - box.top } : { left: 8, bottom: this.field.offsetHeight };
  }

  #choose(index) {
    this.#chosen = (index + this.#proposals.length) % this.#proposals.length;
    this.list.replaceChildren(...this.#proposals.map((one, row) => make("li", { role: "option", "aria-selected": String(row === this.#chosen), onmousedown: (event) => { event.preventDefault(); this.#accept(row); } },
      make("span", { class: "what" }, one.label), make("span", { class: "note" }, one.note || one.kind))));
    this.list.children[this.#chosen].scrollIntoView({ block: "nearest" });
    this.said.textContent = `${this.#proposals[this.#chosen].label}, ${this.#chosen + 1} of ${this.#proposals.length}`;
  }

  #close() {
    if (!this.list) return;
    this.list.hidden = true;
    this.said.textContent = "";
  }

  #accept(index) {
    const { text, kind } = this.#proposals[index];
    let [from, to] = this.#range;
    let put = text;
    const after = this.area.value.slice(to);
    if (kind === "history") [from, to] = [0, this.area.value.length];
    // A label in braces goes on with its value, and a value ends with the mark it began with.
    if (kind === "label" && this.#inBraces(from) && !/^\s*[=!]/.test(after)) put += '="';
    if (kind === "value") {
      const quote = this.area.value[from - 1];
      if (after[0] !== quote) put += quote;
    }
    this.#close();
    this.area.focus();
    this.area.setSelectionRange(from, to);
    // Through the browser's own command, so that its undo knows of it.
    if (!document.execCommand("insertText", false, put)) {
      this.area.setRangeText(put, from, to, "end");
      this.#typed();
    }
  }

  #inBraces(at) {
    const before = this.area.value.slice(0, at);
    return before.lastIndexOf("{") > before.lastIndexOf("}");
  }

  #key(event) {
    const isOpen = !this.list.hidden;
    const move = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (isOpen && move) this.#choose(this.#chosen + move);
    else if (isOpen && (event.key === "Tab" || (event.key === "Enter" && !event.shiftKey && !event.ctrlKey)) && !event.isComposing) this.#accept(this.#chosen);
    else if (isOpen && event.key === "Escape") {
      this.#close();
      event.stopPropagation();
    } else if ((event.ctrlKey && event.key === " ") || (event.key === "ArrowDown" && this.area.value.trim() === "")) busy(this.#look(true, true));
    else if (event.key === "Enter" && !event.shiftKey && !event.isComposing) this.area.form.requestSubmit();
    else return;
    event.preventDefault();
  }

  #remember() {
    const query = this.area.value.trim();
    this.written = this.area.value;
    this.#close();
    if (query) localStorage.setItem(historyKey, JSON.stringify([query, ...readHistory().filter((other) => other !== query)].slice(0, maxHistory)));
  }
});
