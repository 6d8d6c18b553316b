// Readers for the interesting parts of an API answer, whatever its shape.

export const field = (body: unknown, name: string): unknown =>
  typeof body === "object" && body !== null ? Reflect.get(body, name) : undefined;
export const readId = (body: unknown) => String(field(body, "id"));

export function readVerdict(body: unknown) {
  const verdict = field(body, "verdict");
  if (verdict === "allow" || verdict === "refuse") return verdict;
  throw new Error(`no verdict: ${JSON.stringify(body)}`);
}

export function readPermit(body: unknown): string | null {
  const permit = field(body, "permit");
  return typeof permit === "string" ? permit : null;
}

export function readItems(body: unknown, name: string): unknown[] {
  const items = field(body, name);
  if (!Array.isArray(items)) throw new Error(`an answer without ${name}`);
  return items;
}
