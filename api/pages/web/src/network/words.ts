/** A link in words. */

import { say, type Words } from "../island";
import { directed } from "./model";

export function linkWords(kind: string, words: Words): string {
  if (!directed(kind)) return say(words, `net_${kind}`);
  return words[`stance_${kind}`] ?? say(words, `role_${kind}`);
}
