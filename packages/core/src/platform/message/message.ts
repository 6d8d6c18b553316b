import en from "../../../messages/en.json" with { type: "json" };
import ru from "../../../messages/ru.json" with { type: "json" };
import { z } from "zod";
import type { MessageValues } from "./message-values.ts";

export type MessageKey = keyof MessageValues;

/** The message of a key, with exactly the values that its text needs. */
export type MessageOf<Key extends MessageKey> = {
  [Each in Key]: MessageValues[Each] extends undefined
    ? { key: Each; values?: undefined }
    : { key: Each; values: MessageValues[Each] };
}[Key];

/** Keys of the texts that need values, and for which these are enough; with `undefined`, of those that need none. */
export type KeyTaking<Values> = {
  [Key in MessageKey]: Values extends MessageValues[Key] ? Key : never;
}[MessageKey];

/** Keys of texts that need no values. */
type PlainKey = {
  [Key in MessageKey]: MessageValues[Key] extends undefined ? Key : never;
}[MessageKey];

/**
 * A message of core or services. `say` formats it in a language. All keys without values share one member of the
 * union, because TypeScript gives up on an array whose items are a union of some thousand members.
 */
export type Message =
  | { key: PlainKey; values?: undefined }
  | MessageOf<Exclude<MessageKey, PlainKey>>;

/**
 * Creates the message of a key that is chosen at run time. It may have more values than its text needs: they stay in
 * the message, also when it is stored, but the text does not show them.
 */
export function createMessage(key: KeyTaking<undefined>): Message;
export function createMessage<Values extends object>(
  key: KeyTaking<Values> | KeyTaking<undefined>,
  values: Values,
): Message;
export function createMessage(key: MessageKey, values?: object): Message {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the overloads have checked which values belong to the key
  return (values === undefined ? { key } : { key, values }) as Message;
}

export const messages = { en, ru } satisfies Record<string, Record<MessageKey, string>>;
export const Locale = z.enum(["en", "ru"]) satisfies z.ZodType<keyof typeof messages>;
export type Locale = z.infer<typeof Locale>;

/** A message as it is stored, until somebody reads it in their language. Its key must still exist. */
export const StoredMessage = z.object({
  key: z.custom<MessageKey>((key) => typeof key === "string" && Object.hasOwn(messages.en, key)),
  values: z.record(z.string(), z.union([z.string(), z.number()])),
});
export type StoredMessage = z.infer<typeof StoredMessage>;

/** Converts a message for storage. Dates become RFC 3339 texts. */
export function toStoredMessage({ key, values }: Message): StoredMessage {
  const given: [string, string | number | Date | undefined][] = Object.entries(values ?? {});
  const stored = given.flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value instanceof Date ? value.toISOString() : value]],
  );
  return { key, values: Object.fromEntries(stored) };
}

const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/;

/**
 * Restores a stored message. Texts in the format of a stored date become dates. Its values are those that its key
 * needed when it was stored; without any, they are an empty object.
 */
export const fromStoredMessage = ({ key, values }: StoredMessage): Message =>
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- stored from a message of this key
  ({
    key,
    values: Object.fromEntries(
      Object.entries(values).map(([name, value]) => [
        name,
        typeof value === "string" && INSTANT.test(value) ? new Date(value) : value,
      ]),
    ),
  }) as Message;
