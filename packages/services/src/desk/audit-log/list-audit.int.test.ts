import { actions } from "@ringfence/core/platform/access";
import {
  AuditKind,
  type AuditKindFilter,
  ListAudit,
  classifyEntry,
} from "@ringfence/core/platform/audit";
import { ContactId, PhoneId } from "@ringfence/core/ids";
import { aNumber } from "@ringfence/db/testing";
import { expect, it } from "vitest";
import { aMember } from "../../../testing/members.ts";
import { recorded } from "../../../testing/opt-outs.ts";
import { aContext, as, db } from "../../../testing/scenes.ts";
import { aScreenedSegment, sixPeople } from "../../../testing/waterfall-scene.ts";
import { readContact } from "../contact/read-contact.ts";
import { recordContacts } from "../../people/contact/record-contacts.ts";
import { appendAudit } from "../../platform/audit/append-audit.ts";
import { type RootContext, inTransaction } from "../../platform/context.ts";
import { exportSegment } from "../../audience/segment/export.ts";
import { exportOptOuts } from "../../do-not-call/opt-out/feed.ts";
import { listOptOuts } from "../../do-not-call/opt-out/list.ts";
import { recordOptOut } from "../../do-not-call/opt-out/record.ts";
import { listAuditActors } from "./list-actors.ts";
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
  return { ctx, member: { type: "member", id: memberId } as const, phone };
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
  const { ctx, member, phone } = await looked();
  const other = as(ctx, "auditor");
  expect(await listActions(other, { kind: "taken" })).toEqual(["opt-out.read"]);
  expect(await listActions(other, { kind: "read", actor: member })).toEqual(["opt-out.read"]);
  expect(await listActions(other, { kind: "done" })).toEqual(["opt-out.record"]);
  expect(await listActions(ctx, { search: phone })).toEqual(["opt-out.record"]);
  expect(await listActions(ctx, { search: phone, kind: "read" })).toEqual(["audit.read"]);
  expect(await listActions(ctx, { search: aNumber() })).toEqual([]);
  expect(await listActions(ctx, { actor: member, kind: "done" })).toEqual(["opt-out.record"]);
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

it("finds an action, a time, a job and an API key", async () => {
  const { ctx } = await looked();
  const key = { type: "key", id: "0195a000-0000-7000-8000-000000000001", scopes: [] } as const;
  await inTransaction({ ...ctx, actor: key }, (ctx) => appendAudit(ctx, "opt-out.read", {}));
  const job = { type: "job", name: "import.run" } as const;
  await inTransaction({ ...ctx, actor: job }, (ctx) => appendAudit(ctx, "import.run", {}));

  const other = as(ctx, "auditor");
  const { items } = await list(other, { action: "opt-out.record" });
  expect(items.map(({ action }) => action)).toEqual(["opt-out.record"]);
  const actorOfKey = { type: "key", id: key.id } as const;
  expect(await listActions(other, { actor: actorOfKey })).toEqual(["opt-out.read"]);
  expect(await listActions(other, { actor: { type: "job", id: "import.run" } })).toEqual([
    "import.run",
  ]);
  // An id alone is not enough: a key does not pass for a member.
  expect(await listActions(other, { actor: { type: "member", id: key.id } })).toEqual([]);

  const at = items[0]?.at ?? new Date(0);
  const action = "opt-out.record";
  expect(await listActions(other, { action, from: at })).toEqual([action]);
  expect(await listActions(other, { action, until: at })).toEqual([]);
});

it("finds one person by the id of a phone or a contact", async () => {
  const { ctx } = await aMember();
  const [phone, another] = [aNumber(), aNumber()];
  await recordContacts(ctx, {
    rows: [
      { externalId: "ada", phones: [phone] },
      { externalId: "bob", phones: [another] },
    ],
  });
  const where = { organizationId: ctx.organizationId };
  const ada = await db.prisma.contact.findFirstOrThrow({ where: { ...where, externalId: "ada" } });
  const bob = await db.prisma.contact.findFirstOrThrow({ where: { ...where, externalId: "bob" } });
  await readContact(ctx, ContactId.parse(ada.id));
  await readContact(ctx, ContactId.parse(bob.id));
  const row = await db.prisma.phone.findFirstOrThrow({ where: { ...where, e164: phone } });
  const phoneId = PhoneId.parse(row.id);
  await recordOptOut(ctx, { phone, channel: "agent" });

  const byContact = await list(ctx, { contactId: ContactId.parse(ada.id) });
  expect(byContact.items.map(({ action }) => action)).toEqual(["opt-out.record", "contact.read"]);
  const byPhone = await list(ctx, { phoneId, kind: "access", action: "contact.read" });
  expect(byPhone.items.map(({ details }) => details["contactId"])).toEqual([ada.id]);
});

it("classifies entries in SQL as in core", async () => {
  const ctx = await aContext();
  await inTransaction(ctx, async (ctx) => {
    for (const action of actions) await appendAudit(ctx, action, {});
    for (const action of actions) await appendAudit(ctx, action, { exported: true });
  });
  const auditor = as(ctx, "auditor");
  const entries = await db.prisma.auditEntry.findMany({
    where: { organizationId: ctx.organizationId },
    orderBy: { id: "desc" },
  });
  const expected = (kinds: readonly string[]) =>
    entries.flatMap(({ id, action, details }) =>
      kinds.includes(classifyEntry(action, details)) ? [id] : [],
    );
  const byKind = async (kind: AuditKindFilter) => {
    const first = await listAudit(auditor, { kind, limit: 200 });
    const after = first.next ?? undefined;
    const rest = after ? await listAudit(auditor, { kind, after, limit: 200 }) : { items: [] };
    const ids = new Set(entries.map(({ id }) => id));
    return [...first.items, ...rest.items]
      .map(({ id }) => id as string)
      .filter((id) => ids.has(id));
  };
  for (const kind of AuditKind.options) expect(await byKind(kind)).toEqual(expected([kind]));
  expect(await byKind("access")).toEqual(expected(["read", "taken"]));
});

it("names everybody whose entries can be searched for", async () => {
  const { ctx, memberId } = await aMember();
  const all = await listAuditActors(as(ctx, "auditor"));
  expect(all).toContainEqual({ type: "member", id: memberId, name: "Ada", hasEnded: false });
  expect(all).toContainEqual({ type: "job", id: "import.run", name: null, hasEnded: false });
});
