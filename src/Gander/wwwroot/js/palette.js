// Ctrl K: pages and recent sessions by name.
import { Island, busy, getJson, icon, make } from "./element.js";
import { go } from "./shell.js";

const maxShown = 12;

customElements.define("g-palette", class extends Island {
  static css = `
    dialog { width: min(560px, 92vw); margin-top: 12vh; padding: 0; border: 1px solid var(--border-strong); border-radius: 8px; background: var(--raised); color: var(--text); box-shadow: 0 12px 40px rgb(0 0 0 / 35%); overflow: hidden; }
    dialog::backdrop { background: rgb(0 0 0 / 45%); }
    input { width: 100%; height: 44px; padding: 0 16px; border: 0; border-bottom: 1px solid var(--border); background: none; font: 400 15px/22px var(--sans); outline: none; }
    input::placeholder { color: var(--text-faint); opacity: 1; }
    ul { padding: 8px; max-height: 50vh; overflow: auto; }
    li { display: flex; align-items: center; gap: 10px; min-height: 32px; padding: 4px 10px; border-radius: 6px; cursor: pointer; }
    li .icon { width: 16px; height: 16px; color: var(--text-muted); }
    li[aria-selected="true"] { background: var(--selected); box-shadow: inset 2px 0 var(--accent); }
    li .label { flex: 1; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
    p { padding: 12px 18px; }
  `;
  #dialog = null;
  #items = [];
  #shown = [];
  #chosen = 0;

  get isOpen() {
    return this.#dialog?.open ?? false;
  }

  draw() {
    this.input = make("input", {
      type: "text", placeholder: "Go to a page or session", "aria-label": "Go to a page or session", role: "combobox", "aria-expanded": "true", "aria-controls": "found", autocomplete: "off", spellcheck: "false",
      oninput: () => this.#filter(), onkeydown: (event) => this.#key(event),
    });
    this.list = make("ul", { id: "found", role: "listbox", "aria-label": "Found" });
    this.#dialog = make("dialog", { "aria-label": "Go to", onclick: (event) => event.target === this.#dialog && this.#dialog.close() }, this.input, this.list);
    this.show(this.#dialog);
  }

  open() {
    if (!this.#dialog || this.isOpen) return;
    this.#items = [...document.querySelectorAll(".side li a")].map((link) => ({ label: link.textContent.trim(), note: link.dataset.go ?? "", icon: link.dataset.icon ?? "chevron", address: link.href }));
    this.input.value = "";
    this.#filter();
    this.#dialog.showModal();
    busy(this.#sessions());
  }

  async #sessions() {
    try {
      const { sessions } = await getJson("/api/sessions?limit=50");
      this.#items.push(...sessions.map((session) => ({
        label: session.title ?? (session.id || session.key), note: [session.agent, session.user].filter(Boolean).join(" · "), icon: "sessions", address: `/sessions/${encodeURIComponent(session.key)}`,
      })));
      this.#filter();
    } catch { /* pages alone are worth having */ }
  }

  #filter() {
    const words = this.input.value.toLowerCase().split(/\s+/).filter(Boolean);
    this.#shown = this.#items.filter((item) => words.every((word) => `${item.label} ${item.note}`.toLowerCase().includes(word))).slice(0, maxShown);
    this.#choose(0);
  }

  #choose(index) {
    this.#chosen = Math.max(0, Math.min(index, this.#shown.length - 1));
    this.list.replaceChildren(...this.#shown.map((item, row) => make("li", {
      role: "option", id: `found-${row}`, "aria-selected": String(row === this.#chosen), onclick: () => this.#go(row),
    }, icon(item.icon), make("span", { class: "label" }, item.label), make("span", { class: "faint" }, item.note))));
    if (this.#shown.length > 0) this.input.setAttribute("aria-activedescendant", `found-${this.#chosen}`);
    else this.input.removeAttribute("aria-activedescendant");
    this.list.children[this.#chosen]?.scrollIntoView({ block: "nearest" });
    if (this.#shown.length === 0) this.list.replaceChildren(make("li", { role: "option", "aria-disabled": "true", class: "muted" }, "Nothing found"));
  }

  #key(event) {
    const move = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (move) this.#choose(this.#chosen + move);
    else if (event.key === "Enter") this.#go(this.#chosen);
    else return;
    event.preventDefault();
  }

  #go(index) {
    const item = this.#shown[index];
    if (!item) return;
    this.#dialog.close();
    go(item.address);
  }
});
