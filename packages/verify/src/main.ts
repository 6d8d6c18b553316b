#!/usr/bin/env node
import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { readKeySet, parsePolicy } from "@ringfence/core/proof/ledger";
import { type Locale, say } from "@ringfence/core/platform/message";
import { tell, type Told } from "./tell.ts";
import { readRoots } from "./timestamp-roots.ts";
import { verify } from "./verify.ts";

const marks = { passed: "✓", consistent: "≈", failed: "✗", absent: "·" } as const;
const codes = { holds: 0, broken: 1, unrecognized: 2, unclear: 3, promised: 3 } as const;
const UNREADABLE = 2;

async function main(): Promise<number> {
  const asked = readArguments();
  const [file] = asked.positionals;
  const locale = chooseLocale(asked.values.lang);
  if (file === undefined || asked.isOdd) {
    console.error(say(locale, { key: "verify.usage" }));
    return UNREADABLE;
  }
  const bytes = read(file, locale);
  const trust = readTrust(asked.values, locale);
  if (bytes === null || trust === null) return UNREADABLE;

  const verification = await verify(bytes, trust);
  console.log(formatLines(tell(locale, verification), locale).join("\n"));
  return codes[verification.verdict];
}

type TrustFile = keyof typeof readers;

/** Required content of each key file. */
const readers = {
  policy: parsePolicy,
  keys: readKeySet,
  roots: (pem: string) => readRoots(pem)?.at(0) ?? null,
} as const;

/** The keys that were given, as text; null where one of the files holds none. */
function readTrust(files: { [Name in TrustFile]?: string | undefined }, locale: Locale) {
  const trust: { [Name in TrustFile]?: string } = {};
  for (const name of ["policy", "keys", "roots"] as const) {
    const file = files[name];
    if (file === undefined) continue;
    const bytes = read(file, locale);
    if (bytes === null) return null;
    const text = new TextDecoder().decode(bytes);
    if (readers[name](text) === null) {
      console.error(say(locale, { key: "verify.trust-unreadable", values: { file } }));
      return null;
    }
    trust[name] = text;
  }
  return trust;
}

function readArguments() {
  const file = { type: "string" } as const;
  const options = { policy: file, keys: file, roots: file, lang: file };
  try {
    return { ...parseArgs({ options, allowPositionals: true }), isOdd: false };
  } catch {
    return {
      values: {} as { policy?: string; keys?: string; roots?: string; lang?: string },
      positionals: [],
      isOdd: true,
    };
  }
}

/** Language that was requested, else the terminal's. */
const chooseLocale = (asked: string | undefined): Locale =>
  (asked ?? process.env.LANG ?? "").startsWith("ru") ? "ru" : "en";

function read(file: string, locale: Locale): Uint8Array | null {
  try {
    return new Uint8Array(readFileSync(file));
  } catch {
    console.error(say(locale, { key: "verify.file-unreadable", values: { file } }));
    return null;
  }
}

const formatLines = ({ verdict, groups, stated }: Told, locale: Locale): string[] => [
  ...groups.flatMap(({ outcome, title, steps }) => [
    `${title}:`,
    ...steps.map((step) => `  ${marks[outcome]} ${step.title}: ${step.sentence}`),
    "",
  ]),
  ...(stated.length === 0 ? [] : [`${say(locale, { key: "verify.stated" })}:`]),
  ...stated.map(({ label, value }) => `  ${label}: ${value}`),
  ...(stated.length === 0 ? [] : [""]),
  verdict,
];

process.exitCode = await main();
