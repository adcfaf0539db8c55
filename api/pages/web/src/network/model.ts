/** The network as it grows: what the server told of each node that was opened, and where everything stands. */

import { MultiDirectedGraph } from "graphology";

export interface Told {
  readonly nodes: readonly ToldNode[];
  readonly edges: readonly ToldEdge[];
}

/** `group` decides form and colour; `x` and `y` where the server laid the network out. */
export interface ToldNode {
  readonly iri: string;
  readonly name: string;
  readonly kind: string;
  readonly group: Group;
  readonly href: string;
  readonly x?: number;
  readonly y?: number;
}

/** `kind`: a stance, a role, or one of the two that have no direction. */
export interface ToldEdge {
  readonly source: string;
  readonly target: string;
  readonly kind: string;
  readonly count: number;
  readonly href: string;
}

export type Side = "" | "left" | "right" | "above" | "below";
export type Group = "person" | "body" | "event" | "other";
export const GROUPS: readonly Group[] = ["person", "body", "event", "other"];
/** Links without a direction: both take part in an event, or one claim concerns both. */
const BOTH: ReadonlySet<string> = new Set(["together", "concerned"]);
export const directed = (kind: string): boolean => !BOTH.has(kind);

export interface NodeData {
  [name: string]: unknown;
  label: string;
  kind: string;
  group: Group;
  href: string;
  x: number;
  y: number;
  size: number;
  /** Whether what stands around it has been asked for. */
  opened: boolean;
  /** How many hops from what was looked at first. */
  hop: number;
  placed: boolean;
  /** Where its name is written; "" where there is no room for it. */
  side: Side;
}

export interface EdgeData {
  [name: string]: unknown;
  kind: string;
  count: number;
  href: string;
  size: number;
  /** Between dashes, in pixels; 0 for a full line. */
  gap: number;
}

/** `middle`: the mean of all x, so that names are written outwards. */
export interface Whole {
  [name: string]: unknown;
  middle?: number;
}

export type Graph = MultiDirectedGraph<NodeData, EdgeData, Whole>;
export const empty = (): Graph => new MultiDirectedGraph<NodeData, EdgeData, Whole>();

const GOLDEN = Math.PI * (3 - Math.sqrt(5));

/** Adds what was told of `around`, a node that is there; without one, the first node told is what all is about. */
export function add(graph: Graph, told: Told, around: string | undefined): void {
  const first = around ?? told.nodes[0]?.iri;
  const centre = first !== undefined && graph.hasNode(first) ? graph.getNodeAttributes(first) : { x: 0, y: 0, hop: -1 };
  told.nodes.forEach((one, place) => {
    if (graph.hasNode(one.iri)) return;
    // On a spiral around what was opened, in the server's order: the same network is drawn the same way each time.
    const away = place === 0 && around === undefined ? 0 : 4 + Math.sqrt(place + 1) * 3;
    graph.addNode(one.iri, {
      label: one.name,
      kind: one.kind,
      group: one.group,
      href: one.href,
      x: one.x ?? centre.x + away * Math.cos(place * GOLDEN),
      y: one.y ?? centre.y + away * Math.sin(place * GOLDEN),
      size: 6,
      opened: false,
      hop: one.iri === first ? 0 : centre.hop + (around === undefined ? 2 : 1),
      placed: one.x !== undefined && one.y !== undefined,
      side: "",
    });
  });
  for (const one of told.edges) link(graph, one);
  if (around !== undefined) graph.setNodeAttribute(around, "opened", true);
  measure(graph);
}

/** One key for a link, from whichever end it is told. */
function keyOf(one: ToldEdge): string {
  const [a, b] = !directed(one.kind) && one.target < one.source ? [one.target, one.source] : [one.source, one.target];
  return `${one.kind} ${a} ${b}`;
}

function link(graph: Graph, one: ToldEdge): void {
  const key = keyOf(one);
  if (!graph.hasNode(one.source) || !graph.hasNode(one.target) || graph.hasEdge(key)) return;
  graph.addDirectedEdgeWithKey(key, one.source, one.target, { kind: one.kind, count: one.count, href: one.href, size: 1, gap: directed(one.kind) ? 0 : 5 });
}

/** Sizes by what is known: a node by its links, a link by its sentences. */
function measure(graph: Graph): void {
  const plain = graph.order > 2_000 ? 2 : 7;
  graph.forEachNode((key, node) => {
    const links = graph.degree(key);
    graph.setNodeAttribute(key, "size", Math.min(plain * 3, (node.hop === 0 ? plain + 5 : plain) + Math.sqrt(links)));
  });
  graph.forEachEdge((key, edge) => graph.setEdgeAttribute(key, "size", Math.min(6, 2 + Math.log2(edge.count))));
}

/** What was told of each node that is open, by its IRI; what was told first has the key FIRST. */
export type Open = Map<string, Told>;
export const FIRST = "";

/** Takes away what nothing that is still open tells of: nodes and links, and what was open among them. */
export function prune(graph: Graph, open: Open): void {
  const nodes = new Set<string>();
  const links = new Set<string>();
  const kept = new Set<string>();
  const waiting = [FIRST];
  for (let key = waiting.pop(); key !== undefined; key = waiting.pop()) {
    const told = open.get(key);
    if (!told || kept.has(key)) continue;
    kept.add(key);
    for (const one of told.edges) links.add(keyOf(one));
    for (const one of told.nodes) {
      nodes.add(one.iri);
      waiting.push(one.iri);
    }
  }
  for (const key of [...open.keys()]) if (!kept.has(key)) open.delete(key);
  for (const key of graph.edges()) if (!links.has(key)) graph.dropEdge(key);
  for (const key of graph.nodes()) if (!nodes.has(key)) graph.dropNode(key);
  graph.forEachNode((key, node) => graph.setNodeAttribute(key, "opened", open.has(key) || (node.hop === 0 && node.opened)));
  measure(graph);
}
