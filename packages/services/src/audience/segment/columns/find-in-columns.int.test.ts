import { ContactId } from "@ringfence/core/ids";
import type { Rule } from "@ringfence/core/audience/segment";
import { expect, it } from "vitest";
import { authenticateRows } from "../../../../testing/authenticate-rows.ts";
import { aContext, db } from "../../../../testing/scenes.ts";
import {
  aScene,
  agreedTo,
  asRefresher,
  buyers,
  livesIn,
} from "../../../../testing/segment-scene.ts";
import { aSeller } from "@ringfence/db/testing";
import { recordActivities } from "../../../people/activity/record-activities.ts";
import { type RootContext, inTransaction } from "../../../platform/context.ts";
import { eraseContacts } from "../../../desk/erasure/erase-contacts-and-phones.ts";
import { countNodes, countRule } from "../preview-rule.ts";
import { refreshSegment } from "../refresh.ts";
import { saveSegment } from "../save.ts";
import { loadChangedPeople } from "./changes.ts";
import { openColumnStore } from "./store.ts";

const fail = (error: unknown) => {
  throw error;
};

/** The scene, in columns that were read before anything of a test happens. */
async function aRead() {
  const scene = await aScene();
  const columns = openColumnStore(db, { minPeople: 1, onError: fail });
  const ctx = { ...scene, columns };
  const loaded = await columns.load(ctx.organizationId);
  if (loaded === null) throw new Error("no columns");
  const phones = await db.prisma.contactPhone.findMany({
    where: { organizationId: ctx.organizationId },
    include: { contact: true },
  });
  const of = (externalId: string) => {
    const found = phones.find(({ contact }) => contact.externalId === externalId);
    if (!found) throw new Error(`no ${externalId}`);
    return { ...found, contactId: ContactId.parse(found.contactId) };
  };
  const changed = async () => {
    const { ordinals } = await inTransaction(ctx, (ctx) => loadChangedPeople(ctx, loaded));
    return phones
      .filter(({ contactOrdinal }) => ordinals.includes(contactOrdinal))
      .flatMap(({ contact }) => contact.externalId ?? [])
      .toSorted();
  };
  return { ctx, loaded, of, changed };
}

const bought = (contact: string) => ({
  rows: [{ contact, type: "purchase", at: "2026-01-05T00:00:00Z", amount: 5 }],
});
const count = async (ctx: RootContext, rule: Rule) => (await countRule(ctx, { rule })).count;
const refusing = { is: "none", of: [buyers] } satisfies Rule;
const at = new Date("2026-02-01T00:00:00Z");

it("counts and finds people in columns as the database does, and nobody of another organization", async () => {
  const [{ ctx }, other] = [await aRead(), await aContext()];
  const rule: Rule = { is: "any", of: [buyers, livesIn("Tver")] };
  expect(await count(ctx, rule)).toBe(3);
  expect(await count(ctx, { is: "all", of: [] })).toBe(4);
  expect((await countNodes(ctx, { rule })).counts.map(({ count }) => count)).toEqual([3, 2, 2]);
  const { id } = await saveSegment(ctx, { name: "Any", rule });
  expect(await refreshSegment(asRefresher(ctx), id)).toEqual({ size: 3 });
  expect(await count({ ...other, columns: ctx.columns }, buyers)).toBe(0);
  expect((await ctx.columns.load(other.organizationId))?.columns.ordinals ?? []).toHaveLength(0);
});

it("asks the database about people who changed, at once and about nobody else", async () => {
  const { ctx, of, changed } = await aRead();
  expect(await changed()).toEqual([]);
  await recordActivities(ctx, bought("cy"));
  expect(await changed()).toEqual(["cy"]);
  expect(await count(ctx, buyers)).toBe(3);

  const { organizationId } = ctx;
  await db.prisma.contact.updateMany({
    where: { organizationId, externalId: "bo" },
    data: { attributes: { city: "Omsk" } },
  });
  expect(await changed()).toEqual(["bo", "cy"]);
  expect([await count(ctx, livesIn("Omsk")), await count(ctx, livesIn("Tver"))]).toEqual([2, 1]);

  await db.prisma.contact.create({
    data: { organizationId, externalId: "ed", createdAt: at, updatedAt: at },
  });
  expect(await count(ctx, { is: "all", of: [] })).toBe(5);
  await db.prisma.contact.deleteMany({ where: { organizationId, id: of("di").contactId } });
  expect(await count(ctx, { is: "all", of: [] })).toBe(4);
});

