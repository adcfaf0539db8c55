// The GraphQL page: sends what stands in the boxes, shows what comes back, lists the schema.
"use strict";

const part = (id) => document.getElementById(id);
const endpoint = location.pathname;

function indent(query) {
  // Anew from the braces; strings and comments are taken over as they are.
  const pieces = query.match(/"""[\s\S]*?"""|"(?:\\.|[^"\\])*"|#[^\n]*|[{}]|[^{}"#\n]+|\n/g) || [];
  let depth = 0, out = "", fresh = true;
  const line = () => { if (!fresh) { out = out.trimEnd() + "\n" + "  ".repeat(depth); fresh = true; } };
  for (const piece of pieces) {
    if (piece === "{") { out = out.trimEnd() + (out.trim() ? " {" : "{"); depth += 1; fresh = false; line(); }
    else if (piece === "}") { depth = Math.max(0, depth - 1); fresh = false; line(); out += "}"; fresh = false; line(); }
    else if (piece === "\n") line();
    else if (piece.trim()) { out += fresh ? piece.trimStart() : piece; fresh = false; }
  }
  return out.trim() + "\n";
}

async function ask(body) {
  const headers = { "content-type": "application/json", accept: "application/graphql-response+json" };
  const token = part("token").value.trim();
  if (token) headers.authorization = "Bearer " + token;
  const answer = await fetch(endpoint, { method: "POST", headers, body: JSON.stringify(body) });
  return { status: answer.status, body: await answer.json() };
}

function say(words, bad) {
  part("status").textContent = words;
  part("status").className = bad ? "bad" : "";
}

async function run() {
  const body = { query: part("query").value };
  try {
    const given = part("variables").value.trim();
    if (given) body.variables = JSON.parse(given);
  } catch (error) {
    return say("The variables are not JSON: " + error.message, true);
  }
  if (part("explain").checked) body.extensions = { explain: true };
  say("…");
  const begun = performance.now();
  try {
    const answer = await ask(body);
    part("answer").textContent = JSON.stringify(answer.body, null, 2);
    const bad = Boolean(answer.body.errors);
    say(`${answer.status} in ${Math.round(performance.now() - begun)} ms`, bad);
  } catch (error) {
    say("The server did not answer: " + error.message, true);
  }
}

const INTROSPECTION = `{ __schema { types { name kind description fields { name description type { ...T }
  args { name type { ...T } } } inputFields { name type { ...T } } enumValues { name } } } }
  fragment T on __Type { name kind ofType { name kind ofType { name kind ofType { name kind } } } }`;

function written(type) {
  if (type.kind === "NON_NULL") return written(type.ofType) + "!";
  if (type.kind === "LIST") return "[" + written(type.ofType) + "]";
  return type.name;
}

function element(name, text) {
  const made = document.createElement(name);
  made.textContent = text || "";
  return made;
}

async function describe() {
  const answer = await ask({ query: INTROSPECTION });
  if (!answer.body.data) return part("schema").append(element("p", "This server keeps its schema to itself."));
  for (const type of answer.body.data.__schema.types.filter((each) => !each.name.startsWith("__"))) {
    const box = element("details"), list = element("dl");
    box.append(element("summary", type.name));
    if (type.description) box.append(element("p", type.description));
    for (const field of type.fields || type.inputFields || type.enumValues || []) {
      const args = (field.args || []).map((each) => `${each.name}: ${written(each.type)}`).join(", ");
      list.append(element("dt", field.name + (args ? `(${args})` : "") + (field.type ? ": " + written(field.type) : "")));
      if (field.description) list.append(element("dd", field.description));
    }
    box.append(list);
    box.dataset.words = (type.name + " " + list.textContent).toLowerCase();
    part("schema").append(box);
  }
}

function narrow() {
  const words = part("find").value.trim().toLowerCase();
  for (const box of part("schema").querySelectorAll("details")) box.hidden = Boolean(words) && !box.dataset.words.includes(words);
}

document.addEventListener("DOMContentLoaded", () => {
  const asked = new URLSearchParams(location.hash.slice(1)).get("query");
  if (asked) part("query").value = asked;
  part("run").addEventListener("click", run);
  part("pretty").addEventListener("click", () => { part("query").value = indent(part("query").value); });
  part("find").addEventListener("input", narrow);
  document.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) { event.preventDefault(); run(); }
  });
  describe().catch((error) => say("The schema could not be read: " + error.message, true));
});
