// Keeps a page fresh: when telemetry arrives, the page is fetched again and only what changed is put in.
import { Island } from "./element.js";
import { listen } from "./feed.js";
import { refresh } from "./shell.js";

const leastMs = 5000;

customElements.define("g-live", class extends Island {
  #leave = null;
  #timer = 0;

  draw() {
    this.stop();
    this.#leave = listen({ exports: () => this.#soon(), sessions: () => this.#soon() });
  }

  stop() {
    this.#leave?.();
    this.#leave = null;
    clearTimeout(this.#timer);
    this.#timer = 0;
  }

  #soon() {
    if (this.#timer) return;
    this.#timer = setTimeout(() => {
      this.#timer = 0;
      const busy = document.querySelector("dialog[open], :popover-open") || document.activeElement?.matches?.("input, textarea");
      if (!busy && this.isConnected) refresh();
    }, leastMs);
  }
});
