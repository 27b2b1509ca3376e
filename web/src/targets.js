import { fold, h, put } from "./dom.js";
import { day, number, short, spoken, store, t } from "./store.js";

const COLUMNS = ["place", "indicator", "target", "deadline", "result", "result_date", "gap", "share"];
const NUMERIC = new Set(["target", "result", "gap", "share"]);
const PAGE = 100;

const share = (row) => (row.result === undefined || !row.target ? undefined : row.result / row.target);
const gap = (row) => (row.result === undefined || row.target === undefined ? undefined : row.result - row.target);
/** A target whose deadline comes after the result is not missed, but not reached yet. */
const verdict = (row) => (row.reached === "no" && (row.deadline ?? "") > (row.result_date ?? "9999") ? "ahead" : row.reached);
const called = (row) => spoken(row.names, row.indicator);
const unit = (row) => (row.unit === "percent" ? " %" : row.measure && ![row.indicator, ...Object.values(row.names ?? {})].some((name) => name?.includes(row.measure)) ? ` ${row.measure}` : "");
const SIGNS = { ">=": "≥ ", "<=": "≤ ", ">": "> ", "<": "< ", "~": "≈ " };

/** Targets and results as a table that is sorted by its headings. */
export function targets(details) {
  const state = { column: "share", down: true, text: "", onlyBoth: false, most: PAGE };
  const body = h("tbody");
  const count = h("p", { class: "faint", "aria-live": "polite" });
  const more = h("button", { class: "reset", onclick: () => ((state.most += PAGE), draw()) });
  const empty = h("p", { class: "hint" });
  const heads = new Map(COLUMNS.map((name) => [name, h("th", { scope: "col", class: NUMERIC.has(name) ? `num ${name}` : name })]));

  const sort = (name) => {
    state.down = state.column === name ? !state.down : NUMERIC.has(name);
    state.column = name;
    draw();
  };
  heads.forEach((head, name) => head.append(h("button", { onclick: () => sort(name) }, t(`col_${name}`))));

  function draw() {
    const rows = store.data.targets.rows.filter(
      (row) => (!state.onlyBoth || share(row) !== undefined) && fold([row.place, row.indicator, ...Object.values(row.names ?? {})].filter(Boolean).join(" ")).includes(fold(state.text)),
    );
    rows.sort((a, b) => compare(value(a, state.column), value(b, state.column), state.down));
    heads.forEach((head, name) => {
      head.setAttribute("aria-sort", name !== state.column ? "none" : state.down ? "descending" : "ascending");
    });
    put(body, rows.slice(0, state.most).map((row) => line(row, details)));
    empty.hidden = rows.length > 0;
    put(empty, t(store.data.targets.total ? "nothing_fits" : "no_targets"));
    put(count, t("targets_shown", { n: number(rows.length), all: number(store.data.targets.total) }));
    put(more, t("show_more"));
    more.hidden = rows.length <= state.most;
  }

  const field = h("input", { type: "search", placeholder: t("filter_rows"), "aria-label": t("filter_rows"), oninput: (e) => ((state.text = e.target.value), draw()) });
  const both = h("input", { type: "checkbox", onchange: (e) => ((state.onlyBoth = e.target.checked), draw()) });
  draw();
  const table = h("table", { class: "targets" }, h("caption", {}, t("targets_caption")), h("thead", {}, h("tr", {}, [...heads.values()])), body);
  return h("section", { class: "sheet" }, h("div", { class: "tools" }, field, h("label", { class: "chip" }, both, t("only_both")), count), table, empty, more);
}

const value = (row, column) => ({ gap, share, indicator: called })[column]?.(row) ?? row[column];

/** Unknown values come last in both directions. */
function compare(a, b, down) {
  if (a === undefined || b === undefined) return (a === undefined) - (b === undefined);
  const order = typeof a === "number" ? a - b : a.localeCompare(b, "vi");
  return down ? -order : order;
}

function line(row, details) {
  const show = () => details.proofs(called(row) || t("no_indicator"), row.proofs, 0, h("p", { class: "faint" }, row.place), arithmetic(row), row.warning && h("p", { class: "warning" }, row.warning));
  const cell = (name, ...content) => h("td", { "data-label": t(`col_${name}`), class: NUMERIC.has(name) ? `num ${name}` : name }, ...content);
  return h(
    "tr",
    {},
    cell("place", row.place ?? ""),
    cell("indicator", h("button", { class: "link", onclick: show }, called(row) || t("no_indicator"))),
    cell("target", amount(row, "target")),
    cell("deadline", day(row.deadline)),
    cell("result", amount(row, "result")),
    cell("result_date", day(row.result_date)),
    cell("gap", difference(row)),
    cell("share", bar(row)),
  );
}

const amount = (row, name) =>
  row[name] === undefined ? "" : (name === "target" ? (SIGNS[row.comparator] ?? "") : "") + short(row[name]) + unit(row);

/** Result less target, with its sign; of per cents the difference is in points. */
function difference(row) {
  const value = gap(row);
  if (value === undefined) return "";
  const sign = value > 0 ? "+" : value < 0 ? "−" : "";
  return sign + short(Math.abs(value)) + (row.unit === "percent" ? ` ${t("points")}` : unit(row));
}

/** What a row rests on, as a list: target, result, gap, share, and how long before or after the deadline the result is. */
function arithmetic(row) {
  const part = share(row);
  const days = row.deadline && row.result_date ? Math.round((Date.parse(row.deadline) - Date.parse(row.result_date)) / 864e5) : NaN;
  const timing = days >= 0 ? t("days_before", { n: number(days) }) : days < 0 ? t("days_after", { n: number(-days) }) : "";
  const lines = [
    [t("col_target"), [amount(row, "target"), row.deadline && `${t("col_deadline")} ${day(row.deadline)}`]],
    [t("col_result"), [amount(row, "result"), row.result_date && `${t("col_result_date")} ${day(row.result_date)}`, row.result !== undefined && timing]],
    [t("col_gap"), [difference(row)]],
    [t("col_share"), [part !== undefined && `${number(Math.round(1000 * part) / 10)} %`, part !== undefined && t(`reached_${verdict(row)}`)]],
  ].map(([name, values]) => [name, values.filter(Boolean).join(" · ")]);
  return h("dl", {}, lines.filter(([, value]) => value).map(([name, value]) => h("div", {}, h("dt", {}, name), h("dd", {}, value))));
}

/** A bar from the result to the target, as a share of the larger of the two. */
function bar(row) {
  const part = share(row);
  if (part === undefined || part < 0) return "";
  const widest = Math.max(1, Math.min(part, 2));
  const said = t(`reached_${verdict(row)}`);
  const [from, to] = [Math.min(part, 1), Math.max(Math.min(part, 2), 1)].map((one) => (100 * one) / widest);
  return h(
    "span",
    { class: `bar ${verdict(row)}`, role: "img", "aria-label": `${number(100 * part)} % · ${said}`, title: said },
    h("b", { vars: { width: `${(100 * Math.min(part, 2)) / widest}%` } }),
    h("s", { vars: { left: `${from}%`, width: `${to - from}%` } }),
    h("i", { vars: { left: `${100 / widest}%` } }),
    h("em", {}, part < 10 ? `${number(Math.round(100 * part))} %` : `× ${number(Math.round(part))}`),
  );
}
