import { fold, h, put } from "./dom.js";
import { citation } from "./evidence.js";
import { day, number, store, t } from "./store.js";

const PAGE = 60;

/** Directives over time: when each was issued and when articles named it. */
export function directives(details, select) {
  const state = { text: "", most: PAGE, order: "issued" };
  const list = h("ol", { class: "timeline" });
  const axis = h("div", { class: "axis", "aria-hidden": "true" });
  const count = h("p", { class: "faint", "aria-live": "polite" });
  const more = h("button", { class: "reset", onclick: () => ((state.most += PAGE), draw()) });
  const empty = h("p", { class: "hint" });
  const numbers = new Map(store.data.nodes.map((node, i) => [node.id, i]));

  function draw() {
    const found = store.data.directives.rows.filter((row) => fold(`${row.label} ${row.title ?? ""} ${row.place ?? ""} ${row.type} ${t(`document_type_${row.type}`)}`).includes(fold(state.text)));
    if (state.order === "issued") found.sort((a, b) => (a.issued ?? "9999").localeCompare(b.issued ?? "9999"));
    const rows = found.slice(0, state.most);
    const scale = scaleOf(rows);
    put(axis, h("span", {}), h("div", {}, ticks(scale)));
    put(list, rows.map((row) => h("li", {}, line(row, scale, numbers, details, select))));
    put(count, t("directives_shown", { n: number(found.length), all: number(store.data.directives.total) }));
    empty.hidden = rows.length > 0;
    put(empty, t(store.data.directives.total ? "nothing_fits" : "no_directives"));
    put(more, t("show_more"));
    more.hidden = found.length <= state.most;
  }

  const field = h("input", { type: "search", placeholder: t("filter_rows"), "aria-label": t("filter_rows"), oninput: (e) => ((state.text = e.target.value), draw()) });
  const order = h("select", { "aria-label": t("order"), onchange: (e) => ((state.order = e.target.value), draw()) }, h("option", { value: "issued" }, t("by_issue")), h("option", { value: "count" }, t("by_count")));
  draw();
  const legend = h("p", { class: "legend" }, h("i", { class: "issued" }), t("issued"), h("i", { class: "cited" }), t("cited"));
  return h("section", { class: "sheet" }, h("div", { class: "tools" }, field, order, count, legend), axis, list, empty, more);
}

const daysOf = (row) => row.articles.map((i) => store.data.articles[i].day).filter(Boolean);
const full = (text) => (/^\d{4}-\d\d-\d\d$/.test(text ?? "") ? text : undefined);

function scaleOf(rows) {
  const days = rows.flatMap((row) => [full(row.issued), ...daysOf(row)]).filter(Boolean).map(Date.parse).sort((a, b) => a - b);
  if (!days.length) return null;
  const year = (time) => new Date(time).getUTCFullYear();
  // One very old document would squeeze all others into the right edge.
  const first = year(days[Math.floor(days.length * 0.02)]);
  const [from, to] = [Date.UTC(first, 0, 1), Date.UTC(year(days.at(-1)) + 1, 0, 1)];
  return { from, to, first, last: year(days.at(-1)), at: (text) => Math.max(0, (100 * (Date.parse(text) - from)) / (to - from)) };
}

function ticks(scale) {
  if (!scale) return [];
  const years = scale.last - scale.first + 1;
  const step = Math.ceil(years / 8);
  return Array.from({ length: Math.ceil(years / step) }, (_, i) => scale.first + i * step).map((year) =>
    h("small", { vars: { left: `${scale.at(`${year}-01-01`)}%` } }, String(year)),
  );
}

function line(row, scale, numbers, details, select) {
  const node = numbers.get(row.node);
  const show = () => {
    const open = node !== undefined && h("button", { class: "link", onclick: () => select({ node }) }, t("in_network"));
    const about = [t(`document_type_${row.type}`, {}, row.type), row.place, row.issued && `${t("issued")} ${day(row.issued)}`].filter(Boolean).join(" · ");
    details.proofs(row.label, row.proofs, 0, row.title && h("p", {}, row.title), h("p", { class: "faint" }, about), open, h("details", {}, h("summary", {}, `${t("articles")}: ${number(row.articles.length)}`), row.articles.map(citation)));
  };
  const days = [...new Set(daysOf(row))];
  const marks = scale && [
    full(row.issued) && h("i", { class: `issued${Date.parse(row.issued) < scale.from ? " earlier" : ""}`, title: day(row.issued), vars: { left: `${scale.at(row.issued)}%` } }),
    days.map((one) => h("i", { class: "cited", title: day(one), vars: { left: `${scale.at(one)}%` } })),
  ];
  const said = `, ${row.issued ? `${t("issued")} ${day(row.issued)}` : t("undated")}, `;
  return h("button", { onclick: show }, h("span", {}, row.label, h("span", { class: "said" }, said), h("small", { title: t("independent", { n: number(row.count) }) }, number(row.count))), h("span", { class: "lane" }, marks));
}
