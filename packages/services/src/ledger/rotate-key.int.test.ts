import { openCheckpoint, readNoteKey } from "@ringfence/core/ledger";
import { compactVerify, importJWK } from "jose";
import { expect, it } from "vitest";
import { aLedger, origin } from "../../testing/ledger.ts";
import { rotateKey } from "./rotate-key.ts";
import { sequenceBatch } from "./sequence-batch.ts";

it("puts the new key on the ledger by the word of the old, and signs with both", async () => {
  const { db, folder, key, sign } = await aLedger();
  await sign();
  const vkeys = await rotateKey(db, folder, origin);
  await sequenceBatch(db);
  expect(await sign()).toEqual({ outcome: "signed", size: 1 });

  const { rows } = await db.pool.query<{ statement: string; note: string }>(
    "SELECT statement, note FROM ledger.entry, ledger.checkpoint WHERE size = 1",
  );
  const [{ statement = "", note = "" } = {}] = rows;
  const x = Buffer.from(key.publicKey).toString("base64url");
  const old = await importJWK({ kty: "OKP", crv: "Ed25519", x }, "EdDSA");
  const { payload } = await compactVerify(statement, old);
  expect(JSON.parse(new TextDecoder().decode(payload))).toMatchObject({
    kind: "key.rotation",
    ...vkeys,
  });
  const opened = [vkeys.old, vkeys.new].map((vkey) => {
    const key = readNoteKey(vkey);
    return key !== null && openCheckpoint(note, [key]).ok;
  });
  expect(opened).toEqual([true, true]);
});

it("has nothing to rotate where nothing was ever signed", async () => {
  const { db } = await aLedger();
  await expect(rotateKey(db, "/nowhere", origin)).rejects.toThrow(/start the signer first/);
});
