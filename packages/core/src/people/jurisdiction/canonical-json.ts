/**
 * Serializes a JSON value in canonical form (RFC 8785): no spaces, keys ordered by UTF-16 units. A member that is
 * `undefined` is not left out, as `JSON.stringify` would: callers must not pass one.
 */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(",")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const members = Object.entries(value)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, part]) => `${JSON.stringify(key)}:${canonicalJson(part)}`);
  return `{${members.join(",")}}`;
}
