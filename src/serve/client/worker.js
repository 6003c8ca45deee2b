// One for all open pages of a browser: listens for builds and passes them on. A browser
// keeps six connections to a host, which a channel for every page would soon use up.
"use strict";

const token = new URL(self.location).searchParams.get("token");
const live = new URL("live?" + new URLSearchParams({ token }), self.location);
const pages = new Set();
let source = null;

function tell(what) {
  for (const page of pages) page.postMessage(what);
}

function listen() {
  if (source) return;
  source = new EventSource(live);
  source.onmessage = () => tell("build");
  source.onerror = () => {
    source.close();
    source = null;
    tell("lost");
  };
}

self.onconnect = (event) => {
  const page = event.ports[0];
  pages.add(page);
  page.onmessage = ({ data }) => {
    if (data === "gone") pages.delete(page);
    else listen();
  };
  // The channel's first message was for pages that were open then.
  if (source) page.postMessage("build");
  listen();
};
