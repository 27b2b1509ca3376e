import { h, put } from "./dom.js";
import { kindColor, kindLabel, month, months, nodeLabel, number, store, t } from "./store.js";

/** The filters of the network: kinds, province, directive and time. */
export class Filters {
  constructor(changed, chosen) {
    const { about, nodes, edges } = store.data;
    this.changed = changed;
    this.months = months(about.first, about.last);
    this.state = chosen ?? { node: new Set(), edge: new Set(), place: "", directive: "", from: 0, to: this.months.length - 1 };
    this.near = nodes.map(() => []);
    edges.forEach(({ source, target }) => {
      this.near[source].push(target);
      this.near[target].push(source);
    });
    this.element = h("div", { class: "filters" });
    this.draw();
  }

  draw() {
    const { nodes, places } = store.data;
    const directives = nodes.flatMap((node, i) => (node.kind === "directive" ? [[i, nodeLabel(node)]] : []));
    directives.sort((a, b) => a[1].localeCompare(b[1], "vi", { numeric: true }));
    put(
      this.element,
      this.kinds("node", t("nodes")),
      this.kinds("edge", t("edges")),
      this.choice("place", t("province"), places.map((place, i) => [i, place.label])),
      this.choice("directive", t("directive"), directives),
      this.months.length > 1 && this.time(),
      h("button", { class: "reset", onclick: () => this.reset() }, t("reset")),
    );
  }

  kinds(group, title) {
    const box = (kind) =>
      h(
        "label",
        { class: "chip" },
        h("input", {
          type: "checkbox",
          checked: !this.state[group].has(kind),
          "data-kind": kind,
          onchange: (event) => this.set(() => this.state[group][event.target.checked ? "delete" : "add"](kind)),
        }),
        h("i", { vars: { "--dot": kindColor(group, kind) } }),
        kindLabel(group, kind),
      );
    return h("fieldset", { class: group }, h("legend", {}, title), Object.keys(store.data.kinds[group]).map(box));
  }

  choice(name, title, options) {
    const select = h(
      "select",
      { name, onchange: (event) => this.set(() => (this.state[name] = event.target.value)) },
      h("option", { value: "" }, t("all")),
      options.map(([value, label]) => h("option", { value }, label)),
    );
    select.value = this.state[name];
    return h("label", { class: "choice" }, title, select);
  }

  time() {
    const shown = h("output", {});
    const write = () => put(shown, `${month(this.months[this.state.from])} – ${month(this.months[this.state.to])}`);
    const slider = (name, label) =>
      h("input", {
        type: "range",
        name,
        min: 0,
        max: this.months.length - 1,
        value: this.state[name],
        "aria-label": label,
        "aria-valuetext": month(this.months[this.state[name]]),
        oninput: (event) => {
          const value = +event.target.value;
          this.state[name] = name === "from" ? Math.min(value, this.state.to) : Math.max(value, this.state.from);
          event.target.value = this.state[name];
          event.target.setAttribute("aria-valuetext", month(this.months[this.state[name]]));
          write();
          this.set(() => {}, false);
        },
        // The picture follows when the slider is let go.
        onchange: () => this.set(() => {}),
      });
    write();
    const sliders = h("div", { class: "range" }, slider("from", t("from")), slider("to", t("to")));
    return h("fieldset", { class: "time" }, h("legend", {}, t("time"), " ", shown), sliders, h("p", { class: "faint" }, t("undated_stay")));
  }

  reset() {
    Object.assign(this.state, { place: "", directive: "", from: 0, to: this.months.length - 1 });
    this.state.node.clear();
    this.state.edge.clear();
    this.draw();
    this.set(() => {});
  }

  set(change, follow = true) {
    change();
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.changed(this.result(), follow), 60);
  }

  /** Returns the nodes and edges that all filters leave. */
  result() {
    const { nodes, edges } = store.data;
    const [start, end] = [this.months[this.state.from] ?? "", this.months[this.state.to] ?? "9999"];
    const around = this.state.directive === "" ? null : this.reach(+this.state.directive, 2);
    const open = (node, i) =>
      !this.state.node.has(node.kind) &&
      (this.state.place === "" || (node.places ?? []).includes(+this.state.place)) &&
      (!around || around.has(i)) &&
      (!node.first || (node.first.slice(0, 7) <= end && node.last.slice(0, 7) >= start));
    const shown = new Set(nodes.flatMap((node, i) => (open(node, i) ? [i] : [])));
    const inTime = (edge) => !edge.months || edge.months.some((one) => start <= one && one <= end);
    const kept = edges.flatMap((edge, i) =>
      !this.state.edge.has(edge.kind) && shown.has(edge.source) && shown.has(edge.target) && inTime(edge) ? [i] : [],
    );
    return { nodes: shown, edges: new Set(kept) };
  }

  /** Returns the nodes within so many steps. */
  reach(node, steps) {
    const found = new Set([node]);
    let edge = [node];
    for (let step = 0; step < steps; step++) {
      edge = edge.flatMap((one) => this.near[one]).filter((one) => !found.has(one));
      edge.forEach((one) => found.add(one));
    }
    return found;
  }
}

export const counts = (shown) => t("shown", { nodes: number(shown.nodes.size), edges: number(shown.edges.size) });
