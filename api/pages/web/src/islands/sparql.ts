/** The SPARQL page: an editor that knows the vocabulary, and answers that come without a new page. */

import { json, say, type Mount, type Words } from "../island";
import { vocabulary, type Vocabulary } from "../vocabulary";
import { editor } from "../editor";

const ANSWER = "answer";

/** The address of the page with this query, as the form would make it. */
function addressOf(form: HTMLFormElement): string {
  const given = new URLSearchParams();
  for (const [name, value] of new FormData(form)) if (typeof value === "string") given.append(name, value);
  return `${form.action.split("?")[0]}?${given}`;
}

/** Puts the answer that the page at `address` holds in the place of the one shown. */
async function ask(address: string, words: Words, signal: AbortSignal): Promise<void> {
  const place = document.getElementById(ANSWER) as HTMLElement;
  place.hidden = false;
  place.setAttribute("aria-busy", "true");
  place.dataset["said"] = say(words, "running");
  try {
    const answer = await fetch(address, { headers: { accept: "text/html" }, credentials: "same-origin", signal });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const found = page.getElementById(ANSWER);
    if (!found) throw new Error(String(answer.status));
    place.replaceChildren(...[...found.childNodes].map((node) => document.importNode(node, true)));
  } catch (error) {
    if (signal.aborted) return; // another query has taken its place
    const failure = document.createElement("p");
    failure.className = "failure";
    failure.setAttribute("role", "alert");
    failure.textContent = say(words, "lost");
    place.replaceChildren(failure);
    console.info(error);
  } finally {
    if (!signal.aborted) {
      place.removeAttribute("aria-busy");
      delete place.dataset["said"];
    }
  }
}

export const mount: Mount = async (root, words) => {
  const form = root as HTMLFormElement;
  const box = form.elements.namedItem("query") as HTMLTextAreaElement;
  const known = await json<Vocabulary>(form.dataset["terms"] ?? "");
  const { sparql } = await import("codemirror-lang-sparql");

  let running = new AbortController();
  const run = (address: string): void => {
    running.abort();
    running = new AbortController();
    void ask(address, words, running.signal);
  };
  const submit = (): void => {
    if (!form.reportValidity()) return;
    const address = addressOf(form);
    history.pushState(null, "", address);
    run(address);
  };
  const language = sparql();
  const shown = editor(box, say(words, "label"), [language, language.language.data.of({ autocomplete: vocabulary(known) })], submit);

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    submit();
  });
  window.addEventListener("popstate", () => {
    shown.set(new URL(location.href).searchParams.get("query") ?? box.defaultValue);
    run(location.href);
  });
  // An example is put into the editor and asked here; a click that wants a new tab gets the page.
  document.addEventListener("click", (event) => {
    const link = (event.target as Element).closest<HTMLAnchorElement>("a.example");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    shown.set(new URL(link.href).searchParams.get("query") ?? "");
    submit();
    form.scrollIntoView({ block: "start" });
  });
};
