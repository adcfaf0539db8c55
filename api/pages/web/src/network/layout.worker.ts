/** Lays a network out, away from the page: no click has to wait for it. */

import { MultiDirectedGraph } from "graphology";
import forceAtlas2 from "graphology-layout-forceatlas2";

export interface Order {
  readonly nodes: readonly { readonly key: string; readonly x: number; readonly y: number; readonly size: number }[];
  readonly edges: readonly { readonly source: string; readonly target: string; readonly weight: number }[];
}

export type Places = Readonly<Record<string, { readonly x: number; readonly y: number }>>;

/** More rounds for few nodes; ten thousand nodes still end within seconds. */
const rounds = (nodes: number): number => Math.max(40, Math.min(600, Math.round(60_000 / Math.max(nodes, 1))));

function places(order: Order): Places {
  const graph = new MultiDirectedGraph();
  for (const { key, x, y, size } of order.nodes) graph.addNode(key, { x, y, size });
  for (const { source, target, weight } of order.edges) graph.addDirectedEdge(source, target, { weight });
  const settings = { ...forceAtlas2.inferSettings(graph), adjustSizes: graph.order < 1_000, gravity: 0.6, scalingRatio: 12 };
  return forceAtlas2(graph, { iterations: rounds(graph.order), settings, getEdgeWeight: "weight" });
}

self.onmessage = (event: MessageEvent<Order>) => self.postMessage(places(event.data));
