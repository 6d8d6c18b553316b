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
