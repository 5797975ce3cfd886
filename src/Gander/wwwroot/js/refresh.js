// Fetches the page again every so often while somebody sees it; islands whose attributes moved with the clock ask again.
import { Island } from "./element.js";
import { refresh } from "./shell.js";

customElements.define("g-refresh", class extends Island {
  static observedAttributes = ["every"];
  #timer = 0;

  draw() {
    this.stop();
    this.#timer = setInterval(() => {
      const occupied = document.hidden || document.querySelector("dialog[open], :popover-open") || document.activeElement?.matches?.("input, textarea");
      if (!occupied) refresh();
    }, Number(this.getAttribute("every")) * 1000);
  }

  stop() {
    clearInterval(this.#timer);
  }
});
