// An evidence pack of a call of last year, made twice: before and after the organization's rules changed, somebody else
// was erased and the statement key was rotated. What is of the past is the same to the byte. The pack is checked by the
// verifier inside it without a network, by `sha256sum`, by Debian's `spicy-litetlog`, and its summary by Ghostscript and
// qpdf. `.ci/run` installs these programs; `npm test` does without.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { openDb } from "@ringfence/db";
import { migrate } from "@ringfence/db/migrate";
import { removeData, startPostgres } from "@ringfence/db/postgres";
import { makeEvidencePack } from "@ringfence/services/desk/evidence-pack";
import { rotateKey } from "@ringfence/services/desk/key-rotation";
import { openFiles } from "@ringfence/services/platform/files";
import { openKeys } from "@ringfence/services/platform/keys";
import { openLogSigner, readLogPolicy } from "@ringfence/services/proof/ledger";
import "@ringfence/services/handlers";
import { buildPackage } from "ringfence-verify/bundle";
import { createAgedCase, passAYear, publish } from "./pack/aged-case.ts";
import { createCheck, report, type Tally } from "./tally.ts";
import { disableNetwork } from "./testing/disable-network.ts";

const tally: Tally = { passed: 0, failed: [] };
const expectThat = createCheck(tally);
const folder = mkdtempSync(path.join(tmpdir(), "ringfence-pack-"));
const inFolder = (name: string) => path.join(folder, name);
const fontFolder = path.resolve(import.meta.dirname, "../packages/services/fonts");
const isolation = disableNetwork(folder);

const postgres = await startPostgres({ stateFolder: inFolder("state"), isDurable: false });
try {
  const urls = postgres.urls("pack");
  const { url, acrossUrl } = await migrate(urls);
  const db = openDb(url, acrossUrl);
  const keys = await openKeys(db, inFolder("keys"));
  const logSigner = await openLogSigner({
    db,
    origin: "ledger.example/ringfence",
    keyFolder: inFolder("keys"),
  });
  await buildPackage(inFolder("verifier"));

  const { ctx, complaint } = await createAgedCase(
    { db, keys, files: openFiles(inFolder("files")) },
    urls.ownerUrl,
  );
  const make = async (name: string, by = ctx) => {
    await publish(by, logSigner);
    const { zip } = await makeEvidencePack(by, {
      complaint,
      regulator: "us",
      locale: "en",
      reason: "The FTC asked for it.",
      fontFolder,
      verifierFolder: inFolder("verifier"),
    });
    writeFileSync(inFolder(`${name}.zip`), zip);
    run("unzip", "-q", inFolder(`${name}.zip`), "-d", inFolder(name));
  };
  await make("before");
  await passAYear(ctx);
  await rotateKey(db, inFolder("keys"), "statement");
  await make("after", { ...ctx, keys: await openKeys(db, inFolder("keys")) });
  writeFileSync(inFolder("policy"), await readLogPolicy(db));
  await db.close();
} finally {
  await postgres.stop();
  await removeData(inFolder("state"));
}
// The server, its database and its keys are gone from here on.
comparePast();
verifyOffline();
verifyWithOthers();
rmSync(folder, { recursive: true });
report(tally);

function run(command: string, ...args: string[]) {
  const { status, stdout, stderr, error } = spawnSync(command, args, { encoding: "utf8" });
  if (error) throw error;
  return { status, says: `${stdout}${stderr}` };
}

function listFiles(of: string): string[] {
  const entries = readdirSync(of, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(of, path.join(entry.parentPath, entry.name)))
    .toSorted();
}

function comparePast() {
  const past = listFiles(inFolder("before")).filter((name) => name.startsWith("past/"));
  for (const kind of ["calls", "screenings", "statements", "law", "texts", "evidence"]) {
    const some = past.some((name) => name.startsWith(`past/${kind}/`));
    expectThat(`the pack has ${kind} of the past`, some, past.join("\n"));
  }
  for (const name of past) {
    const [before, after] = ["before", "after"].map((of) =>
      readFileSync(inFolder(`${of}/${name}`)),
    );
    expectThat(`${name} is the same to the byte`, before?.equals(after ?? Buffer.of()) === true);
  }
}

