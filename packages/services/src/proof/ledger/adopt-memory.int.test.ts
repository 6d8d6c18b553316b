import { rmSync } from "node:fs";
import path from "node:path";
import { expect, it } from "vitest";
import { aLedger, asIntruder, growBy } from "../../../testing/ledger.ts";
import { adoptMemory } from "./adopt-memory.ts";
import { readSignedCheckpoint } from "./read-checkpoint.ts";

/** A log of five, of which somebody outside has kept the checkpoint, and a signer that forgot it all. */
async function scene() {
  const ledger = await aLedger();
  await growBy(ledger.db, 5);
  await ledger.sign();
  const { note: kept = "" } = (await readSignedCheckpoint(ledger.db)) ?? {};
  await growBy(ledger.db, 3, 5);
  const forget = () => rmSync(path.join(ledger.folder, "ledger-memory.json"));
  return { ...ledger, kept, forget };
}

it("lets a signer that forgot go on from what it signed, as others have kept it", async () => {
  const { house, kept, forget, sign } = await scene();
  forget();
  expect(await sign()).toMatchObject({ fault: { key: "ledger.refused-no-memory" } });
  expect(await adoptMemory(house, kept)).toEqual({ size: 5 });
  expect(await sign()).toEqual({ outcome: "signed", size: 8 });
});

it("adopts nothing that the log did not grow out of", async () => {
  const { db, house, kept, forget } = await scene();
  forget();
  await asIntruder(db, "UPDATE ledger.tile SET hashes = sha256('other') || substr(hashes, 33)");
  const forked = await adoptMemory(house, kept);
  expect(forked).toMatchObject({ fault: { key: "ledger.refused-fork" } });
  await asIntruder(db, "UPDATE ledger.log SET size = 4");
  const older = await adoptMemory(house, kept);
  expect(older).toMatchObject({ fault: { key: "ledger.refused-rollback" } });
  expect(house.memory.recall()).toBeNull();
});

it("takes no checkpoint that it did not sign, and none for a memory that knows more", async () => {
  const { house, kept, sign } = await scene();
  const others = await scene();
  const strange = kept.replace("5", "6");
  for (const note of [strange, "", others.kept]) {
    expect(await adoptMemory(house, note)).toMatchObject({
      fault: { key: "ledger.adopt-not-ours" },
    });
  }
  await sign();
  expect(await adoptMemory(house, kept)).toMatchObject({
    fault: { key: "ledger.adopt-remembered", values: { size: 8 } },
  });
});
