import type { Message } from "../../platform/message/index.ts";
import { type ScriptLanguage, scriptFields, splitScript } from "./script.ts";

/**
 * Words that tell a person about their right to refuse: the act and what it applies to. Both must be in one
 * sentence, because the operator has to explain the right, not just drop a word.
 */
const rightToRefuse: Record<ScriptLanguage, { refuse: RegExp; calls: RegExp }> = {
  en: {
    refuse:
      /\b(refuse|opt[ -]?out|stop|not (?:to )?be called|not (?:to )?call|no (?:more|further) calls?|never call|take you off|remove you)\b/i,
    calls: /\b(call(?:s|ed|ing)?|list|phone|again)\b/i,
  },
  ru: {
    refuse:
      /(отказ|не\s+(?:\S+\s+){0,3}звон|прекрат|перестан|исключ|убер[уёе]|удал[июя]|больше\s+не\s+беспоко)/i,
    calls: /(звон|обзвон|список|списк|номер|беспоко)/i,
  },
};

/**
 * Finds the first fault of a script: a field that is not readable, not known, or of the contact without a fallback,
 * or no sentence about the right to refuse. Null if it is fine.
 */
export function findScriptFault(script: string, language: ScriptLanguage): Message | null {
  for (const piece of splitScript(script)) {
    if (typeof piece === "string") {
      if (/[{}]/.test(piece)) return { key: "offer.field-unread" };
      continue;
    }
    if (piece === null) return { key: "offer.field-unread" };
    const { owner, name, fallback } = piece;
    const field = `${owner}.${name}`;
    if (owner !== "contact" && !scriptFields.some((allowed) => allowed === field)) {
      return { key: "offer.field-unknown", values: { field } };
    }
    if (owner === "contact" && fallback === null) {
      return { key: "offer.field-bare", values: { field } };
    }
  }
  return statesRightToRefuse(fixedText(script), language) ? null : { key: "offer.right-missing" };
}

/** Returns the text outside the fields. Words inside a field are heard only by people without that data. */
const fixedText = (script: string) =>
  splitScript(script)
    .map((piece) => (typeof piece === "string" ? piece : ""))
    .join("");

/** True if one sentence of a script says that the person can refuse calls. */
export function statesRightToRefuse(script: string, language: ScriptLanguage): boolean {
  const { refuse, calls } = rightToRefuse[language];
  return script
    .split(/[.!?…\n]+/)
    .some((sentence) => refuse.test(sentence) && calls.test(sentence));
}
