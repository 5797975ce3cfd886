// Keeps a page fresh: when telemetry arrives, the page is fetched again and only what changed is put in.
import { Island } from "./element.js";
import { refresh } from "./shell.js";

const leastMs = 5000;

customElements.define("g-live", class extends Island {
  #source = null;
  #timer = 0;
  #first = true;

  draw() {
    this.#listen();
    document.removeEventListener("visibilitychange", this.#visible);
    document.addEventListener("visibilitychange", this.#visible);
  }

  stop() {
    this.#source?.close();
    this.#source = null;
    clearTimeout(this.#timer);
    document.removeEventListener("visibilitychange", this.#visible);
  }

  #visible = () => (document.hidden ? this.stop() || document.addEventListener("visibilitychange", this.#visible) : this.#listen());

  #listen() {
    this.#source?.close();
    this.#first = true;
    this.#source = new EventSource("/ui/arrivals");
    this.#source.addEventListener("arrivals", () => {
      // The first event says what was there when the page was made.
      if (!this.#first) this.#soon();
      this.#first = false;
    });
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
