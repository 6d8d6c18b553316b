// `pnpm provenance sign --key KEY.pem --builder URI --out FILE ARTIFACT…` states which commit and packages release
// files were made from (in-toto, SLSA provenance 1). `pnpm provenance verify FILE --key PUBLIC ARTIFACT…` checks
// that, and `pnpm provenance new-key KEY.pem` makes a key. None of them needs an installation.
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
import { CannotStart } from "@ringfence/db/postgres";
import { parseSigningKey } from "@ringfence/services/platform/keys";
import { readPin } from "./package-manager.js";
import { readCommit } from "./supply-chain/commit.ts";
import {
  type Artifact,
  signStatement,
  stateProvenance,
  verifyStatement,
} from "./supply-chain/provenance.ts";
import { writeSigningKey } from "./supply-chain/write-signing-key.ts";
import { stopWithError } from "./supervisor/shutdown.ts";

const usage = `pnpm provenance sign --key KEY.pem --builder URI --out FILE ARTIFACT…
pnpm provenance verify FILE --key PUBLIC ARTIFACT…
pnpm provenance new-key KEY.pem`;

const root = path.resolve(import.meta.dirname, "..");

try {
  run();
} catch (error) {
  // A faulty file or statement is no bug of ours, so the message without the stack is enough.
  await stopWithError(error instanceof Error ? new CannotStart(error.message) : error);
}

function run() {
  const { values, positionals } = parseArgs({
    options: { key: { type: "string" }, builder: { type: "string" }, out: { type: "string" } },
    allowPositionals: true,
  });
  const [command, ...files] = positionals;
  const { key, builder, out } = values;
  const [first, ...artifacts] = files;
  if (command === "new-key" && first) createKey(first);
  else if (command === "sign" && key && builder && out && first) sign({ key, builder, out, files });
  else if (command === "verify" && key && first && artifacts.length > 0)
    check(first, key, artifacts);
  else throw new CannotStart(usage);
}

function createKey(file: string) {
  const publicKey = writeSigningKey(file);
  console.log(`${file} is a new key. Keep it secret, and publish its public part:

  ${publicKey}`);
}

function readArtifacts(files: readonly string[]): Artifact[] {
  return files.map((file) => ({ name: path.basename(file), content: readFileSync(file) }));
}

type Signing = { key: string; builder: string; out: string; files: readonly string[] };

function sign({ key, builder, out, files }: Signing) {
  const { commit, isChanged } = readCommit(root);
  if (isChanged) {
    throw new CannotStart(
      `Files differ from commit ${commit}. Commit or remove the changes, build again, then sign.`,
    );
  }
  const manifest = JSON.parse(readFileSync(path.join(root, "package.json"), "utf8"));
  const statement = stateProvenance({
    artifacts: readArtifacts(files),
    commit,
    lockfile: readFileSync(path.join(root, "pnpm-lock.yaml")),
    packageManager: readPin(manifest.packageManager),
    builder,
    finishedAt: new Date(),
  });
  writeFileSync(out, signStatement(parseSigningKey(readFileSync(key, "utf8")), statement));
  console.log(`${out} states that these were made from ${commit}: ${files.join(", ")}`);
}

function check(file: string, publicKey: string, files: readonly string[]) {
  const { predicate } = verifyStatement(readFileSync(file, "utf8"), {
    publicKey,
    artifacts: readArtifacts(files),
  });
  const { buildDefinition, runDetails } = predicate;
  console.log(`Commit   ${buildDefinition.externalParameters.commit}
Builder  ${runDetails.builder.id}
Finished ${runDetails.metadata.finishedOn}`);
  for (const { uri, digest } of buildDefinition.resolvedDependencies) {
    console.log(`From     ${uri} ${Object.values(digest).join(" ")}`);
  }
}
