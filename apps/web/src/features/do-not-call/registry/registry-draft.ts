import {
  ConnectRegistry,
  type CsvMapping,
  listFormOf,
  needsSecret,
  type RegistryFormat,
} from "@ringfence/core/do-not-call/registry";
import { type SourceDraft, sourceDraftOf, sourceIn } from "./source-draft";

/** What a person has entered so far: of the form of a registry, and not yet one that can be read. */
export type RegistryDraft = Omit<ConnectRegistry, "source" | "secret"> & {
  source: SourceDraft;
  secret: string;
};

/** A registry as a form begins with it. */
export const draftOf = ({ source, ...registry }: ConnectRegistry): RegistryDraft => ({
  ...registry,
  source: sourceDraftOf(source),
  secret: "",
});

/** What can be wrong with it, each with a sentence of its own. */
const faultKeys = [
  "code",
  "name",
  "url",
  "checksumUrl",
  "user",
  "path",
  "remotePath",
  "host",
  "port",
  "hostKey",
  "bucket",
  "prefix",
  "region",
  "endpoint",
  "accessKeyId",
  "organization",
  "serviceUrl",
  "isCertified",
  "telemarketerId",
  "washOnlyUserId",
  "orgCode",
  "eServiceId",
  "monthlyNumbers",
  "pricePerNumber",
  "monthlyMoney",
  "secret",
  "phoneColumns",
  "flag",
  "date",
  "maxUnreadableShare",
  "maxAgeDays",
  "maxShrinkShare",
  "schedule",
] as const;
export type DraftFault = (typeof faultKeys)[number];

/** The registry that a draft describes, or what is wrong with it. `hasSecret`: one is kept already. */
export function readDraft(
  { source, secret, ...draft }: RegistryDraft,
  hasSecret = false,
): { registry: ConnectRegistry } | { faults: readonly DraftFault[] } {
  const entered = { ...draft, source: sourceIn(source), ...(secret && { secret }) };
  const read = ConnectRegistry.safeParse(entered);
  if (!read.success) {
    const wrong = new Set(read.error.issues.flatMap(({ path }) => path));
    if (source.kind === "sftp" && wrong.delete("path")) wrong.add("remotePath");
    if (source.kind !== "http" && wrong.delete("url")) wrong.add("serviceUrl");
    return { faults: faultKeys.filter((key) => wrong.has(key)) };
  }
  const isShut = needsSecret(read.data.source) && secret === "" && !hasSecret;
  return isShut ? { faults: ["secret"] } : { registry: read.data };
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
export function formatOf(code: string, region: string): RegistryFormat {
  const reader = listFormOf(code);
  return reader === null ? { reader: "csv", mapping: plainMapping(region) } : { reader };
}
