// How the waterfall looks.
export const css = `
  :host { display: flex; flex: 1; min-height: 0; }
  .frame { flex: 1; display: flex; gap: 12px; min-width: 0; min-height: 0; }
  .chart { flex: 1; display: flex; flex-direction: column; min-width: 0; border: 1px solid var(--border); border-radius: 8px; background: var(--surface); overflow: hidden; }
  .tools { display: flex; flex-wrap: wrap; align-items: center; gap: 8px; padding: 8px 12px; border-bottom: 1px solid var(--border); }
  .tools .end { margin-left: auto; }
  .tools input { width: 220px; height: 28px; padding: 0 8px; border: 1px solid var(--control-border); border-radius: 6px; background: var(--surface); }
  .tools input::placeholder { color: var(--text-faint); opacity: 1; }
  .tools :is(button, a) { display: inline-flex; align-items: center; height: 28px; padding: 0 10px; border: 1px solid var(--border-strong); border-radius: 6px; background: var(--surface); color: var(--text); cursor: pointer; }
  .tools [hidden] { display: none; }
  .tools :is(button, a):hover { background: var(--hover); text-decoration: none; }
  .tools .failed { color: var(--error); }
  .capped, .pad { padding: 8px 12px; }
  .head, .row { display: grid; grid-template-columns: minmax(180px, 36%) minmax(0, 1fr) 84px; align-items: center; }
  .head { height: 28px; border-bottom: 1px solid var(--border); background: var(--raised); color: var(--text-muted); font-size: 12px; }
  .head > span { padding: 0 12px; }
  .ruler { position: relative; height: 100%; border-left: 1px solid var(--border); }
  .ruler span { position: absolute; top: 0; bottom: 0; padding: 5px 0 0 5px; border-left: 1px solid var(--border-strong); white-space: nowrap; font-size: 11px; line-height: 16px; }
  .ruler span:first-child { border-left: 0; }
  .ruler span.last { padding: 5px 5px 0 0; border-left: 0; translate: -100% 0; }
  .num { padding-right: 12px; text-align: right; color: var(--text-muted); font: 400 12px/18px var(--mono); white-space: nowrap; }
  .scroller { flex: 1; overflow: auto; min-height: 120px; }
  .rows { position: relative; outline: none; }
  .row { position: absolute; left: 0; right: 0; height: 26px; border-bottom: 1px solid var(--border); cursor: default; }
  .row:hover { background: var(--hover); }
  .row.current { background: var(--selected); box-shadow: inset 2px 0 var(--accent); }
  .rows:focus-visible .row.current { outline: 2px solid var(--accent); outline-offset: -2px; }
  .name { display: flex; align-items: center; gap: 6px; min-width: 0; height: 100%; padding-right: 8px; font: 400 12px/18px var(--mono); }
  .label { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
  .glyph { color: var(--kind); }
  .k-turn .glyph { color: var(--text-faint); }
  .twisty { flex: none; display: grid; place-items: center; width: 14px; height: 20px; color: var(--text-faint); cursor: pointer; }
  .twisty.down .icon { rotate: 90deg; }
  .track { position: relative; height: 100%; border-left: 1px solid var(--border); overflow: hidden; }
  .bar { position: absolute; top: 7px; height: 12px; min-width: 2px; border-radius: 2px; background: var(--kind); }
  .k-wait .bar { background: repeating-linear-gradient(45deg, var(--text-faint) 0 3px, transparent 3px 6px); }
  .bar.failed { box-shadow: 0 0 0 2px var(--surface), 0 0 0 4px var(--error); }
  .clip { position: absolute; left: 2px; top: -3px; color: var(--bg); font: 600 13px/16px var(--sans); } .clip.right { left: auto; right: 2px; }
  .outside { position: absolute; top: 4px; left: 4px; color: var(--text-faint); }
  .details { flex: none; width: 420px; overflow: auto; border: 1px solid var(--border); border-radius: 8px; background: var(--surface); }
  .details[hidden] { display: none; }
  .details header { position: sticky; top: 0; z-index: 1; display: flex; align-items: center; gap: 8px; padding: 8px 12px; border-bottom: 1px solid var(--border); background: var(--surface); }
  .details h2 { flex: 1; font: 600 13px/20px var(--mono); overflow-wrap: anywhere; }
  .close { display: grid; place-items: center; width: 28px; height: 28px; border: 0; border-radius: 6px; background: none; color: var(--text-muted); cursor: pointer; }
  .close:hover { background: var(--hover); }
  @media (max-width: 1000px) { .frame { flex-direction: column; } .details { width: auto; max-height: 50vh; } }
`;
