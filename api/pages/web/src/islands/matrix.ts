/** The who-says-what matrix: a cell opens its sentences below its row, and the arrow keys go from cell to cell. */

import { element, say, type Mount, type Words } from "../island";

const CELL = "a.cell";

/** The sentences of a cell, cut out of the page that its link leads to. */
async function sentences(link: HTMLAnchorElement): Promise<HTMLElement> {
  const answer = await fetch(link.href, { headers: { accept: "text/html" }, credentials: "same-origin" });
  if (!answer.ok) throw new Error(String(answer.status));
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const found = page.getElementById("sentences");
  if (!found) throw new Error("no sentences");
  found.removeAttribute("id"); // the page may show one of its own
  found.removeAttribute("aria-labelledby");
  for (const one of found.querySelectorAll("[id]")) one.removeAttribute("id");
  return found;
}

function close(link: HTMLElement | null, row: HTMLElement | null): void {
  row?.remove();
  link?.setAttribute("aria-expanded", "false");
}

async function open(link: HTMLAnchorElement, words: Words): Promise<HTMLElement> {
  const row = link.closest("tr") as HTMLTableRowElement;
  const cell = element("td", { colspan: row.cells.length });
  const opened = element("tr", { class: "opened" }, cell);
  row.after(opened);
  link.setAttribute("aria-expanded", "true");
  try {
    const section = document.importNode(await sentences(link), true);
    const end = element("button", { type: "button", class: "plain" }, say(words, "close"));
    end.addEventListener("click", () => {
      close(link, opened);
      link.focus();
    });
    cell.append(section, end);
    section.tabIndex = -1;
    section.focus({ preventScroll: true });
    opened.scrollIntoView({ block: "nearest" });
  } catch {
    cell.append(element("p", { role: "alert" }, say(words, "failed")));
  }
  return opened;
}

/** The nearest cell that has something in it, so many rows and columns away; none at the edge. */
function beside(link: HTMLElement, rows: number, columns: number): HTMLElement | null {
  const cell = link.closest("td") as HTMLTableCellElement;
  const body = cell.closest("tbody") as HTMLTableSectionElement;
  const lines = [...body.rows].filter((row) => !row.classList.contains("opened"));
  let y = lines.indexOf(cell.parentElement as HTMLTableRowElement);
  let x = cell.cellIndex;
  for (;;) {
    y += rows;
    x += columns;
    const next = lines[y]?.cells[x];
    if (!next || next.tagName === "TH") return null;
    const found = next.querySelector<HTMLElement>(CELL);
    if (found) return found;
  }
}

const STEPS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
};

export const mount: Mount = (root, words) => {
  let shown: { link: HTMLAnchorElement; row: HTMLElement } | undefined;
  for (const link of root.querySelectorAll(CELL)) link.setAttribute("aria-expanded", "false");

  root.addEventListener("click", (event) => {
    const link = (event.target as Element).closest<HTMLAnchorElement>(CELL);
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return; // a new tab is asked for
    event.preventDefault();
    const again = shown?.link === link && shown.row.isConnected;
    if (shown) close(shown.link, shown.row);
    shown = undefined;
    if (!again) void open(link, words).then((row) => (shown = { link, row }));
  });

  root.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && shown?.row.isConnected) {
      close(shown.link, shown.row);
      shown.link.focus();
      return;
    }
    const step = STEPS[event.key];
    const link = (event.target as Element).closest<HTMLElement>(CELL);
    const next = step && link && beside(link, step[0], step[1]);
    if (next) {
      event.preventDefault();
      next.focus();
    }
  });
};
