// Figures as the server prints them (Gander.Web.Figures): three digits, an SI suffix, a dash for what is unknown.

const three = (value) => {
  const size = Math.abs(value);
  return String(Number(value.toFixed(size >= 99.95 ? 0 : size >= 9.995 ? 1 : 2)));
};

export function count(value) {
  if (value === null || value === undefined) return "–";
  if (Math.abs(value) < 1000) return Number.isInteger(value) ? String(value) : three(value);
  const suffixes = ["k", "M", "G", "T", "P", "E"];
  let scaled = value / 1000;
  let index = 0;
  while (Math.abs(scaled) >= 999.5 && index < suffixes.length - 1) {
    scaled /= 1000;
    index++;
  }
  return three(scaled) + suffixes[index];
}

const twoUnits = (seconds, large, largeName, small, smallName) => {
  const major = Math.floor(seconds / large);
  const minor = Math.floor((seconds - major * large) / small);
  return minor === 0 ? `${major} ${largeName}` : `${major} ${largeName} ${minor} ${smallName}`;
};

/** A length of time, given in milliseconds. */
export function duration(milliseconds) {
  if (milliseconds === null || milliseconds === undefined || milliseconds < 0) return "–";
  const seconds = milliseconds / 1000;
  if (seconds === 0) return "0 s";
  if (seconds < 1e-6) return `${Math.round(seconds * 1e9)} ns`;
  if (seconds < 1e-3) return `${three(seconds * 1e6)} µs`;
  if (seconds < 0.9995) return `${three(seconds * 1e3)} ms`;
  if (seconds < 59.95) return `${three(seconds)} s`;
  if (seconds < 3599.5) return twoUnits(Math.round(seconds), 60, "m", 1, "s");
  if (seconds < 86370) return twoUnits(Math.round(seconds / 60) * 60, 3600, "h", 60, "m");
  return twoUnits(Math.round(seconds / 3600) * 3600, 86400, "d", 3600, "h");
}

/** Money: two decimals from a dollar, four below. */
export function money(usd) {
  if (usd === null || usd === undefined) return "–";
  if (usd === 0) return "$0";
  return Math.abs(usd) >= 1 ? `$${usd.toLocaleString("en", { minimumFractionDigits: 2, maximumFractionDigits: 2 })}` : `$${usd.toFixed(4)}`;
}

export function ago(milliseconds) {
  const seconds = Math.floor(milliseconds / 1000);
  if (seconds < 2) return "just now";
  if (seconds < 90) return `${seconds} s ago`;
  if (seconds < 5400) return `${Math.floor(seconds / 60)} min ago`;
  return seconds < 129600 ? `${Math.floor(seconds / 3600)} h ago` : `${Math.floor(seconds / 86400)} d ago`;
}

const two = (value) => String(value).padStart(2, "0");
const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

export const clock = (date) => `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;

/** The day of an instant in the reader's zone. */
export const dayOf = (date) => `${months[date.getMonth()]} ${date.getDate()}`;

/** An instant in the reader's zone on a 24-hour clock; the date only where it is not today. */
export function moment(date, style) {
  if (style === "clock") return `${clock(date)}.${String(date.getMilliseconds()).padStart(3, "0")}`;
  const now = new Date();
  if (date.toDateString() === now.toDateString()) return clock(date);
  const day = dayOf(date);
  return date.getFullYear() === now.getFullYear() ? `${day}, ${clock(date)}` : `${day} ${date.getFullYear()}, ${clock(date).slice(0, 5)}`;
}
