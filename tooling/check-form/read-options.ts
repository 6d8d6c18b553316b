import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { FormContext } from "@ringfence/core/consents/form-check";
import { toFaults, type Locale, say } from "@ringfence/core/platform/message";

export type Options = {
  url: string;
  context: FormContext;
  maySend: boolean;
  isJson: boolean;
  language: Locale;
  /** File for the screenshot; null to take none. */
  picture: string | null;
};

export class UsageError extends Error {}

const USAGE = `pnpm check-form <url> --seller <legal name> --jurisdiction <GB,US-CA,…>
  [--channel voice_live,…] [--brand <name>]… [--product <word>]… [--call-language en]
  [--minimum-age 18|none] [--withdrawal-url <url>] [--context <file.json>]
  [--send] [--picture <file.png>] [--json] [--language en|ru]`;

const many = { type: "string", multiple: true } as const;
const one = { type: "string" } as const;
const flag = { type: "boolean" } as const;

const options = {
  seller: one,
  brand: many,
  jurisdiction: many,
  channel: many,
  product: many,
  "call-language": one,
  "minimum-age": one,
  "withdrawal-url": one,
  context: one,
  send: flag,
  json: flag,
  picture: one,
  language: one,
};

const splitList = (values: readonly string[]) => values.flatMap((value) => value.split(/\s*,\s*/));

/** Reads the command line. A file may contain the whole context; options override it. */
export function readOptions(args: string[], hostLanguage: Locale): Options {
  const { values, positionals } = parse(args);
  const [url] = positionals;
  if (url === undefined || positionals.length > 1) throw new UsageError(USAGE);

  const given = {
    // Web pages have no transcript.
    transcript: null,
    channels: ["voice_live"],
    ...(values.context !== undefined && readFile(values.context)),
    ...(values.seller !== undefined && {
      seller: { legalName: values.seller, brands: values.brand ?? [] },
    }),
    ...(values.jurisdiction && { jurisdictions: splitList(values.jurisdiction) }),
    ...(values.channel && { channels: splitList(values.channel) }),
    ...(values.product && { products: values.product }),
    ...(values["call-language"] !== undefined && { callLanguage: values["call-language"] }),
    ...(values["minimum-age"] !== undefined && { minimumAge: parseAge(values["minimum-age"]) }),
    ...(values["withdrawal-url"] !== undefined && { withdrawalUrl: values["withdrawal-url"] }),
  };
  const { success, data, error } = FormContext.safeParse(given);
  if (!success) {
    const faults = toFaults(error, given).map(
      ({ path, message }) => `${path.slice(1)}: ${say("en", message)}`,
    );
    throw new UsageError([...faults, USAGE].join("\n"));
  }
  return {
    url,
    context: data,
    maySend: values.send === true,
    isJson: values.json === true,
    picture: values.picture ?? null,
    language: parseLanguage(values.language) ?? hostLanguage,
  };
}

function parse(args: string[]) {
  try {
    return parseArgs({ args, options, allowPositionals: true });
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw new UsageError(`${error.message}\n${USAGE}`);
  }
}

function readFile(file: string): object {
  try {
    const content: unknown = JSON.parse(readFileSync(file, "utf8"));
    return typeof content === "object" && content !== null ? content : {};
  } catch (error) {
    throw new UsageError(`${file}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

const parseAge = (age: string) => (age === "none" ? null : Number(age));
const parseLanguage = (tag: string | undefined): Locale | null =>
  tag === "en" || tag === "ru" ? tag : null;
