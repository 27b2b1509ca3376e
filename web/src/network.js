import { EdgeCurvedArrowProgram, indexParallelEdgesIndex } from "@sigma/edge-curve";
import { MultiDirectedGraph } from "graphology";
import Sigma from "sigma";
import { EdgeArrowProgram, EdgeLineProgram } from "sigma/rendering";
import { nodeLabel, store } from "./store.js";

const cssColor = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

/** With more edges than these, lines are straight and without arrows until a node is chosen: curves take long to draw. */
const MANY = 4000;

/** The graph of the data with what sigma draws. */
export function toGraph(width) {
  const graph = new MultiDirectedGraph();
  const most = Math.max(1, ...store.data.nodes.map((node) => node.size));
  const room = Math.max(0.55, Math.min(1, width / 800));
  store.data.nodes.forEach((node, i) => {
    const color = store.data.kinds.node[node.kind]?.color;
    const size = room * (2 + (9 * node.size) / most / (1 + Math.log10(1 + store.data.nodes.length / 800)));
    graph.addNode(i, { x: node.x, y: node.y, size, color, label: nodeLabel(node) });
  });
  const type = store.data.edges.length > MANY ? "line" : "arrow";
  store.data.edges.forEach((edge, i) => {
    const color = store.data.kinds.edge[edge.kind]?.color;
    graph.addEdgeWithKey(i, edge.source, edge.target, { size: 1.2 + Math.log2(edge.weight) * 0.8, color, type });
  });
  if (graph.size <= MANY) bend(graph);
  return graph;
}

/** Bends parallel edges, and those that run both ways, so that each can be seen and clicked. */
function bend(graph) {
  indexParallelEdgesIndex(graph, { edgeIndexAttribute: "nth", edgeMinIndexAttribute: "low", edgeMaxIndexAttribute: "high" });
  graph.forEachEdge((edge, { nth, low, high }) => {
    const both = typeof low === "number";
    if (both ? !nth : typeof nth !== "number") return;
    const most = both ? Math.max(Math.abs(low), high) : high;
    const share = (both ? nth : nth + 1) / Math.max(1, most);
    graph.mergeEdgeAttributes(edge, { type: "curved", curvature: Math.sign(share) * Math.min(0.6, 0.2 + 0.25 * (Math.abs(share) * most - 1)) });
  });
}

/** The drawing of the network. `shown` tells what the filters leave, `focus` what is selected. */
export class Network {
  constructor(container, select) {
    this.graph = toGraph(container.clientWidth || 800);
    this.shown = { nodes: null, edges: null };
    this.focus = { node: null, edge: null, near: new Set() };
    this.readColors();
    this.sigma = new Sigma(this.graph, container, {
      allowInvalidContainer: true,
      defaultEdgeType: "arrow",
      edgeProgramClasses: { arrow: EdgeArrowProgram, curved: EdgeCurvedArrowProgram, line: EdgeLineProgram },
      enableEdgeEvents: true,
      hideEdgesOnMove: this.graph.size > MANY,
      labelDensity: 0.5,
      labelGridCellSize: 170,
      labelRenderedSizeThreshold: 5,
      labelFont: "system-ui, sans-serif",
      labelSize: 12,
      minCameraRatio: 0.02,
      maxCameraRatio: 3,
      zIndex: true,
      defaultDrawNodeLabel: drawLabel,
      defaultDrawNodeHover: drawHover,
      nodeReducer: (node, data) => this.reduceNode(+node, data),
      edgeReducer: (edge, data) => this.reduceEdge(+edge, data),
    });
    this.sigma.on("clickNode", ({ node }) => select({ node: +node }));
    this.sigma.on("clickEdge", ({ edge }) => select({ edge: +edge }));
    this.sigma.on("clickStage", () => select(null));
    for (const [event, cursor] of [["enterNode", "pointer"], ["enterEdge", "pointer"], ["leaveNode", ""], ["leaveEdge", ""]]) {
      this.sigma.on(event, () => container.style.setProperty("cursor", cursor));
    }
    this.sigma.setCustomBBox(this.box());
  }

