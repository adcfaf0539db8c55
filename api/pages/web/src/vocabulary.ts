/** Proposals for SPARQL: the words of the vocabulary, prefixes, keywords, and the variables that the query already has. */

import type { Completion, CompletionContext, CompletionResult, CompletionSource } from "@codemirror/autocomplete";

/** What the server tells of the vocabulary, in the language of the page. */
export interface Vocabulary {
  readonly prefixes: Readonly<Record<string, string>>;
  readonly terms: readonly { readonly name: string; readonly kind: string; readonly label: string; readonly info: string }[];
}

const KEYWORDS = (
  "SELECT ASK CONSTRUCT DESCRIBE WHERE DISTINCT OPTIONAL UNION MINUS FILTER BIND VALUES GRAPH FROM NAMED PREFIX BASE LIMIT " +
  "OFFSET HAVING COUNT SUM MIN MAX AVG SAMPLE GROUP_CONCAT BOUND IF COALESCE REGEX CONTAINS STRSTARTS STRENDS LCASE UCASE " +
  "STR LANG LANGMATCHES DATATYPE IRI YEAR MONTH DAY NOW EXISTS IN AS ASC DESC"
).split(" ");
const PHRASES = ["GROUP BY", "ORDER BY", "FILTER NOT EXISTS", "FILTER EXISTS", "NOT IN"];
// What stands before the cursor: a variable, or a name with or without its prefix.
const WORD = /[?$][\w]*|[\w-]*:?[\w-]*/;

function completionOf(term: Vocabulary["terms"][number]): Completion {
  const info = term.info ? { info: term.info } : {};
  const detail = term.label ? { detail: term.label } : {};
  return { label: term.name, type: term.kind, boost: term.name.startsWith("kg:") ? 2 : 0, ...detail, ...info };
}

export function vocabulary(known: Vocabulary): CompletionSource {
  const terms = known.terms.map(completionOf);
  const prefixes = Object.entries(known.prefixes).map(
    ([name, iri]): Completion => ({ label: `${name}:`, type: "namespace", detail: iri, boost: 1 }),
  );
  const keywords = [...KEYWORDS, ...PHRASES].map((label): Completion => ({ label, type: "keyword" }));
  const named = [...terms, ...prefixes, ...keywords];

  return (context: CompletionContext): CompletionResult | null => {
    const word = context.matchBefore(WORD);
    if (!word || (word.from === word.to && !context.explicit)) return null;
    if (/^[?$]/.test(word.text)) {
      const used = new Set(context.state.doc.toString().match(/[?$]\w+/g) ?? []);
      used.delete(word.text);
      return { from: word.from, options: [...used].sort().map((label) => ({ label, type: "variable" })), validFor: /^[?$]\w*$/ };
    }
    return { from: word.from, options: named, validFor: /^[\w-]*:?[\w-]*$/ };
  };
}
