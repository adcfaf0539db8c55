/** The sentences behind a link: cut out of the page that shows them, as the server rendered them. */

import { element, say, type Words } from "../island";

const PARTS = "article.claim, section.path, .paragraph, .claimed";
const MOST = 12;

/** Shows in `panel` what the page at `href` has; a link leads to the whole of it. */
export async function read(panel: HTMLElement, title: string, href: string, words: Words, signal: AbortSignal): Promise<void> {
  const heading = element("h3", { tabindex: -1 }, title);
  const place = element("div", { class: "sentences" }, element("p", {}, say(words, "net_loading")));
  const end = element("button", { type: "button", class: "plain" }, say(words, "net_close"));
  end.addEventListener("click", () => {
    panel.replaceChildren();
    panel.hidden = true;
  });
  panel.hidden = false;
  panel.replaceChildren(heading, place, element("p", {}, element("a", { href }, `${say(words, "net_sentences")} →`), " ", end));
  heading.focus({ preventScroll: true });
  try {
    const found = await parts(href, signal);
    place.replaceChildren(...(found.length ? found : [element("p", {}, say(words, "net_none"))]));
  } catch (error) {
    if (signal.aborted) return; // another link has been asked for
    place.replaceChildren(element("p", { role: "alert" }, say(words, "net_failed")));
    console.info(error);
  }
}

async function parts(href: string, signal: AbortSignal): Promise<Node[]> {
  const answer = await fetch(href, { headers: { accept: "text/html" }, credentials: "same-origin", signal });
  if (!answer.ok) throw new Error(String(answer.status));
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const scope = page.getElementById("sentences") ?? page;
  const found = [...scope.querySelectorAll(PARTS)].slice(0, MOST);
  return found.map((one) => {
    const copy = document.importNode(one, true);
    for (const named of copy.querySelectorAll("[id]")) named.removeAttribute("id");
    return copy;
  });
}
