/** The entry, on every page: finds the islands of the page and fetches the part of each when it is about to be seen. */

import { type Island, wordsOf } from "./island";

/** Every island in plain sight: the value of `data-island` and the module behind it. */
const ISLANDS: Readonly<Record<string, () => Promise<Island>>> = {
  graphql: () => import("./islands/graphql"),
  matrix: () => import("./islands/matrix"),
  network: () => import("./islands/network"),
  sparql: () => import("./islands/sparql"),
  timeline: () => import("./islands/timeline"),
};

const NEAR = "400px"; // fetched when it is this close to the screen

async function enliven(root: HTMLElement): Promise<void> {
  const load = ISLANDS[root.dataset["island"] ?? ""];
  if (!load) throw new Error(`no island ${root.dataset["island"] ?? ""}`);
  root.dataset["state"] = "loading";
  try {
    const island = await load();
    await island.mount(root, wordsOf(root));
    root.dataset["state"] = "ready";
  } catch (error) {
    // What the server rendered stays as it is; the page says on itself that the rest could not be drawn.
    root.dataset["state"] = "failed";
    throw error;
  }
}

const watcher = new IntersectionObserver(
  (entries) => {
    for (const entry of entries) {
      if (!entry.isIntersecting) continue;
      watcher.unobserve(entry.target);
      void enliven(entry.target as HTMLElement);
    }
  },
  { rootMargin: NEAR },
);
for (const root of document.querySelectorAll<HTMLElement>("[data-island]")) watcher.observe(root);
