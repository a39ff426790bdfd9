// The museum's own tiles as a map one can move in. Its names are the stops alone, so it needs no letters from anywhere.

import { Map as Chart, Marker, addProtocol, setWorkerUrl } from "maplibre-gl";
import { PMTiles, Protocol } from "pmtiles";

const SOURCE = "grounds";
const VECTOR = 1;
const AREAS = [
  { is: /water|ocean|sea|lake/, day: "#b9d3e0", night: "#203845" },
  { is: /build/, day: "#d9bda0", night: "#5a4434" },
  { is: /land|park|green|wood|forest|grass|garden|natural/, day: "#d7dfc4", night: "#2d3a26" },
  { is: /earth/, day: "#f4ead7", night: "#28201b" },
];
const WAYS = [
  { is: /water|river|stream/, day: "#9dc0d2", night: "#2c5063", width: 2 },
  { is: /road|transport|street|path|way/, day: "#a8977f", night: "#85766a", width: 2.5 },
  { is: /bound|border|admin/, day: "#66574c", night: "#b9a997", width: 1 },
];
const OTHER = { day: "#c4b596", night: "#6a5b4e", width: 1.2 };

/**
 * @param {HTMLElement} container
 * @param {{tiles: string, worker: string, bounds: number[], pins: {element: HTMLElement, lat: number, lon: number}[], dark: boolean, calm: boolean, label: string}} told
 */
export async function openMap(container, { tiles, worker, bounds, pins, dark, calm, label }) {
  setWorkerUrl(new URL(worker, location.href).href);
  const protocol = new Protocol();
  addProtocol("pmtiles", protocol.tile);
  const file = new PMTiles(new URL(tiles, location.href).href);
  protocol.add(file);
  const [header, notes] = await Promise.all([file.getHeader(), file.getMetadata()]);
  const chart = new Chart({
    container,
    style: styleOf(file.source.getKey(), header, /** @type {any} */ (notes), dark),
    bounds: /** @type {any} */ (bounds),
    fitBoundsOptions: { padding: 40, maxZoom: 18, animate: false },
    minZoom: Math.max(0, header.minZoom - 1),
    maxZoom: header.maxZoom + 4,
    attributionControl: false,
    dragRotate: false,
    pitchWithRotate: false,
    fadeDuration: 0,
    canvasContextAttributes: { failIfMajorPerformanceCaveat: false },
  });
  chart.touchZoomRotate.disableRotation();
  chart.getCanvas().setAttribute("aria-label", label);
  for (const { element, lat, lon } of pins) new Marker({ element }).setLngLat([lon, lat]).addTo(chart);
  await new Promise((ready, failed) => {
    chart.once("load", ready);
    chart.once("error", ({ error }) => failed(error));
  });
  const moved = { animate: !calm };
  return {
    /** @param {number} by */
    zoom: (by) => (by > 0 ? chart.zoomIn(moved) : chart.zoomOut(moved)),
    /** @param {number} x @param {number} y */
    move: (x, y) => chart.panBy([x, y], moved),
    close: () => chart.remove(),
  };
}

/** @param {string} key @param {any} header @param {any} notes @param {boolean} dark */
function styleOf(key, header, notes, dark) {
  const vector = header.tileType === VECTOR;
  const source = { type: vector ? "vector" : "raster", url: `pmtiles://${key}`, ...(vector ? {} : { tileSize: 256 }) };
  const ground = { id: "ground", type: "background", paint: { "background-color": dark ? "#28201b" : "#fdf9f1" } };
  const drawn = vector ? vectorLayers(notes?.vector_layers ?? [], dark) : [rasterLayer(dark)];
  return /** @type {any} */ ({ version: 8, sources: { [SOURCE]: source }, layers: [ground, ...drawn] });
}

/** @param {boolean} dark */
function rasterLayer(dark) {
  const paint = dark ? { "raster-brightness-max": 0.65, "raster-saturation": -0.3 } : {};
  return { id: "picture", type: "raster", source: SOURCE, paint };
}

/** Whatever the layers are called: areas first, then lines. @param {{id: string}[]} layers @param {boolean} dark */
function vectorLayers(layers, dark) {
  const shade = dark ? "night" : "day";
  const rank = (/** @type {string} */ id) => AREAS.length - AREAS.findIndex(({ is }) => is.test(id));
  const areas = layers.map(({ id }) => ({ id, look: AREAS.find(({ is }) => is.test(id)) })).filter(({ look }) => look);
  areas.sort((one, other) => Number(/build/.test(one.id)) - Number(/build/.test(other.id)) || rank(one.id) - rank(other.id));
  const filled = areas.map(({ id, look }) => ({
    id: `${id} areas`,
    type: "fill",
    source: SOURCE,
    "source-layer": id,
    filter: ["==", ["geometry-type"], "Polygon"],
    paint: { "fill-color": look?.[shade] },
  }));
  const lined = layers.map(({ id }) => ({ id, look: WAYS.find(({ is }) => is.test(id)) ?? OTHER })).map(({ id, look }) => ({
    id: `${id} lines`,
    type: "line",
    source: SOURCE,
    "source-layer": id,
    filter: ["==", ["geometry-type"], "LineString"],
    layout: { "line-cap": "round", "line-join": "round" },
    paint: { "line-color": look[shade], "line-width": look.width },
  }));
  return [...filled, ...lined];
}
