import { h, put } from "./dom.js";
import { evidence } from "./evidence.js";
import { day, kindColor, kindLabel, nodeLabel, number, spoken, store, t } from "./store.js";

const FEW = 40;

/** The panel beside the views: a node with its posts and edges, an edge or a row with its evidence. */
export class Details {
  constructor(select) {
    this.select = select;
    this.element = h("aside", { class: "details", "aria-live": "polite", tabindex: "-1" });
    this.clear();
  }

  clear() {
    const inside = this.element.contains(document.activeElement);
    this.element.classList.remove("open");
    put(this.element, h("p", { class: "hint" }, t("hint")));
    if (inside) this.opener?.focus();
  }

  get isOpen() {
    return this.element.classList.contains("open");
  }

  show(title, ...content) {
    const active = document.activeElement;
    // Who moves in the network or among the views stays there; from elsewhere the keyboard goes on in the details.
    const stays = active?.closest(".stage, [role=tab], .settings");
    if (!this.element.contains(active)) this.opener = active;
    this.element.classList.add("open");
    const close = h("button", { class: "close", "aria-label": t("close"), onclick: () => this.select(null) }, "×");
    put(this.element, h("div", { class: "head" }, title, close), ...content);
    this.element.scrollTop = 0;
    if (!stays) this.element.focus({ preventScroll: true });
  }

  node(index) {
    const node = store.data.nodes[index];
    this.show(
      h("h2", {}, nodeLabel(node)),
      badge("node", node.kind),
      summary(node),
      posts(node),
      edgesOf(index, (edge) => this.select({ edge }, true)),
    );
  }

  edge(index) {
    const edge = store.data.edges[index];
    const end = (i) =>
      h("button", { class: "link", onclick: () => this.select({ node: i }) }, nodeLabel(store.data.nodes[i]));
    const roles = (edge.roles ?? []).map((code) => roleName(code)).join(", ");
    this.show(
      h("h2", { class: "relation" }, end(edge.source), h("span", {}, kindLabel("edge", edge.kind)), end(edge.target)),
      roles && h("p", {}, roles),
      h("p", { class: "faint" }, t("independent", { n: number(edge.weight) })),
      h("h3", {}, t("evidence")),
      evidence(edge.proofs ?? [], edge.more ?? 0),
      (edge.tables ?? []).map((row) => h("p", { class: "citation" }, row)),
    );
  }

  proofs(title, numbers, more = 0, ...extra) {
    this.show(h("h2", {}, title), ...extra, h("h3", {}, t("evidence")), evidence(numbers, more));
  }
}

function badge(group, kind) {
  return h("p", { class: "badge" }, h("i", { vars: { "--dot": kindColor(group, kind) } }), kindLabel(group, kind));
}

function summary(node) {
  const facts = Object.entries(node.facts ?? {}).map(([key, value]) => [t(key), key === "issued" ? day(value) : named(key, value)]);
  const seen = [...new Set([node.first, node.last].filter(Boolean))].map(day).join(" – ");
  const rows = [
    [t("articles"), number(node.articles)],
    [t("seen"), seen],
    [t("places"), node.kind !== "place" && (node.places ?? []).slice(0, 8).map((i) => store.data.places[i].label).join(", ")],
    [t("also"), (node.names ?? []).slice(0, 6).join(" · ")],
    ...facts,
  ].filter(([, value]) => value);
  return h("dl", {}, rows.map(([key, value]) => h("div", {}, h("dt", {}, key), h("dd", {}, value))));
}

/** Several types or levels stand in one text; each has a name in the language of the page. */
const named = (key, value) => (key === "document_type" || key === "level" ? value.split(", ").map((one) => t(`${key}_${one}`, {}, one)).join(", ") : value);

function roleName(code) {
  const plain = code.replace(/^(former|acting) /, "");
  const modifier = plain === code ? "" : `${t(code.split(" ")[0])} `;
  return modifier + spoken(store.data.posts.roles[plain], plain.replaceAll("_", " "));
}

