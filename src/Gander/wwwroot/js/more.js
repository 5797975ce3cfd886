// The rest of a long text, fetched when it is asked for. What the server wrote stays visible until then.
import { Island, busy, make } from "./element.js";

customElements.define("g-more", class extends Island {
  static observedAttributes = ["src"];
  static css = `
    :host { display: inline; } :host([open]) { display: block; }
    pre { max-height: 70vh; overflow: auto; margin-top: 4px; padding: 8px; border: 1px solid var(--border); border-radius: 6px; background: var(--bg); color: var(--text); }
    pre.prose { font: 400 13px/20px var(--sans); }
    button { border: 0; background: none; color: var(--accent); padding: 0; cursor: pointer; text-decoration: underline; }
  `;

  draw() {
    this.removeAttribute("open");
    const slot = make("slot", { onclick: (event) => this.#intercept(event) });
    this.show(slot);
  }

  #intercept(event) {
    if (!event.target.closest("a") || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    event.stopPropagation();
    busy(this.#fetch());
  }

  async #fetch() {
    const response = await fetch(this.getAttribute("src"));
    const text = response.ok ? await response.text() : `The text could not be fetched (${response.status}).`;
    const close = make("button", { type: "button", onclick: () => this.draw() }, "Show less");
    this.setAttribute("open", "");
    this.show(make("pre", { class: this.getAttribute("class"), tabindex: "0" }, text), close);
    close.focus();
  }
});
