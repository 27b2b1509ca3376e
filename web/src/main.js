import { Details } from "./details.js";
import { directives } from "./directives.js";
import { h, put } from "./dom.js";
import { counts, Filters } from "./filters.js";
import { map } from "./map.js";
import { Network } from "./network.js";
import { search } from "./search.js";
import { day, load, nodeLabel, number, store, t } from "./store.js";
import { targets } from "./targets.js";

const VIEWS = ["network", "targets", "directives", "map"];
const NAMES = { en: "English", fr: "Français", vi: "Tiếng Việt" };
const app = document.getElementById("app");
const page = { view: "network", network: null, filters: null, details: null, selection: null };

function drawPage() {
  page.network?.sigma.kill();
  page.network = null;
  document.documentElement.lang = store.language;
  page.details = new Details(select);
  page.filters = new Filters(showFiltered);
  const views = h("div", { class: "views" }, VIEWS.map(panel));
  put(app, header(), notice(), h("main", { "data-view": page.view }, views, page.details.element));
  show(page.view);
  drawNetwork();
  if (page.selection) select(page.selection);
}

function header() {
  const language = h("select", { "aria-label": t("language"), onchange: (e) => ((store.language = e.target.value), drawPage()) }, Object.keys(store.data.texts).map((code) => h("option", { value: code, selected: code === store.language }, NAMES[code] ?? code)));
  const theme = h("button", { class: "theme", "aria-label": t("theme"), title: t("theme"), onclick: toggleTheme }, "◐");
  const tab = (view) => h("button", { role: "tab", id: `tab-${view}`, "aria-controls": `view-${view}`, onclick: () => show(view), onkeydown: arrows }, t(`view_${view}`));
  const { about } = store.data;
  const period = [...new Set([about.first, about.last].filter(Boolean))].map(day).join(" – ");
  return h(
    "header",
    {},
    h("div", { class: "brand" }, h("h1", {}, store.data.title), h("p", { class: "faint" }, [t("n_articles", { n: number(about.articles) }), period].filter(Boolean).join(" · "))),
    search((selection) => (show("network"), select(selection, true))),
    h("div", { class: "settings" }, language, theme),
    h("nav", { role: "tablist", "aria-label": t("views") }, VIEWS.map(tab)),
  );
}

function arrows(event) {
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (!step) return;
  show(VIEWS[(VIEWS.indexOf(page.view) + step + VIEWS.length) % VIEWS.length]);
  document.getElementById(`tab-${page.view}`).focus();
}

/** Says so where the page holds the backbone only. */
function notice() {
  const { about, nodes, edges } = store.data;
  if (about.nodes === nodes.length && about.edges === edges.length) return null;
  const values = { nodes: number(nodes.length), all_nodes: number(about.nodes), edges: number(edges.length), all_edges: number(about.edges) };
  return h("p", { class: "notice", role: "status" }, t("backbone", values));
}

function panel(view) {
  const props = { class: `view ${view}`, id: `view-${view}`, role: "tabpanel", "aria-labelledby": `tab-${view}` };
  return h("div", props, view === "network" ? networkPanel() : null);
}

function networkPanel() {
  const stage = h("div", { class: "stage", tabindex: 0, role: "application", "aria-label": t("stage"), onkeydown: (e) => page.network?.key(e) });
  const count = h("p", { class: "count", role: "status" });
  const zoom = (label, key, sign) => h("button", { "aria-label": label, onclick: () => page.network?.key({ key, preventDefault() {} }) }, sign);
  const controls = h("div", { class: "zoom" }, zoom(t("zoom_in"), "+", "+"), zoom(t("zoom_out"), "-", "−"), zoom(t("zoom_all"), "0", "⤢"));
  const filters = h("details", { class: "filterbox", open: innerWidth > 760 }, h("summary", {}, t("filters")), page.filters.element);
  return [filters, h("div", { class: "canvas" }, stage, controls, count)];
}

/** Draws the network; a browser without WebGL gets a list of the nodes. */
function drawNetwork() {
  const stage = app.querySelector(".stage");
  try {
    page.network = new Network(stage, select);
    page.network.sigma.once("afterRender", () => requestAnimationFrame(() => (document.documentElement.dataset.ready = "network")));
  } catch (error) {
    page.network = null;
    const items = store.data.nodes.map((node, i) => h("li", {}, h("button", { class: "link", onclick: () => select({ node: i }) }, nodeLabel(node))));
    put(stage, h("p", {}, t("no_webgl")), h("ul", {}, items));
    document.documentElement.dataset.ready = "list";
    console.warn(error);
  }
  put(app.querySelector(".count"), counts(page.filters.result()));
}

function showFiltered(shown) {
  page.network?.filter(shown);
  put(app.querySelector(".count"), counts(shown));
}

/** Shows one view; the others are built when they are first asked for. */
function show(view) {
  page.view = view;
  app.querySelector("main").dataset.view = view;
  for (const name of VIEWS) {
    document.getElementById(`view-${name}`).hidden = name !== view;
    const tab = document.getElementById(`tab-${name}`);
    tab.setAttribute("aria-selected", String(name === view));
    tab.tabIndex = name === view ? 0 : -1;
  }
  const element = document.getElementById(`view-${view}`);
  if (!element.hasChildNodes()) {
    const open = (selection) => (show("network"), select(selection, true));
    put(element, { targets: () => targets(page.details), directives: () => directives(page.details, open), map: () => map((selection) => select(selection)) }[view]());
  }
  if (view === "network") page.network?.sigma.resize().refresh({ skipIndexation: true });
}

/** Selects a node, an edge or nothing. */
function select(selection, approach = false) {
  page.selection = selection;
  page.network?.highlight(selection);
  if (!selection) page.details.clear();
  else if (selection.node !== undefined) page.details.node(selection.node);
  else page.details.edge(selection.edge);
  if (approach && selection?.node !== undefined) page.network?.approach(selection.node);
}

function toggleTheme() {
  const root = document.documentElement;
  const dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  root.dataset.theme = dark ? "light" : "dark";
  page.network?.recolor();
}

addEventListener("keydown", (event) => {
  if (event.key === "Escape" && page.selection) select(null);
  if (event.key === "/" && !/INPUT|SELECT|TEXTAREA/.test(document.activeElement?.tagName)) {
    app.querySelector(".search input").focus();
    event.preventDefault();
  }
});
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => page.network?.recolor());

start();

async function start() {
  await load();
  drawPage();
}

// What tests and curious readers need to find a node or an edge on the screen.
window.miner = { store, page };
