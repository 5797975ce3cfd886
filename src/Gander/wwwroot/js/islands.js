// The one script of every page. Loads the shell at once and each island when a page has it.
import { busy } from "./element.js";
import { startShell } from "./shell.js";

const modules = {
  "g-palette": () => import("./palette.js"),
  "g-more": () => import("./more.js"),
  "g-waterfall": () => import("./waterfall.js"),
  "g-record": () => import("./record.js"),
  "g-chart": () => import("./chart.js"),
  "g-connect": () => import("./connect.js"),
  "g-live": () => import("./live.js"),
  "g-editor": () => import("./editor.js"),
  "g-graph": () => import("./graph.js"),
  "g-samples": () => import("./samples.js"),
  "g-explain": () => import("./explain.js"),
  "g-refresh": () => import("./refresh.js"),
};

function load() {
  for (const [tag, module] of Object.entries(modules)) {
    if (!customElements.get(tag) && document.querySelector(tag)) busy(module());
  }
}

busy(Promise.resolve());
startShell(load);
load();
