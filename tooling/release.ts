// `pnpm release [FOLDER]`: builds this commit and packs everything that an installation runs, Node included, into one
// archive in FOLDER (`.ringfence/release` unless named), with its bill of materials beside it. `--built` packs what is built
// already.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
import { CannotStart } from "@ringfence/db/postgres";
import { collectRelease, nameVersion, packRelease } from "./release/build-release.ts";
import { writeBillOfMaterials } from "./supply-chain/bill-of-materials.ts";
import { readCommit } from "./supply-chain/commit.ts";
import { readLockedPackages } from "./supply-chain/locked-packages.ts";
import { machineEnvironment } from "./supervisor/child-environment.ts";
import { stopWithError } from "./supervisor/shutdown.ts";

const root = path.resolve(import.meta.dirname, "..");

try {
  release();
} catch (error) {
  await stopWithError(error);
}

function release() {
  const { values, positionals } = parseArgs({
    options: { built: { type: "boolean", default: false } },
    allowPositionals: true,
  });
  const { isChanged, ...source } = readCommit(root);
  if (isChanged) throw new CannotStart("Files differ from the commit: commit them first.");
  if (!values.built) build();
  const out = path.resolve(positionals[0] ?? ".ringfence/release");
  mkdirSync(out, { recursive: true });
  const version = nameVersion(source);
  const name = `ringfence-${version}`;
  const archive = path.join(out, `${name}-${process.platform}-${process.arch}.tar.gz`);
  const bill = path.join(out, `${name}.cdx.json`);
  const work = mkdtempSync(path.join(out, ".unfinished-"));
  try {
    collectRelease({ root, version, ...source }, path.join(work, name));
    packRelease(path.join(work, name), path.join(work, "archive"), source.committedAt);
    renameSync(path.join(work, "archive"), archive);
  } finally {
    rmSync(work, { recursive: true });
  }
  writeFileSync(bill, writeBillOfMaterials({ packages: readLockedPackages(root), ...source }));
  for (const file of [archive, bill]) console.log(describeFile(file));
}

function build() {
  const args = ["tooling/pnpm.js", "exec", "turbo", "run", "--output-logs=errors-only"];
  const { status } = spawnSync(process.execPath, [...args, "generate", "build"], {
    cwd: root,
    stdio: "inherit",
    env: { ...machineEnvironment(process.env), NEXT_TELEMETRY_DISABLED: "1" },
  });
  if (status !== 0) throw new CannotStart("The build failed: what it said is above.");
}

function describeFile(file: string): string {
  const hash = createHash("sha256").update(readFileSync(file)).digest("hex");
  return `${hash}  ${file} (${(statSync(file).size / 1e6).toFixed(1)} MB)`;
}
