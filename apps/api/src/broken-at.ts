const SPACE = /[\t\n\r ]*/y;
const LITERAL = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;
/** Everything from the space on, except the quote and the backslash. */
const PLAIN = /[ !#-[\]-\uffff]*/y;
const ESCAPE = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;

/** What may come next. `… or close` means that the list or object may also end here. */
type Expected = "value" | "value or close" | "key" | "key or close" | "colon" | "comma or close";

/**
 * Finds where a text stops being JSON (RFC 8259), as an index into it; null if it is JSON. V8
 * reports the position of some faults only.
 */
export function brokenAt(text: string): number | null {
  const open: ("]" | "}")[] = [];
  let expected: Expected = "value";
  let at = skip(text, SPACE, 0);

  while (at < text.length) {
    const char = text[at];
    let end = at + 1;
    const mayBegin = expected.startsWith("value");

    if (expected.endsWith("close") && char === open.at(-1)) {
      open.pop();
      expected = "comma or close";
    } else if (mayBegin && (char === "[" || char === "{")) {
      open.push(char === "[" ? "]" : "}");
      expected = char === "[" ? "value or close" : "key or close";
    } else if (expected === "colon" && char === ":") {
      expected = "value";
    } else if (expected === "comma or close" && char === "," && open.length > 0) {
      expected = open.at(-1) === "]" ? "value" : "key";
    } else {
      const isKey = expected.startsWith("key");
      if (!mayBegin && !isKey) return at;
      end = char === '"' || isKey ? skipText(text, at) : skip(text, LITERAL, at);
      if (end === at) return at;
      expected = isKey ? "colon" : "comma or close";
    }
    at = skip(text, SPACE, end);
  }
  return open.length === 0 && expected === "comma or close" ? null : text.length;
}

/** Returns the index behind the match of `pattern` at `at`, or `at` itself without a match. */
function skip(text: string, pattern: RegExp, at: number) {
  pattern.lastIndex = at;
  return at + (pattern.exec(text)?.[0].length ?? 0);
}

/** Skips a string in quotes; a single pattern would overflow the stack on 8 MiB. */
function skipText(text: string, at: number) {
  if (text[at] !== '"') return at;
  for (let end = skip(text, PLAIN, at + 1); ;) {
    if (text[end] === '"') return end + 1;
    const behind = skip(text, ESCAPE, end);
    if (behind === end) return at;
    end = skip(text, PLAIN, behind);
  }
}
