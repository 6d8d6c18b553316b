import type { ChangeRegistry, ConnectRegistry } from "@ringfence/core/do-not-call/registry";

/** What of a registry is otherwise than it was. Its code never is. */
export function changesIn(
  before: ConnectRegistry,
  now: ConnectRegistry,
): Omit<ChangeRegistry, "registryId"> {
  const { code: _, ...parts } = now;
  const changed = Object.entries(parts).filter(
    ([key, value]) => written(value) !== written(Reflect.get(before, key)),
  );
  return Object.fromEntries(changed);
}

/** With sorted keys: forms and rows name them in different orders. */
const written = (value: unknown): string =>
  JSON.stringify(value, (_, part: unknown) =>
    typeof part === "object" && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
