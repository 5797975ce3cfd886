// What the islands of the page of metrics share: questions to the server, and how series and values are written.

/** Asks an endpoint of Prometheus' form; errors carry the server's message without what only programs need. */
export async function ask(path, values, signal) {
  const response = await fetch(path, { method: "POST", body: new URLSearchParams(values), signal, headers: { accept: "application/json" } });
  let answer = null;
  try {
    answer = await response.json();
  } catch { /* not JSON: the status has to do */ }
  if (answer?.status === "success") return answer;
  const message = typeof answer?.error === "string" ? answer.error : answer?.error?.message ?? `The server answered ${response.status}.`;
  throw new Error(message.replace(/^invalid parameter "query": (?:\d+:\d+: parse error: )?/, ""));
}

/** A series as PromQL writes it. */
export function seriesName({ __name__: name = "", ...labels }) {
  const inside = Object.entries(labels).map(([label, value]) => `${label}=${JSON.stringify(value)}`).join(", ");
  return inside || !name ? `${name}{${inside}}` : name;
}

/** What all series have in common, and a short name for each by what it has not. */
export function shortNames(all) {
  const common = Object.entries(all[0] ?? {}).filter(([label, value]) => all.length > 1 && all.every((labels) => labels[label] === value));
  const shared = new Set(common.map(([label]) => label));
  const names = all.map((labels) => {
    const own = Object.entries(labels).filter(([label]) => !shared.has(label));
    return { long: own.length > 0 ? seriesName(Object.fromEntries(own)) : seriesName(labels), short: [...new Set(own.map(([, value]) => value))].join(" · ") || seriesName(labels) };
  });
  return { common: common.length > 0 ? seriesName(Object.fromEntries(common)) : "", names };
}

/** A value in three digits with an SI suffix; small ones keep their digits. */
export function figure(value) {
  if (value === null || value === undefined) return "–";
  const size = Math.abs(value);
  if (size === 0) return "0";
  if (size < 1e-6 || size >= 1e21) return value.toExponential(2);
  if (size < 1000) return String(Number(value.toPrecision(3)));
  const suffixes = ["k", "M", "G", "T", "P", "E"];
  let scaled = value / 1000;
  let index = 0;
  while (Math.abs(scaled) >= 999.5 && index < suffixes.length - 1) {
    scaled /= 1000;
    index++;
  }
  return `${Number(scaled.toPrecision(3))}${suffixes[index]}`;
}
