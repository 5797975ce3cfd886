// What every island stands on: elements made without HTML, a shadow root that enhanced navigation leaves alone, and the flag
// that tells tests when nothing is under way.

let pending = 0;
let generation = 0;
globalThis.__ready = 0;

/** Counts `work` as under way until it settles; `globalThis.__ready` is above 0 while nothing is. */
export function busy(work) {
  pending++;
  globalThis.__ready = 0;
  const settled = () => {
    pending--;
    if (pending === 0) globalThis.__ready = ++generation;
  };
  work.then(settled, settled);
  return work;
}

/** Makes an element. Text children become text nodes: what telemetry says is never read as HTML. */
export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}

const svgNamespace = "http://www.w3.org/2000/svg";

/** A symbol of img/icons.svg. */
export function icon(name, classes = "icon") {
  const svg = document.createElementNS(svgNamespace, "svg");
  svg.setAttribute("class", classes);
  svg.setAttribute("aria-hidden", "true");
  const use = document.createElementNS(svgNamespace, "use");
  use.setAttribute("href", `/img/icons.svg#${name}`);
  svg.append(use);
  return svg;
}

/** JSON of our own API; errors carry the server's message. */
export async function getJson(address, signal) {
  const response = await fetch(address, { signal, headers: { accept: "application/json" } });
  if (!response.ok) {
    let message = `The server answered ${response.status}.`;
    try {
      const problem = await response.json();
      message = problem.detail ?? problem.error?.message ?? problem.error ?? problem.title ?? message;
    } catch { /* not JSON: the status has to do */ }
    throw new Error(message);
  }
  return response.json();
}

const commonSheet = new CSSStyleSheet();
commonSheet.replaceSync(`
  :host { display: block; }
  *, *::before, *::after { box-sizing: border-box; }
  button, input { font: inherit; color: inherit; }
  a { color: var(--accent); text-decoration: none; }
  a:hover { text-decoration: underline; }
  ul, dl, dd, p, h2, h3, pre { margin: 0; padding: 0; list-style: none; }
  pre, .mono { font: 400 12px/18px var(--mono); white-space: pre-wrap; overflow-wrap: anywhere; }
  :focus-visible { outline: 2px solid var(--accent); outline-offset: 1px; border-radius: 4px; }
  .icon { width: 12px; height: 12px; flex: none; fill: none; stroke: currentColor; stroke-width: 1.5; stroke-linecap: round; stroke-linejoin: round; }
  .muted { color: var(--text-muted); } .faint { color: var(--text-faint); } .error { color: var(--error); }
  .k-model { --kind: var(--s1); } .k-shell { --kind: var(--s2); } .k-tool { --kind: var(--s3); } .k-subagent { --kind: var(--s4); }
  .k-prompt { --kind: var(--s5); } .k-mcp { --kind: var(--s6); } .k-web { --kind: var(--s7); }
  .k-turn { --kind: var(--border-strong); } .k-other, .k-wait { --kind: var(--text-faint); }
`);

/** A custom element that draws into its shadow root whenever its attributes change: enhanced navigation changes only those. */
export class Island extends HTMLElement {
  #queued = false;
  #abort = null;

  constructor() {
    super();
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(this.constructor.css ?? "");
    this.attachShadow({ mode: "open" }).adoptedStyleSheets = [commonSheet, sheet];
  }

  connectedCallback() {
    this.#queue();
  }

  attributeChangedCallback() {
    if (this.isConnected) this.#queue();
  }

  disconnectedCallback() {
    this.#abort?.abort();
    this.stop?.();
  }

  /** Replaces all that is shown. */
  show(...children) {
    this.shadowRoot.replaceChildren(...children);
  }

  #queue() {
    if (this.#queued) return;
    this.#queued = true;
    busy(Promise.resolve().then(async () => {
      this.#queued = false;
      this.#abort?.abort();
      this.#abort = new AbortController();
      const { signal } = this.#abort;
      try {
        await this.draw(signal);
      } catch (failure) {
        if (!signal.aborted) this.show(make("p", { class: "error", role: "alert" }, failure.message));
      }
    }));
  }
}
