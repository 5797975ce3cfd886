// A trace as a tree over its columns: order of rows, depth, what is collapsed.

/** Nests the spans of `data` (columns of /ui/traces) by parent; spans whose parent is absent are roots. */
export class TraceModel {
  constructor(data) {
    this.data = data;
    this.count = data.id.length;
    this.total = data.total;
    const byId = new Map(data.id.map((id, row) => [id, row]));
    this.children = Array.from({ length: this.count }, () => []);
    this.depth = new Int32Array(this.count);
    this.parent = new Int32Array(this.count).fill(-1);
    const roots = [];
    for (let row = 0; row < this.count; row++) {
      const parent = byId.get(data.parent[row]) ?? -1;
      if (parent < 0 || parent === row || this.#isAbove(row, parent)) roots.push(row);
      else {
        this.parent[row] = parent;
        this.children[parent].push(row);
      }
    }
    this.order = [];
    const pending = roots.reverse();
    while (pending.length > 0) {
      const row = pending.pop();
      this.order.push(row);
      for (let index = this.children[row].length - 1; index >= 0; index--) {
        const child = this.children[row][index];
        this.depth[child] = this.depth[row] + 1;
        pending.push(child);
      }
    }
    this.collapsed = new Set();
    this.end = data.at.reduce((latest, at, row) => Math.max(latest, at + data.length[row]), 0);
  }

  /** The rows that show, in order: nothing below a collapsed one. */
  visible() {
    const rows = [];
    let hiddenBelow = Infinity;
    for (const row of this.order) {
      if (this.depth[row] > hiddenBelow) continue;
      hiddenBelow = this.collapsed.has(row) ? this.depth[row] : Infinity;
      rows.push(row);
    }
    return rows;
  }

  /** Shows a row that may be below collapsed ones. */
  reveal(row) {
    for (let above = this.parent[row]; above >= 0; above = this.parent[above]) this.collapsed.delete(above);
  }

  // Telemetry may hold a ring of parents.
  #isAbove(row, other) {
    for (let steps = 0, above = other; above >= 0 && steps <= this.count; above = this.parent[above], steps++) {
      if (above === row) return true;
    }
    return false;
  }
}

/** At most `wanted` round instants between `from` and `to`. */
export function ticks(from, to, wanted) {
  const rough = (to - from) / wanted;
  if (!(rough > 0)) return [from];
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((candidate) => candidate >= rough);
  const first = Math.ceil(from / step);
  const instants = [];
  for (let index = first; index * step <= to; index++) instants.push(index * step);
  return instants;
}
