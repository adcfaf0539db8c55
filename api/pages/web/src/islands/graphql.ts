/** The GraphQL page: an editor that knows the schema, the answer beside it, and the schema to look things up in. */

import { graphql } from "cm6-graphql";
import {
  buildClientSchema,
  getIntrospectionQuery,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  isUnionType,
  type GraphQLNamedType,
  type GraphQLSchema,
  type IntrospectionQuery,
} from "graphql";
import { editor } from "../editor";
import { element, say, type Mount, type Words } from "../island";
import { indented } from "../indented";

const part = <T extends HTMLElement>(id: string): T => document.getElementById(id) as T;
const MEDIA = "application/graphql-response+json";

interface Answered {
  readonly status: number;
  readonly body: { readonly data?: unknown; readonly errors?: readonly unknown[] };
}

/** The headers that the boxes for them ask for; an error for a line that is none. */
function headers(words: Words): Headers {
  const sent = new Headers({ "content-type": "application/json", accept: MEDIA });
  const token = part<HTMLInputElement>("token").value.trim();
  if (token) sent.set("authorization", `Bearer ${token}`);
  for (const line of part<HTMLTextAreaElement>("headers").value.split("\n")) {
    if (!line.trim()) continue;
    const [name, ...rest] = line.split(":");
    try {
      sent.set((name ?? "").trim(), rest.join(":").trim());
    } catch {
      throw new Error(say(words, "graphql_bad_header", { line }));
    }
  }
  return sent;
}

async function ask(address: string, body: object, sent: Headers): Promise<Answered> {
  const answer = await fetch(address, { method: "POST", headers: sent, body: JSON.stringify(body), credentials: "same-origin" });
  return { status: answer.status, body: (await answer.json()) as Answered["body"] };
}

// ------------------------------------------------------------------ the schema to look things up in
interface Line {
  readonly name: string;
  readonly type: string;
  readonly told: string;
}

function lines(type: GraphQLNamedType): Line[] {
  if (isObjectType(type) || isInterfaceType(type)) {
    return Object.values(type.getFields()).map((field) => {
      const given = field.args.map((one) => `${one.name}: ${String(one.type)}`).join(", ");
      return { name: field.name + (given ? `(${given})` : ""), type: String(field.type), told: field.description ?? "" };
    });
  }
  if (isInputObjectType(type))
    return Object.values(type.getFields()).map((field) => ({ name: field.name, type: String(field.type), told: field.description ?? "" }));
  if (isEnumType(type)) return type.getValues().map((value) => ({ name: value.name, type: "", told: value.description ?? "" }));
  if (isUnionType(type)) return type.getTypes().map((one) => ({ name: one.name, type: one.name, told: "" }));
  return [];
}

/** A type in words, its name as a way to it. */
function typed(type: string): (Node | string)[] {
  const name = /\w+/.exec(type)?.[0] ?? "";
  const link = element("a", { href: `#type-${name}`, "data-type": name }, name);
  return [type.slice(0, type.indexOf(name)), link, type.slice(type.indexOf(name) + name.length)];
}

function described(schema: GraphQLSchema): HTMLElement[] {
  const types = Object.values(schema.getTypeMap()).filter((type) => !type.name.startsWith("__"));
  const first = schema.getQueryType()?.name;
  types.sort((a, b) => Number(b.name === first) - Number(a.name === first) || a.name.localeCompare(b.name));
  return types.map((type) => {
    const list = element("dl");
    for (const line of lines(type)) {
      list.append(element("dt", { "data-field": line.name.split("(")[0] ?? "" }, line.name, ...(line.type ? [": ", ...typed(line.type)] : [])));
      if (line.told) list.append(element("dd", {}, line.told));
    }
    const box = element("details", { id: `type-${type.name}` }, element("summary", {}, type.name));
    if (type.description) box.append(element("p", {}, type.description));
    box.append(list);
    return box;
  });
}

function reveal(type: string | undefined, field?: string): void {
  const box = type ? document.getElementById(`type-${type}`) : null;
  if (!(box instanceof HTMLDetailsElement)) return;
  box.hidden = false;
  box.open = true;
  const line = field ? box.querySelector(`[data-field="${CSS.escape(field)}"]`) : null;
  (line ?? box).scrollIntoView({ block: "nearest" });
}

function shelve(schema: GraphQLSchema): void {
  const place = part("schema");
  place.replaceChildren(...described(schema));
  place.addEventListener("click", (event) => {
    const link = (event.target as Element).closest<HTMLElement>("[data-type]");
    if (!link) return;
    event.preventDefault(); // the address keeps the query
    reveal(link.dataset["type"]);
  });
  part("find").addEventListener("input", () => {
    const wanted = part<HTMLInputElement>("find").value.trim().toLowerCase();
    for (const box of place.querySelectorAll("details")) box.hidden = wanted !== "" && !box.textContent?.toLowerCase().includes(wanted);
  });
}

// ------------------------------------------------------------------ the page
export const mount: Mount = async (root, words) => {
  const form = root as HTMLFormElement;
  const box = part<HTMLTextAreaElement>("query");
  const variables = part<HTMLTextAreaElement>("variables");
  const given = new URLSearchParams(location.hash.slice(1));
  box.value = given.get("query") ?? box.value;
  variables.value = given.get("variables") ?? variables.value;

  const status = part("status");
  const told = (text: string, bad = false): void => {
    status.textContent = text;
    status.classList.toggle("bad", bad);
  };

  const run = async (): Promise<void> => {
    const body: { query: string; variables?: unknown; extensions?: unknown } = { query: box.value };
    let sent: Headers;
    try {
      if (variables.value.trim()) body.variables = JSON.parse(variables.value);
    } catch (error) {
      return told(say(words, "graphql_not_json", { why: String(error) }), true);
    }
    try {
      sent = headers(words);
    } catch (error) {
      return told((error as Error).message, true);
    }
    if (part<HTMLInputElement>("explain").checked) body.extensions = { explain: true };
    const kept = new URLSearchParams({ query: box.value, ...(variables.value.trim() ? { variables: variables.value } : {}) });
    history.replaceState(null, "", `#${kept}`);
    told(say(words, "editor_running"));
    const begun = performance.now();
    try {
      const answer = await ask(form.action, body, sent);
      part("answer").textContent = JSON.stringify(answer.body, null, 2);
      told(say(words, "graphql_took", { status: answer.status, ms: Math.round(performance.now() - begun) }), Boolean(answer.body.errors));
    } catch (error) {
      told(`${say(words, "editor_lost")} ${String(error)}`, true);
    }
  };

  let schema: GraphQLSchema | undefined;
  try {
    const asked = await ask(form.action, { query: getIntrospectionQuery() }, headers(words));
    if (asked.body.data) schema = buildClientSchema(asked.body.data as IntrospectionQuery);
    else part("schema").append(element("p", {}, say(words, "graphql_no_schema")));
  } catch (error) {
    part("schema").append(element("p", { role: "alert" }, say(words, "graphql_failed", { why: String(error) })));
  }
  if (schema) shelve(schema);

  const language = graphql(schema, { onShowInDocs: (field, type, parent) => reveal(parent ?? type, field) });
  const shown = editor(box, say(words, "editor_label"), language, () => void run());
  editor(variables, say(words, "graphql_variables"), [], () => void run());
  for (const id of ["tidy", "explains", "sent", "answers"]) part(id).hidden = false;
  form.classList.add("beside");
  part("tidy").addEventListener("click", () => shown.set(indented(box.value)));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    void run();
  });
};
