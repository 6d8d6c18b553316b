import {
  checkTlogProof,
  createLeaf,
  hashLeaf,
  isInclusionProven,
  readNoteKey,
  writeNoteKey,
} from "@ringfence/core/proof/ledger";
import { aSigner } from "@ringfence/core/testing/ledger";
import { aNumber, anOrganization } from "@ringfence/db/testing";
import { OrganizationId } from "@ringfence/core/ids";
import { compactVerify, importJWK } from "jose";
import { expect, it } from "vitest";
import { aLedger, asIntruder } from "../../../testing/ledger.ts";
import { as, keys, officer } from "../../../testing/scenes.ts";
import type { RootContext } from "../../platform/context.ts";
import { screenCall } from "../../calling/screening/screen-call.ts";
import { commitScreenings } from "./commit-screenings.ts";
import { readLogPolicy, setWitnesses } from "./policy.ts";
import { readProof } from "./read-proof.ts";
import { recordStatement } from "./append-statement.ts";
import { sequenceBatch } from "./sequence-entries.ts";

/** Creates an organization in a ledger of its own, with a statement that waits. */
async function aStatement() {
  const ledger = await aLedger();
  const organizationId = OrganizationId.parse(await anOrganization(ledger.db));
  const ctx: RootContext = { db: ledger.db, keys, organizationId, actor: officer };
  const { entryId, statement } = await ledger.db.prisma.$transaction((db) =>
    recordStatement(
      { db, keys },
      { organizationId, kind: "scrub", subject: "1", at: new Date(0), claims: { rows: 3 } },
    ),
  );
  const publish = async () => {
    await sequenceBatch(ledger.db);
    await ledger.sign();
  };
  return { ledger, ctx, entryId, statement, publish };
}

it("says that a statement is accepted, before it is in the log", async () => {
  const { ctx, entryId, statement } = await aStatement();
  const proof = await readProof(ctx, entryId);
  expect(proof).toMatchObject({ id: entryId, kind: "scrub", state: "accepted", statement });
  expect(proof).not.toHaveProperty("proof");
});

it("proves a statement to whoever has the log's public key alone", async () => {
  const { ledger, ctx, entryId, statement, publish } = await aStatement();
  await publish();
  const { proof = "", spicy, leaf, state, index } = await readProof(ctx, entryId);
  expect({ state, index, leaf }).toEqual({
    state: "included",
    index: 0,
    leaf: new TextDecoder().decode(createLeaf(statement)),
  });
  expect(checkTlogProof(proof, createLeaf(statement), [ledger.key])).toMatchObject({ ok: true });
  expect(proof).toBe(`c2sp.org/tlog-proof@v1\n${spicy}`);
});

it("proves a statement that other libraries verify", async () => {
  const { statement, ctx } = await aStatement();
  const jwk = { kty: "OKP", crv: "Ed25519", x: keys.statement.x };
  const { payload, protectedHeader } = await compactVerify(
    statement,
    await importJWK(jwk, "EdDSA"),
  );
  expect(protectedHeader).toMatchObject({ alg: "EdDSA", kid: keys.statement.id });
  expect(JSON.parse(new TextDecoder().decode(payload))).toMatchObject({
    iss: `ringfence:${ctx.organizationId}`,
    kind: "scrub",
    rows: 3,
  });
});

it("proves by the earliest checkpoint that a witness signed, and says so", async () => {
  const { ledger, ctx, entryId, publish } = await aStatement();
  await publish();
  await ledger.db.pool.query(
    "INSERT INTO ledger.cosignature (log_id, size, witness, line) VALUES (1, 1, 'w', E'— w AAAAAAEC\\n')",
  );
  const { state, proof } = await readProof(ctx, entryId);
  expect(state).toBe("witnessed");
  expect(proof?.endsWith("— w AAAAAAEC\n")).toBe(true);
});

