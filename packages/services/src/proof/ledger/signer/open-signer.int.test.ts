import { spawnSync } from "node:child_process";
import { cpSync, existsSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { openCheckpoint } from "@ringfence/core/proof/ledger";
import { aFolder } from "@ringfence/db/testing";
import { expect, it } from "vitest";
import { aLedger, asIntruder, growBy, origin } from "../../../../testing/ledger.ts";
import { createFileSigner, loadFileSigners } from "./file-keys.ts";
import { findKeyFileFault, openLogSigner } from "./open-signer.ts";
import { readLogPolicy } from "../policy.ts";
import { rotateLogKey } from "./rotate-key.ts";
import { signCheckpoint } from "../sign-checkpoint.ts";

/** Creates a signed log and the folder of its key. */
async function aSignedLog() {
  const { db, folder, sign } = await aLedger();
  await sign();
  const open = () => openLogSigner({ db, origin, keyFolder: folder });
  return { db, folder, open, file: path.join(folder, "ledger-1.pem") };
}

const pems = (folder: string) => readdirSync(folder).filter((name) => name.endsWith(".pem"));

it("creates the first key of a log that was never signed, only once if several open it at once", async () => {
  const { db } = await aLedger();
  const keyFolder = aFolder();
  await Promise.all([1, 2, 3].map(() => openLogSigner({ db, origin, keyFolder })));
  expect(pems(keyFolder)).toEqual(["ledger-1.pem"]);
});

it("refuses to start if the key is gone, and creates none", async () => {
  const { folder, open, file } = await aSignedLog();
  rmSync(file);
  await expect(open()).rejects.toThrow(`${file} is missing`);
  expect(pems(folder)).toEqual([]);
});

it("refuses the key of another installation, an empty file, and a key that was never announced", async () => {
  const { db, folder, open, file } = await aSignedLog();
  const before = aFolder();
  renameSync(file, path.join(before, "ledger-1.pem"));
  createFileSigner(folder, origin);
  await expect(open()).rejects.toThrow(`${file} is not a key that the ledger was signed with`);
  writeFileSync(file, "");
  await expect(open()).rejects.toThrow(`${file} must hold an Ed25519 private key`);
  cpSync(path.join(before, "ledger-1.pem"), file);
  expect(await findKeyFileFault({ db, origin, keyFolder: folder })).toBeNull();
  createFileSigner(folder, origin);
  await expect(open()).rejects.toThrow(/ledger-2.pem is not a key that the ledger/);
});

it("names a draft that holds half a key", async () => {
  const { db, folder, open } = await aSignedLog();
  const draft = path.join(folder, "ledger-2.pem.draft");
  writeFileSync(draft, "-----BEGIN PRIVATE KEY-----\nMC4C");
  const fault = `${draft} must hold an Ed25519 private key`;
  await expect(open()).rejects.toThrow(fault);
  await expect(rotateLogKey(db, folder, origin)).rejects.toThrow(fault);
});

it("leaves no half of a key if the disk is full", async () => {
  const { db, folder, open } = await aSignedLog();
  const module = pathToFileURL(path.join(import.meta.dirname, "file-keys.ts"));
  const script = `import { draftFileSigner } from "${module.href}";
    draftFileSigner(process.argv[1], "x");`;
  const withFullDisk = 'ulimit -f 0; exec "$0" --input-type=module -e "$1" "$2"';
  const { status, stderr } = spawnSync(
    "bash",
    ["-c", withFullDisk, process.execPath, script, folder],
    { encoding: "utf8" },
  );
  expect({ status, stderr }).toEqual({ status: 1, stderr: expect.stringContaining("EFBIG") });
  expect(readdirSync(folder).filter((name) => name.includes("ledger-2"))).toEqual([]);
  await rotateLogKey(db, folder, origin);
  await open();
  expect(pems(folder)).toEqual(["ledger-1.pem", "ledger-2.pem"]);
});

it("signs nothing more if the key disappears while the process runs", async () => {
  const { db, open, file } = await aSignedLog();
  const logSigner = await open();
  rmSync(file);
  await growBy(db, 1);
  const key = "ledger.refused-other-keys";
  expect(await signCheckpoint(logSigner)).toMatchObject({ outcome: "refused", fault: { key } });
  expect(existsSync(file)).toBe(false);
});

it("continues with every rotated key, and names each in its policy", async () => {
  const { db, folder, open, file } = await aSignedLog();
  const [old] = loadFileSigners(folder, origin);
  const vkeys = await rotateLogKey(db, folder, origin);
  await growBy(db, 1);
  expect(await signCheckpoint(await open())).toMatchObject({ outcome: "signed" });
  expect(await readLogPolicy(db)).toContain(`log ${vkeys.old}\nlog ${vkeys.new}\n`);

  const { rows } = await db.pool.query<{ note: string }>(
    "SELECT note FROM ledger.checkpoint ORDER BY size DESC LIMIT 1",
  );
  const known = [old, loadFileSigners(folder, origin)[1]].flatMap((signer) => signer?.key ?? []);
  expect(known.map((key) => openCheckpoint(rows[0]?.note ?? "", [key]).ok)).toEqual([true, true]);

  const next = path.join(folder, "ledger-2.pem");
  rmSync(next);
  await expect(open()).rejects.toThrow(`${next} is missing`);
  expect(existsSync(file)).toBe(true);
});

it("finishes a rotation that was interrupted after it was on the ledger", async () => {
  const { db, folder, open } = await aSignedLog();
  await rotateLogKey(db, folder, origin);
  const next = path.join(folder, "ledger-2.pem");
  renameSync(next, `${next}.draft`);
  await open();
  expect(pems(folder)).toEqual(["ledger-1.pem", "ledger-2.pem"]);
});

it("adopts a key of an older version that was announced but has not signed yet", async () => {
  const { db, folder, open } = await aSignedLog();
  const { new: vkey } = await rotateLogKey(db, folder, origin);
  await asIntruder(db, `DELETE FROM ledger.log_key WHERE vkey = '${vkey}'`);
  await growBy(db, 1);
  expect(await signCheckpoint(await open())).toMatchObject({ outcome: "signed" });
  expect(await readLogPolicy(db)).toContain(vkey);
});
