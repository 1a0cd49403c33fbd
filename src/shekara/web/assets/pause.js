// Long work in pieces: between them the browser paints, and hears what the reader does.

const SOON = 100; // milliseconds after which a page that is never idle goes on

// Until nothing else is to be done.
const pause = () =>
  new Promise((done) => {
    if ("requestIdleCallback" in window) window.requestIdleCallback(done, { timeout: SOON });
    else setTimeout(done);
  });

export { pause };
