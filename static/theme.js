// Applies the chosen colours before the first paint, and tells style sheets that scripts run.
(() => {
  const root = document.documentElement;
  root.classList.add("scripted");
  try {
    const chosen = localStorage.getItem("theme");
    if (chosen === "light" || chosen === "dark") root.dataset.theme = chosen;
  } catch {
    // Storage may be closed to a page opened from a disk; the system's choice holds then.
  }
})();
