/** A network that is opened hop by hop: a picture, the sentences behind a link, tables that do the same by keyboard. */

import { element, json, say, type Mount, type Words } from "../island";
import { draw, type Drawing } from "../network/draw";
import { add, empty, FIRST, GROUPS, prune, type Graph, type Open, type Told } from "../network/model";
import { layOut } from "../network/layout";
import { palette, SIGNS } from "../network/palette";
import { read } from "../network/sentences";
import { tables } from "../network/tables";
import { linkWords } from "../network/words";
import "../network/network.css";

/** What the server gives at `data-source`; pages that show more than a network have it under `network`. */
type Answer = Told & { readonly network?: Told };

class Network {
  readonly graph: Graph = empty();
  readonly stage = element("div", { class: "net-stage", role: "img" });
  readonly status = element("p", { class: "net-status hint", role: "status" });
  readonly panel = element("div", { class: "net-panel", "aria-live": "polite", hidden: true });
  readonly twins: ReturnType<typeof tables>;
  readonly open: Open = new Map();
  drawing: Drawing | undefined;
  private reading = new AbortController();

  constructor(
    readonly root: HTMLElement,
    readonly words: Words,
  ) {
    this.twins = tables(this.graph, words, { toggle: (iri) => void this.toggle(iri), read: (link) => this.read(link) });
  }

  async start(): Promise<void> {
    const answer = await json<Answer>(this.root.dataset["source"] ?? "");
    const told = answer.network ?? answer;
    add(this.graph, told, undefined);
    this.open.set(FIRST, told);
    const [first] = told.nodes;
    if (!first) return;
    this.graph.setNodeAttribute(first.iri, "opened", !answer.network); // a chain shows little of what is around its ends
    await layOut(this.graph);
    const legend = element("ul", { class: "net-legend" });
    for (const group of GROUPS) legend.append(element("li", { class: `net-${group}` }, element("span", { "aria-hidden": "true" }, SIGNS[group]), ` ${say(this.words, `group_${group}`)}`));
    const help = element("p", { class: "hint" }, say(this.words, "net_help"));
    this.root.replaceChildren(this.tools(), this.stage, legend, help, this.status, this.panel, this.twins.root);
    this.redraw();
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.redraw());
  }

  /** Draws anew, in the colours of the moment. */
  redraw(): void {
    this.drawing?.kill();
    this.stage.replaceChildren();
    this.drawing = draw(this.graph, this.stage, palette(this.root), this.words);
    this.drawing.on("clickNode", ({ node }) => void this.toggle(node));
    this.drawing.on("clickEdge", ({ edge }) => this.read(edge));
    this.said();
  }

  said(): void {
    this.stage.setAttribute("aria-label", say(this.words, "net_label", { nodes: this.graph.order, links: this.graph.size }));
    this.twins.refresh();
  }

  async toggle(iri: string): Promise<void> {
    const { opened, hop, label } = this.graph.getNodeAttributes(iri);
    if (opened && hop === 0) return void this.drawing?.getCamera().reset();
    if (opened) {
      this.open.delete(iri);
      prune(this.graph, this.open);
      this.status.textContent = "";
      return this.said();
    }
    this.status.textContent = say(this.words, "net_loading");
    try {
      const before = this.graph.size;
      const told = await json<Told>(this.hop(iri));
      this.open.set(iri, told);
      add(this.graph, told, iri);
      await layOut(this.graph);
      this.status.textContent = this.graph.size > before ? say(this.words, "net_opened", { name: label }) : say(this.words, "net_none");
    } catch (error) {
      this.status.textContent = say(this.words, "net_failed");
      console.info(error);
    }
    this.said();
  }

  /** Where the next hop is asked for: with the filters of this page. */
  private hop(iri: string): string {
    const address = new URL(this.root.dataset["hop"] ?? "", location.href);
    address.searchParams.set("node", iri);
    return address.href;
  }

  read(link: string): void {
    this.reading.abort();
    this.reading = new AbortController();
    const { kind, href } = this.graph.getEdgeAttributes(link);
    const [from, to] = [this.graph.source(link), this.graph.target(link)].map((one) => this.graph.getNodeAttribute(one, "label"));
    void read(this.panel, `${from} · ${linkWords(kind, this.words)} · ${to}`, href, this.words, this.reading.signal);
  }

  private tools(): HTMLElement {
    const bar = element("div", { class: "net-tools" });
    const button = (key: string, act: () => void): void => {
      const made = element("button", { type: "button", class: "plain" }, say(this.words, key));
      made.addEventListener("click", act);
      bar.append(made);
    };
    button("net_zoom_in", () => void this.drawing?.getCamera().zoomIn());
    button("net_zoom_out", () => void this.drawing?.getCamera().zoomOut());
    button("net_fit", () => void this.drawing?.getCamera().reset());
    for (const form of ["png", "svg", "gexf"] as const) button(`net_${form}`, () => void this.save(form));
    return bar;
  }

  private async save(form: "png" | "svg" | "gexf"): Promise<void> {
    const files = await import("../network/files");
    const { drawing, graph, words } = this;
    if (!drawing) return;
    const colours = palette(this.root);
    const made = form === "png" ? await files.png(drawing, this.stage, colours) : form === "svg" ? files.svg(graph, drawing, colours, words) : files.gexf(graph, colours);
    files.save(`network.${form}`, made);
  }
}

export const mount: Mount = (root, words) => new Network(root, words).start();
