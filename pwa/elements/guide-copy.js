// A button that copies what stands beside it.

/** Attributes: `text`, and `data-copied`, what the button says afterwards. */
export default class GuideCopy extends HTMLElement {
  static tag = "guide-copy";
  static AFTER = 2500;

  connectedCallback() {
    const button = this.querySelector("button");
    if (!button || !navigator.clipboard) return;
    button.hidden = false;
    this.ariaLive = "polite";
    button.onclick = () => this.#copy(button);
  }

  /** @param {HTMLButtonElement} button */
  async #copy(button) {
    const { textContent, ariaLabel } = button;
    await navigator.clipboard.writeText(String(this.getAttribute("text"))).catch(() => {});
    Object.assign(button, { textContent: String(this.dataset.copied), ariaLabel: null });
    setTimeout(() => Object.assign(button, { textContent, ariaLabel }), GuideCopy.AFTER);
  }
}
