/** Where the name of each node is written: on the side where it covers neither a node nor another name, else nowhere. */

import type { Drawing } from "./draw";
import type { Graph, NodeData, Side } from "./model";

const MOST = 400; // nodes; of more the engine picks names by its grid
const GAP = 4; // pixels between a node and its name

interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

const meet = (a: Box, b: Box): boolean => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;

/** How the name of a node is written: how large, and how long at most. */
export interface Writing {
  readonly font: string;
  readonly size: (node: NodeData) => number;
  readonly cut: (label: string) => string;
}

/** Whether names are placed one by one. */
export const placed = (graph: Graph): boolean => graph.order <= MOST;

/** Gives each node the side of its name, `""` where there is no room; the most linked choose first. */
export function arrange(graph: Graph, drawing: Drawing, writing: Writing): void {
  if (!placed(graph)) return;
  const pen = document.createElement("canvas").getContext("2d");
  if (!pen) return;
  const { width, height } = drawing.getDimensions();
  const at = new Map(graph.mapNodes((key, node) => [key, drawing.graphToViewport(node)]));
  const nodes = graph.mapNodes((key, node): Box => {
    const { x, y } = at.get(key) ?? { x: 0, y: 0 };
    return { left: x - node.size, top: y - node.size, right: x + node.size, bottom: y + node.size };
  });
  const names: Box[] = [];
  const middle = graph.getAttribute("middle") ?? 0;
  const rank = (key: string): number => graph.degree(key) + (graph.getNodeAttribute(key, "hop") === 0 ? 1e6 : 0);
  for (const key of graph.nodes().sort((a, b) => rank(b) - rank(a))) {
    const node = graph.getNodeAttributes(key);
    const { x, y } = at.get(key) ?? { x: 0, y: 0 };
    const high = writing.size(node);
    pen.font = `${high}px ${writing.font}`;
    const wide = pen.measureText(writing.cut(node.label)).width;
    let side: Side = "";
    for (const one of sides(node, middle)) {
      const box = boxOf(one, x, y, node.size + GAP, wide, high);
      const inside = box.left >= 0 && box.top >= 0 && box.right <= width && box.bottom <= height;
      // What lies outside the picture, seen from close by, takes no room from anything and needs none.
      const away = x < 0 || y < 0 || x > width || y > height;
      if (!away && !inside) continue;
      if (names.some((other) => meet(box, other)) || nodes.some((other) => meet(box, other))) continue;
      names.push(box);
      side = one;
      break;
    }
    if (node.side !== side) graph.setNodeAttribute(key, "side", side);
  }
}

/** Outwards first, away from the links; over or under what links come to from all sides. */
function sides(node: NodeData, middle: number): readonly Side[] {
  if (node.hop === 0) return ["below", "above", "right", "left"];
  if (node.opened) return ["above", "below", "right", "left"];
  return node.x < middle ? ["left", "below", "above", "right"] : ["right", "below", "above", "left"];
}

function boxOf(side: Side, x: number, y: number, away: number, wide: number, high: number): Box {
  const half = high * 0.6;
  if (side === "left") return { left: x - away - wide, right: x - away, top: y - half, bottom: y + half };
  if (side === "right") return { left: x + away, right: x + away + wide, top: y - half, bottom: y + half };
  const top = side === "above" ? y - away - 2 * half : y + away;
  return { left: x - wide / 2, right: x + wide / 2, top, bottom: top + 2 * half };
}
