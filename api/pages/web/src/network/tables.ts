/** The twin of the picture: what is drawn, as two tables that do by keyboard what clicks do. */

import { element, say, type Words } from "../island";
import type { Graph } from "./model";
import { linkWords } from "./words";

const MOST = 300; // rows of one table

export interface Acts {
  /** Opens what stands around a node, or closes it again. */
  readonly toggle: (iri: string) => void;
  /** Shows the sentences of a link. */
  readonly read: (link: string) => void;
}

/** The two tables, each behind its summary and made when that is opened; `refresh` after each change of the graph. */
export function tables(graph: Graph, words: Words, acts: Acts): { readonly root: HTMLElement; readonly refresh: () => void } {
  const parts = [
    twin(say(words, "net_nodes_table"), () => nodes(graph, words, acts)),
    twin(say(words, "net_links_table"), () => links(graph, words, acts)),
  ];
  const refresh = (): void => {
    for (const one of parts) one.refresh();
  };
  return { root: element("div", { class: "net-tables" }, ...parts.map((one) => one.root)), refresh };
}

function twin(title: string, rows: () => Node[]): { readonly root: HTMLDetailsElement; readonly refresh: () => void } {
  const place = element("div", { class: "scroll", tabindex: 0, role: "group", "aria-label": title });
  const root = element("details", {}, element("summary", {}, title), place);
  const refresh = (): void => {
    if (!root.open) return;
    const held = (document.activeElement as HTMLElement | null)?.dataset["key"];
    place.replaceChildren(...rows());
    // Who works by keyboard stays where they were.
    if (held !== undefined) place.querySelector<HTMLElement>(`[data-key="${CSS.escape(held)}"]`)?.focus();
  };
  root.addEventListener("toggle", refresh);
  return { root, refresh };
}

function table(head: readonly string[], rows: readonly HTMLTableRowElement[], all: number, words: Words): Node[] {
  const top = element("tr", {}, ...head.map((one) => element("th", { scope: "col" }, one)));
  const made: Node[] = [element("table", {}, element("thead", {}, top), element("tbody", {}, ...rows))];
  if (all > rows.length) made.push(element("p", { class: "hint" }, say(words, "net_more", { n: all - rows.length })));
  return made;
}

function nodes(graph: Graph, words: Words, acts: Acts): Node[] {
  const keys = graph.nodes().sort((a, b) => graph.degree(b) - graph.degree(a)).slice(0, MOST);
  const rows = keys.map((key) => {
    const { label, group, href, opened } = graph.getNodeAttributes(key);
    const text = say(words, opened ? "net_collapse" : "net_expand");
    const button = element("button", { type: "button", class: "plain", "aria-expanded": String(opened), "data-key": key, "aria-label": `${text}: ${label}` }, text);
    button.addEventListener("click", () => acts.toggle(key));
    return element(
      "tr",
      {},
      element("th", { scope: "row" }, element("a", { href }, label)),
      element("td", {}, say(words, `group_${group}`)),
      element("td", { class: "number" }, String(graph.degree(key))),
      element("td", {}, button),
    );
  });
  return table([say(words, "col_name"), say(words, "col_kind"), say(words, "col_count"), ""], rows, graph.order, words);
}

function links(graph: Graph, words: Words, acts: Acts): Node[] {
  const keys = graph.edges().sort((a, b) => graph.getEdgeAttribute(b, "count") - graph.getEdgeAttribute(a, "count")).slice(0, MOST);
  const rows = keys.map((key) => {
    const { kind, count } = graph.getEdgeAttributes(key);
    const [from, to] = [graph.getNodeAttributes(graph.source(key)), graph.getNodeAttributes(graph.target(key))];
    const said = linkWords(kind, words);
    const text = `${say(words, "net_sentences")}: ${from.label}, ${said}, ${to.label}: ${count}`;
    const button = element("button", { type: "button", class: "plain", "data-key": key, "aria-label": text }, String(count));
    button.addEventListener("click", () => acts.read(key));
    const sign = element("span", { class: "sign", "aria-hidden": "true" }, words[`sign_${kind}`] ?? "");
    return element(
      "tr",
      {},
      element("td", {}, element("a", { href: from.href }, from.label)),
      element("td", {}, element("span", { class: `stance s-${kind}` }, sign, said)),
      element("td", {}, element("a", { href: to.href }, to.label)),
      element("td", { class: "number" }, button),
    );
  });
  const head = ["col_from", "col_link", "col_to", "col_count"].map((one) => say(words, one));
  return table(head, rows, graph.size, words);
}
