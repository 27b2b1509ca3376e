import { EdgeCurvedArrowProgram } from "@sigma/edge-curve";
import Sigma from "sigma";
import { EdgeArrowProgram, EdgeLineProgram } from "sigma/rendering";
import { fitted, focusOn, frame, MANY, moved, remaining, toGraph } from "./graph.js";
import { Labels, shorten } from "./labels.js";

const cssColor = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

/** The size of the name of the chosen node, in pixels. */
const HOVERED = 13;

/** The drawing of the network. `shown` tells what the filters leave, `focus` what is selected. */
export class Network {
  constructor(container, select) {
    this.graph = toGraph(container.clientWidth || 800);
    this.shown = { nodes: null, edges: null };
    this.focus = { node: null, edge: null, near: new Set() };
    this.labels = new Labels();
    this.readColors();
    this.sigma = new Sigma(this.graph, container, {
      allowInvalidContainer: true,
      defaultEdgeType: "arrow",
      edgeProgramClasses: { arrow: EdgeArrowProgram, curved: EdgeCurvedArrowProgram, line: EdgeLineProgram },
      enableEdgeEvents: true,
      hideEdgesOnMove: this.graph.size > MANY,
      labelDensity: 1,
      labelGridCellSize: 120,
      labelRenderedSizeThreshold: 5,
      labelFont: "system-ui, sans-serif",
      labelSize: 12,
      minCameraRatio: 0.02,
      maxCameraRatio: 3,
      zIndex: true,
      defaultDrawNodeLabel: (...drawn) => this.drawLabel(...drawn),
      defaultDrawNodeHover: (...drawn) => this.drawHover(...drawn),
      nodeReducer: (node, data) => this.reduceNode(+node, data),
      edgeReducer: (edge, data) => this.reduceEdge(+edge, data),
    });
    this.sigma.on("clickNode", ({ node }) => select({ node: +node }));
    this.sigma.on("clickEdge", ({ edge }) => select({ edge: +edge }));
    this.sigma.on("clickStage", () => select(null));
    for (const [event, cursor] of [["enterNode", "pointer"], ["enterEdge", "pointer"], ["leaveNode", ""], ["leaveEdge", ""]]) {
      this.sigma.on(event, () => container.style.setProperty("cursor", cursor));
    }
    this.sigma.on("beforeRender", () => (this.stale = true));
    this.sigma.setCustomBBox(frame(this.graph));
  }

  close() {
    this.sigma.kill();
  }

  /** Draws again in a container of another size. */
  resize() {
    this.sigma.resize().refresh({ skipIndexation: true });
    if (this.isFitted) this.fit();
  }

  /** Takes the colours of the theme. */
  recolor() {
    this.readColors();
    this.sigma.refresh({ skipIndexation: true });
  }

  readColors() {
    this.colors = { faint: cssColor("--line"), ink: cssColor("--ink"), page: cssColor("--page"), edge: cssColor("--edge") };
  }

  filter(shown) {
    this.shown = shown;
    this.sigma.refresh({ skipIndexation: true });
  }

  /** Brings nodes into view above what is covered: those that the filters leave, or others. */
  fit(nodes, covered = 0) {
    const points = (nodes ?? remaining(this.graph, this.shown)).map((node) => this.sigma.getNodeDisplayData(node)).map(({ x, y }) => [x, y]);
    const { width, height } = this.sigma.getDimensions();
    const whole = { cameraState: { x: 0.5, y: 0.5, ratio: 1, angle: 0 } };
    const [from, to] = [{ x: 0, y: 0 }, { x: width, y: height }].map((corner) => this.sigma.viewportToFramedGraph(corner, whole));
    const high = Math.abs(to.y - from.y);
    this.go(fitted(points, Math.abs(to.x - from.x), high, (high * covered) / Math.max(1, height)));
    this.isFitted = !nodes;
  }

  /** Lights what is chosen and what it is linked to. */
  highlight(selection) {
    this.focus = focusOn(this.graph, selection);
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

  /** Moves the camera to a node, into what the details leave of the picture. */
  approach(node, covered) {
    const { x, y } = this.sigma.getNodeDisplayData(node);
    const { width, height } = this.sigma.getDimensions();
    const ratio = Math.min(this.sigma.getCamera().ratio, 0.45);
    const there = { cameraState: { x, y, ratio, angle: 0 } };
    const centre = this.sigma.viewportToFramedGraph({ x: width / 2, y: (height + covered) / 2 }, there);
    this.go({ ...centre, ratio });
  }

  go(state) {
    this.isFitted = false;
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    if (still) this.sigma.getCamera().setState(state);
    else this.sigma.getCamera().animate(state, { duration: 400 });
  }

  key(event) {
    if (event.key === "0") this.fit();
    const camera = this.sigma.getCamera();
    const change = moved(event.key, camera.getState());
    if (!change) return;
    camera.setState(change);
    event.preventDefault();
  }

  /** The chosen node's name takes its place before all others. */
  clearLabels(context) {
    this.labels.clear(this.sigma.getDimensions());
    this.stale = false;
    const data = this.focus.node === null ? null : this.sigma.getNodeDisplayData(this.focus.node);
    if (data?.label) this.spot(context, { ...data, ...this.sigma.framedGraphToViewport(data) }, HOVERED);
  }

  drawLabel(context, data, settings) {
    if (this.stale) this.clearLabels(context);
    if (!data.label || data.highlighted) return;
    const { text, spot } = this.spot(context, data, settings.labelSize);
    if (spot) this.write(context, text, spot);
  }

  /** The chosen node, or that under the pointer, has its whole name on a ground of its own. */
  drawHover(context, data) {
    context.beginPath();
    context.arc(data.x, data.y, data.size + 3, 0, 2 * Math.PI);
    context.lineWidth = 2;
    context.strokeStyle = this.colors.ink;
    context.stroke();
    if (!data.label) return;
    const { text, width } = this.measure(context, data, HOVERED);
    const spot = this.labels.beside(data, width, HOVERED);
    context.fillStyle = this.colors.page;
    context.fillRect(spot.x - 2, spot.y - HOVERED, width + 4, HOVERED * 1.35);
    this.write(context, text, spot);
  }

  measure(context, data, size) {
    context.font = `${size}px system-ui, sans-serif`;
    const text = shorten(data.label, size === HOVERED ? 2 : 1);
    return { text, width: context.measureText(text).width };
  }

  spot(context, data, size) {
    const { text, width } = this.measure(context, data, size);
    return { text, spot: this.labels.place(data, width, size) };
  }

  write(context, text, { x, y }) {
    context.lineWidth = 3;
    context.lineJoin = "round";
    context.strokeStyle = this.colors.page;
    context.fillStyle = this.colors.ink;
    context.strokeText(text, x, y);
    context.fillText(text, x, y);
  }
}
