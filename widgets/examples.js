// On the page of examples each event of a widget is shown below it, as it happens.

const EVENTS = ["guide-ready", "guide-played", "guide-finished", "guide-asked", "guide-chosen", "guide-failed"];

for (const name of EVENTS) {
  document.addEventListener(name, (event) => {
    const shown = /** @type {Element} */ (event.target).parentElement?.querySelector(".happened");
    if (shown) shown.textContent = `${name} ${JSON.stringify(/** @type {CustomEvent} */ (event).detail)}`;
  });
}
