import { z } from "zod";
import { type Locale, messages } from "../../platform/message/index.ts";
import { storableText } from "../../platform/text/index.ts";

/** Languages in which a script can be checked. */
export const ScriptLanguage = z.enum(["en", "ru"]) satisfies z.ZodType<Locale>;
export type ScriptLanguage = z.infer<typeof ScriptLanguage>;

/** Scripts by the language of the person called. At least one. */
export const Scripts = z
  .partialRecord(ScriptLanguage, storableText(4_000).min(1))
  .refine((scripts) => Object.keys(scripts).length > 0);
export type Scripts = z.infer<typeof Scripts>;

/**
 * Chooses the script in the first preferred language that has one, else in any language. Null only if there are
 * no scripts.
 */
export function chooseScript(
  scripts: Scripts,
  preferred: readonly (string | null)[],
): { language: ScriptLanguage; text: string } | null {
  const languages = [...preferred, ...Object.keys(messages)].map((tag) => tag?.slice(0, 2) ?? "");
  for (const language of languages) {
    const supported = ScriptLanguage.safeParse(language.toLowerCase()).data;
    const text = supported && scripts[supported];
    if (supported && text) return { language: supported, text };
  }
  return null;
}

/** A placeholder in a script: `{contact.name|dear customer}`. */
export type MergeField = {
  /** Record with the field. In a valid script, one of `contact`, `organization`, `seller` or `offer`. */
  owner: string;
  name: string;
  /** Words to use if the value is unknown. Null if none are given. */
  fallback: string | null;
};

/** Fields that a script may use besides attributes of the contact. */
export const scriptFields = ["organization.name", "seller.name", "offer.name"] as const;

const FIELD = /\{([^{}]*)\}/g;
const PARTS = /^\s*(\w+)\.([^|]+?)\s*(?:\|\s*(.*?)\s*)?$/s;

/** Splits a script into text and fields, in order. Null stands for a field that cannot be parsed. */
export function splitScript(script: string): (string | MergeField | null)[] {
  const pieces: (string | MergeField | null)[] = [];
  let from = 0;
  for (const found of script.matchAll(FIELD)) {
    pieces.push(script.slice(from, found.index), parseField(found[1] ?? ""));
    from = found.index + found[0].length;
  }
  return [...pieces, script.slice(from)];
}

function parseField(inner: string): MergeField | null {
  const [, owner, name, fallback] = PARTS.exec(inner) ?? [];
  if (owner === undefined || name === undefined) return null;
  return { owner, name, fallback: fallback || null };
}

export type MergeValues = {
  contact: Readonly<Record<string, string>>;
  organization: { name: string };
  seller: { name: string };
  offer: { name: string };
};

/**
 * Fills in a script as the person would hear it. A field without a value or fallback, or that cannot be parsed,
 * becomes empty; `findScriptFault` refuses such scripts before they are saved.
 */
export function fillScript(script: string, values: MergeValues): string {
  const fixedValues = new Map([
    ["organization.name", values.organization.name],
    ["seller.name", values.seller.name],
    ["offer.name", values.offer.name],
  ]);
  const contact = new Map(Object.entries(values.contact));
  return splitScript(script)
    .map((piece) => {
      if (piece === null || typeof piece === "string") return piece ?? "";
      const { owner, name, fallback } = piece;
      const value = owner === "contact" ? contact.get(name) : fixedValues.get(`${owner}.${name}`);
      return value?.trim() || (fallback ?? "");
    })
    .join("");
}
