// One script tag makes all widgets known; one that a page already has under its name stays.

import { GuideAsk } from "./guide-ask.js";
import { GuideStop } from "./guide-stop.js";
import { GuideTickets } from "./guide-tickets.js";

for (const widget of [GuideStop, GuideAsk, GuideTickets]) {
  if (!customElements.get(widget.tag)) customElements.define(widget.tag, widget);
}
