/** A GraphQL document indented anew from its braces; strings and comments are taken over as they are. */
export function indented(query: string): string {
  const pieces = query.match(/"""[\s\S]*?"""|"(?:\\.|[^"\\])*"|#[^\n]*|[{}]|[^{}"#\n]+|\n/g) ?? [];
  let depth = 0;
  let out = "";
  let fresh = true; // nothing stands on this line yet
  const line = (): void => {
    if (!fresh) out = `${out.trimEnd()}\n${"  ".repeat(depth)}`;
    fresh = true;
  };
  for (const piece of pieces) {
    if (piece === "{") {
      out = `${out.trimEnd()}${out.trim() && !out.endsWith("\n") ? " " : ""}{`;
      depth += 1;
      fresh = false;
      line();
    } else if (piece === "}") {
      depth = Math.max(0, depth - 1);
      fresh = false;
      line();
      out += "}";
      fresh = false;
      line();
    } else if (piece === "\n") line();
    else if (piece.trim()) {
      out += fresh ? piece.trimStart() : piece;
      fresh = false;
    }
  }
  return `${out.trim()}\n`;
}
