import { ConnectRegistry, type CsvMapping, listFormOf } from "@ringfence/core/registry";

/** What a person has entered so far: of the form of a registry, and not yet one that can be read. */
export type RegistryDraft = ConnectRegistry;

/** What can be wrong with it, each with a sentence of its own. */
const faultKeys = [
  "code",
  "name",
  "url",
  "path",
  "phoneColumns",
  "flag",
  "maxUnreadableShare",
  "maxAgeDays",
  "maxShrinkShare",
] as const;
export type DraftFault = (typeof faultKeys)[number];

/** The registry that a draft describes, or what is wrong with it. */
export function readDraft(
  draft: RegistryDraft,
): { registry: ConnectRegistry } | { faults: readonly DraftFault[] } {
  const read = ConnectRegistry.safeParse(draft);
  if (read.success) return { registry: read.data };
  return {
    faults: faultKeys.filter((key) => read.error.issues.some(({ path }) => path.includes(key))),
  };
}

/** How a table is read until somebody says otherwise. */
export const plainMapping = (region: string): CsvMapping => ({
  kind: "snapshot",
  delimiter: ",",
  encoding: "utf-8",
  hasHeader: true,
  phoneColumns: ["phone"],
  region,
  maxUnreadableShare: 0,
});

/** Of some registries the form is known; all others are tables until somebody shows theirs. */
export function formatOf(code: string, region: string): RegistryDraft["format"] {
  const reader = listFormOf(code);
  return reader === null ? { reader: "csv", mapping: plainMapping(region) } : { reader };
}
