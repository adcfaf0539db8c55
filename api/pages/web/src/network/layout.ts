/** Asks the worker where everything stands. */

import type { Graph } from "./model";
import type { Order, Places } from "./layout.worker";

const NARROW = 640; // pixels of a window
const WIDE = 1.7; // times as wide as high: so is the picture, and names are written across

/** Places every node of `graph` anew, from where it stands; nothing to do where the server placed them all. */
export async function layOut(graph: Graph): Promise<void> {
  try {
    await place(graph);
  } finally {
    const all = graph.reduceNodes((sum, _, node) => sum + node.x, 0);
    graph.setAttribute("middle", all / Math.max(graph.order, 1));
  }
}

async function place(graph: Graph): Promise<void> {
  if (graph.order < 2 || graph.everyNode((_, node) => node.placed)) return;
  const wide = innerWidth < NARROW ? 1 : WIDE;
  const order: Order = {
    nodes: graph.mapNodes((key, { x, y, size }) => ({ key, x: x / wide, y, size })),
    edges: graph.mapEdges((_, edge, source, target) => ({ source, target, weight: Math.sqrt(edge.count) })),
  };
  const worker = new Worker(new URL("./layout.worker.ts", import.meta.url), { type: "module" });
  try {
    const found = await new Promise<Places>((resolve, reject) => {
      worker.onmessage = (event: MessageEvent<Places>) => resolve(event.data);
      worker.onerror = (event) => reject(new Error(event.message || "the layout failed"));
      worker.postMessage(order);
    });
    graph.updateEachNodeAttributes((key, node) => ({ ...node, x: (found[key]?.x ?? node.x / wide) * wide, y: found[key]?.y ?? node.y }), { attributes: ["x", "y"] });
  } finally {
    worker.terminate();
  }
}
