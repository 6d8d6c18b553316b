import {
  type ChangeRegistry,
  ConnectRegistry,
  type CsvMapping,
  type RegistryFormat,
  type RegistrySource,
  isAskedSource,
  findListForm,
  needsSecret,
} from "@ringfence/core/do-not-call/registry";

/** What a person has entered so far: of the form of a registry, and not yet one that can be read. */
export type RegistryDraft = Omit<ConnectRegistry, "source" | "secret"> & {
  source: SourceDraft;
  secret: string;
};

/** A registry as a form begins with it. */
export const toDraft = ({ source, ...registry }: ConnectRegistry): RegistryDraft => ({
  ...registry,
  source: toSourceDraft(source),
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
export function parseDraft(
  { source, secret, ...draft }: RegistryDraft,
  hasSecret = false,
): { registry: ConnectRegistry } | { faults: readonly DraftFault[] } {
  const entered = { ...draft, source: parseSource(source), ...(secret && { secret }) };
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
export function findFormat(code: string, region: string): RegistryFormat {
  const reader = findListForm(code);
  return reader === null ? { reader: "csv", mapping: plainMapping(region) } : { reader };
}

/** A source as a person enters it: texts by field, of the kind that is chosen now. */
export type SourceDraft = { kind: RegistrySource["kind"]; texts: Readonly<Record<string, string>> };

const sourceKinds = [
  "us-ftc",
  "au-washing",
  "sg-realtime",
  "us-dncscrub",
  "http",
  "folder",
  "sftp",
  "s3",
  "upload",
] as const;

/** A service is asked in one way alone, and the Australian register hands out nothing else. */
const readerBySource: Readonly<Record<string, string>> = {
  "us-ftc": "us-dnc",
  "au-washing": "au-dncr",
  "sg-realtime": "sg-dnc",
  "us-dncscrub": "us-litigators",
};

/** Those that a registry of a form can be read from. */
export const sourceKindsFor = ({ reader }: RegistryFormat) =>
  sourceKinds.filter((kind) =>
    reader === "au-dncr"
      ? readerBySource[kind] === reader
      : (readerBySource[kind] ?? reader) === reader,
  );

/** The fields of each kind, in the order in which they are asked for. */
export const sourceFields = {
  http: ["url", "checksumUrl", "user"],
  folder: ["path"],
  sftp: ["host", "port", "user", "remotePath", "hostKey"],
  s3: ["bucket", "prefix", "region", "endpoint", "accessKeyId"],
  "us-ftc": ["organization", "serviceUrl"],
  "au-washing": [
    "telemarketerId",
    "washOnlyUserId",
    "monthlyNumbers",
    "pricePerNumber",
    "monthlyMoney",
    "serviceUrl",
  ],
  "sg-realtime": [
    "orgCode",
    "eServiceId",
    "monthlyNumbers",
    "pricePerNumber",
    "monthlyMoney",
    "serviceUrl",
  ],
  "us-dncscrub": ["monthlyNumbers", "pricePerNumber", "monthlyMoney", "serviceUrl"],
  upload: [],
} as const satisfies Record<RegistrySource["kind"], readonly string[]>;
export type SourceField = (typeof sourceFields)[keyof typeof sourceFields][number];

/** May be left empty. */
const optional: ReadonlySet<string> = new Set([
  "checksumUrl",
  "user",
  "hostKey",
  "endpoint",
  "serviceUrl",
  "washOnlyUserId",
  "pricePerNumber",
  "monthlyMoney",
]);

/** In a field all is text. */
const numeric: ReadonlySet<string> = new Set([
  "port",
  "monthlyNumbers",
  "pricePerNumber",
  "monthlyMoney",
]);

/** Where a field has a name of its own, because it says another thing than the same of another kind. */
const ownFieldNames: Readonly<Record<string, string>> = { remotePath: "path", serviceUrl: "url" };

export function toSourceDraft(source: RegistrySource): SourceDraft {
  const texts = Object.entries(source).flatMap(([key, value]) =>
    typeof value === "object" ? [] : [[key, String(value)] as const],
  );
  const all = Object.fromEntries(texts);
  const isService = source.kind === "us-ftc" || isAskedSource(source);
  // Left empty, it is the registry’s own.
  const serviceUrl = isService ? source.url : "";
  const own = { remotePath: all["path"] ?? "", serviceUrl };
  return { kind: source.kind, texts: { port: "22", ...all, ...own } };
}

/** What was entered, to be read as a source; what was left empty and may be is not there. */
export function parseSource({ kind, texts }: SourceDraft): Record<string, unknown> {
  const entered: [string, unknown][] = [];
  for (const field of sourceFields[kind]) {
    const text = texts[field]?.trim() ?? "";
    const isNeeded = !optional.has(field) || (kind === "sftp" && field === "user");
    if (text === "" && !isNeeded) continue;
    if (numeric.has(field)) entered.push([field, Number(text.replace(",", "."))]);
    else entered.push([ownFieldNames[field] ?? field, text]);
  }
  if (kind === "us-ftc") {
    for (const choice of ["userType", "lists"]) {
      if (texts[choice]) entered.push([choice, texts[choice]]);
    }
    entered.push(["isCertified", texts["isCertified"] === "true"]);
  }
  return { kind, ...Object.fromEntries(entered) };
}

/** What of a registry is otherwise than it was. Its code never is. */
export function findChanges(
  before: ConnectRegistry,
  now: ConnectRegistry,
): Omit<ChangeRegistry, "registryId"> {
  const { code: _, ...parts } = now;
  const changed = Object.entries(parts).filter(
    ([key, value]) => toSortedJson(value) !== toSortedJson(Reflect.get(before, key)),
  );
  return Object.fromEntries(changed);
}

/** With sorted keys: forms and rows name them in different orders. */
const toSortedJson = (value: unknown): string =>
  JSON.stringify(value, (_, part: unknown) =>
    typeof part === "object" && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
