/** The network as files: what is seen as PNG and SVG, all that is known as GEXF. */

import { write } from "graphology-gexf/browser";
import { element, type Words } from "../island";
import { onLink, type Drawing } from "./draw";
import { directed, type EdgeData, type Graph, type Group, type NodeData, type Side } from "./model";
import type { Palette } from "./palette";
import { linkWords } from "./words";

const SVG = "http://www.w3.org/2000/svg";

export function save(name: string, content: Blob): void {
  const address = URL.createObjectURL(content);
  const link = element("a", { href: address, download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

/** What the canvas shows, on the colour of the page. */
export async function png(drawing: Drawing, stage: HTMLElement, colours: Palette): Promise<Blob> {
  drawing.refresh(); // a WebGL canvas keeps its pixels until the browser shows them: they are read in the same task
  const layers = [...stage.querySelectorAll("canvas")];
  const [width, height] = [Math.max(...layers.map((one) => one.width)), Math.max(...layers.map((one) => one.height))];
  const made = element("canvas", { width, height });
  const pen = made.getContext("2d");
  if (!pen) throw new Error("no canvas");
  pen.fillStyle = colours.ground;
  pen.fillRect(0, 0, width, height);
  for (const layer of layers) pen.drawImage(layer, 0, 0);
  return new Promise((resolve, reject) => made.toBlob((blob) => (blob ? resolve(blob) : reject(new Error("no picture"))), "image/png"));
}

function mark<K extends keyof SVGElementTagNameMap>(name: K, attributes: Readonly<Record<string, string | number>>, text = ""): SVGElementTagNameMap[K] {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, typeof value === "number" ? value.toFixed(1) : value);
  if (text) made.textContent = text;
  return made;
}

/** Every link and node where it stands on the screen, with its words; forms and colours as drawn. */
export function svg(graph: Graph, drawing: Drawing, colours: Palette, words: Words): Blob {
  const { width, height } = drawing.getDimensions();
  const at = (key: string): { x: number; y: number } => drawing.graphToViewport(graph.getNodeAttributes(key));
  const picture = mark("svg", { xmlns: SVG, viewBox: `0 0 ${width} ${height}`, "font-family": "sans-serif", "font-size": 12 });
  picture.append(mark("rect", { width, height, fill: colours.ground }));
  graph.forEachEdge((_, edge, source, target) => picture.append(line(edge, at(source), at(target), graph.getNodeAttribute(target, "size"), colours, words)));
  graph.forEachNode((key, node) => picture.append(figure(node, at(key), colours)));
  return new Blob([new XMLSerializer().serializeToString(picture)], { type: "image/svg+xml" });
}

type Point = Readonly<{ x: number; y: number }>;

function line(edge: EdgeData, from: Point, to: Point, gap: number, colours: Palette, words: Words): SVGGElement {
  const made = mark("g", { stroke: colours.link(edge.kind), fill: colours.link(edge.kind) });
  const length = Math.hypot(to.x - from.x, to.y - from.y) || 1;
  const [x, y] = [(to.x - from.x) / length, (to.y - from.y) / length];
  const end = { x: to.x - x * (gap + 2), y: to.y - y * (gap + 2) };
  made.append(mark("title", {}, `${linkWords(edge.kind, words)} (${edge.count})`));
  const dashes: Record<string, string> = directed(edge.kind) ? {} : { "stroke-dasharray": "6 5" };
  made.append(mark("line", { x1: from.x, y1: from.y, x2: end.x, y2: end.y, "stroke-width": edge.size, ...dashes }));
  if (directed(edge.kind)) {
    const [back, side] = [6 + edge.size * 2, 3 + edge.size];
    const corners = [
      [end.x, end.y],
      [end.x - x * back - y * side, end.y - y * back + x * side],
      [end.x - x * back + y * side, end.y - y * back - x * side],
    ];
    made.append(mark("polygon", { points: corners.map((one) => one.map((n) => n.toFixed(1)).join(",")).join(" "), stroke: "none" }));
  }
  const said = onLink(edge, words);
  if (said) made.append(mark("text", { x: (from.x + to.x) / 2, y: (from.y + to.y) / 2, fill: colours.ink, stroke: "none", "text-anchor": "middle" }, said));
  return made;
}

/** Corners of each group's form, around nothing, one wide. */
const CORNERS: Readonly<Record<Exclude<Group, "person">, readonly (readonly [number, number])[]>> = {
  body: [[-0.9, -0.9], [0.9, -0.9], [0.9, 0.9], [-0.9, 0.9]],
  event: [[0, -1.2], [1.2, 0], [0, 1.2], [-1.2, 0]],
  other: [[0, -1.2], [1.1, 0.8], [-1.1, 0.8]],
};

/** Where a name begins on each side: steps across and down, and which end of it stands there. */
const BESIDE: Readonly<Record<Exclude<Side, "">, readonly [number, number, string]>> = {
  left: [-1, 0, "end"],
  right: [1, 0, "start"],
  above: [0, -1, "middle"],
  below: [0, 1, "middle"],
};

function figure(node: NodeData, { x, y }: Point, colours: Palette): SVGGElement {
  const made = mark("g", { fill: colours.node[node.group] });
  if (node.group === "person") made.append(mark("circle", { cx: x, cy: y, r: node.size }));
  else {
    const points = CORNERS[node.group].map(([a, b]) => `${(x + a * node.size).toFixed(1)},${(y + b * node.size).toFixed(1)}`);
    made.append(mark("polygon", { points: points.join(" ") }));
  }
  const [dx, dy, anchor] = BESIDE[node.side || "right"];
  const place = { x: x + dx * (node.size + 4), y: y + 4 + dy * (node.size + 12), fill: colours.ink, "text-anchor": anchor, class: node.side ? "" : "crowded" }; // for who opens the file and has room
  made.append(mark("text", place, node.label));
  return made;
}

/** For Gephi and others: names, kinds, places, links with their kinds and counts. */
export function gexf(graph: Graph, colours: Palette): Blob {
  const text = write(graph as never, {
    version: "1.2",
    formatNode: (_key: string, node: NodeData) => ({
      label: node.label,
      attributes: { kind: node.kind, href: node.href },
      viz: { color: colours.node[node.group], x: node.x, y: node.y, size: node.size },
    }),
    formatEdge: (_key: string, edge: EdgeData) => ({ label: edge.kind, weight: edge.count, attributes: { kind: edge.kind, count: edge.count } }),
  } as never);
  return new Blob([text], { type: "application/gexf+xml" });
}