  /** The frame of what is linked: nodes without edges stand beside it and would make all else small. */
  box() {
    const linked = this.graph.filterNodes((node) => this.graph.degree(node) > 0);
    if (!linked.length) return null;
    const extent = (name) => {
      const values = linked.map((node) => this.graph.getNodeAttribute(node, name));
      return [values.reduce((a, b) => Math.min(a, b)), values.reduce((a, b) => Math.max(a, b))];
    };
    return { x: extent("x"), y: extent("y") };
  }

  /** Takes the colours of the theme. */
  recolor() {
    this.readColors();
    this.sigma.refresh({ skipIndexation: true });
  }

  readColors() {
    this.colors = { faint: cssColor("--line"), ink: cssColor("--ink"), page: cssColor("--page"), edge: cssColor("--edge") };
    drawing.colors = this.colors;
  }

  filter(shown) {
    this.shown = shown;
    this.sigma.refresh({ skipIndexation: true });
  }

  highlight(selection) {
    const near = new Set();
    if (selection?.node !== undefined) {
      near.add(selection.node);
      this.graph.forEachNeighbor(selection.node, (other) => near.add(+other));
    }
    if (selection?.edge !== undefined) this.graph.extremities(selection.edge).forEach((end) => near.add(+end));
    this.focus = { node: selection?.node ?? null, edge: selection?.edge ?? null, near };
    this.sigma.refresh({ skipIndexation: true });
  }

  reduceNode(node, data) {
    if (this.shown.nodes && !this.shown.nodes.has(node)) return { ...data, hidden: true, label: null };
    if (!this.focus.near.size) return data;
    if (!this.focus.near.has(node)) return { ...data, color: this.colors.faint, label: null, zIndex: 0 };
    const chosen = node === this.focus.node;
    return { ...data, zIndex: chosen ? 2 : 1, highlighted: chosen, forceLabel: this.focus.near.size < 40 };
  }

  reduceEdge(edge, data) {
    if (this.shown.edges && !this.shown.edges.has(edge)) return { ...data, hidden: true };
    if (!this.focus.near.size) return data;
    const ends = this.graph.extremities(edge);
    const lit = this.focus.edge !== null ? edge === this.focus.edge : ends.some((end) => +end === this.focus.node);
    return lit ? { ...data, type: data.type === "line" ? "arrow" : data.type, size: data.size * 1.6, zIndex: 1 } : { ...data, hidden: true };
  }

  /** Moves the camera to a node. */
  approach(node) {
    const { x, y } = this.sigma.getNodeDisplayData(node);
    const ratio = Math.min(this.sigma.getCamera().ratio, 0.45);
    // On narrow screens the details cover the lower part.
    const aside = innerWidth <= 1000 ? 0.25 * ratio : 0;
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    this.sigma.getCamera().animate({ x, y: y - aside, ratio }, { duration: still ? 0 : 400 });
  }

  key(event) {
    const camera = this.sigma.getCamera();
    const { x, y, ratio } = camera.getState();
    const step = 0.1 * ratio;
    const moves = { ArrowLeft: { x: x - step }, ArrowRight: { x: x + step }, ArrowUp: { y: y + step }, ArrowDown: { y: y - step } };
    const zooms = { "+": 1 / 1.4, "=": 1 / 1.4, "-": 1.4 };
    if (event.key in moves) camera.setState(moves[event.key]);
    else if (event.key in zooms) camera.setState({ ratio: ratio * zooms[event.key] });
    else if (event.key === "0") camera.setState({ x: 0.5, y: 0.5, ratio: 1 });
    else return;
    event.preventDefault();
  }
}

const drawing = { colors: {} };
const LONGEST = 34;
const cut = (text) => (text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text);

function drawLabel(context, data, settings) {
  if (!data.label) return;
  context.font = `${settings.labelSize}px ${settings.labelFont}`;
  context.lineWidth = 3;
  context.lineJoin = "round";
  context.strokeStyle = drawing.colors.page;
  context.fillStyle = drawing.colors.ink;
  const [x, y] = [data.x + data.size + 4, data.y + settings.labelSize / 3];
  context.strokeText(cut(data.label), x, y);
  context.fillText(cut(data.label), x, y);
}

function drawHover(context, data, settings) {
  context.beginPath();
  context.arc(data.x, data.y, data.size + 3, 0, 2 * Math.PI);
  context.lineWidth = 2;
  context.strokeStyle = drawing.colors.ink;
  context.stroke();
  drawLabel(context, data, { ...settings, labelSize: settings.labelSize + 1 });
}
