import { put, s } from "./dom.js";
import { gestures } from "./gestures.js";
import { bounded, fitted, focusOn, frame, MANY, moved, remaining, toGraph } from "./graph.js";
import { Labels, shorten } from "./labels.js";

/** The side of the picture in units of its own. */
const SIDE = 1000;
const MOST_LABELS = 60;
/** The size of an arrow head in pixels, and where on its edge it stands: nodes keep their size and would cover its end. */
const [ARROW, WHERE] = [10, 0.6];

/** The network as SVG, for browsers without WebGL: the same choices, filters and keys. */
export class Plain {
  constructor(container, select) {
    this.container = container;
    this.graph = toGraph(container.clientWidth || 800);
    this.camera = { x: 0.5, y: 0.5, ratio: 1 };
    this.shown = { nodes: null, edges: null };
    this.focus = focusOn(this.graph, null);
    this.labels = new Labels();
    this.measure = document.createElement("canvas").getContext("2d");
    this.arrows = new Map();
    const inside = framed(this.graph);
    this.spots = this.graph.mapNodes((node, values) => inside(values));
    this.edges = this.graph.mapEdges((edge, values, source, target) => this.edge(+edge, values, +source, +target, select));
    this.nodes = this.graph.mapNodes((node, values) => this.node(+node, values, select));
    this.names = s("g", { class: "names" });
    const many = this.graph.size > MANY ? " many" : "";
    this.svg = s("svg", { class: `plain${many}`, "aria-hidden": "true" }, s("defs", {}, [...this.arrows.values()]), s("g", {}, this.edges), s("g", {}, this.nodes), this.names);
    put(container, this.svg);
    this.listen(select);
    this.draw();
  }

  node(node, { color, size }, select) {
    const [cx, cy] = this.spots[node];
    return s("circle", { cx, cy, fill: color, vars: { "--r": size }, "data-node": node, onclick: (event) => (event.stopPropagation(), select({ node })) });
  }

  edge(edge, { color, size, curvature = 0 }, source, target, select) {
    const [a, b] = [this.spots[source], this.spots[target]];
    const bent = [(a[0] + b[0]) / 2 + curvature * (b[1] - a[1]), (a[1] + b[1]) / 2 - curvature * (b[0] - a[0])];
    const [first, last] = [between(a, bent, WHERE), between(bent, b, WHERE)];
    const d = `M${a}Q${first} ${between(first, last, WHERE)}Q${last} ${b}`;
    const path = { d, stroke: color, "stroke-width": size, "marker-mid": `url(#${this.arrow(color)})`, "data-edge": edge };
    return s("path", { ...path, onclick: (event) => (event.stopPropagation(), select({ edge })) });
  }

  /** The id of the arrow head in a colour. */
  arrow(color) {
    const head = () => s("marker", { id: `arrow${this.arrows.size}`, viewBox: "-5 -5 10 10", orient: "auto", markerUnits: "userSpaceOnUse" }, s("path", { d: "M-4-4L5 0L-4 4Z", fill: color }));
    if (!this.arrows.has(color)) this.arrows.set(color, head());
    return this.arrows.get(color).id;
  }

  listen(select) {
    const pan = (right, down) => {
      const unit = this.unit() / SIDE;
      this.move({ x: this.camera.x - right * unit, y: this.camera.y + down * unit });
    };
    const zoom = (times, { clientX, clientY }) => {
      const ratio = bounded(this.camera.ratio * times);
      const box = this.svg.getBoundingClientRect();
      const share = (1 - ratio / this.camera.ratio) * (this.unit() / SIDE);
      const [right, up] = [clientX - box.left - box.width / 2, box.top + box.height / 2 - clientY];
      this.move({ ratio, x: this.camera.x + right * share, y: this.camera.y + up * share });
    };
    gestures(this.svg, { pan, zoom, tap: () => select(null) });
  }

  /** How many units of the picture a pixel is. */
  unit() {
    return (SIDE * this.camera.ratio) / Math.max(1, Math.min(this.container.clientWidth, this.container.clientHeight));
  }

  move(change) {
    this.isFitted = false;
    this.camera = { ...this.camera, ...change };
    this.draw();
  }

