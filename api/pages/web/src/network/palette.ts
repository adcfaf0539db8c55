/** Colours, read from the style sheet, so that dark mode and print have their own. */

import { GROUPS, directed, type Group } from "./model";

export interface Palette {
  readonly ground: string;
  readonly ink: string;
  readonly soft: string;
  readonly node: Readonly<Record<Group, string>>;
  /** The colour of a link's kind. */
  readonly link: (kind: string) => string;
}

/** WebGL and SVG files take no `var()`: what the browser makes of a custom property is asked of it. */
export function palette(root: HTMLElement): Palette {
  const style = getComputedStyle(root);
  const read = (name: string, instead: string): string => style.getPropertyValue(name).trim() || instead;
  const soft = read("--soft", "#59616b");
  return {
    ground: read("--sheet", "#ffffff"),
    ink: read("--ink", "#1d2126"),
    soft,
    node: Object.fromEntries(GROUPS.map((one) => [one, read(`--net-${one}`, "#777777")])) as Record<Group, string>,
    link: (kind) => (directed(kind) ? read(`--${kind}`, soft) : soft),
  };
}

/** The form of each group, so that colour never speaks alone. */
export const SHAPES: Readonly<Record<Group, "circle" | "square" | "diamond" | "triangle">> = {
  person: "circle",
  body: "square",
  event: "diamond",
  other: "triangle",
};

export const SIGNS: Readonly<Record<Group, string>> = { person: "●", body: "■", event: "◆", other: "▲" };
