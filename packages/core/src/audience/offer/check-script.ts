import type { Message } from "../../platform/message/index.ts";
import { type ScriptLanguage, ownFields, piecesOf } from "./script.ts";

/**
 * Words by which a sentence tells a person that they may refuse: what they may do, and what it is about.
 * Both in one sentence, for the mission asks that an operator explains the right, not that a word falls.
 */
const right: Record<ScriptLanguage, { refuse: RegExp; calls: RegExp }> = {
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

/** What is wrong with a script, in the order in which it is read; null for one that may be said. */
export function scriptFault(script: string, language: ScriptLanguage): Message | null {
  for (const piece of piecesOf(script)) {
    if (typeof piece === "string") {
      if (/[{}]/.test(piece)) return { key: "offer.field-unread" };
      continue;
    }
    if (piece === null) return { key: "offer.field-unread" };
    const { of, name, otherwise } = piece;
    const field = `${of}.${name}`;
    if (of !== "contact" && !ownFields.some((own) => own === field)) {
      return { key: "offer.field-unknown", values: { field } };
    }
    if (of === "contact" && otherwise === null) {
      return { key: "offer.field-bare", values: { field } };
    }
  }
  return namesRightToRefuse(saidToAll(script), language) ? null : { key: "offer.right-missing" };
}

/** What stands outside of fields: what is said in the place of a name is not said to who has one. */
const saidToAll = (script: string) =>
  piecesOf(script)
    .map((piece) => (typeof piece === "string" ? piece : ""))
    .join("");

/** Whether one sentence of a script says that the person may refuse calls. */
export function namesRightToRefuse(script: string, language: ScriptLanguage): boolean {
  const { refuse, calls } = right[language];
  return script
    .split(/[.!?…\n]+/)
    .some((sentence) => refuse.test(sentence) && calls.test(sentence));
}