  draw() {
    const { x, y, ratio } = this.camera;
    const side = SIDE * ratio;
    this.svg.setAttribute("viewBox", `${SIDE * x - side / 2} ${SIDE * (1 - y) - side / 2} ${side} ${side}`);
    this.svg.style.setProperty("--unit", this.unit());
    for (const head of this.arrows.values()) for (const name of ["markerWidth", "markerHeight"]) head.setAttribute(name, ARROW * this.unit());
    const lit = (node) => !this.focus.near.size || this.focus.near.has(node);
    this.nodes.forEach((circle, i) => {
      circle.classList.toggle("gone", !this.isShown("nodes", i));
      circle.classList.toggle("dim", !lit(i));
      circle.classList.toggle("chosen", i === this.focus.node);
    });
    this.edges.forEach((path, i) => {
      path.classList.toggle("gone", !this.isShown("edges", i) || !this.isLit(i));
      path.classList.toggle("lit", this.focus.near.size > 0);
    });
    const named = this.order.filter((node) => this.isShown("nodes", node) && lit(node));
    this.name(this.focus.node === null ? named : [this.focus.node, ...named.filter((node) => node !== this.focus.node)]);
  }

  /** The nodes, the largest first. */
  get order() {
    this.sorted ??= this.graph.mapNodes((node, { size }) => [+node, size]).sort((a, b) => b[1] - a[1]).map(([node]) => node);
    return this.sorted;
  }

  isShown(kind, i) {
    return !this.shown[kind] || this.shown[kind].has(i);
  }

  isLit(edge) {
    if (!this.focus.near.size || edge === this.focus.edge) return true;
    return this.focus.edge === null && this.graph.extremities(edge).some((end) => +end === this.focus.node);
  }

  /** Writes the names of the first of these nodes where there is room. */
  name(nodes) {
    const { clientWidth: width, clientHeight: height } = this.container;
    const unit = this.unit();
    this.labels.clear({ width, height });
    this.measure.font = "12px system-ui, sans-serif";
    const texts = nodes.slice(0, MOST_LABELS).map((node) => this.text(node, unit, width, height));
    put(this.names, texts);
  }

  text(node, unit, width, height) {
    const { label, size } = this.graph.getNodeAttributes(node);
    const [left, top] = [SIDE * this.camera.x - (unit * width) / 2, SIDE * (1 - this.camera.y) - (unit * height) / 2];
    const [x, y] = [(this.spots[node][0] - left) / unit, (this.spots[node][1] - top) / unit];
    const text = shorten(label);
    const spot = y > 0 && y < height && this.labels.place({ x, y, size }, this.measure.measureText(text).width, 12);
    return spot && s("text", { x: left + spot.x * unit, y: top + spot.y * unit }, text);
  }

  filter(shown) {
    this.shown = shown;
    this.draw();
  }

  /** Brings nodes into view above what is covered: those that the filters leave, or others. */
  fit(nodes, covered = 0) {
    const points = (nodes ?? remaining(this.graph, this.shown)).map((node) => [this.spots[node][0] / SIDE, 1 - this.spots[node][1] / SIDE]);
    const { clientWidth: width, clientHeight: height } = this.container;
    const side = Math.max(1, Math.min(width, height));
    this.move(fitted(points, width / side, height / side, covered / side));
    this.isFitted = !nodes;
  }

  highlight(selection) {
    this.focus = focusOn(this.graph, selection);
    this.draw();
  }

  /** Moves the camera to a node, into what the details leave of the picture. */
  approach(node, covered) {
    const [x, y] = this.spots[node];
    this.camera.ratio = Math.min(this.camera.ratio, 0.45);
    this.move({ x: x / SIDE, y: 1 - y / SIDE - (covered / 2) * (this.unit() / SIDE) });
  }

  key(event) {
    if (event.key === "0") this.fit();
    const change = moved(event.key, this.camera);
    if (!change) return;
    this.move(change);
    event.preventDefault();
  }

  resize() {
    if (this.isFitted) this.fit();
    else this.draw();
  }

  /** The colours are the style sheet's. */
  recolor() {}

  close() {
    this.svg.remove();
  }
}

const between = (a, b, share) => a.map((value, i) => value + share * (b[i] - value));

/** Returns what puts positions of the graph, whose y runs upwards, into the picture. */
function framed(graph) {
  const { x, y } = frame(graph) ?? { x: [0, 1], y: [0, 1] };
  const span = 1.12 * Math.max(x[1] - x[0], y[1] - y[0], 1e-9);
  return (at) => [SIDE * (0.5 + (at.x - (x[0] + x[1]) / 2) / span), SIDE * (0.5 - (at.y - (y[0] + y[1]) / 2) / span)];
}
