// What arrives, while a person waits for it.
import { Island, icon, make } from "./element.js";
import { ago, count } from "./figures.js";

customElements.define("g-connect", class extends Island {
  static css = `
    .state { display: flex; align-items: center; gap: 10px; padding: 10px 12px; border: 1px solid var(--border); border-left: 3px solid var(--border-strong); border-radius: 6px; background: var(--bg); }
    .state + .state { margin-top: 8px; }
    .state .icon { width: 16px; height: 16px; }
    .state.ok { border-left-color: var(--ok); } .state.ok > .icon { color: var(--ok); }
    .state.bad { border-left-color: var(--error); } .state.bad > .icon { color: var(--error); }
    .state > div { flex: 1; min-width: 0; overflow-wrap: anywhere; }
    .dot { width: 10px; height: 10px; border-radius: 50%; background: var(--accent); animation: pulse 1.6s ease-in-out infinite; }
    @keyframes pulse { 50% { opacity: .25; } }
    @media (prefers-reduced-motion: reduce) { .dot { animation: none; } }
  `;
  #source = null;
  #last = null;
  #at = 0;
  #timer = 0;

  draw() {
    this.#wait();
    this.#listen();
    document.removeEventListener("visibilitychange", this.#visible);
    document.addEventListener("visibilitychange", this.#visible);
    clearInterval(this.#timer);
    this.#timer = setInterval(() => this.#last && this.#render(), 1000);
  }

  stop() {
    this.#source?.close();
    clearInterval(this.#timer);
    document.removeEventListener("visibilitychange", this.#visible);
  }

  // A hidden page holds no connection: browsers allow a server only six.
  #visible = () => (document.hidden ? this.#source?.close() : this.#listen());

  #listen() {
    this.#source?.close();
    this.#source = new EventSource("/ui/arrivals");
    this.#source.addEventListener("arrivals", (event) => {
      this.#last = JSON.parse(event.data);
      this.#at = Date.now();
      this.#render();
    });
  }

  #wait() {
    this.show(make("div", { class: "state", role: "status" }, make("span", { class: "dot" }), make("div", {}, "Waiting for the first export")));
  }

  #render() {
    const { emitters, failures } = this.#last;
    const passed = Date.now() - this.#at;
    const rows = [...emitters.map((emitter) => this.#emitter(emitter, passed)), ...failures.map((failure) => this.#failure(failure, passed))];
    if (rows.length === 0) return this.#wait();
    this.show(make("div", { role: "log", "aria-label": "Arrivals" }, ...rows));
  }

  #emitter(emitter, passed) {
    const exports = emitter.traces + emitter.metrics + emitter.logs;
    const kinds = [["traces", emitter.traces], ["metrics", emitter.metrics], ["logs", emitter.logs]].filter(([, number]) => number > 0).map(([kind, number]) => `${count(number)} of ${kind}`).join(", ");
    const who = [emitter.service || "unnamed service", emitter.user && `by ${emitter.user}`].filter(Boolean).join(" ");
    return make("div", { class: "state ok" }, icon("check"), make("div", {},
      make("div", {}, `Received ${count(exports)} ${exports === 1 ? "export" : "exports"} from ${emitter.host || "an unnamed host"}, ${ago(emitter.agoMs + passed)}`),
      make("div", { class: "muted" }, `${who}: ${kinds}, ${count(emitter.records)} records`),
      emitter.rejected > 0 ? make("div", { class: "error" }, `✕ ${count(emitter.rejected)} records refused: ${emitter.why ?? "no reason given"}`) : null),
    make("a", { href: "/sessions" }, "See sessions"));
  }

  #failure(failure, passed) {
    return make("div", { class: "state bad" }, icon("cross"), make("div", {},
      make("div", {}, `Refused ${count(failure.count)} ${failure.count === 1 ? "request" : "requests"} from ${failure.remote} over ${failure.transport}, ${ago(failure.agoMs + passed)}`),
      make("div", { class: "muted" }, failure.error)));
  }
});
