import { z } from "zod";
import { type Locale, messages } from "../../platform/message/index.ts";
import { storableText } from "../../platform/text/index.ts";

/** The languages in which a script can be checked. */
export const ScriptLanguage = z.enum(["en", "ru"]) satisfies z.ZodType<Locale>;
export type ScriptLanguage = z.infer<typeof ScriptLanguage>;

/** What an operator says, by the language of whoever is called; at least one. */
export const Scripts = z
  .partialRecord(ScriptLanguage, storableText(4_000).min(1))
  .refine((scripts) => Object.keys(scripts).length > 0);
export type Scripts = z.infer<typeof Scripts>;

/** The script for a person: in their language, else in that of who calls, else in any. */
export function scriptFor(
  scripts: Scripts,
  preferred: readonly (string | null)[],
): { language: ScriptLanguage; text: string } | null {
  const languages = [...preferred, ...Object.keys(messages)].map((tag) => tag?.slice(0, 2) ?? "");
  for (const language of languages) {
    const known = ScriptLanguage.safeParse(language.toLowerCase()).data;
    const text = known && scripts[known];
    if (known && text) return { language: known, text };
  }
  return null;
}

/** A place in a script for what is known of a person or of who calls: `{contact.name|dear customer}`. */
export type MergeField = {
  /** Whose, and which of theirs: `contact` and `name`, or an attribute. */
  of: string;
  name: string;
  /** What is said where nothing is known; null where none is given. */
  otherwise: string | null;
};

/** What a script may name beside `contact` and any of its attributes. */
export const ownFields = ["organization.name", "seller.name", "offer.name"] as const;

const FIELD = /\{([^{}]*)\}/g;
const PARTS = /^\s*(\w+)\.([^|]+?)\s*(?:\|\s*(.*?)\s*)?$/s;

/** A script in pieces, in their order: text as it stands, and fields; null is a field that nobody can read. */
export function piecesOf(script: string): (string | MergeField | null)[] {
  const pieces: (string | MergeField | null)[] = [];
  let from = 0;
  for (const found of script.matchAll(FIELD)) {
    pieces.push(script.slice(from, found.index), fieldOf(found[1] ?? ""));
    from = found.index + found[0].length;
  }
  return [...pieces, script.slice(from)];
}

function fieldOf(inner: string): MergeField | null {
  const [, of, name, otherwise] = PARTS.exec(inner) ?? [];
  if (of === undefined || name === undefined) return null;
  return { of, name, otherwise: otherwise === undefined || otherwise === "" ? null : otherwise };
}

export type MergeValues = {
  contact: Readonly<Record<string, string>>;
  organization: { name: string };
  seller: { name: string };
  offer: { name: string };
};

/** A script as a person would hear it. What is not known of them is told as the script says. */
export function tellScript(script: string, values: MergeValues): string {
  const own = new Map([
    ["organization.name", values.organization.name],
    ["seller.name", values.seller.name],
    ["offer.name", values.offer.name],
  ]);
  const contact = new Map(Object.entries(values.contact));
  return piecesOf(script)
    .map((piece) => {
      if (piece === null || typeof piece === "string") return piece ?? "";
      const { of, name, otherwise } = piece;
      const known = of === "contact" ? contact.get(name) : own.get(`${of}.${name}`);
      return known?.trim() || (otherwise ?? "");
    })
    .join("");
}
