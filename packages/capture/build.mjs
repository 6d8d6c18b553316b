// Bundles `consent.js`, the script for a company's own form, into one small file without imports. The bundle is written
// to a module of TypeScript, from which the API serves it.
import { createHash } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { rolldown } from "rolldown";

const here = import.meta.dirname;
const bundle = await rolldown({ input: path.join(here, "src/consent.ts"), platform: "browser" });
const { output } = await bundle.generate({ format: "iife", minify: true });
await bundle.close();
const [{ code }] = output;

// Subresource Integrity: a page that names this hash runs these bytes or none.
const integrity = `sha384-${createHash("sha384").update(code).digest("base64")}`;
mkdirSync(path.join(here, "src/generated"), { recursive: true });
writeFileSync(
  path.join(here, "src/generated/script.ts"),
  `export const script = ${JSON.stringify({ code, integrity }, null, 2)};\n`,
);
