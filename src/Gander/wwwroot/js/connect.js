// What arrives, while a person waits for it.
import { Island, icon, make } from "./element.js";
import { listen } from "./feed.js";
import { ago, count } from "./figures.js";

const maxShown = 6;

customElements.define("g-connect", class extends Island {
  static observedAttributes = ["service"];
  static css = `
    .more { padding-top: 8px; }
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
  #leave = null;
  #emitters = new Map();
  #failures = [];
  #ahead = 0;
  #timer = 0;

  draw() {
    this.stop();
    this.#render();
    this.#leave = listen({
      emitters: ({ now, emitters, failures }) => {
        // Browser and server need not agree on the time.
        this.#ahead = Date.now() - Date.parse(now);
        this.#emitters = new Map(emitters.map((emitter) => [this.#key(emitter), emitter]));
        this.#failures = failures;
        this.#render();
      },
      exports: (emitter) => {
        this.#emitters.set(this.#key(emitter), emitter);
        this.#render();
      },
      failures: ({ failures }) => {
        this.#failures = failures;
        this.#render();
      },
    });
    this.#timer = setInterval(() => {
      // Only the text: what has the focus stays.
      for (const when of this.shadowRoot.querySelectorAll("time")) when.textContent = this.#ago(when.dateTime);
    }, 1000);
  }

  stop() {
    this.#leave?.();
    this.#leave = null;
    clearInterval(this.#timer);
  }

  #key(emitter) {
    return JSON.stringify([emitter.service, emitter.host, emitter.user]);
  }

  #ago(lastSeen) {
    return ago(Math.max(0, Date.now() - this.#ahead - Date.parse(lastSeen)));
  }

  #when(lastSeen) {
    return make("time", { datetime: lastSeen }, this.#ago(lastSeen));
  }

  #wait() {
    this.show(make("div", { class: "state", role: "status" }, make("span", { class: "dot" }), make("div", {}, "Waiting for the first export")));
  }

  #render() {
    // Those of the agent that is waited for stand first.
    const agent = this.getAttribute("service");
    const isOwn = (emitter) => Number(!!agent && emitter.service.startsWith(agent));
    const emitters = [...this.#emitters.values()].sort((left, right) => isOwn(right) - isOwn(left) || right.lastSeen.localeCompare(left.lastSeen));
    const rows = [...emitters.slice(0, maxShown).map((emitter) => this.#emitter(emitter)), ...this.#failures.slice(0, maxShown).map((failure) => this.#failure(failure))];
    if (rows.length === 0) return this.#wait();
    const more = emitters.length - maxShown;
    this.show(make("div", { role: "log", "aria-label": "Arrivals", "aria-relevant": "additions" }, ...rows, more > 0 ? make("p", { class: "muted more" }, `${count(more)} more have sent to this server`) : null));
  }

  #emitter(emitter) {
    const kinds = [["traces", emitter.traceExports], ["metrics", emitter.metricExports], ["logs", emitter.logExports]].filter(([, number]) => number > 0).map(([kind, number]) => `${count(number)} of ${kind}`).join(", ");
    const who = [emitter.service || "unnamed service", emitter.user && `by ${emitter.user}`].filter(Boolean).join(" ");
    return make("div", { class: "state ok" }, icon("check"), make("div", {},
      make("div", {}, `Received ${count(emitter.exports)} ${emitter.exports === 1 ? "export" : "exports"} from ${emitter.host || "an unnamed host"}, `, this.#when(emitter.lastSeen)),
      make("div", { class: "muted" }, `${who}: ${kinds}, ${count(emitter.records)} records`),
      emitter.rejectedRecords > 0 ? make("div", { class: "error" }, `✕ ${count(emitter.rejectedRecords)} records refused: ${emitter.lastRejection ?? "no reason given"}`) : null),
    make("a", { href: "/sessions" }, "See sessions"));
  }

  #failure(failure) {
    return make("div", { class: "state bad" }, icon("cross"), make("div", {},
      make("div", {}, `Refused ${count(failure.count)} ${failure.count === 1 ? "request" : "requests"} from ${failure.remote} over ${failure.transport}, `, this.#when(failure.lastSeen)),
      make("div", { class: "muted" }, failure.error)));
  }
});
