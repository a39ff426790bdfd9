// Looks into a large picture: only the tiles that are seen are fetched.

import OpenSeadragon from "openseadragon";

const STEP = 1.6;
const WAY = 0.3; // of what is seen

/**
 * @param {HTMLElement} place
 * @param {{ source: { url: string, width: number, height: number, tile: number, least: number }, calm: boolean, changed: () => void }} given
 */
export async function open(place, { source, calm, changed }) {
  const viewer = OpenSeadragon({
    element: place,
    drawer: "canvas",
    showNavigationControl: false,
    tabIndex: "",
    visibilityRatio: 1,
    minZoomImageRatio: 1,
    maxZoomPixelRatio: 3,
    animationTime: calm ? 0 : 0.8,
    gestureSettingsTouch: { flickEnabled: !calm },
    tileSources: {
      width: source.width,
      height: source.height,
      tileSize: source.tile,
      tileOverlap: 0,
      minLevel: source.least,
      getTileUrl: (level, across, down) => `${source.url}/${level}/${across}_${down}.webp`,
    },
  });
  await new Promise((opened, failed) => {
    viewer.addOnceHandler("tile-drawn", opened);
    viewer.addOnceHandler("open-failed", failed);
    viewer.addOnceHandler("tile-load-failed", failed);
  });
  viewer.addHandler("viewport-change", changed);
  const { viewport } = viewer;
  return {
    zoom(by) {
      viewport.zoomBy(STEP ** by, undefined, calm);
      viewport.applyConstraints(calm);
    },
    go(across, down) {
      const { width, height } = viewport.getBounds(false);
      viewport.panBy(new OpenSeadragon.Point(across * WAY * width, down * WAY * height), calm);
      viewport.applyConstraints(calm);
    },
    home: () => viewport.goHome(calm),
    told() {
      const { x, y } = viewport.getCenter(false);
      const zoom = viewport.getZoom(false) / viewport.getHomeZoom();
      return { zoom, across: x, down: (y * source.width) / source.height };
    },
  };
}
