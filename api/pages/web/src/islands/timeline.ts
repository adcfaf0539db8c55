/** Pictures with time on them: what a row says in full below the picture, guides to the axis, arrow keys from row to row. */

import { element, type Mount } from "../island";

const SVG = "http://www.w3.org/2000/svg";

function guide(svg: SVGSVGElement, x: string, y: number): SVGLineElement {
  const line = document.createElementNS(SVG, "line");
  line.setAttribute("class", "guide");
  for (const [name, value] of [["x1", x], ["x2", x], ["y1", "18"], ["y2", String(y)]] as const) line.setAttribute(name, value);
  svg.append(line);
  return line;
}

export const mount: Mount = (root) => {
  const svg = root.querySelector("svg");
  if (!svg) return;
  const rows = [...svg.querySelectorAll<SVGAElement>("a")];
  // Said below the picture now, so no bubble of the browser's on top; screen readers keep it as what describes the row.
  for (const row of rows) {
    const title = row.querySelector("title");
    row.setAttribute("aria-description", title?.textContent ?? "");
    title?.remove();
  }
  const detail = element("p", { class: "detail" });
  root.append(detail);
  let guides: SVGLineElement[] = [];

  const show = (row: SVGAElement | null): void => {
    for (const line of guides) line.remove();
    guides = [];
    detail.textContent = row?.getAttribute("aria-description") ?? "";
    if (!row) return;
    const y = Number(row.dataset["y"]) + 8;
    for (const x of [row.dataset["x"], row.dataset["tick"]]) if (x !== undefined) guides.push(guide(svg, x, y));
  };
  const rowOf = (event: Event): SVGAElement | null => (event.target as Element).closest<SVGAElement>("a");

  svg.addEventListener("pointerover", (event) => show(rowOf(event)));
  svg.addEventListener("pointerleave", () => show(null));
  svg.addEventListener("focusin", (event) => show(rowOf(event)));
  svg.addEventListener("focusout", () => show(null));
  svg.addEventListener("keydown", (event) => {
    const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    const row = rowOf(event);
    const next = step && row && rows[rows.indexOf(row) + step];
    if (!next) return;
    event.preventDefault();
    next.focus();
  });
};
