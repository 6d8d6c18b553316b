import { openCheckpoint, readNoteKey, writeNoteKey } from "@ringfence/core/proof/ledger";
import { compactVerify, importJWK } from "jose";
import { expect, it } from "vitest";
import { aLedger, origin } from "../../../../testing/ledger.ts";
import { loadFileSigners } from "./file-keys.ts";
import { rotateLogKey } from "./rotate-key.ts";
import { sequenceBatch } from "../sequence-entries.ts";

it("states the new key on the ledger signed by the old one, and signs with both", async () => {
  const { db, folder, key, sign } = await aLedger();
  await sign();
  const vkeys = await rotateLogKey(db, folder, origin);
  await sequenceBatch(db);
  expect(await sign()).toEqual({ outcome: "signed", size: 1 });

  const { rows } = await db.pool.query<{ statement: string; note: string }>(
    "SELECT statement, note FROM ledger.entry, ledger.checkpoint WHERE size = 1",
  );
  const { statement, note } = rows[0] ?? { statement: "", note: "" };
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

it("signs with no key that the ledger does not know, and finishes what was begun", async () => {
  const { db, folder, sign } = await aLedger();
  await sign();
  const away = {
    prisma: new Proxy(db.prisma, {
      get: () => () => Promise.reject(new Error("the database is away")),
    }),
  };
  await expect(rotateLogKey(away, folder, origin)).rejects.toThrow("away");
  expect(loadFileSigners(folder, origin)).toHaveLength(1);

  const vkeys = await rotateLogKey(db, folder, origin);
  expect(loadFileSigners(folder, origin).map(({ key }) => writeNoteKey(key))).toEqual([
    vkeys.old,
    vkeys.new,
  ]);
});

it("has no key to rotate if nothing was ever signed", async () => {
  const { db } = await aLedger();
  await expect(rotateLogKey(db, "/nowhere", origin)).rejects.toThrow(/made at the first start/);
});