/** The posts of an official, each with a line of time on which the articles that tell of it are marked. */
function posts(node) {
  const held = store.data.posts.of[node.id];
  if (!held) return null;
  const dated = held.map((post) => ({ ...post, days: daysOf(post) }));
  dated.sort((a, b) => (a.days[0] ?? "9").localeCompare(b.days[0] ?? "9"));
  return [h("h3", {}, t("posts")), h("ul", { class: "posts" }, dated.map((post) => h("li", {}, postLine(post))))];
}

const daysOf = (post) =>
  [...new Set(post.proofs.map((n) => store.data.proofs[n]).filter(Boolean).map(([a]) => store.data.articles[a].day))]
    .filter(Boolean)
    .sort();

function postLine(post) {
  const body = store.data.nodes.find((node) => node.id === post.body);
  const named = body ? nodeLabel(body) : (post.body ?? "").replace(/^body:/, "").replaceAll("_", " ");
  const modifier = post.modifier ? `${t(post.modifier)} ` : "";
  const place = post.place && !named.includes(post.place) ? post.place : "";
  const role = modifier + roleName(post.role);
  const when = post.days.length ? [...new Set([post.days[0], post.days.at(-1)])].map(day).join(" – ") : t("undated");
  return h(
    "details",
    {},
    h(
      "summary",
      {},
      h("strong", {}, role),
      h("span", {}, [named, place].filter(Boolean).join(" · ")),
      track(post.days),
      h("span", { class: "faint" }, when),
    ),
    evidence(post.proofs, post.count - post.proofs.length),
  );
}

/** A line from the first to the last day of the corpus, with the days of a post on it. */
function track(days) {
  const { first, last } = store.data.about;
  const [from, to] = [Date.parse(first), Date.parse(last)];
  if (!days.length || !(to > from)) return null;
  const at = (text) => (100 * (Date.parse(text) - from)) / (to - from);
  const [start, end] = [at(days[0]), at(days.at(-1))];
  return h(
    "span",
    { class: "track", "aria-hidden": "true" },
    h("b", { vars: { left: `${start}%`, width: `${end - start}%` } }),
    days.map((one) => h("i", { vars: { left: `${at(one)}%` } })),
  );
}

function edgesOf(index, select) {
  const groups = new Map();
  store.data.edges.forEach((edge, i) => {
    if (edge.source !== index && edge.target !== index) return;
    const key = `${edge.kind} ${edge.source === index ? ">" : "<"}`;
    if (!groups.has(key)) groups.set(key, []);
    groups.get(key).push([edge, i]);
  });
  if (!groups.size) return h("p", { class: "faint" }, t("no_edges"));
  return [h("h3", {}, t("edges")), [...groups].sort().map(([key, group]) => edgeGroup(key, group, index, select))];
}

function edgeGroup(key, group, index, select) {
  const [kind, direction] = key.split(" ");
  group.sort((a, b) => b[0].weight - a[0].weight);
  const list = h("ul", { class: "edges" });
  const line = ([edge, i]) => {
    const other = edge.source === index ? edge.target : edge.source;
    return h(
      "li",
      {},
      h(
        "button",
        { onclick: () => select(i), "data-edge": i },
        h("i", { vars: { "--dot": kindColor("node", store.data.nodes[other].kind) } }),
        h("span", {}, nodeLabel(store.data.nodes[other])),
        h("small", {}, number(edge.weight)),
      ),
    );
  };
  const all = () => put(list, group.map(line));
  put(list, group.slice(0, FEW).map(line));
  const more = group.length > FEW && h("button", { class: "link", onclick: all }, t("show_all", { n: number(group.length) }));
  const arrow = direction === ">" ? "→" : "←";
  return [h("h4", {}, h("i", { vars: { "--dot": kindColor("edge", kind) } }), `${arrow} ${kindLabel("edge", kind)}`), list, more];
}
