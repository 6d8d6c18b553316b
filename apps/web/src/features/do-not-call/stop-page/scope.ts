import type { RecordOptOut } from "@ringfence/core/do-not-call/opt-out";

type Scope = NonNullable<RecordOptOut["scope"]>;

/** What is refused, as the field of a form says it. */
export const scopeField = {
  all: "all",
  profiling: "profiling",
  seller: (key: string) => `seller:${key}`,
  purpose: (key: string) => `purpose:${key}`,
};

/** What cannot be read is a refusal of all calls. */
export function parseScope(field: string): Scope {
  const [, kind, key] = /^(seller|purpose):(.+)$/.exec(field) ?? [];
  if (key !== undefined) return kind === "seller" ? { seller: key } : { purpose: key };
  return field === "profiling" ? { profiling: true } : {};
}
