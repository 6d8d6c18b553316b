#!/usr/bin/env node
import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { type Locale, say } from "@ringfence/core/message";
import { tell, type Told } from "./tell.ts";
import { verify } from "./verify.ts";

const marks = { passed: "✓", failed: "✗", absent: "·" } as const;
const codes = { holds: 0, broken: 1, promised: 3 } as const;
const UNREADABLE = 2;

async function main(): Promise<number> {
  const asked = readArguments();
  const [file] = asked.positionals;
  const locale = localeOf(asked.values.lang);
  if (file === undefined || asked.isOdd) {
    console.error(say(locale, { key: "verify.usage" }));
    return UNREADABLE;
  }
  const { policy: policyFile } = asked.values;
  const bytes = read(file, locale);
  const policy = policyFile === undefined ? undefined : read(policyFile, locale);
  if (bytes === null || policy === null) return UNREADABLE;

  const verification = await verify(bytes, { policy: policy && new TextDecoder().decode(policy) });
  console.log(linesOf(tell(locale, verification), locale).join("\n"));
  return codes[verification.verdict];
}

function readArguments() {
  const options = { policy: { type: "string" }, lang: { type: "string" } } as const;
  try {
    return { ...parseArgs({ options, allowPositionals: true }), isOdd: false };
  } catch {
    return { values: { policy: undefined, lang: undefined }, positionals: [], isOdd: true };
  }
}

/** As it was asked for, else as the terminal speaks. */
const localeOf = (asked: string | undefined): Locale =>
  (asked ?? process.env.LANG ?? "").startsWith("ru") ? "ru" : "en";

function read(file: string, locale: Locale): Uint8Array | null {
  try {
    return new Uint8Array(readFileSync(file));
  } catch {
    console.error(say(locale, { key: "verify.file-unreadable", values: { file } }));
    return null;
  }
}

const linesOf = ({ verdict, steps, stated }: Told, locale: Locale): string[] => [
  ...steps.map(({ title, outcome, sentence }) => `${marks[outcome]} ${title}: ${sentence}`),
  ...(stated.length === 0 ? [] : ["", `${say(locale, { key: "verify.stated" })}:`]),
  ...stated.map(({ label, value }) => `  ${label}: ${value}`),
  "",
  verdict,
];

process.exitCode = await main();