it("proves each screening by the statement of its batch", async () => {
  const { ledger, ctx, publish } = await aStatement();
  const screened = [];
  for (let count = 0; count < 5; count++)
    screened.push(await screenCall(ctx, { phone: aNumber(), purpose: "marketing" }));
  expect(await commitScreenings(ctx)).toBe(5);
  expect(await commitScreenings(ctx)).toBe(0);
  await publish();

  for (const { id, verdict } of screened) {
    const { screening, statement, proof = "", kind } = await readProof(ctx, id);
    if (!screening) throw new Error("the proof is of no screening");
    const payload = JSON.parse(Buffer.from(statement.split(".")[1] ?? "", "base64url").toString());
    const path = screening.path.map((hash) => new Uint8Array(Buffer.from(hash, "base64")));
    const head = {
      size: payload.count,
      root: new Uint8Array(Buffer.from(payload.root, "base64url")),
    };
    const leaf = hashLeaf(Buffer.from(screening.record));
    expect(kind).toBe("screening.batch");
    expect(JSON.parse(screening.record)).toMatchObject({ id, verdict });
    expect(isInclusionProven(leaf, { index: screening.index, path }, head)).toBe(true);
    expect(checkTlogProof(proof, createLeaf(statement), [ledger.key]).ok).toBe(true);
  }
});

it("commits to a screening that came on record late", async () => {
  const { ledger, ctx } = await aStatement();
  await screenCall(ctx, { phone: aNumber(), purpose: "marketing" });
  await commitScreenings(ctx);
  const late = await screenCall(ctx, { phone: aNumber(), purpose: "marketing" });
  await asIntruder(
    ledger.db,
    `UPDATE screening SET at = at - interval '2 hours' WHERE id = '${late.id}'`,
  );
  expect(await commitScreenings(ctx)).toBe(0);
  expect(await commitScreenings(ctx, { withinHours: 25 })).toBe(1);
});

it("commits to all screenings since the last commitment, however long ago that was", async () => {
  const { ledger, ctx } = await aStatement();
  const { id } = await screenCall(ctx, { phone: aNumber(), purpose: "marketing" });
  await asIntruder(
    ledger.db,
    `UPDATE screening SET at = at - interval '9 days' WHERE id = '${id}'`,
  );
  await commitScreenings(ctx);
  const more = 4_100; // more than one statement holds
  await ledger.db.prisma.$executeRaw`
    INSERT INTO screening
    SELECT (jsonb_populate_record(screening, jsonb_build_object(
      'id', uuid7(), 'at', at + interval '1 day'))).*
    FROM screening, generate_series(1, ${more}::int)`;
  expect(await commitScreenings(ctx)).toBe(more);
});

it("shows a marketer nothing, and another organization the same as for a missing record", async () => {
  const { ledger, ctx, entryId } = await aStatement();
  const other = OrganizationId.parse(await anOrganization(ledger.db));
  const refused = { explanation: { key: "error.proof-not-found" } };
  await expect(readProof(as(ctx, "marketer"), entryId)).rejects.toMatchObject({
    code: "forbidden",
  });
  // of another organization
  await expect(readProof({ ...ctx, organizationId: other }, entryId)).rejects.toMatchObject(
    refused,
  );
  await expect(readProof(ctx, other)).rejects.toMatchObject(refused);
  await expect(readProof(ctx, "1")).rejects.toMatchObject(refused);
});

it("names the keys of the log and its witnesses, of which more than half must sign", async () => {
  const { ledger, publish } = await aStatement();
  await publish();
  expect(await readLogPolicy(ledger.db)).toMatch(/\nquorum none\n$/);
  const { key } = aSigner("a", "witness", 1);
  const witnesses = ["a", "b", "c"].map((name) => ({ key: { ...key, name }, url: "https://w" }));
  await setWitnesses(ledger.db, [{ key: { ...key, name: "gone" }, url: "https://w" }]);
  await setWitnesses(ledger.db, witnesses);
  const lines = (await readLogPolicy(ledger.db)).trimEnd().split("\n");
  expect(readNoteKey(lines[0]?.replace("log ", "") ?? "")).toEqual(ledger.key);
  expect(lines[1]).toBe(`witness a ${writeNoteKey(key)} https://w`);
  expect(lines.slice(-2)).toEqual(["group witnesses 2 a b c", "quorum witnesses"]);
});
