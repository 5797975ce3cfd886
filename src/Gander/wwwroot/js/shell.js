// The frame's behaviour: keys, theme, side bar, copy buttons, times in the reader's zone.
import { busy } from "./element.js";
import { moment } from "./figures.js";

const year = 31536000;
const root = document.documentElement;
const singleKeysOff = "gander-single-keys-off";

const setCookie = (name, value) => {
  document.cookie = `${name}=${value}; path=/; max-age=${year}; samesite=lax`;
};

/** Goes to an address of our own without loading the document again. */
export function go(address, replace = false) {
  if (globalThis.Blazor?.navigateTo) globalThis.Blazor.navigateTo(address, { replaceHistoryEntry: replace });
  else location.assign(address);
}

export function refresh() {
  go(location.href, true);
}

function changeTheme() {
  const order = ["system", "dark", "light"];
  const next = order[(order.indexOf(root.dataset.theme) + 1) % order.length];
  root.dataset.theme = next;
  setCookie("gander-theme", next);
  say(`Theme: ${next}`);
  document.dispatchEvent(new CustomEvent("gander-theme"));
}

function changeNav() {
  root.dataset.nav = root.dataset.nav === "narrow" ? "wide" : "narrow";
  setCookie("gander-nav", root.dataset.nav);
}

let said;
function say(text) {
  if (!said) {
    said = document.createElement("p");
    said.id = "said";
    said.className = "said-toast";
    said.setAttribute("role", "status");
    said.popover = "manual";
  }
  document.body.append(said);
  said.textContent = text;
  said.showPopover?.();
  clearTimeout(said.timer);
  said.timer = setTimeout(() => said.hidePopover?.(), 1600);
}

async function copy(text, button) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    const area = document.createElement("textarea");
    area.value = text;
    document.body.append(area);
    area.select();
    document.execCommand("copy");
    area.remove();
  }
  say("Copied");
  button?.focus();
}

function localTimes() {
  for (const element of document.querySelectorAll("time[data-show]")) {
    const date = new Date(element.dateTime);
    if (Number.isNaN(date.valueOf())) continue;
    element.textContent = moment(date, element.dataset.show);
  }
}

const palette = () => document.querySelector("g-palette");

const acts = {
  theme: changeTheme,
  nav: changeNav,
  keys: () => document.getElementById("keys").showModal(),
  palette: () => palette()?.open?.(),
};

function onClick(event) {
  const button = event.target.closest?.("[data-act], [data-copy]");
  if (!button) return;
  if (button.dataset.copy !== undefined) copy(button.dataset.copy, button);
  else if (button.dataset.act === "single-keys") localStorage.setItem(singleKeysOff, button.checked ? "" : "1");
  else acts[button.dataset.act]?.();
}

// Rows of lists: j and k move the focus along their links.
const rows = () => [...document.querySelectorAll("[data-rows] [data-row]")].filter((row) => row.offsetParent !== null);
const opener = (row) => row.querySelector("[data-open]");

function moveRow(by) {
  const all = rows();
  if (all.length === 0) return;
  const current = all.findIndex((row) => row.contains(document.activeElement));
  const next = current < 0 ? (by > 0 ? 0 : all.length - 1) : Math.min(all.length - 1, Math.max(0, current + by));
  opener(all[next]).focus({ preventScroll: true });
  all[next].scrollIntoView({ block: "nearest" });
}

function nextFailure() {
  const failed = rows().filter((row) => row.dataset.failed !== undefined);
  if (failed.length === 0) return say("Nothing failed here");
  const current = failed.findIndex((row) => row.contains(document.activeElement));
  const row = failed[(current + 1) % failed.length];
  opener(row).focus({ preventScroll: true });
  row.scrollIntoView({ block: "center" });
}

function leave() {
  const open = document.activeElement?.closest?.("[data-row] details[open]");
  if (open) open.open = false;
  else document.activeElement?.blur?.();
}

function shiftRange(by) {
  const query = new URLSearchParams(location.search);
  const now = Date.now();
  const units = { s: 1e3, m: 6e4, h: 36e5, d: 864e5, w: 6048e5 };
  const read = (text) => {
    const match = /^now(?:-(\d+)([smhdw]))?$/.exec(text);
    return match ? now - (match[1] ? Number(match[1]) * units[match[2]] : 0) : Date.parse(text);
  };
  const from = read(query.get("from") ?? "now-24h");
  const to = read(query.get("to") ?? "now");
  if (!(to > from)) return;
  const step = (to - from) / 2 * by;
  const text = (time) => new Date(time).toISOString().replace(/\.\d+Z$/, "Z");
  query.set("from", text(from + step));
  query.set("to", text(Math.min(to + step, Math.max(now, to))));
  query.delete("cursor");
  go(`${location.pathname}?${query}`);
}

