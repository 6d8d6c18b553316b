import en from "../../../messages/en.json" with { type: "json" };
import ru from "../../../messages/ru.json" with { type: "json" };
import { z } from "zod";

/** A message of core or services. `say` formats it in a language. */
export type Message = {
  key: keyof typeof en;
  values?: Record<string, string | number | Date>;
};

export const messages = { en, ru } satisfies Record<string, Record<Message["key"], string>>;
export const Locale = z.enum(["en", "ru"]) satisfies z.ZodType<keyof typeof messages>;
export type Locale = z.infer<typeof Locale>;

/** A message as a row keeps it until somebody reads it in their language. */
export const StoredMessage = z.object({
  key: z.custom<Message["key"]>(
    (key) => typeof key === "string" && Object.hasOwn(messages.en, key),
  ),
  values: z.record(z.string(), z.union([z.string(), z.number()])),
});
export type StoredMessage = z.infer<typeof StoredMessage>;

/** Instants are kept as RFC 3339 has them. */
export const toStoredMessage = ({ key, values = {} }: Message): StoredMessage => ({
  key,
  values: Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      value instanceof Date ? value.toISOString() : value,
    ]),
  ),
});

const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/;

/** The message that was stored, instants and all. */
export const fromStoredMessage = ({ key, values }: StoredMessage): Message => ({
  key,
  values: Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      typeof value === "string" && INSTANT.test(value) ? new Date(value) : value,
    ]),
  ),
});
