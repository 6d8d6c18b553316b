/** Whose messages are words of ours or of the runtime; others quote the values that they stumbled on. */
const PLAIN_SPOKEN = new Set(["Error", "TypeError", "RangeError", "ReferenceError", "TookTooLong"]);

type Fields = { [key: string]: unknown };
type Logged = { type: string; message: string; stack: string; [key: string]: unknown };

/** What the log says of an error: what and where, without the values with which it happened. */
export function errorInLog(error: unknown): Logged {
  if (!(error instanceof Error)) return { type: typeof error, message: "", stack: "" };
  const { name, message, stack = "", cause } = error;
  const frames = stack.split("\n").filter((line) => /^\s+at /.test(line));
  return {
    type: name,
    message: PLAIN_SPOKEN.has(name) ? message.replaceAll(/\d{5,}/g, "…") : "",
    ...namesOf(error, ["code", "table", "column", "constraint", "routine"]),
    stack: frames.join("\n"),
    ...(cause instanceof Error && { cause: errorInLog(cause) }),
  };
}

/** What PostgreSQL names in an error; its `detail` holds values. */
function namesOf(error: Error, names: readonly string[]): Fields {
  const fields = names.map((name) => [name, Reflect.get(error, name)] as const);
  return Object.fromEntries(fields.filter(([, value]) => typeof value === "string"));
}
