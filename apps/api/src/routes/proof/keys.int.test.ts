import { createPublicKey, verify } from "node:crypto";
import { rotateKey } from "@ringfence/services/desk/key-rotation";
import { addKeyedData, anInstallation } from "@ringfence/services/testing/installation";
import { expect, it } from "vitest";
import { aListeningServer, files } from "../../../testing/listening.ts";

type Jwk = { kty: string; crv: string; x: string; kid: string };

/** True if the key that a statement names is among these and signed it. */
function isSigned(keys: readonly Jwk[], statement: string): boolean {
  const [header = "", payload = "", signature = ""] = statement.split(".");
  const { kid } = JSON.parse(Buffer.from(header, "base64url").toString());
  const key = keys.find((one) => one.kid === kid);
  return (
    key !== undefined &&
    verify(
      null,
      Buffer.from(`${header}.${payload}`),
      createPublicKey({ key, format: "jwk" }),
      Buffer.from(signature, "base64url"),
    )
  );
}

it("publishes the keys of permits and statements, including rotated ones", async () => {
  const { db, folder, open } = await anInstallation();
  const ctx = await addKeyedData({ db, keys: await open() });
  const [permit, statement] = [ctx.keys.permit.id, ctx.keys.statement.id];
  await rotateKey(db, folder, "permit");
  await rotateKey(db, folder, "statement");
  const { url } = await aListeningServer({ installation: { ...ctx, files } });
  const published = async (): Promise<Jwk[]> =>
    (await (await fetch(`${url}/.well-known/jwks.json`)).json()).keys;

  expect((await published()).map(({ kid }) => kid)).toEqual([permit, statement]);
  await ctx.keys.refresh(); // as every process does by itself every five seconds
  const keys = await published();
  const next = await open();
  const ids = [permit, next.permit.id, statement, next.statement.id];
  expect(keys.map(({ kid }) => kid)).toEqual(ids);

  const { rows } = await db.pool.query<{ statement: string }>("SELECT statement FROM ledger.entry");
  const signed = rows.map((row) => isSigned(keys, row.statement));
  expect(signed.length).toBeGreaterThanOrEqual(3);
  expect(new Set(signed)).toEqual(new Set([true]));
});
