import { h } from "./dom.js";
import { day, store, t } from "./store.js";

/** Shows spans of articles, the reader's language first: the sentence with the span marked, the article, day, address. */
export function evidence(numbers, more = 0) {
  const foreign = (number) => store.data.articles[store.data.proofs[number][0]].language !== store.language;
  const shown = numbers.filter((number) => store.data.proofs[number]).sort((a, b) => foreign(a) - foreign(b));
  const missing = numbers.length - shown.length + more;
  return [
    h("ul", { class: "evidence" }, shown.map((number) => h("li", {}, quote(store.data.proofs[number])))),
    missing > 0 && h("p", { class: "faint" }, t("more_evidence", { n: missing })),
  ];
}

function quote([article, before, span, after]) {
  return [h("blockquote", { lang: store.data.articles[article].language }, before, h("mark", {}, span), after), citation(article)];
}

/** Names an article; only addresses of the web become links. */
export function citation(number) {
  const article = store.data.articles[number];
  const web = /^https?:\/\//i.test(article.url ?? "");
  const title = web
    ? h("a", { href: article.url, target: "_blank", rel: "noopener noreferrer" }, article.title)
    : h("span", {}, article.title);
  const rest = [day(article.day), article.site, (article.language ?? "").toUpperCase(), !web && article.source];
  return h("p", { class: "citation" }, title, h("span", { class: "faint" }, ` · ${rest.filter(Boolean).join(" · ")}`));
}