function verifyOffline() {
  console.log(`the verifier of the pack runs ${isolation.how}`);
  const keys = inFolder("after/keys/jwks.json");
  const verify = (file: string, ...trust: string[]) => {
    const [program = "", ...before] = [...isolation.before, process.execPath];
    const script = inFolder("after/verify/ringfence-verify.mjs");
    const args = [...before, script, file, "--lang", "en", ...trust];
    const env = { PATH: process.env.PATH, ...isolation.env };
    const { status, stdout, stderr } = spawnSync(program, args, { encoding: "utf8", env });
    return { status, says: `${stdout}${stderr}` };
  };
  const trust = ["--policy", inFolder("policy"), "--keys", keys];
  for (const file of ["after", "after.zip", "before.zip"]) {
    const { status, says } = verify(inFolder(file), ...trust);
    expectThat(`${file} is genuine`, status === 0 && says.includes("Genuine"), says);
  }
  const own = verify(inFolder("after"));
  expectThat("without keys it is only consistent", own.says.includes("not proven"), own.says);
  const call = listFiles(inFolder("after")).find((name) => name.startsWith("past/calls/")) ?? "";
  const file = inFolder(`after/${call}`);
  const text = readFileSync(file, "utf8");
  writeFileSync(file, text.replace("refused", "accepted"));
  const forged = verify(inFolder("after"), ...trust);
  expectThat(
    "a changed call is noticed",
    forged.status === 1 && forged.says.includes(call),
    forged.says,
  );
  writeFileSync(file, text);
}

function verifyWithOthers() {
  const { files } = JSON.parse(readFileSync(inFolder("after/manifest.json"), "utf8"));
  for (const { path: name, sha256 } of files) {
    const { says } = run("sha256sum", inFolder(`after/${name}`));
    expectThat(`sha256sum agrees about ${name}`, says.startsWith(`${sha256} `), says);
  }
  const policy = readFileSync(inFolder("after/keys/policy.txt"), "utf8");
  const vkey = /^log (.+)$/m.exec(policy)?.[1] ?? "";
  const leaves = listFiles(inFolder("after")).filter((name) => name.endsWith(".leaf"));
  expectThat("the pack has proofs", leaves.length > 3);
  for (const name of leaves) {
    const { status, says } = run("spicy-litetlog", "-verify", vkey, inFolder(`after/${name}`));
    expectThat(`spicy accepts ${name}`, status === 0, says);
  }
  const summary = inFolder("after/summary.pdf");
  const checked = run("qpdf", "--check", summary);
  expectThat("qpdf finds no fault in the summary", checked.status === 0, checked.says);
  // Policy 2 stops at the first thing that PDF/A does not allow.
  const archival = run(
    "gs",
    "-dPDFA=2",
    "-dPDFACompatibilityPolicy=2",
    "-dBATCH",
    "-dNOPAUSE",
    "-dNOOUTERSAVE",
    "-sColorConversionStrategy=RGB",
    "-sDEVICE=pdfwrite",
    `-sOutputFile=${inFolder("a.pdf")}`,
    summary,
  );
  const isArchival = archival.status === 0 && !/error|not.*PDF\/A/i.test(archival.says);
  expectThat(
    "Ghostscript finds nothing in it that PDF/A does not allow",
    isArchival,
    archival.says,
  );
  run("qpdf", "--qdf", "--object-streams=disable", summary, inFolder("plain.pdf"));
  const plain = readFileSync(inFolder("plain.pdf"), "latin1");
  const fonts = plain.match(/\/FontDescriptor \d/g) ?? [];
  const embedded = plain.match(/\/FontFile2 \d/g) ?? [];
  expectThat("the summary says that it is PDF/A-2b", /pdfaid:part>2</.test(plain));
  expectThat("it names its colors", plain.includes("/OutputIntents"));
  expectThat(
    "it holds its fonts",
    fonts.length > 0 && fonts.length === embedded.length,
    fonts.join(" "),
  );
}
