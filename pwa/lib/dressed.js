// A stylesheet that comes only with what needs it, and before that is shown: nothing stands there undressed.

/** @type {Map<string, Promise<unknown>>} */
const coming = new Map();

/** Once the stylesheet is there; asked again after it failed. @param {string} href */
export function dressed(href) {
  if (sheet(href)?.sheet) return Promise.resolve();
  const known = coming.get(href);
  if (known) return known;
  const link = sheet(href) ?? Object.assign(document.createElement("link"), { rel: "stylesheet", href });
  const there = new Promise((done, failed) => {
    link.addEventListener("load", done, { once: true });
    link.addEventListener("error", failed, { once: true });
    if (!link.isConnected) document.head.append(link);
  });
  coming.set(href, there);
  there.catch(() => {
    coming.delete(href);
    link.remove();
  });
  return there;
}

/** @param {string} href @returns {HTMLLinkElement | null} */
function sheet(href) {
  return document.querySelector(`link[rel=stylesheet][href="${href}"]`);
}
