// What is of interest in an answer of an API, whatever it is.

export const field = (body: unknown, name: string): unknown =>
  typeof body === "object" && body !== null ? Reflect.get(body, name) : undefined;
export const idOf = (body: unknown) => String(field(body, "id"));

export function verdictOf(body: unknown) {
  const verdict = field(body, "verdict");
  if (verdict === "allow" || verdict === "refuse") return verdict;
  throw new Error(`no verdict: ${JSON.stringify(body)}`);
}

export function permitOf(body: unknown): string | null {
  const permit = field(body, "permit");
  return typeof permit === "string" ? permit : null;
}

export function itemsOf(body: unknown, name: string): unknown[] {
  const items = field(body, name);
  if (!Array.isArray(items)) throw new Error(`an answer without ${name}`);
  return items;
}
