// Looks around from where somebody stood.

import "pannellum";

const NEAR = 100;
const STEP = 1.25;
const WAY = 20;
const TILT = 15;
const SOON = 300;

/**
 * @param {HTMLElement} place
 * @param {{ source: { url: string }, calm: boolean, changed: () => void }} given
 */
export async function open(place, { source, calm, changed }) {
  const settings = {
    type: "equirectangular",
    panorama: source.url,
    autoLoad: true,
    showControls: false,
    disableKeyboardCtrl: true,
    mouseZoom: false,
    orientationOnByDefault: false,
    hfov: NEAR,
    minHfov: 40,
    maxHfov: 110,
    friction: calm ? 1 : 0.15,
    sceneFadeDuration: 0,
  };
  const viewer = globalThis.pannellum.viewer(place, settings);
  await new Promise((opened, failed) => {
    viewer.on("load", opened);
    viewer.on("error", failed);
  });
  place.tabIndex = -1; // the stage around it has the keys
  viewer.on("animatefinished", changed);
  viewer.on("mouseup", changed);
  viewer.on("touchend", changed);
  const soon = calm ? false : SOON;
  let goal = { yaw: viewer.getYaw(), pitch: viewer.getPitch(), hfov: viewer.getHfov() };
  viewer.on("mousedown", () => (goal = null));
  viewer.on("touchstart", () => (goal = null));
  const now = () => goal ?? { yaw: viewer.getYaw(), pitch: viewer.getPitch(), hfov: viewer.getHfov() };
  const look = (wanted) => {
    goal = { ...wanted, pitch: Math.max(-85, Math.min(85, wanted.pitch)), hfov: Math.max(40, Math.min(110, wanted.hfov)) };
    viewer.lookAt(goal.pitch, goal.yaw, goal.hfov, soon, changed);
    changed();
  };
  return {
    zoom: (by) => look({ ...now(), hfov: now().hfov / STEP ** by }),
    go: (across, down) => look({ ...now(), yaw: now().yaw + across * WAY, pitch: now().pitch - down * TILT }),
    home: () => look({ yaw: 0, pitch: 0, hfov: NEAR }),
    told() {
      const { yaw, pitch, hfov } = now();
      return { zoom: NEAR / hfov, turned: ((Math.round(yaw) % 360) + 360) % 360, tilt: Math.round(pitch) };
    },
  };
}
