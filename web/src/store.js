/** The data of the page, the language and what is selected. */
export const store = { data: null, language: "en", listeners: new Set() };

/** Reads the gzipped JSON that stands in the page. */
export async function load() {
  const packed = document.getElementById("data").textContent.trim();
  const bytes = Uint8Array.from(atob(packed), (c) => c.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  store.data = JSON.parse(await new Response(stream).text());
  const wanted = (navigator.languages ?? []).map((one) => one.slice(0, 2));
  store.language = wanted.find((one) => one in store.data.texts) ?? "en";
}

/** Returns a text of the interface; `{name}` in it is replaced by a value. */
export function t(key, values = {}, unknown = key) {
  const text = store.data.texts[store.language][key] ?? store.data.texts.en[key] ?? unknown;
  return text.replace(/\{(\w+)\}/g, (all, name) => (name in values ? values[name] : all));
}

/** Returns a name given in several languages. */
export const spoken = (names, fallback = "") => names?.[store.language] ?? names?.en ?? fallback;

export const kindLabel = (group, kind) => spoken(store.data.kinds[group][kind]?.label, kind);

export const kindColor = (group, kind) => store.data.kinds[group][kind]?.color ?? "#888888";

export const nodeLabel = (node) => spoken(node.spoken, node.label);

export const number = (value) => new Intl.NumberFormat(store.language, { maximumFractionDigits: 2 }).format(value);

/** Writes large values of money and people in the short form of the language. */
export const short = (value) =>
  new Intl.NumberFormat(store.language, {
    maximumFractionDigits: 2,
    ...(Math.abs(value) >= 1e6 && { notation: "compact" }),
  }).format(value);

export function day(text) {
  const parts = /^(\d{4})-(\d\d)-(\d\d)$/.exec(text ?? "");
  if (!parts) return text ?? "";
  const date = new Date(Date.UTC(+parts[1], +parts[2] - 1, +parts[3]));
  return new Intl.DateTimeFormat(store.language, { dateStyle: "medium", timeZone: "UTC" }).format(date);
}

export function month(text) {
  const date = new Date(Date.UTC(+text.slice(0, 4), +text.slice(5, 7) - 1, 1));
  return new Intl.DateTimeFormat(store.language, { year: "numeric", month: "short", timeZone: "UTC" }).format(date);
}

/** Returns all months from the first to the last day, as `2025-07`. */
export function months(first, last) {
  const found = [];
  let [year, one] = [+first.slice(0, 4), +first.slice(5, 7)];
  while (first && last && `${year}-${String(one).padStart(2, "0")}` <= last.slice(0, 7) && found.length < 2400) {
    found.push(`${year}-${String(one).padStart(2, "0")}`);
    [year, one] = one === 12 ? [year + 1, 1] : [year, one + 1];
  }
  return found;
}
