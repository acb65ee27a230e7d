// Reloads the page when the site behind it has changed. Part of the preview only.
(() => {
  "use strict";
  const { src, dataset: { version } } = document.currentScript;
  let source = null;

  // A browser keeps few connections to one address: tabs in the background give theirs up.
  function rest() {
    source?.close();
    source = null;
  }

  function listen() {
    if (source || document.hidden) return;
    source = new EventSource(new URL("events", src));
    source.onmessage = ({ data }) => { if (data !== version) location.reload(); };
  }

  document.addEventListener("visibilitychange", () => (document.hidden ? rest() : listen()));
  addEventListener("pagehide", rest);
  addEventListener("pageshow", listen);
  listen();

  // A box of problems that was closed stays closed until there is something new.
  const box = document.getElementById("preview-problems");
  if (!box) return;
  if (sessionStorage.getItem("preview-closed") === version) box.open = false;
  box.addEventListener("toggle", () => {
    if (box.open) sessionStorage.removeItem("preview-closed");
    else sessionStorage.setItem("preview-closed", version);
  });
})();