const single = {
  "?": acts.keys,
  "[": changeNav,
  "/": () => document.querySelector("[data-filter]")?.focus(),
  t: () => document.getElementById("range")?.togglePopover(),
  j: () => moveRow(1),
  k: () => moveRow(-1),
  e: nextFailure,
  r: refresh,
  y: () => copy(location.href),
  Escape: leave,
};

let afterG = -Infinity;
function onKey(event) {
  if (event.ctrlKey || event.metaKey || event.altKey) {
    if (event.key.toLowerCase() === "k" && !event.altKey) {
      event.preventDefault();
      acts.palette();
    }
    return;
  }
  const target = event.composedPath()[0];
  const typing = target.matches?.("input:not([type=checkbox]), textarea, select, [contenteditable]");
  if (typing) {
    if (event.key === "Escape") target.blur();
    return;
  }
  if (event.defaultPrevented || document.querySelector("dialog[open]") || palette()?.isOpen || localStorage.getItem(singleKeysOff)) return;
  if (event.key === "Escape" && document.querySelector(":popover-open:not(#said)")) return;

  const pressed = event.key;
  if (event.timeStamp - afterG < 1500) {
    afterG = -Infinity;
    const link = document.querySelector(`.side [data-go="g ${CSS.escape(pressed)}"]`);
    if (link) {
      event.preventDefault();
      go(link.href);
      return;
    }
  }
  // An island that has lists of its own comes first.
  if (!document.dispatchEvent(new CustomEvent("gander-key", { detail: pressed, cancelable: true }))) {
    event.preventDefault();
    return;
  }
  if (event.shiftKey && pressed === "D") return changeTheme();
  if (event.shiftKey && (pressed === "ArrowLeft" || pressed === "ArrowRight")) return shiftRange(pressed === "ArrowLeft" ? -1 : 1);
  if (pressed === "g") {
    afterG = event.timeStamp;
    return;
  }
  const act = single[pressed];
  if (act) {
    event.preventDefault();
    act();
  }
}

// The turn in view is marked in the list of turns.
let watcher;
function followTurns() {
  watcher?.disconnect();
  const links = new Map([...document.querySelectorAll(".turns [data-turn]")].map((link) => [`turn-${link.dataset.turn}`, link]));
  if (links.size === 0) return;
  const turns = [...document.querySelectorAll(".turn")];
  watcher = new IntersectionObserver(() => {
    const seen = turns.findLast((turn) => turn.getBoundingClientRect().top < 240);
    const link = seen && links.get(seen.id);
    if (!link) return;
    for (const other of links.values()) other.removeAttribute("aria-current");
    link.setAttribute("aria-current", "true");
  }, { threshold: [0, 0.1, 0.5, 0.9, 1], rootMargin: "-60px 0px -50% 0px" });
  for (const turn of turns) watcher.observe(turn);
}

// A link to a step opens it.
function openTarget() {
  const chosen = location.hash.length > 1 ? location.hash.slice(1) : document.querySelector(".turns [data-scroll]")?.dataset.scroll;
  const target = chosen ? document.getElementById(decodeURIComponent(chosen)) : null;
  const details = target?.querySelector(":scope > details");
  if (details) details.open = true;
  target?.scrollIntoView({ block: "start" });
}

export function startShell(load) {
  const arrived = () => {
    localTimes();
    followTurns();
    const box = document.querySelector("[data-act=single-keys]");
    if (box) box.checked = !localStorage.getItem(singleKeysOff);
  };
  document.addEventListener("click", onClick);
  document.addEventListener("keydown", onKey);
  // What is folded away is fetched when it is opened.
  document.addEventListener("toggle", (event) => {
    const record = event.target.open && event.target.querySelector?.(":scope > g-record[data-src]:not([src])");
    if (record) record.setAttribute("src", record.dataset.src);
  }, true);
  globalThis.addEventListener("hashchange", openTarget);
  let arrive = null;
  globalThis.Blazor?.addEventListener?.("enhancednavigationstart", () => {
    arrive?.();
    busy(new Promise((resolve) => { arrive = resolve; }));
  });
  globalThis.Blazor?.addEventListener?.("enhancednavigationend", () => arrive?.());
  globalThis.Blazor?.addEventListener?.("enhancedload", () => {
    for (const open of document.querySelectorAll(":popover-open")) open.hidePopover();
    arrived();
    load();
    openTarget();
  });
  arrived();
  openTarget();
}
