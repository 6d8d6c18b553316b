import { type Message, messages } from "./message.ts";

/** Lets a zod check fail with a message of ours, which may tell the `value` that it found. */
export const said = (key: Message["key"]) => ({ error: key });

/** The key that `said` put where zod has its own words; null where zod speaks itself. */
export const keySaid = (words: string): Message["key"] | null => (isKey(words) ? words : null);

const isKey = (words: string): words is Message["key"] => Object.hasOwn(messages.en, words);

const MOST_SHOWN = 60;

/** A value as a sentence quotes it. */
export function shown(value: unknown): string {
  const text = typeof value === "string" ? value : JSON.stringify(value ?? null);
  return text.length > MOST_SHOWN ? `${text.slice(0, MOST_SHOWN)}…` : text;
}
