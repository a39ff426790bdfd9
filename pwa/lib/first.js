// One tap plays, before anything else has loaded; when the sound has begun to arrive, the rest follows.
(() => {
  const PATIENCE = 1500;
  const LULL = 1000; // a tap that is about to come goes before everything else
  const root = document.documentElement;
  const find = (id) => document.getElementById(id);
  let impatient = 0;
  let tries = 0;
  root.classList.add("js");

  // How this visitor wants to read, also where the copy at hand was made for somebody else.
  const choose = () => {
    const [, chosen = ""] = /(?:^|; )choices=([\w.-]*)/.exec(document.cookie) ?? [];
    for (const name of ["text", "version", "contrast", "motion", "spacing"]) {
      const [, value] = chosen.match(`\\b${name}-(\\w+)`) ?? [];
      if (value) root.dataset[name] = value;
      else delete root.dataset[name];
    }
  };
  choose();
  addEventListener("pageshow", choose);

  const state = (name, word = "") => {
    clearTimeout(impatient);
    find("player").setAttribute("state", name);
    const said = find("word");
    said.textContent = word ? said.dataset[word] : "";
  };
  const waiting = () => {
    clearTimeout(impatient);
    impatient = setTimeout(() => {
      state("preparing", "preparing");
      rest();
    }, PATIENCE);
  };
  const failed = (audio) => audio.error && state("failed", "failed");
  // The speed that was chosen before, and the sentence that the address names.
  const asChosen = (audio) => {
    try {
      audio.defaultPlaybackRate = audio.playbackRate = Number(localStorage.getItem("speed")) || 1;
    } catch {}
    const sentence = /^#s\d+$/.test(location.hash) && find(location.hash.slice(1));
    if (sentence && sentence.dataset.start) audio.currentTime = sentence.dataset.start;
  };
  const play = (audio) => {
    if (!tries++ && !audio.currentTime) asChosen(audio);
    if (audio.error || audio.networkState === 3) audio.load();
    audio.play().catch((reason) => (reason.name === "NotAllowedError" ? state("paused") : failed(audio)));
  };

  document.addEventListener("click", (event) => {
    const audio = find("sound");
    if (!audio || !event.target.closest("#play, #again")) return;
    if (audio.paused || audio.error) play(audio);
    else audio.pause();
  });

  const heard = {
    playing: () => (state("playing"), soon(0)),
    play: () => (state("playing"), waiting()),
    waiting,
    timeupdate: (audio) => !audio.paused && find("player").getAttribute("state") === "preparing" && state("playing"),
    pause: (audio) => !audio.error && state("paused"),
    error: (audio) => (tries ? failed(audio) : soon(0)),
    canplay: () => soon(LULL),
  };
  for (const type of Object.keys(heard)) {
    document.addEventListener(type, (event) => event.target.id === "sound" && heard[type](event.target), true);
  }

  const soon = (delay) => setTimeout(() => (globalThis.requestIdleCallback ?? setTimeout)(rest), delay);
  let begun = false;
  const rest = () => {
    if (begun || document.readyState === "loading") return;
    begun = true;
    const { late, elements } = document.body.dataset;
    document.head.append(Object.assign(document.createElement("link"), { rel: "stylesheet", href: late }));
    for (const url of elements.trim().split(/\s+/)) {
      import(url).then(({ default: element }) => customElements.define(element.tag, element)).catch(() => {});
    }
    if ("serviceWorker" in navigator) navigator.serviceWorker.register("/sw.js").catch(() => {});
  };
  document.addEventListener("DOMContentLoaded", () => {
    const audio = find("sound");
    if (!audio || "bySentence" in audio.dataset) rest();
    else if (audio.readyState > 2) soon(LULL);
    else soon(4 * LULL);
  });
})();
