// An old page says so: how long ago this copy was kept, or that there is no network now.

/** Attributes: `data-kept` (the words, `[age]` in them) and `data-alone`. The worker dates a kept page's root. */
export default class GuideAge extends HTMLElement {
  static tag = "guide-age";

  connectedCallback() {
    this.setAttribute("role", "status");
    for (const type of ["online", "offline"]) addEventListener(type, () => this.#show());
    this.#show();
  }

  #show() {
    const kept = document.documentElement.dataset.keptAt;
    if (kept) this.textContent = String(this.dataset.kept).replace("[age]", age(Date.now() - Number(kept)));
    else this.textContent = navigator.onLine ? "" : String(this.dataset.alone);
  }
}

/** @param {number} milliseconds */
function age(milliseconds) {
  const minutes = Math.max(1, Math.round(milliseconds / 60_000));
  const told = new Intl.RelativeTimeFormat(document.documentElement.lang, { numeric: "always" });
  if (minutes < 60) return told.format(-minutes, "minute");
  if (minutes < 48 * 60) return told.format(-Math.round(minutes / 60), "hour");
  return told.format(-Math.round(minutes / 1440), "day");
}
