import MiniSearch from "minisearch";
import { fold, h, put } from "./dom.js";
import { kindColor, kindLabel, nodeLabel, store, t } from "./store.js";

const MOST = 12;

/** A field that finds nodes by any of their names, accents or not. */
export function search(select) {
  const index = new MiniSearch({ fields: ["text"], processTerm: (term) => fold(term) || null });
  index.addAll(store.data.nodes.map((node, id) => ({ id, text: texts(node).join(" ") })));
  const list = h("ul", { id: "found", role: "listbox", "aria-label": t("search"), hidden: true });
  const field = h("input", {
    type: "search",
    role: "combobox",
    "aria-controls": "found",
    "aria-expanded": "false",
    "aria-autocomplete": "list",
    "aria-label": t("search"),
    placeholder: t("search"),
    autocomplete: "off",
    spellcheck: "false",
  });
  let current = -1;

  const close = () => {
    list.hidden = true;
    field.setAttribute("aria-expanded", "false");
    field.removeAttribute("aria-activedescendant");
  };
  const choose = (id) => {
    close();
    field.value = nodeLabel(store.data.nodes[id]);
    select({ node: id });
  };
  const mark = (position) => {
    const options = [...list.querySelectorAll("[role=option]")];
    current = options.length ? (position + options.length) % options.length : -1;
    options.forEach((option, i) => option.setAttribute("aria-selected", String(i === current)));
    if (options[current]) field.setAttribute("aria-activedescendant", options[current].id);
    options[current]?.scrollIntoView({ block: "nearest" });
  };
  const update = () => {
    const found = index.search(field.value, { prefix: true, combineWith: "AND" });
    const wanted = fold(field.value.trim());
    found.sort((a, b) => distance(a.id, wanted) - distance(b.id, wanted));
    found.splice(MOST);
    put(list, found.map(({ id }) => option(id, choose)));
    if (field.value && !found.length) put(list, h("li", { class: "faint" }, t("nothing")));
    list.hidden = !field.value;
    field.setAttribute("aria-expanded", String(!list.hidden));
    mark(0);
  };

  field.addEventListener("input", update);
  field.addEventListener("blur", () => setTimeout(close, 150));
  field.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown") mark(current + 1);
    else if (event.key === "ArrowUp") mark(current - 1);
    else if (event.key === "Escape") close();
    else if (event.key === "Enter" && !list.hidden) list.querySelector("[aria-selected=true]")?.click();
    else return;
    event.preventDefault();
  });
  return h("div", { class: "search" }, field, list);
}

const texts = (node) => [node.label, ...Object.values(node.spoken ?? {}), ...(node.names ?? [])];

/** Those called just so come first, then those whose name begins so. */
function distance(id, wanted) {
  const names = texts(store.data.nodes[id]).map(fold);
  return names.includes(wanted) ? 0 : names.some((name) => name.startsWith(wanted)) ? 1 : 2;
}

function option(id, choose) {
  const node = store.data.nodes[id];
  return h(
    "li",
    { role: "option", id: `found-${id}`, "aria-selected": "false", onclick: () => choose(id), onmousedown: (e) => e.preventDefault() },
    h("i", { vars: { "--dot": kindColor("node", node.kind) } }),
    h("span", {}, nodeLabel(node)),
    h("small", {}, kindLabel("node", node.kind)),
  );
}
