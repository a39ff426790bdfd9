// Shows a thing from all sides. What unpacks a packed model lies here beside it, and nothing is asked anywhere else.

import { ControlsMixin } from "@google/model-viewer/lib/features/controls.js";
import { EnvironmentMixin } from "@google/model-viewer/lib/features/environment.js";
import { LoadingMixin } from "@google/model-viewer/lib/features/loading.js";
import { SceneGraphMixin } from "@google/model-viewer/lib/features/scene-graph.js";
import ModelViewerElementBase from "@google/model-viewer/lib/model-viewer-base.js";
import { $loader } from "@google/model-viewer/lib/three-components/CachingGLTFLoader.js";
import { Renderer } from "@google/model-viewer/lib/three-components/Renderer.js";
import { MeshoptDecoder } from "three/examples/jsm/libs/meshopt_decoder.module.js";
import style from "model-viewer-style";

const TURN = Math.PI / 8;
const TILT = Math.PI / 12;
const KEYS = 6;
const HOME = "0deg 75deg 105%";

const SeenModel = SceneGraphMixin(EnvironmentMixin(ControlsMixin(LoadingMixin(ModelViewerElementBase))));
customElements.define("model-viewer", SeenModel);

/**
 * @param {HTMLElement} place
 * @param {{ source: { url: string, decoders: string }, alt: string, calm: boolean, changed: () => void }} given
 */
export async function open(place, { source, alt, calm, changed }) {
  // Looked for whenever an element is made, and otherwise on somebody else's server.
  globalThis.ModelViewerElement = { dracoDecoderLocation: source.decoders, ktx2TranscoderLocation: source.decoders };
  Renderer.singleton.loader[$loader].setMeshoptDecoder(MeshoptDecoder);
  const viewer = new SeenModel();
  Object.assign(viewer, { alt, cameraControls: true, interactionPrompt: "none", touchAction: "pan-y", disableTap: true });
  Object.assign(viewer, { loading: "eager", cameraOrbit: HOME, shadowIntensity: 1, src: source.url });
  if (calm) viewer.interpolationDecay = 0;
  await new Promise((opened, failed) => {
    viewer.addEventListener("load", opened, { once: true });
    viewer.addEventListener("error", failed, { once: true });
    place.append(viewer);
    dress(viewer);
  });
  return handled(viewer, changed);
}

/** Its own style, in a way that a strict page lets in: once it stands in the page, where it takes off all others. */
function dress(viewer) {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(style);
  viewer.shadowRoot.adoptedStyleSheets = [sheet];
  viewer.shadowRoot.querySelector(".userInput").tabIndex = -1; // the stage around it has the keys
}

function handled(viewer, changed) {
  const span = () => viewer.getCameraOrbit().radius * Math.tan((viewer.getFieldOfView() * Math.PI) / 360);
  const first = { ...viewer.getCameraOrbit(), span: span() };
  let goal = first;
  viewer.addEventListener("camera-change", ({ detail }) => {
    if (detail.source === "user-interaction") goal = viewer.getCameraOrbit();
    changed();
  });
  const look = (wanted) => {
    goal = { ...wanted, phi: Math.max(0.1, Math.min(Math.PI - 0.1, wanted.phi)) };
    viewer.cameraOrbit = `${goal.theta}rad ${goal.phi}rad ${viewer.getCameraOrbit().radius}m`;
  };
  const degrees = (angle) => Math.round((angle * 180) / Math.PI);
  return {
    zoom: (by) => viewer.zoom(by * KEYS),
    go: (across, down) => look({ ...goal, theta: goal.theta + across * TURN, phi: goal.phi + down * TILT }),
    home() {
      goal = first;
      viewer.cameraOrbit = HOME;
      viewer.fieldOfView = "auto";
    },
    told() {
      const { theta, phi } = goal;
      return { zoom: first.span / span(), turned: ((degrees(theta) % 360) + 360) % 360, tilt: 90 - degrees(phi) };
    },
  };
}
