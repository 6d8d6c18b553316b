/**
 * Names of errors whose messages contain no personal data except long numbers, which are masked. Other messages quote
 * values.
 */
const MESSAGES_WITHOUT_DATA = new Set([
  "Error",
  "TypeError",
  "RangeError",
  "ReferenceError",
  "TookTooLong",
]);

type Fields = { [key: string]: unknown };
type Logged = { type: string; message: string; stack: string; [key: string]: unknown };

/**
 * Converts an error for the log: what happened and where, without the values that caused it. If something that is not
 * an `Error` was thrown, only its type is logged.
 */
export function toLoggedError(error: unknown): Logged {
  if (!(error instanceof Error)) return { type: typeof error, message: "", stack: "" };
  const { name, message, stack = "", cause } = error;
  const frames = stack.split("\n").filter((line) => /^\s+at /.test(line));
  return {
    type: name,
    message: MESSAGES_WITHOUT_DATA.has(name) ? message.replaceAll(/\d{5,}/g, "…") : "",
    ...readNames(error, ["code", "table", "column", "constraint", "routine"]),
    stack: frames.join("\n"),
    ...(cause instanceof Error && { cause: toLoggedError(cause) }),
  };
}

/** Reads the names that PostgreSQL puts into an error. Its `detail` is left out, because it holds values. */
function readNames(error: Error, names: readonly string[]): Fields {
  const fields = names.map((name) => [name, Reflect.get(error, name)] as const);
  return Object.fromEntries(fields.filter(([, value]) => typeof value === "string"));
}