it("leaves out people at once who opt out of profiling, and includes them again when that is corrected", async () => {
  const { ctx, of, changed } = await aRead();
  const { organizationId } = ctx;
  const said = { channel: "web", at, recordedAt: at, actor: {} } as const;
  const refusal = { organizationId, phoneId: of("ada").phoneId, ...said };
  await db.prisma.optOut.create({ data: { ...refusal, scope: "all", reference: "AAAA0009" } });
  expect(await changed()).toEqual([]);
  const { id: optOutId } = await db.prisma.optOut.create({
    data: { ...refusal, scope: "profiling", reference: "AAAA0001" },
  });
  expect([await count(ctx, buyers), await count(ctx, refusing)]).toEqual([1, 2]);

  const again = { ...ctx, columns: openColumnStore(db, { minPeople: 1, onError: fail }) };
  await again.columns.load(organizationId);
  expect([await count(again, buyers), await count(again, refusing)]).toEqual([1, 2]);
  const { id: correctionId } = await db.prisma.optOutCorrection.create({
    data: { organizationId, optOutId, proposedAt: at, actor: { id: "asks" } },
  });
  const answer = { organizationId, correctionId, optOutId, answeredAt: at };
  await db.prisma.optOutCorrectionAnswer.create({
    data: { ...answer, isAccepted: true, actor: { id: "accepts" } },
  });
  await authenticateRows(ctx, organizationId);
  expect([await count(again, buyers), await count(again, refusing)]).toEqual([2, 2]);
});

it("sees new calls, consents and phones", async () => {
  const { ctx, of, changed } = await aRead();
  const { organizationId } = ctx;
  const sellerId = await aSeller(db, organizationId);
  const call = { organizationId, sellerId, purpose: "marketing", at, recordedAt: at };
  await db.prisma.call.create({ data: { ...call, phoneId: of("ada").phoneId } });
  const compare = { op: "at-least", value: 1 } as const;
  expect(await changed()).toEqual(["ada"]);
  expect(await count(ctx, { is: "calls", compare })).toBe(1);

  const event = {
    organizationId,
    sellerId,
    phoneId: of("bo").phoneId,
    consentId: of("bo").phoneId,
  };
  const words = { purposes: ["marketing"], channels: ["voice_live"], elements: [] };
  await db.prisma.consentEvent.create({
    data: {
      ...event,
      ...words,
      type: "granted",
      isWritten: true,
      isProven: false,
      at,
      source: "website_form",
      recordedAt: at,
      actor: {},
    },
  });
  expect(await changed()).toEqual(["ada", "bo"]);
  expect(await count(ctx, agreedTo(sellerId))).toBe(1);

  await db.prisma.contactPhone.deleteMany({ where: { organizationId, phoneId: of("bo").phoneId } });
  expect(await count(ctx, agreedTo(sellerId))).toBe(0);
  await db.prisma.contactPhone.deleteMany({ where: { organizationId, phoneId: of("cy").phoneId } });
  expect(await changed()).toEqual(["ada", "bo", "cy"]);
});

it("counts no activities of an erased person, before and after the columns are reloaded", async () => {
  const { ctx, of } = await aRead();
  const recent: Rule = {
    ...buyers,
    is: "activity",
    did: { type: "purchase" },
    measure: "sum",
    compare: { op: "at-least", value: 1 },
    during: { span: "between", from: "2026-01-01" },
  };
  expect([await count(ctx, buyers), await count(ctx, recent)]).toEqual([2, 2]);
  await inTransaction(ctx, (ctx) => eraseContacts(ctx, [of("ada").contactId]));
  expect([await count(ctx, buyers), await count(ctx, recent)]).toEqual([1, 1]);
  expect(await count(ctx, livesIn("Omsk"))).toBe(0);
  const again = { ...ctx, columns: openColumnStore(db, { minPeople: 1, onError: fail }) };
  await again.columns.load(ctx.organizationId);
  expect([await count(again, buyers), await count(again, recent)]).toEqual([1, 1]);
});

it("sees changes of its own transaction, and those committed by others", async () => {
  const { ctx } = await aRead();
  await inTransaction(ctx, async (own) => {
    await recordActivities(own, bought("cy"));
    expect((await countRule(own, { rule: buyers })).count).toBe(3);
    // Another connection wrote this, so this one sees it only after that one commits.
    expect(await count(ctx, buyers)).toBe(2);
  });
  expect(await count(ctx, buyers)).toBe(3);
});
