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

/**
 * Converts a registry into the fields of the form. The secret stays empty: it is never sent to the browser.
 */
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

/**
 * Parses a draft into a registry, or lists its invalid fields. `hasSecret` says whether one is stored
 * already.
 */
export function parseDraft(
  { source, secret, ...draft }: RegistryDraft,
  hasSecret = false,
): { registry: ConnectRegistry } | { faults: readonly DraftFault[] } {
  const entered = { ...draft, source: parseSource(source), ...(secret && { secret }) };
  const parsed = ConnectRegistry.safeParse(entered);
  if (!parsed.success) {
    const invalidFields = new Set(parsed.error.issues.flatMap(({ path }) => path));
    if (source.kind === "sftp" && invalidFields.delete("path")) invalidFields.add("remotePath");
    if (source.kind !== "http" && invalidFields.delete("url")) invalidFields.add("serviceUrl");
    return { faults: faultKeys.filter((key) => invalidFields.has(key)) };
  }
  const lacksSecret = needsSecret(parsed.data.source) && secret === "" && !hasSecret;
  return lacksSecret ? { faults: ["secret"] } : { registry: parsed.data };
}

/** Finds the format of a registry by its code. An unknown registry is read as CSV. */
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
  "attested",
] as const;

/** Services that only fit one format. */
const readerBySource: Readonly<Record<string, string>> = {
  "us-ftc": "us-dnc",
  "au-washing": "au-dncr",
  "sg-realtime": "sg-dnc",
  "us-dncscrub": "us-litigators",
  attested: "csv",
};

/**
 * Lists the kinds of sources that can deliver a format. The Australian register comes from its own service
 * only; the others can come from general sources too.
 */
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
  attested: [],
} as const satisfies Record<RegistrySource["kind"], readonly string[]>;
export type SourceField = (typeof sourceFields)[keyof typeof sourceFields][number];

/** Fields that may always be empty. */
const emptyFields = [
  "checksumUrl",
  "hostKey",
  "endpoint",
  "serviceUrl",
  "washOnlyUserId",
  "pricePerNumber",
  "monthlyMoney",
];

/** Fields that most people leave empty or at their default. */
const rareFields: ReadonlySet<string> = new Set([...emptyFields, "port"]);

/** Splits the fields of a kind into those that most people need and those that few do. */
export function listSourceFields(kind: RegistrySource["kind"]) {
  const fields: readonly SourceField[] = sourceFields[kind];
  return {
    usual: fields.filter((field) => !rareFields.has(field)),
    rare: fields.filter((field) => rareFields.has(field)),
  };
}

/** Fields that may be empty, except that SFTP needs a `user`. */
const optionalFields: ReadonlySet<string> = new Set([...emptyFields, "user"]);

const wholeNumberFields: ReadonlySet<string> = new Set(["port", "monthlyNumbers"]);
const amountFields: ReadonlySet<string> = new Set(["pricePerNumber", "monthlyMoney"]);

/**
 * Fields of the form that have another name in the source, because `path` and `url` need other labels for
 * some kinds.
 */
const sourceNameByField: Readonly<Record<string, string>> = {
  remotePath: "path",
  serviceUrl: "url",
};

/** Converts a source into the texts of the form. Values that are not text, such as the uploaded file, are left out. */
export function toSourceDraft(source: RegistrySource): SourceDraft {
  const texts = Object.entries(source).flatMap(([key, value]) =>
    typeof value === "object" ? [] : [[key, String(value)] as const],
  );
  const textByField = Object.fromEntries(texts);
  const isService = source.kind === "us-ftc" || isAskedSource(source);
  // A service always has an address. Other kinds have no such field.
  const serviceUrl = isService ? source.url : "";
  const formOnlyFields = { remotePath: textByField["path"] ?? "", serviceUrl };
  return { kind: source.kind, texts: { port: "22", ...textByField, ...formOnlyFields } };
}

/** Converts the fields into a source for validation. Empty optional fields are left out. */
export function parseSource({ kind, texts }: SourceDraft): Record<string, unknown> {
  const entered: [string, unknown][] = [];
  for (const field of sourceFields[kind]) {
    const text = texts[field]?.trim() ?? "";
    const isNeeded = !optionalFields.has(field) || (kind === "sftp" && field === "user");
    if (text === "" && !isNeeded) continue;
    if (wholeNumberFields.has(field)) entered.push([field, parseWholeNumber(text)]);
    else if (amountFields.has(field)) entered.push([field, parseAmount(text)]);
    else entered.push([sourceNameByField[field] ?? field, text]);
  }
  if (kind === "us-ftc") {
    for (const choice of ["userType", "lists"]) {
      if (texts[choice]) entered.push([choice, texts[choice]]);
    }
    entered.push(["isCertified", texts["isCertified"] === "true"]);
  }
  return { kind, ...Object.fromEntries(entered) };
}

/** Parses a whole number, in which spaces, commas, dots or apostrophes may set off thousands: `10,000`. */
const parseWholeNumber = (text: string): number =>
  Number(/^\d{1,3}([\s,.'’]\d{3})+$/.test(text) ? text.replaceAll(/\D/g, "") : text);

/**
 * Parses an amount with a decimal point or comma. `1,000` is invalid, because it may mean a thousand or one:
 * whoever enters it has to decide.
 */
function parseAmount(text: string): number {
  const digits = text.replaceAll(/\s/g, "");
  return /^[1-9]\d{0,2},\d{3}$/.test(digits) ? Number.NaN : Number(digits.replace(",", "."));
}

/** Finds the changed fields of a registry, and the secret if one was typed. The code never changes. */
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
