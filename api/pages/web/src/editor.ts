/** A CodeMirror editor in the place of a text box, for every language that the pages have one for.
 *
 * It lives in a shadow root: there its styles are adopted sheets, which the content security policy allows, while in the
 * page they would be a `<style>` element, which it forbids.  Colours are the page's own, handed in by custom properties.
 */

import { autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap, indentWithTab } from "@codemirror/commands";
import { bracketMatching, HighlightStyle, indentOnInput, syntaxHighlighting } from "@codemirror/language";
import { EditorState, type Extension, type Transaction } from "@codemirror/state";
import {
  drawSelection,
  EditorView,
  highlightActiveLine,
  highlightSpecialChars,
  keymap,
  lineNumbers,
} from "@codemirror/view";
import { tags } from "@lezer/highlight";

const colours = HighlightStyle.define([
  { tag: [tags.keyword, tags.operatorKeyword, tags.definitionKeyword], color: "color-mix(in srgb, var(--denies) 75%, var(--ink))", fontWeight: "600" },
  { tag: [tags.string, tags.url], color: "var(--confirms)" },
  { tag: [tags.number, tags.integer, tags.float, tags.bool], color: "var(--promises)" },
  { tag: tags.variableName, color: "var(--accuses)" },
  { tag: [tags.namespace, tags.typeName, tags.propertyName, tags.atom], color: "var(--link)" },
  { tag: tags.comment, color: "var(--soft)", fontStyle: "italic" },
  { tag: [tags.annotation, tags.meta], color: "var(--warns)" },
]);

const theme = EditorView.theme({
  "&": { fontSize: "0.92rem", color: "var(--ink)", backgroundColor: "var(--sheet)", border: "1px solid var(--soft)", borderRadius: "6px" },
  "&.cm-focused": { outline: "3px solid var(--link)", outlineOffset: "2px" },
  ".cm-scroller": { fontFamily: "ui-monospace, 'DejaVu Sans Mono', monospace", lineHeight: "1.5", minHeight: "var(--least, 12rem)", maxHeight: "var(--most, 32rem)" },
  ".cm-content": { caretColor: "var(--ink)", padding: "0.5rem 0" },
  ".cm-cursor": { borderLeftColor: "var(--ink)" },
  ".cm-gutters": { backgroundColor: "var(--shade)", color: "var(--soft)", border: "none" },
  ".cm-activeLine, .cm-activeLineGutter": { backgroundColor: "color-mix(in srgb, var(--link) 7%, transparent)" },
  "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground": { backgroundColor: "color-mix(in srgb, var(--link) 28%, transparent)" },
  ".cm-matchingBracket": { backgroundColor: "color-mix(in srgb, var(--confirms) 25%, transparent)" },
  ".cm-tooltip": { backgroundColor: "var(--sheet)", color: "var(--ink)", border: "1px solid var(--soft)", borderRadius: "4px" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul": { fontFamily: "ui-monospace, 'DejaVu Sans Mono', monospace", maxWidth: "min(44rem, 92vw)" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul > li[aria-selected]": { backgroundColor: "var(--link)", color: "var(--sheet)" },
  ".cm-completionDetail": { fontFamily: "var(--sans)", fontStyle: "normal", opacity: "0.8", marginLeft: "1em" },
  ".cm-completionInfo": { fontFamily: "var(--sans)", maxWidth: "22rem", padding: "0.4rem 0.7rem" },
});

/** Typing over a selection, done here: left to the browser, it tries inline styles, which the policy blocks and reports. */
const typedOver = EditorView.domEventHandlers({
  beforeinput(event, view) {
    const { from, to, empty } = view.state.selection.main;
    const text = event.data;
    if (event.inputType !== "insertText" || text === null || empty || event.isComposing) return false;
    const insert = (): Transaction =>
      view.state.update(view.state.replaceSelection(text), { userEvent: "input.type", scrollIntoView: true });
    if (!view.state.facet(EditorView.inputHandler).some((handle) => handle(view, from, to, text, insert)))
      view.dispatch(insert());
    return true;
  },
});

export interface Shown {
  readonly view: EditorView;
  /** Another text in the editor and in the box behind it. */
  set(text: string): void;
}

/** An editor for what `box` holds, which keeps the box up to date; `run` is what Ctrl+Enter does. */
export function editor(box: HTMLTextAreaElement, label: string, language: Extension, run: () => void): Shown {
  const host = document.createElement("div");
  host.className = "editor";
  const root = host.attachShadow({ mode: "open" });
  box.before(host);
  const view = new EditorView({
    root,
    parent: root,
    state: EditorState.create({
      doc: box.value,
      extensions: [
        keymap.of([
          { key: "Mod-Enter", run: () => (run(), true) },
          ...closeBracketsKeymap, ...completionKeymap, ...defaultKeymap, ...historyKeymap, indentWithTab,
        ]),
        lineNumbers(), history(), drawSelection(), highlightSpecialChars(), highlightActiveLine(), indentOnInput(),
        bracketMatching(), closeBrackets(), autocompletion({ activateOnTyping: true, icons: false }),
        EditorView.lineWrapping, syntaxHighlighting(colours), theme, typedOver, language,
        EditorView.contentAttributes.of({ "aria-label": label, spellcheck: "false", autocapitalize: "off" }),
        EditorView.updateListener.of((update) => {
          if (update.docChanged) box.value = update.state.doc.toString();
        }),
      ],
    }),
  });
  box.hidden = true;
  box.labels?.forEach((one) => one.addEventListener("click", () => view.focus()));
  return {
    view,
    set(text) {
      view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: text } });
    },
  };
}
