import { ListAudit } from "@ringfence/core/platform/audit";
import { ContactId } from "@ringfence/core/ids";
import { aNumber } from "@ringfence/db/testing";
import { expect, it } from "vitest";
import { aMember } from "../../../testing/members.ts";
import { recorded } from "../../../testing/opt-outs.ts";
import { aContext, as, db } from "../../../testing/scenes.ts";
import { aScreenedSegment, sixPeople } from "../../../testing/waterfall-scene.ts";
import { readContact } from "../contact/read-contact.ts";
import { recordContacts } from "../../people/contact/record-contacts.ts";
import type { RootContext } from "../../platform/context.ts";
import { exportSegment } from "../../audience/segment/export.ts";
import { exportOptOuts } from "../../do-not-call/opt-out/feed.ts";
import { listOptOuts } from "../../do-not-call/opt-out/list.ts";
import { listAudit } from "./list-audit.ts";

const list = (ctx: RootContext, asked: Partial<ListAudit> = {}) =>
  listAudit(ctx, ListAudit.parse(asked));

const listActions = async (ctx: RootContext, asked: Partial<ListAudit> = {}) =>
  (await list(ctx, asked)).items.map(({ action }) => action);

/** Records an opt-out, lists it as a member would, and exports it with all others. */
async function looked() {
  const { ctx, memberId } = await aMember();
  const { phone } = await recorded(ctx, { phone: aNumber(), channel: "sms" });
  await listOptOuts(ctx, { limit: 10 });
  for await (const _ of await exportOptOuts(ctx));
  return { ctx, memberId, phone };
}

it("lists who did what, newest first, and audits that somebody read it", async () => {
  const { ctx, phone } = await looked();
  const { items, next } = await list(ctx);
  expect(items).toMatchObject([
    { action: "opt-out.read", kind: "taken", by: { type: "member", name: "Ada" }, phone: null },
    { action: "opt-out.read", kind: "read", details: { listed: 1 } },
    { action: "opt-out.record", kind: "done", phone: { number: phone } },
  ]);
  expect(next).toBeNull();
  expect((await listActions(ctx))[0]).toBe("audit.read");
});

it("continues page by page", async () => {
  const { ctx } = await looked();
  const { items, next } = await list(ctx, { limit: 2 });
  expect(items).toHaveLength(2);
  expect(await listActions(ctx, { after: next ?? undefined, limit: 2 })).toEqual([
    "opt-out.record",
  ]);
});

it("finds looks, files that were taken, acts, one phone's, and one member's", async () => {
  const { ctx, memberId, phone } = await looked();
  const other = as(ctx, "auditor");
  expect(await listActions(other, { kind: "taken" })).toEqual(["opt-out.read"]);
  expect(await listActions(other, { kind: "read", memberId })).toEqual(["opt-out.read"]);
  expect(await listActions(other, { kind: "done" })).toEqual(["opt-out.record"]);
  expect(await listActions(ctx, { search: phone })).toEqual(["opt-out.record"]);
  expect(await listActions(ctx, { search: phone, kind: "read" })).toEqual(["audit.read"]);
  expect(await listActions(ctx, { search: aNumber() })).toEqual([]);
  expect(await listActions(ctx, { memberId, kind: "done" })).toEqual(["opt-out.record"]);
});

it("says what numbers were taken away for", async () => {
  const { ctx } = await sixPeople();
  const { id: segmentId } = await aScreenedSegment(ctx);
  await exportSegment(ctx, { segmentId, reason: "Letters to those who asked for one" });
  expect((await list(ctx, { kind: "taken" })).items).toMatchObject([
    { action: "segment.export", reason: "Letters to those who asked for one" },
  ]);
});

it("masks numbers for who may not take them away", async () => {
  const { ctx, phone } = await looked();
  const shown = (await list(as(ctx, "auditor"), { kind: "done" })).items[0]?.phone?.number;
  expect(shown).not.toBe(phone);
  expect(shown).toContain("•");
});

it("is not for marketers", async () => {
  const ctx = await aContext();
  await expect(list(as(ctx, "marketer"))).rejects.toMatchObject({ code: "forbidden" });
});

it("shows nothing of another organization", async () => {
  await looked();
  expect(await listActions(await aContext())).toEqual([]);
});

it("says that it was taken away itself", async () => {
  const { ctx } = await looked();
  await listAudit(ctx, { ...ListAudit.parse({}), isFile: true });
  expect((await listActions(ctx, { kind: "taken" }))[0]).toBe("audit.read");
});

it("finds by a phone who looked at the contact who has it", async () => {
  const { ctx } = await aMember();
  const phone = aNumber();
  await recordContacts(ctx, { rows: [{ externalId: "ada", phones: [phone] }] });
  const { id } = await db.prisma.contact.findFirstOrThrow({
    where: { organizationId: ctx.organizationId },
  });
  await readContact(ctx, ContactId.parse(id));
  expect(await listActions(ctx, { search: phone, kind: "read" })).toContain("contact.read");
});
