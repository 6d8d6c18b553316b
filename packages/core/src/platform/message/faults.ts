import type { z } from "zod";
import { type KeyTaking, type Message, createMessage, messages } from "./message.ts";

/** A fault in an input. `path` is a JSON pointer (RFC 6901), empty for the whole input. */
export type Fault = { path: string; message: Message };

type Issue = z.core.$ZodIssue;
type Path = readonly PropertyKey[];

/**
 * Converts zod's issues with `input` into messages that say how to correct it. A field that is missing always
 * gets `fault.missing`, whatever its schema says.
 */
export function toFaults({ issues }: z.core.$ZodError, input: unknown): Fault[] {
  return issues.flatMap((issue) => toIssueFaults(issue, issue.path, input));
}

function toIssueFaults(issue: Issue, path: Path, input: unknown): Fault[] {
  const value = readValueAt(input, path);
  if (path.length > 0 && value === undefined)
    return [{ path: toPointer(path), message: { key: "fault.missing" } }];

  const key = findMessageKey(issue.message);
  if (key)
    return [{ path: toPointer(path), message: createMessage(key, { value: quoteValue(value) }) }];

  switch (issue.code) {
    case "unrecognized_keys":
      return issue.keys.map((key) => ({
        path: toPointer([...path, key]),
        message: { key: "fault.unknown-key" },
      }));
    case "invalid_union":
      return toUnionFaults(issue, path, input);
    case "invalid_key":
    case "invalid_element":
      return issue.issues.flatMap((inner) => toIssueFaults(inner, path, input));
    case "custom":
    case "invalid_format":
    case "invalid_type":
    case "invalid_value":
    case "not_multiple_of":
    case "too_big":
    case "too_small":
      return [{ path: toPointer(path), message: toMessage(issue) }];
  }
}

/** Reports the faults of the union member with the fewest faults, because that one was probably meant. */
function toUnionFaults(
  issue: Extract<Issue, { code: "invalid_union" }>,
  path: Path,
  input: unknown,
) {
  const [nearest] = issue.errors.toSorted((a, b) => a.length - b.length);
  if (nearest === undefined) {
    return [
      { path: toPointer(path), message: valueMessage("options" in issue ? issue.options : []) },
    ];
  }
  return nearest.flatMap((inner) => toIssueFaults(inner, [...path, ...inner.path], input));
}

function toMessage(
  issue: Exclude<
    Issue,
    { code: "unrecognized_keys" | "invalid_union" | "invalid_key" | "invalid_element" }
  >,
): Message {
  switch (issue.code) {
    case "invalid_type":
      return { key: "fault.type", values: { expected: issue.expected } };
    case "invalid_value":
      return valueMessage(issue.values);
    case "invalid_format":
      return {
        key: "fault.format",
        values: { format: issue.format, pattern: issue.pattern ?? issue.format },
      };
    case "too_big":
      return {
        key: "fault.too-big",
        values: { origin: issue.origin, maximum: Number(issue.maximum) },
      };
    case "too_small":
      return {
        key: "fault.too-small",
        values: { origin: issue.origin, minimum: Number(issue.minimum) },
      };
    case "not_multiple_of":
      return { key: "fault.step", values: { divisor: issue.divisor } };
    case "custom":
      return { key: "fault.other" };
  }
}

const valueMessage = (values: readonly unknown[] = []): Message => ({
  key: "fault.value",
  values: { values: values.map(String).join(", ") },
});

const toPointer = (path: Path) =>
  path.map((key) => `/${String(key).replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");

const readValueAt = (input: unknown, path: Path): unknown =>
  path.reduce<unknown>(
    (value, key) =>
      typeof value === "object" && value !== null ? Reflect.get(value, key) : undefined,
    input,
  );

/**
 * Lists the invalid fields of an input, with dots in nested names; an empty name stands for the whole input. Used
 * for opt-outs, consents and withdrawals, which are recorded even if a field is invalid: the field is ignored, and
 * the response names it.
 */
export function listInvalidFields(schema: z.ZodType, sent: unknown): string[] {
  const { error } = schema.safeParse(sent);
  const names = error?.issues.flatMap((issue) => {
    const keys = issue.code === "unrecognized_keys" ? issue.keys.map((key) => [key]) : [[]];
    return keys.map((key) => [...issue.path, ...key].map(String).join("."));
  });
  return [...new Set(names)];
}

/** Keys of texts for a failed check. They may contain the `value` that was found. */
type CheckKey = KeyTaking<{ value: string }> | KeyTaking<undefined>;

/** Makes a zod check fail with one of our messages. */
export const withMessage = (key: CheckKey) => ({ error: key });

/** Returns the key that `withMessage` put in place of zod's text; null if the text is zod's own. */
export const findMessageKey = (text: string): CheckKey | null => (isKey(text) ? text : null);

const isKey = (text: string): text is CheckKey => Object.hasOwn(messages.en, text);

const MAX_QUOTED = 60;

/** Writes JSON. A value that is nested too deeply for the stack becomes `…`. */
function writeJson(value: unknown): string {
  try {
    return JSON.stringify(value);
  } catch (error) {
    if (error instanceof RangeError) return "…";
    throw error;
  }
}

/** Formats a value for quoting in a sentence. */
export function quoteValue(value: unknown): string {
  const text = typeof value === "string" ? value : writeJson(value ?? null);
  return text.length > MAX_QUOTED ? `${text.slice(0, MAX_QUOTED)}…` : text;
}
