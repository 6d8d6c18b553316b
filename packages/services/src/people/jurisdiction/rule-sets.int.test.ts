import { ScreeningId } from "@ringfence/core/ids";
import {
  hashRuleSet,
  bundledRuleSetHash,
  serializeRuleSet,
} from "@ringfence/core/people/jurisdiction";
import { asOwner } from "@ringfence/db/testing";
import { expect, it } from "vitest";
import { aCallablePhone } from "../../../testing/phones.ts";
import { aContext, db } from "../../../testing/scenes.ts";
import type { RootContext } from "../../platform/context.ts";
import { readScreening, screenCall } from "../../calling/screening/index.ts";
import { saveRuleSet } from "../../../testing/rule-scene.ts";
import { readRuleSet } from "./rule-sets.ts";

/** A screening of a call to somebody who may be called. */
async function scene() {
  const ctx = await aContext();
  const { phone } = await aCallablePhone(ctx);
  const { id } = await screenCall(ctx, { phone, purpose: "marketing.loans" });
  return { ctx, id: ScreeningId.parse(id) };
}

/** The same screening, as though other rules had judged it. */
async function judgedBy({ organizationId }: RootContext, id: ScreeningId, rules: string) {
  const { id: _, ...row } = await db.prisma.screening.findFirstOrThrow({
    where: { organizationId, id },
  });
  const json = { refusals: row.refusals ?? [], warnings: row.warnings ?? [], actor: {} };
  const made = await db.prisma.screening.create({
    data: { ...row, ...json, checked: { ...Object(row.checked), rules } },
  });
  return ScreeningId.parse(made.id);
}

it("shows the rules of an earlier version, once they are kept, and says it where they are not", async () => {
  const { ctx, id } = await scene();
  const then = serializeRuleSet().replaceAll("47 CFR", "48 CFR");
  const old = await judgedBy(ctx, id, hashRuleSet(then));

  expect((await readScreening(ctx, old)).rules).toMatchObject({
    hash: hashRuleSet(then),
    state: "not-kept",
    deciding: [],
    others: [],
  });
  await saveRuleSet(db, [hashRuleSet(then), then]);

  const { rules } = await readScreening(ctx, old);
  expect(rules.state).toBe("kept");
  expect(rules.others.some(({ citation }) => citation.includes("48 CFR"))).toBe(true);
});

it("reports a stored rule set of another version as unreadable", async () => {
  const { ctx, id } = await scene();
  const text = '{"schema":"telemarketing-rules/9.0"}';
  await saveRuleSet(db, [hashRuleSet(text), text]);
  const old = await judgedBy(ctx, id, hashRuleSet(text));
  expect((await readScreening(ctx, old)).rules).toMatchObject({ state: "unreadable", others: [] });
});

it("ignores a stored rule set that does not match its hash", async () => {
  const { ctx, id } = await scene();
  const hash = hashRuleSet("the law of another day");
  const old = await judgedBy(ctx, id, hash);
  const forge = `
    BEGIN;
    ALTER TABLE rule_set DROP CONSTRAINT rule_set_hash_check;
    INSERT INTO rule_set (hash, document) VALUES ('${hash}', '${serializeRuleSet().replaceAll("'", "''")}');
    ALTER TABLE rule_set ADD CONSTRAINT rule_set_hash_check
      CHECK (hash = encode(sha256(convert_to(document, 'UTF8')), 'hex')) NOT VALID;
    COMMIT`;
  await asOwner(db, (client) => client.query(forge));
  expect((await readScreening(ctx, old)).rules).toMatchObject({ state: "not-kept", others: [] });
});

it("returns the rules of this version, and a stored earlier rule set", async () => {
  const ctx = await aContext();
  const text = '{"schema":"of old"}';
  await saveRuleSet(db, [hashRuleSet(text), text]);
  expect(await readRuleSet(ctx, bundledRuleSetHash)).toBe(serializeRuleSet());
  expect(await readRuleSet(ctx, hashRuleSet(text))).toBe(text);
});

it("reports that a rule set is not stored", async () => {
  await expect(readRuleSet(await aContext(), hashRuleSet("another"))).rejects.toMatchObject({
    code: "not-found",
    explanation: { key: "error.rule-set-not-kept" },
  });
});

it("is the same for another organization: the law is nobody's", async () => {
  const text = '{"schema":"of all"}';
  await saveRuleSet(db, [hashRuleSet(text), text]);
  for (const ctx of [await aContext(), await aContext()]) {
    expect(await readRuleSet(ctx, hashRuleSet(text))).toBe(text);
  }
});

it("refuses actors without a permitted role", async () => {
  const ctx = await aContext({ type: "key", id: "dialer", scopes: ["screen"] });
  await expect(readRuleSet(ctx, bundledRuleSetHash)).rejects.toMatchObject({ code: "forbidden" });
});

const kept = (hash: string) => db.prisma.ruleSet.findMany({ where: { hash } });

it("keeps the rules of this version by the hash that screenings name, once", async () => {
  await Promise.all([saveRuleSet(db), saveRuleSet(db)]);
  await saveRuleSet(db);
  expect(await kept(bundledRuleSetHash)).toMatchObject([{ document: serializeRuleSet() }]);
});

it("keeps no text under the hash of another", async () => {
  const hash = hashRuleSet("the law");
  await expect(saveRuleSet(db, [hash, "a milder law"])).rejects.toThrow(/rule_set_hash_check/);
  expect(await kept(hash)).toEqual([]);
});

it("lets nobody change or delete a stored rule set", async () => {
  await saveRuleSet(db);
  await expect(db.pool.query("UPDATE rule_set SET document = document")).rejects.toThrow(
    /append-only/,
  );
  await expect(db.pool.query("DELETE FROM rule_set")).rejects.toThrow(/append-only/);
});
