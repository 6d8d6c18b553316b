import { type Message, messages } from "./message.ts";

/** Lets a zod check fail with a message of ours: its key stands where zod has its own words. */
export const said = (key: Message["key"]) => ({ error: key });

/** The key that `said` put there; null where zod speaks itself. */
export const keySaid = (words: string): Message["key"] | null => (isKey(words) ? words : null);

const isKey = (words: string): words is Message["key"] => Object.hasOwn(messages.en, words);
