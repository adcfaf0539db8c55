/** What an island is: an element that the server rendered, and a module that makes more of it. */

/** The words that the server hands to an island, in the language of the page (`data-words`, a JSON object). */
export type Words = Readonly<Record<string, string>>;

/** Makes more of `root`.  What the server rendered inside it stays until the island has something better to show. */
export type Mount = (root: HTMLElement, words: Words) => Promise<void> | void;

/** Each island's module exports `mount`. */
export interface Island {
  readonly mount: Mount;
}

/** The words of an element; an element without any has an empty set of them. */
export function wordsOf(root: HTMLElement): Words {
  return JSON.parse(root.dataset["words"] ?? "{}") as Words;
}

/** The word for `key`; a word that the server did not send is a mistake of ours and shows as its key. */
export function say(words: Words, key: string, values: Readonly<Record<string, string | number>> = {}): string {
  const said = words[key] ?? key;
  return said.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}

type Attributes = Readonly<Record<string, string | number | boolean>>;

/** A new element; everything given as a child string is text, never markup. */
export function element<K extends keyof HTMLElementTagNameMap>(
  name: K,
  attributes: Attributes = {},
  ...children: (Node | string)[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === true) made.setAttribute(key, "");
    else if (value !== false) made.setAttribute(key, String(value));
  }
  made.append(...children);
  return made;
}

/** Reads JSON from an address of this server; an answer that is no success is an error with the server's words. */
export async function json<T>(address: string, signal?: AbortSignal): Promise<T> {
  const answer = await fetch(address, {
    headers: { accept: "application/json" },
    credentials: "same-origin",
    ...(signal ? { signal } : {}),
  });
  if (!answer.ok) throw new Error(`${answer.status}: ${(await answer.text()).slice(0, 300)}`);
  return (await answer.json()) as T;
}
