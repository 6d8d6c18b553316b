import type { RegistrySource } from "@ringfence/core/registry";

/** A source as a person enters it: texts by field, of the kind that is chosen now. */
export type SourceDraft = { kind: RegistrySource["kind"]; texts: Readonly<Record<string, string>> };

export const sourceKinds = ["http", "folder", "sftp", "s3", "upload"] as const;

/** The fields of each kind, in the order in which they are asked for. */
export const sourceFields = {
  http: ["url", "checksumUrl", "user"],
  folder: ["path"],
  sftp: ["host", "port", "user", "remotePath", "hostKey"],
  s3: ["bucket", "prefix", "region", "endpoint", "accessKeyId"],
  upload: [],
} as const satisfies Record<RegistrySource["kind"], readonly string[]>;
export type SourceField = (typeof sourceFields)[keyof typeof sourceFields][number];

/** May be left empty. */
const optional: ReadonlySet<string> = new Set(["checksumUrl", "user", "hostKey", "endpoint"]);

export function sourceDraftOf(source: RegistrySource): SourceDraft {
  const texts = Object.entries(source).flatMap(([key, value]) =>
    typeof value === "object" ? [] : [[key, String(value)] as const],
  );
  const all = Object.fromEntries(texts);
  return { kind: source.kind, texts: { port: "22", ...all, remotePath: all["path"] ?? "" } };
}

/** What was entered, to be read as a source; what was left empty and may be is not there. */
export function sourceIn({ kind, texts }: SourceDraft): Record<string, unknown> {
  const entered: [string, unknown][] = [];
  for (const field of sourceFields[kind]) {
    const text = texts[field]?.trim() ?? "";
    const isNeeded = !optional.has(field) || (kind === "sftp" && field === "user");
    if (text === "" && !isNeeded) continue;
    if (field === "port") entered.push(["port", Number(text)]);
    else entered.push([field === "remotePath" ? "path" : field, text]);
  }
  return { kind, ...Object.fromEntries(entered) };
}
