import {
  isAsked,
  type RegistryFormat,
  type RegistrySource,
} from "@ringfence/core/do-not-call/registry";

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
const readerOf: Readonly<Record<string, string>> = {
  "us-ftc": "us-dnc",
  "au-washing": "au-dncr",
  "sg-realtime": "sg-dnc",
  "us-dncscrub": "us-litigators",
};

/** Those that a registry of a form can be read from. */
export const sourceKindsFor = ({ reader }: RegistryFormat) =>
  sourceKinds.filter((kind) =>
    reader === "au-dncr" ? readerOf[kind] === reader : (readerOf[kind] ?? reader) === reader,
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
const nameIn: Readonly<Record<string, string>> = { remotePath: "path", serviceUrl: "url" };

export function sourceDraftOf(source: RegistrySource): SourceDraft {
  const texts = Object.entries(source).flatMap(([key, value]) =>
    typeof value === "object" ? [] : [[key, String(value)] as const],
  );
  const all = Object.fromEntries(texts);
  const isService = source.kind === "us-ftc" || isAsked(source);
  // Left empty, it is the registry’s own.
  const serviceUrl = isService ? source.url : "";
  const own = { remotePath: all["path"] ?? "", serviceUrl };
  return { kind: source.kind, texts: { port: "22", ...all, ...own } };
}

/** What was entered, to be read as a source; what was left empty and may be is not there. */
export function sourceIn({ kind, texts }: SourceDraft): Record<string, unknown> {
  const entered: [string, unknown][] = [];
  for (const field of sourceFields[kind]) {
    const text = texts[field]?.trim() ?? "";
    const isNeeded = !optional.has(field) || (kind === "sftp" && field === "user");
    if (text === "" && !isNeeded) continue;
    if (numeric.has(field)) entered.push([field, Number(text.replace(",", "."))]);
    else entered.push([nameIn[field] ?? field, text]);
  }
  if (kind === "us-ftc") {
    for (const choice of ["userType", "lists"]) {
      if (texts[choice]) entered.push([choice, texts[choice]]);
    }
    entered.push(["isCertified", texts["isCertified"] === "true"]);
  }
  return { kind, ...Object.fromEntries(entered) };
}
