import { h, put, s } from "./dom.js";
import { number, short, store, t } from "./store.js";

const [WIDE, HIGH] = [54, 46];
/** Long names are drawn as narrow as their tile. */
const SQUEEZED = { textLength: WIDE - 8, lengthAdjust: "spacingAndGlyphs" };
const OWN = ["events", "officials", "directives", "bodies", "targets", "reached"];

/** Two grids of tiles, before and after the mergers of July 2025, shaded by one indicator. */
export function map(select) {
  const { maps } = store.data;
  const reported = Object.keys(maps.units);
  const choice = h(
    "select",
    { "aria-label": t("indicator"), onchange: () => draw() },
    h("optgroup", { label: t("counted") }, OWN.map((name) => h("option", { value: name }, t(`map_${name}`)))),
    reported.length > 0 && h("optgroup", { label: t("reported") }, reported.map((name) => h("option", { value: name }, name))),
  );
  const grids = h("div", { class: "grids" });
  const key = h("p", { class: "ramp" });
  const numbers = new Map(store.data.nodes.map((node, i) => [node.id, i]));

  function draw() {
    const sides = ["before", "after"].map((side) => [side, maps.values[side][choice.value] ?? {}]);
    const all = sides.flatMap(([, values]) => Object.values(values));
    const [low, high] = [Math.min(0, ...all), Math.max(...all, 0)];
    const depth = (value) => (high > low ? Math.sqrt((value - low) / (high - low)) : 0);
    const unit = maps.units[choice.value] ?? (choice.value === "reached" ? "%" : "");
    put(grids, sides.map(([side, values]) => figure(side, values, depth, unit)));
    put(key, all.length ? [short(low), h("i", {}), `${short(high)} ${unit}`, h("span", { class: "none" }), t("no_data")] : t("no_data"));
  }

  function figure(side, values, depth, unit) {
    const tiles = maps.tiles.filter((tile) => tile.map === side);
    const [rows, columns] = ["row", "column"].map((name) => 1 + Math.max(...tiles.map((tile) => tile[name])));
    const drawn = tiles.map((tile) => square(tile, values[tile.name], depth, unit));
    const known = Object.keys(values).length;
    return h(
      "figure",
      {},
      h("figcaption", {}, h("strong", {}, t(`map_${side}`)), h("span", { class: "faint" }, t("provinces_known", { n: number(known), all: number(tiles.length) }))),
      s("svg", { viewBox: `0 0 ${columns * WIDE} ${rows * HIGH}`, width: columns * WIDE, role: "group", "aria-label": t(`map_${side}`) }, drawn),
    );
  }

  function square(tile, value, depth, unit) {
    const node = numbers.get(tile.node);
    const said = `${tile.name}: ${value === undefined ? t("no_data") : `${short(value)} ${unit}`.trim()}`;
    const open = () => node !== undefined && select({ node });
    const level = value === undefined ? 0 : 12 + 88 * depth(value);
    return s(
      "g",
      {
        class: `tile${value === undefined ? " none" : ""}${level > 55 ? " deep" : ""}${level > 85 ? " deepest" : ""}`,
        transform: `translate(${tile.column * WIDE + 1.5} ${tile.row * HIGH + 1.5})`,
        vars: { "--level": `${level}%` },
        ...(node !== undefined && { tabindex: 0, role: "button", onclick: open, onkeydown: (e) => ["Enter", " "].includes(e.key) && (e.preventDefault(), open()) }),
        "aria-label": said,
      },
      s("title", {}, said),
      s("rect", { width: WIDE - 3, height: HIGH - 3, rx: 5 }),
      lines(tile.name).map((line, i) => s("text", { x: (WIDE - 3) / 2, y: 13 + 11 * i, ...(line.length > 9 && SQUEEZED) }, `${line} `)),
      value !== undefined && s("text", { class: "value", x: (WIDE - 3) / 2, y: 37 }, short(value)),
    );
  }

  draw();
  return h("section", { class: "sheet" }, h("div", { class: "tools" }, h("label", { class: "choice" }, t("indicator"), choice), key), grids, h("p", { class: "faint" }, t("map_note")));
}

/** A name in two lines. */
function lines(name) {
  const words = name.split(/[\s-]+/);
  const half = Math.ceil(words.length / 2);
  return [words.slice(0, half).join(" "), words.slice(half).join(" ")];
}
