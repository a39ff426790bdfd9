// The part of the detailed map that draws tiles beside the page, in a file of its own: no page here runs what it made up.

export { default } from "maplibre-gl/dist/maplibre-gl-worker.mjs";
