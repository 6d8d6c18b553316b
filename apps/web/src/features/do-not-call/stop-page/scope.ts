import type { RecordOptOut } from "@ringfence/core/do-not-call/opt-out";

type Scope = NonNullable<RecordOptOut["scope"]>;

/** Values of the form field for each scope. */
export const scopeField = {
  all: "all",
  profiling: "profiling",
  seller: (key: string) => `seller:${key}`,
  purpose: (key: string) => `purpose:${key}`,
};

/** Parses the form field. Any unknown value means all calls. */
export function parseScope(field: string): Scope {
  const [, kind, key] = /^(seller|purpose):(.+)$/.exec(field) ?? [];
  if (key !== undefined) return kind === "seller" ? { seller: key } : { purpose: key };
  return field === "profiling" ? { profiling: true } : {};
}
