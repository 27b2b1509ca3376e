import { Details } from "./details.js";
import { directives } from "./directives.js";
import { h, put } from "./dom.js";
import { counts, Filters } from "./filters.js";
import { map } from "./map.js";
import { Network } from "./network.js";
import { Plain } from "./plain.js";
import { search } from "./search.js";
import { day, load, number, store, t } from "./store.js";
import { targets } from "./targets.js";

const VIEWS = ["network", "targets", "directives", "map"];
const NAMES = { en: "English", fr: "Français", vi: "Tiếng Việt" };
const app = document.getElementById("app");
const webgl = hasWebgl();
const page = { view: "network", network: null, filters: null, details: null, selection: null };

function drawPage() {
  page.network?.close();
  page.network = null;
  document.documentElement.lang = store.language;
  page.details = new Details(select);
  const chosen = page.filters?.state;
  page.filters = new Filters(showFiltered, chosen);
  const views = h("div", { class: "views" }, VIEWS.map(panel));
  put(app, header(), notices(), h("main", { "data-view": page.view }, views, page.details.element));
  show(page.view);
  drawNetwork();
  if (chosen) showFiltered(page.filters.result(), true);
  if (page.selection) select(page.selection);
}

function header() {
  const language = h("select", { "aria-label": t("language"), onchange: (e) => speak(e.target.value) }, Object.keys(store.data.texts).map((code) => h("option", { value: code, selected: code === store.language }, NAMES[code] ?? code)));
  const theme = h("button", { class: "theme", "aria-label": t("theme"), title: t("theme"), onclick: () => paint(document.documentElement.dataset.theme === "dark" ? "light" : "dark") }, "◐");
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

function speak(language) {
  store.language = language;
  drawPage();
  app.querySelector(".settings select").focus();
}

function arrows(event) {
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (!step) return;
  show(VIEWS[(VIEWS.indexOf(page.view) + step + VIEWS.length) % VIEWS.length]);
  document.getElementById(`tab-${page.view}`).focus();
}

/** Says so where the page holds the backbone only, and where the network is drawn without WebGL. */
function notices() {
  const { about, nodes, edges } = store.data;
  const values = { nodes: number(nodes.length), all_nodes: number(about.nodes), edges: number(edges.length), all_edges: number(about.edges) };
  const whole = about.nodes === nodes.length && about.edges === edges.length;
  return [!whole && t("backbone", values), !webgl && t("no_webgl")].filter(Boolean).map((text) => h("p", { class: "notice", role: "status" }, text));
}

function hasWebgl() {
  const context = document.createElement("canvas").getContext("webgl2");
  context?.getExtension("WEBGL_lose_context")?.loseContext();
  return Boolean(context);
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
  return [filters, h("div", { class: "canvas" }, stage, h("p", { class: "hint", hidden: true }, t("nothing_shown")), controls, count)];
}

/** Draws the network with sigma; a browser without WebGL gets it as SVG and is told so. */
function drawNetwork() {
  const stage = app.querySelector(".stage");
  page.network = new (webgl ? Network : Plain)(stage, select);
  page.sized?.disconnect();
  page.sized = new ResizeObserver(() => page.network.resize());
  page.sized.observe(stage);
  const ready = () => (document.documentElement.dataset.ready = webgl ? "network" : "plain");
  if (webgl) page.network.sigma.once("afterRender", () => requestAnimationFrame(ready));
  else ready();
  put(app.querySelector(".count"), counts(page.filters.result()));
}

function showFiltered(shown, follow) {
  page.network?.filter(shown);
  if (follow) page.network?.fit();
  put(app.querySelector(".count"), counts(shown));
  app.querySelector(".canvas .hint").hidden = shown.nodes.size > 0;
}

/** Shows one view; the others are built when they are first asked for. */
function show(view) {
  if (view !== page.view) page.details.clear();
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
  if (view !== "network" || !page.network) return;
  page.network.resize();
  if (page.selection) select(page.selection);
}

/** Selects a node, an edge or nothing. */
function select(selection, approach = false) {
  page.selection = selection;
  page.network?.highlight(selection);
  if (!selection) page.details.clear();
  else if (selection.node !== undefined) page.details.node(selection.node);
  else page.details.edge(selection.edge);
  if (approach && selection?.node !== undefined) page.network?.approach(selection.node, covered());
  if (approach && selection?.edge !== undefined) page.network?.fit([...page.network.focus.near], covered());
}

/** How many pixels of the network the details cover, on narrow screens. */
function covered() {
  const stage = app.querySelector(".stage").getBoundingClientRect();
  const details = page.details.element.getBoundingClientRect();
  return details.left < stage.right ? Math.max(0, stage.bottom - details.top) : 0;
}

function paint(theme) {
  document.documentElement.dataset.theme = theme;
  page.network?.recolor();
}

addEventListener("keydown", (event) => {
  if (event.key === "Escape" && page.details?.isOpen) select(null);
  if (event.key === "/" && !/INPUT|SELECT|TEXTAREA/.test(document.activeElement?.tagName)) {
    app.querySelector(".search input").focus();
    event.preventDefault();
  }
});
const dark = matchMedia("(prefers-color-scheme: dark)");
const usual = () => paint(dark.matches ? "dark" : "light");
dark.addEventListener("change", usual);
usual();

start();

async function start() {
  await load();
  drawPage();
}

// What tests and curious readers need to find a node or an edge on the screen.
window.miner = { store, page };
