// The one live connection of a page, however many islands listen to it: browsers allow a server only six, so a hidden page holds none.

const listeners = new Set();
const retryMs = 30000;
let source = null;
let timer = 0;

/** Calls the functions of `handlers` with the data of the events they are named after, until the answer is called. Every connection begins with `emitters`. */
export function listen(handlers) {
  listeners.add(handlers);
  // Who comes later needs the beginning too.
  open();
  return () => {
    listeners.delete(handlers);
    if (listeners.size === 0) close();
  };
}

function open() {
  close();
  if (document.hidden || listeners.size === 0) return;
  source = new EventSource("/api/live");
  for (const name of ["emitters", "exports", "failures", "sessions"]) {
    source.addEventListener(name, (event) => {
      const data = JSON.parse(event.data);
      for (const handlers of listeners) handlers[name]?.(data);
    });
  }
  // A browser tries again by itself, but not after an answer that is an error.
  source.addEventListener("error", () => {
    if (source?.readyState === EventSource.CLOSED) timer = setTimeout(open, retryMs);
  });
}

function close() {
  clearTimeout(timer);
  source?.close();
  source = null;
}

document.addEventListener("visibilitychange", open);
