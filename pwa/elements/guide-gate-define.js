// The gate, opened: nothing of the visitors' pages comes with it.

import GuideGate from "./guide-gate.js";

customElements.define(GuideGate.tag, GuideGate);
