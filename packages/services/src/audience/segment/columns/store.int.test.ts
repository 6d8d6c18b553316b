import type { Rule } from "@ringfence/core/audience/segment";
import { MAX_VALUES } from "@ringfence/core/audience/segment/columns";
import { aSeller } from "@ringfence/db/testing";
import { expect, it } from "vitest";
import { db } from "../../../../testing/scenes.ts";
import { aScene, buyers } from "../../../../testing/segment-scene.ts";
import { countRule } from "../preview-rule.ts";
import { openColumnStore } from "./store.ts";

const fail = (error: unknown) => {
  throw error;
};
const at = new Date("2026-02-01T00:00:00Z");

it("leaves organizations to the database that are small or too large to fit", async () => {
  const ctx = await aScene();
  const few = openColumnStore(db, { onError: fail });
  expect(await few.load(ctx.organizationId)).toBeNull();
  const small = openColumnStore(db, { maxBytes: 10, minPeople: 1, onError: fail });
  expect(await small.load(ctx.organizationId)).toBeNull();
  expect(await countRule({ ...ctx, columns: small }, { rule: buyers })).toMatchObject({ count: 2 });
  expect(await countRule({ ...ctx, columns: few }, { rule: buyers })).toMatchObject({ count: 2 });
});

it("loads an organization in the background at the first question, and drops the least recently used", async () => {
  const [first, second] = [await aScene(), await aScene()];
  const measured = openColumnStore(db, { minPeople: 1, onError: fail });
  const bytes = (await measured.load(first.organizationId))?.bytes ?? 0;
  const columns = openColumnStore(db, { maxBytes: bytes * 1.5, minPeople: 1, onError: fail });
  expect(columns.find(first.organizationId, at)).toBeNull();
  await columns.load(first.organizationId);
  expect(columns.find(first.organizationId, at)).not.toBeNull();
  await columns.load(second.organizationId);
  expect(columns.find(second.organizationId, at)).not.toBeNull();
  expect(columns.find(first.organizationId, at)).toBeNull();
});

it("asks the database about outcomes of calls that are too many to code", async () => {
  const ctx = await aScene();
  const { organizationId } = ctx;
  const sellerId = await aSeller(db, organizationId);
  await db.prisma.$executeRaw`
    INSERT INTO call (organization_id, id, phone_id, seller_id, purpose, at, outcome, recorded_at)
    SELECT ${organizationId}::uuid, gen_random_uuid(), phone_id, ${sellerId}::uuid, 'marketing', now(),
      'outcome-' || number, now()
    FROM (SELECT phone_id FROM contact_phone WHERE organization_id = ${organizationId}::uuid LIMIT 1) AS one
    CROSS JOIN generate_series(1, ${MAX_VALUES + 1}) AS number`;
  const columns = openColumnStore(db, { minPeople: 1, onError: fail });
  await columns.load(organizationId);
  const compare = { op: "at-least", value: 1 } as const;
  const named: Rule = { is: "calls", outcomes: ["outcome-7"], compare };
  expect(await countRule({ ...ctx, columns }, { rule: named })).toMatchObject({ count: 1 });
  const any: Rule = { is: "calls", compare };
  expect(await countRule({ ...ctx, columns }, { rule: any })).toMatchObject({ count: 1 });
});

it("leaves an organization to the database whose consents have more terms than codes", async () => {
  const { organizationId } = await aScene();
  const sellerId = await aSeller(db, organizationId);
  await db.prisma.$executeRaw`
    INSERT INTO consent_event (organization_id, id, consent_id, phone_id, seller_id, type, purposes,
      channels, elements, is_written, is_proven, at, source, recorded_at, actor)
    SELECT ${organizationId}::uuid, gen_random_uuid(), gen_random_uuid(), phone_id, ${sellerId}::uuid,
      'refused', ARRAY['purpose' || number], ARRAY['voice_live'], '{}', false, false, now(), 'web', now(),
      '{}'
    FROM (SELECT phone_id FROM contact_phone WHERE organization_id = ${organizationId}::uuid LIMIT 1) AS one
    CROSS JOIN generate_series(1, ${MAX_VALUES + 2}) AS number`;
  const columns = openColumnStore(db, { minPeople: 1, onError: fail });
  expect(await columns.load(organizationId)).toBeNull();
});
