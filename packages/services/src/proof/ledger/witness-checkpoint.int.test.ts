import { openCheckpoint } from "@ringfence/core/proof/ledger";
import { expect, it } from "vitest";
import { aLedger, asIntruder, growBy } from "../../../testing/ledger.ts";
import { aWitness } from "../../../testing/witness.ts";
import { createFileSigner } from "./signer/file-keys.ts";
import { readSignedCheckpoint } from "./read-ledger.ts";
import { signCheckpoint } from "./sign-checkpoint.ts";
import { witnessCheckpoint } from "./witness-checkpoint.ts";

async function scene() {
  const ledger = await aLedger();
  const witness = await aWitness(ledger.key);
  const grow = async (count: number, from = 0) => {
    await growBy(ledger.db, count, from);
    return ledger.sign();
  };
  return { ...ledger, witness, grow, see: () => witnessCheckpoint(ledger.db, witness) };
}

const failed = (status: number) => ({
  outcome: "failed",
  fault: { key: "ledger.not-witnessed", values: { name: "witness.test", status } },
});

it("has each checkpoint signed that grew out of the one before", async () => {
  const { db, key, witness, grow, see } = await scene();
  await grow(300);
  expect(await see()).toEqual({ outcome: "witnessed", size: 300 });
  expect(await see()).toEqual({ outcome: "unchanged" });
  await grow(300, 300);
  expect(await see()).toEqual({ outcome: "witnessed", size: 600 });
  expect(witness.asked).toEqual(["POST /add-checkpoint", "POST /add-checkpoint"]);

  const { note = "", witnesses } = (await readSignedCheckpoint(db)) ?? {};
  const opened = openCheckpoint(note, [key, witness.key]);
  if (!opened.ok) throw new Error(opened.fault);
  expect(witnesses).toEqual(["witness.test"]);
  expect(opened.signers.map(({ key, at }) => [key.name, at !== null])).toEqual([
    [key.name, false],
    ["witness.test", true],
  ]);
});

it("continues from the size that the witness remembers if it differs from ours", async () => {
  const { db, witness, grow, see } = await scene();
  await grow(10);
  await see();
  await asIntruder(db, "DELETE FROM ledger.cosignature");
  await grow(10, 10);
  expect(await see()).toEqual({ outcome: "witnessed", size: 20 });
  expect(witness.asked).toHaveLength(3);
});

it("reports when the witness has seen another history", async () => {
  const [shown, other] = [await scene(), await scene()];
  await shown.grow(10);
  await shown.see();
  const witness = { ...other.witness, url: shown.witness.url };
  // The same key signs another log of the same name: a split view.
  await other.grow(5, 100);
  await asIntruder(other.db, "DELETE FROM ledger.checkpoint", "DELETE FROM ledger.log_key");
  const split = {
    ...other.logSigner,
    signers: shown.logSigner.signers,
    memory: { recall: () => null, remember: () => undefined },
  };
  await growBy(other.db, 20, 105);
  await signCheckpoint(split);
  expect(await witnessCheckpoint(other.db, witness)).toEqual(failed(422));
});

it("reports when the witness does not know our key", async () => {
  const { folder, db, grow, see } = await scene();
  await grow(1);
  createFileSigner(folder, "ledger.test/ringfence");
  await asIntruder(db, "UPDATE ledger.checkpoint SET note = replace(note, '— ', '— x')");
  expect(await see()).toEqual(failed(403));
});

it("keeps no line that is not the witness's", async () => {
  const { db, witness, grow } = await scene();
  await grow(1);
  const stranger = { ...witness, key: { ...witness.key, publicKey: new Uint8Array(32).fill(3) } };
  expect(await witnessCheckpoint(db, stranger)).toEqual(failed(200));
  const { rowCount } = await db.pool.query("SELECT FROM ledger.cosignature");
  expect(rowCount).toBe(0);
});
