#!/usr/bin/env node
import { readFileSync, readdirSync, statSync } from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
import { readKeySet, parsePolicy } from "@ringfence/core/proof/ledger";
import { type Locale, say } from "@ringfence/core/platform/message";
import { type PackFiles, checkPack } from "@ringfence/core/proof/pack";
import { describeVerification, type VerificationText } from "./describe-verification.ts";
import { readRoots } from "./check-timestamps.ts";
import { type ReaderTrust, verify } from "./verify.ts";

const marks = { passed: "✓", consistent: "≈", failed: "✗", absent: "·" } as const;
/** Exit codes. 2 also stands for a command line, a file or keys that cannot be read. */
const codes = { holds: 0, broken: 1, unrecognized: 2, unclear: 3, promised: 3 } as const;
const UNREADABLE = 2;

/** Checks the file or folder that the command line names, prints the result, and returns the exit code. */
async function main(): Promise<number> {
  const args = readArguments();
  const [file] = args.positionals;
  const locale = chooseLocale(args.values.lang);
  if (file === undefined || args.isInvalid) {
    console.error(say(locale, { key: "verify.usage" }));
    return UNREADABLE;
  }
  const trust = readTrust(args.values, locale);
  if (trust === null) return UNREADABLE;
  const verification = isFolder(file)
    ? checkPack(readFolder(file), trust)
    : await verifyFile(file, trust, locale);
  if (verification === null) return UNREADABLE;
  console.log(formatLines(describeVerification(locale, verification), locale).join("\n"));
  return codes[verification.verdict];
}

async function verifyFile(file: string, trust: ReaderTrust, locale: Locale) {
  const bytes = readFile(file, locale);
  return bytes && verify(bytes, trust);
}

const isFolder = (file: string) =>
  statSync(file, { throwIfNoEntry: false })?.isDirectory() ?? false;

/** Reads the files of an evidence pack that somebody has unpacked. */
function readFolder(folder: string): PackFiles {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  const paths = entries.flatMap((entry) =>
    entry.isDirectory() ? [] : path.join(entry.parentPath, entry.name),
  );
  return new Map(
    paths.map((file) => [
      path.relative(folder, file).split(path.sep).join("/"),
      new Uint8Array(readFileSync(file)),
    ]),
  );
}

type TrustFile = keyof typeof readers;

/** Required content of each key file. */
const readers = {
  policy: parsePolicy,
  keys: readKeySet,
  roots: (pem: string) => readRoots(pem)?.at(0) ?? null,
} as const;

/** Reads the files of keys that were given, as text. Null if one of them holds none; the reason was printed. */
function readTrust(files: { [Name in TrustFile]?: string | undefined }, locale: Locale) {
  const trust: { [Name in TrustFile]?: string } = {};
  for (const name of ["policy", "keys", "roots"] as const) {
    const file = files[name];
    if (file === undefined) continue;
    const bytes = readFile(file, locale);
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
    return { ...parseArgs({ options, allowPositionals: true }), isInvalid: false };
  } catch {
    return {
      values: {} as { policy?: string; keys?: string; roots?: string; lang?: string },
      positionals: [],
      isInvalid: true,
    };
  }
}

/** Chooses the requested language, else the terminal's. */
const chooseLocale = (requested: string | undefined): Locale =>
  (requested ?? process.env.LANG ?? "").startsWith("ru") ? "ru" : "en";

/** Reads a file; null if it cannot be read, which was printed. */
function readFile(file: string, locale: Locale): Uint8Array | null {
  try {
    return new Uint8Array(readFileSync(file));
  } catch {
    console.error(say(locale, { key: "verify.file-unreadable", values: { file } }));
    return null;
  }
}

const formatLines = ({ verdict, groups, stated }: VerificationText, locale: Locale): string[] => [
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
