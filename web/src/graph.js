import { indexParallelEdgesIndex } from "@sigma/edge-curve";
import { MultiDirectedGraph } from "graphology";
import { nodeLabel, store } from "./store.js";

/** With more edges than these, lines are straight and without arrows until a node is chosen: curves take long to draw. */
export const MANY = 4000;

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

/** The frame of what is linked: nodes without edges stand beside it and would make all else small. */
export function frame(graph) {
  const linked = graph.filterNodes((node) => graph.degree(node) > 0);
  if (!linked.length) return null;
  const extent = (name) => {
    const values = linked.map((node) => graph.getNodeAttribute(node, name));
    return [values.reduce((a, b) => Math.min(a, b)), values.reduce((a, b) => Math.max(a, b))];
  };
  return { x: extent("x"), y: extent("y") };
}

/** What is chosen, and the nodes that are lit with it. */
export function focusOn(graph, selection) {
  const near = new Set();
  if (selection?.node !== undefined) {
    near.add(selection.node);
    graph.forEachNeighbor(selection.node, (other) => near.add(+other));
  }
  if (selection?.edge !== undefined) graph.extremities(selection.edge).forEach((end) => near.add(+end));
  return { node: selection?.node ?? null, edge: selection?.edge ?? null, near };
}

const LEAST = 0.02;
export const bounded = (ratio) => Math.min(3, Math.max(LEAST, ratio));

/** What a camera has to be, that these points of a picture from 0 to 1 fill so many widths and heights above what is covered. */
export function fitted(points, width, height, covered = 0) {
  if (!points.length) return { x: 0.5, y: 0.5, ratio: 1 };
  const [xs, ys] = [0, 1].map((axis) => points.map((point) => point[axis]));
  const ends = (values) => [values.reduce((a, b) => Math.min(a, b)), values.reduce((a, b) => Math.max(a, b))];
  const [[left, right], [low, high]] = [ends(xs), ends(ys)];
  // Few points are not blown up to the edge, for their names need room.
  const ratio = Math.max(0.15, (1.2 * (right - left)) / width, (1.2 * (high - low)) / (height - covered));
  return { x: (left + right) / 2, y: (low + high) / 2 - (covered / 2) * bounded(ratio), ratio: bounded(ratio) };
}

/** Which nodes a picture is fitted to: those with edges among what is shown, else all that are shown; none for all. */
export function remaining(graph, { nodes, edges }) {
  if (!nodes || nodes.size === graph.order) return [];
  const linked = new Set([...edges].flatMap((edge) => graph.extremities(edge).map(Number)));
  return linked.size ? [...linked] : [...nodes];
}

/** What a key changes of a camera; nothing where the key has no meaning here. */
export function moved(key, { x, y, ratio }) {
  const step = 0.1 * ratio;
  const moves = { ArrowLeft: { x: x - step }, ArrowRight: { x: x + step }, ArrowUp: { y: y + step }, ArrowDown: { y: y - step } };
  const zooms = { "+": 1 / 1.4, "=": 1 / 1.4, "-": 1.4 };
  if (key in moves) return moves[key];
  return key in zooms ? { ratio: bounded(ratio * zooms[key]) } : null;
}
