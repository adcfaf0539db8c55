/** Draws the network with sigma: form and colour by group, arrows from who says to what it is about. */

import Sigma from "sigma";
import { extremityArrow, layerDashed, layerPlain, pathCurved, pathLine, sdfCircle, sdfDiamond, sdfSquare, sdfTriangle } from "sigma/rendering";
import { say, type Words } from "../island";
import { arrange, placed, type Writing } from "./names";
import { directed, type EdgeData, type Graph, type NodeData, type Whole } from "./model";
import { SHAPES, type Palette } from "./palette";
import { linkWords } from "./words";

export type Drawing = Sigma<NodeData, EdgeData, Whole>;

const WORDED = 18; // links up to which each bears its words
const MANY = 1_500; // nodes from which lines are drawn plain and links are not clicked: there is no telling them apart

/** What stands on a link: its stance or role in words, and how often where it is more than once. */
export function onLink(edge: EdgeData, words: Words): string {
  const said = directed(edge.kind) ? linkWords(edge.kind, words) : "";
  return edge.count > 1 ? `${said} ×${edge.count}`.trim() : said;
}

/** The first drawing of `graph` in `stage`.  */
export function draw(graph: Graph, stage: HTMLElement, colours: Palette, words: Words): Drawing {
  const many = graph.order > MANY;
  const narrow = stage.clientWidth < 560;
  const most = narrow ? 20 : 44; // characters of a name
  const font = getComputedStyle(stage).fontFamily;
  const writing: Writing = {
    font,
    size: (node) => (node.hop === 0 ? 15 : narrow ? 11.5 : 13),
    cut: (label) => (label.length > most ? `${label.slice(0, most - 1).trimEnd()}…` : label),
  };
  const begun = performance.now();
  const drawing = new Sigma<NodeData, EdgeData, Whole>(graph, stage, {
    primitives: {
      nodes: { shapes: [sdfCircle(), sdfSquare(), sdfDiamond(), sdfTriangle()], label: { font: { family: font } } },
      edges: many
        ? { paths: [pathLine()], layers: [layerPlain()] }
        : {
            paths: [pathLine(), pathCurved({ curvature: 0.2 })],
            extremities: [extremityArrow({ lengthRatio: 5, widthRatio: 4 })],
            // Dashes are drawn over the plain line: where a link has gaps, they have the colour of the ground.
            layers: [layerPlain(), layerDashed({ dashSize: { value: 7, mode: "pixels" }, gapSize: { attribute: "gap", default: 0, mode: "pixels" }, gapColor: colours.ground })],
            variables: { gap: { type: "number", default: 0 } },
          },
    },
    styles: {
      nodes: {
        shape: (node) => SHAPES[node.group],
        x: { attribute: "x" },
        y: { attribute: "y" },
        size: { attribute: "size" },
        color: (node) => colours.node[node.group],
        label: (node, state) => (state.isHovered ? node.label : writing.cut(node.label)),
        labelColor: colours.ink,
        labelSize: writing.size,
        labelPosition: (node) => node.side || "right",
        labelVisibility: (node, state) => (state.isHovered || node.side ? "visible" : placed(graph) ? "hidden" : "auto"),
        labelBackgroundColor: colours.ground,
        labelBackgroundPadding: 1,
        cursor: "pointer",
        backdropVisibility: { whenState: "isHovered", then: "visible", else: "hidden" },
        backdropColor: colours.ground,
        backdropShadowColor: colours.soft,
        backdropShadowBlur: 6,
        backdropPadding: 4,
      },
      edges: {
        size: (edge, state) => edge.size + (state.isHovered ? 1.5 : 0),
        color: (edge) => colours.link(edge.kind),
        opacity: many ? 0.35 : 0.85,
        ...(many
          ? {}
          : {
              path: "straight" as const,
              parallelPath: "curved",
              head: (edge: EdgeData) => (directed(edge.kind) ? "arrow" : "none"),
              label: (edge: EdgeData) => onLink(edge, words),
              labelColor: (edge: EdgeData) => colours.link(edge.kind),
              labelSize: 11.5,
              // Where links are many, their words would cover each other: the one that is pointed at tells its own.
              labelVisibility: (_: EdgeData, state: { readonly isHovered: boolean }) => (state.isHovered ? "visible" : graph.size > WORDED ? "hidden" : "auto"),
              labelBackgroundColor: colours.ground,
              labelBackgroundPadding: 2,
              gap: { attribute: "gap" },
              cursor: "pointer",
            }),
      },
    },
    settings: {
      enableEdgeEvents: !many,
      renderEdgeLabels: !many,
      labelDensity: many ? 0.15 : 0.5,
      labelGridCellSize: many ? 90 : 140,
      labelRenderedSizeThreshold: many ? 5 : 2,
      stagePadding: narrow ? 60 : 80,
      itemSizesReference: "screen",
      gestureTarget: "shared", // the page scrolls as ever; with Ctrl the wheel zooms, and a hint says so
      sharedGestureWheelMessage: say(words, "net_wheel"),
      sharedGestureAppleWheelMessage: say(words, "net_wheel_apple"),
      sharedGestureTouchMessage: say(words, "net_touch"),
      allowInvalidContainer: true,
    },
  });
  nameAnew(graph, drawing, writing);
  // Until the frame after the first drawing is there to be seen.
  requestAnimationFrame(() => {
    performance.measure("network", { start: begun, detail: { nodes: graph.order, links: graph.size } });
  });
  return drawing;
}

/** Names are placed anew when nodes have come or moved, and when whoever looks has come closer or the picture grown. */
function nameAnew(graph: Graph, drawing: Drawing, writing: Writing): void {
  let waiting = 0;
  const later = (): void => {
    clearTimeout(waiting);
    waiting = window.setTimeout(() => arrange(graph, drawing, writing), 80);
  };
  arrange(graph, drawing, writing);
  drawing.getCamera().on("updated", later);
  drawing.on("resize", later);
  for (const change of ["eachNodeAttributesUpdated", "nodeDropped", "nodeAdded"] as const) graph.on(change, later);
  drawing.on("kill", () => {
    clearTimeout(waiting);
    for (const change of ["eachNodeAttributesUpdated", "nodeDropped", "nodeAdded"] as const) graph.off(change, later);
  });
}
