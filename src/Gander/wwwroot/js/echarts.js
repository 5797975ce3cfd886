// Loads ECharts with the page's first chart and tells its charts the colours of the theme.

const bundle = "/_content/Vizor.ECharts/js/vizor-echarts-bundle-min.js";
const darkScheme = matchMedia("(prefers-color-scheme: dark)");
let loading;

export function loadCharts() {
  loading ??= new Promise((resolve, reject) => {
    document.head.append(Object.assign(document.createElement("script"), { src: bundle, onload: () => resolve(globalThis.echarts), onerror: () => reject(new Error("The chart's script could not be loaded.")) }));
  });
  return loading;
}

/** Calls `repaint` whenever the theme changes; the answer ends that. */
export function onTheme(repaint) {
  document.addEventListener("gander-theme", repaint);
  darkScheme.addEventListener("change", repaint);
  return () => {
    document.removeEventListener("gander-theme", repaint);
    darkScheme.removeEventListener("change", repaint);
  };
}

/** Reads a design token: canvases know no custom properties, and light-dark() has to be resolved by an element, which `probe` is. */
export function colourOf(probe, token) {
  probe.style.color = `var(--${token})`;
  return getComputedStyle(probe).color;
}
