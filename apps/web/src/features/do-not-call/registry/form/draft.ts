import {
  type ChangeRegistry,
  ConnectRegistry,
  type RegistryFormat,
  type RegistrySource,
  isAskedSource,
  findListForm,
  needsSecret,
  plainMapping,
} from "@ringfence/core/do-not-call/registry";

/** The fields as entered so far, which may be invalid. */
export type RegistryDraft = Omit<ConnectRegistry, "source" | "secret"> & {
  source: SourceDraft;
  secret: string;
};

/** Converts a registry into the fields of the form. */
export const toDraft = ({ source, ...registry }: ConnectRegistry): RegistryDraft => ({
  ...registry,
  source: toSourceDraft(source),
  secret: "",
});

/** Fields that can be invalid, each with its own message. */
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

/** Parses a draft into a registry, or lists its invalid fields. `hasSecret`: one is stored already. */
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

/** Finds the format of a registry; a table if it is unknown. */
export function findFormat(code: string, region: string): RegistryFormat {
  const reader = findListForm(code);
  return reader === null ? { reader: "csv", mapping: plainMapping(region) } : { reader };
}

/** A source as entered: the chosen kind, and texts by field. */
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

/** Services that only fit one format. */
const readerBySource: Readonly<Record<string, string>> = {
  "us-ftc": "us-dnc",
  "au-washing": "au-dncr",
  "sg-realtime": "sg-dnc",
  "us-dncscrub": "us-litigators",
};

/** Lists the kinds of sources for a format. */
export const sourceKindsFor = ({ reader }: RegistryFormat) =>
  sourceKinds.filter((kind) =>
    reader === "au-dncr"
      ? readerBySource[kind] === reader
      : (readerBySource[kind] ?? reader) === reader,
  );

/** Fields of each kind, in the order of the form. */
const sourceFields = {
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

/** Fields that are rarely changed, because a default or nothing is right. */
const rareFields: ReadonlySet<string> = new Set([
  "checksumUrl",
  "port",
  "hostKey",
  "endpoint",
  "serviceUrl",
  "washOnlyUserId",
  "pricePerNumber",
  "monthlyMoney",
]);

/** Divides the fields of a kind into those that most people need and those that few do. */
export function listSourceFields(kind: RegistrySource["kind"]) {
  const fields: readonly SourceField[] = sourceFields[kind];
  return {
    usual: fields.filter((field) => !rareFields.has(field)),
    rare: fields.filter((field) => rareFields.has(field)),
  };
}

/** Fields that may be empty. */
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

/** Fields whose text is a number. */
const numeric: ReadonlySet<string> = new Set([
  "port",
  "monthlyNumbers",
  "pricePerNumber",
  "monthlyMoney",
]);

/** Fields of the form whose name differs from the source's, because their labels differ by kind. */
const ownFieldNames: Readonly<Record<string, string>> = { remotePath: "path", serviceUrl: "url" };

export function toSourceDraft(source: RegistrySource): SourceDraft {
  const texts = Object.entries(source).flatMap(([key, value]) =>
    typeof value === "object" ? [] : [[key, String(value)] as const],
  );
  const all = Object.fromEntries(texts);
  const isService = source.kind === "us-ftc" || isAskedSource(source);
  // Empty means the registry’s own address.
  const serviceUrl = isService ? source.url : "";
  const own = { remotePath: all["path"] ?? "", serviceUrl };
  return { kind: source.kind, texts: { port: "22", ...all, ...own } };
}

/** Converts the fields into a source for validation. Empty optional fields are left out. */
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

/** Finds the changed fields of a registry. The code never changes. */
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

/** Writes JSON with sorted keys, because forms and rows order them differently. */
const toSortedJson = (value: unknown): string =>
  JSON.stringify(value, (_, part: unknown) =>
    typeof part === "object" && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
