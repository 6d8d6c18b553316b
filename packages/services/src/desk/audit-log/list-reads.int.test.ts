import type { ListReads } from "@ringfence/core/platform/audit";
import { ContactId, PhoneId } from "@ringfence/core/ids";
import { aNumber } from "@ringfence/db/testing";
import { expect, it } from "vitest";
import { recorded } from "../../../testing/opt-outs.ts";
import { aCallablePhone, aDayLater } from "../../../testing/phones.ts";
import { aContext, as, db } from "../../../testing/scenes.ts";
import { makeApiKey } from "../../account/api-key/index.ts";
import { screenBatch } from "../../calling/screening/screen-batch.ts";
import { screenCall } from "../../calling/screening/screen-call.ts";
import { exportOptOuts } from "../../do-not-call/opt-out/feed.ts";
import { listOptOuts } from "../../do-not-call/opt-out/list.ts";
import { recordContacts } from "../../people/contact/record-contacts.ts";
import type { RootContext } from "../../platform/context.ts";
import { readContact } from "../contact/read-contact.ts";
import { readNumber } from "../number/read-number.ts";
import { listReads } from "./list-reads.ts";

const memberId = "0195a000-0000-7000-8000-00000000000a";
const purpose = "marketing.loans";
const DAY_MS = 86_400_000;

/** An organization with an auditor, and a reader in it: a member, and an API key. */
async function scene() {
  const ctx = await aContext();
  const member: RootContext = {
    ...ctx,
    actor: { type: "member", id: memberId, role: "officer", sellerIds: [], isProven: true },
  };
  const { id: keyId } = await makeApiKey(as(ctx, "owner"), {
    reason: "It calls for us.",
    name: "Dialer",
    scopes: ["screen"],
  });
  const key: RootContext = {
    ...ctx,
    actor: { type: "key", id: keyId, scopes: ["screen"], secretNumber: 1 },
  };
  const now = Date.now();
  const ask = (actor: ListReads["actor"], more: Partial<ListReads> = {}) =>
    listReads(as(ctx, "auditor"), {
      actor,
      from: new Date(now - DAY_MS),
      until: new Date(now + DAY_MS),
      limit: 50,
      ...more,
    });
  return {
    ctx,
    member,
    key,
    readsOfMember: (more?: Partial<ListReads>) => ask({ type: "member", id: memberId }, more),
    readsOfKey: (more?: Partial<ListReads>) => ask({ type: "key", id: keyId }, more),
  };
}

async function findPhoneId({ organizationId }: RootContext, e164: string) {
  const { id } = await db.prisma.phone.findFirstOrThrow({ where: { organizationId, e164 } });
  return PhoneId.parse(id);
}

it("says whose data a member read, each person once, and counts lists and files", async () => {
  const { ctx, member, readsOfMember } = await scene();
  const { phone } = await recorded(ctx, { phone: aNumber(), channel: "sms" });
  await recordContacts(ctx, { rows: [{ externalId: "ada", name: "Ada Byron", phones: [phone] }] });
  const { id } = await db.prisma.contact.findFirstOrThrow({
    where: { organizationId: ctx.organizationId },
  });
  const phoneId = await findPhoneId(ctx, phone);

  await readNumber(member, { phoneId, limit: 10 });
  await readContact(member, ContactId.parse(id));
  await readNumber(member, { phoneId, limit: 10 });
  await listOptOuts(member, { limit: 10 });
  for await (const _ of await exportOptOuts(member));
  await readNumber(as(ctx, "officer"), { phoneId, limit: 10 }); // somebody else

  const { people, next, counts } = await readsOfMember();
  expect(people).toMatchObject([
    { phoneId, contactId: null, times: 2, actions: ["phone.read"] },
    { phoneId: null, contactId: id, name: "Ada Byron", times: 1, actions: ["contact.read"] },
  ]);
  expect(people[0]?.number).toContain("•");
  expect(next).toBeNull();
  expect(counts).toEqual({ lists: 1, rows: 1, files: 1 });
});

it("says which numbers an API key screened, also by a what-if", async () => {
  const { ctx, key, readsOfKey } = await scene();
  const first = await aCallablePhone(ctx);
  const second = await aCallablePhone(ctx);
  await screenCall(key, { phone: first.phone, purpose, seller: first.sellerId });
  await screenCall(key, { phone: second.phone, purpose, seller: first.sellerId, at: aDayLater });
  const items = [{ phone: first.phone, purpose }];
  await screenBatch(key, { defaults: { seller: first.sellerId, at: aDayLater }, items });

  const { people, counts } = await readsOfKey();
  expect(people.map(({ phoneId, times, actions }) => ({ phoneId, times, actions }))).toEqual([
    { phoneId: second.phoneId, times: 1, actions: ["screening.run"] },
    { phoneId: first.phoneId, times: 1, actions: ["screening.run"] },
  ]);
  expect(counts).toEqual({ lists: 1, rows: 1, files: 0 });
});

it("continues page by page, and leaves out other days", async () => {
  const { ctx, member, readsOfMember } = await scene();
  const phones: PhoneId[] = [];
  for (let n = 0; n < 3; n++) {
    const { phone } = await recorded(ctx, { phone: aNumber(), channel: "sms" });
    phones.unshift(await findPhoneId(ctx, phone));
    const [latest] = phones;
    if (latest) await readNumber(member, { phoneId: latest, limit: 10 });
  }
  const page = await readsOfMember({ limit: 2 });
  const rest = await readsOfMember({ limit: 2, after: page.next ?? undefined });
  expect([...page.people, ...rest.people].map(({ phoneId }) => phoneId)).toEqual(phones);
  expect(rest.next).toBeNull();
  const earlier = {
    from: new Date("2026-01-01T00:00:00Z"),
    until: new Date("2026-01-02T00:00:00Z"),
  };
  expect((await readsOfMember(earlier)).people).toEqual([]);
});

it("is audited, and refused to marketers", async () => {
  const { ctx, readsOfMember } = await scene();
  await readsOfMember();
  const [entry] = await db.prisma.auditEntry.findMany({
    where: { organizationId: ctx.organizationId },
    orderBy: { id: "desc" },
  });
  expect(entry).toMatchObject({ action: "audit.read", details: { memberId, listed: 0 } });
  const [from, until] = [new Date("2026-01-01T00:00:00Z"), new Date("2026-01-02T00:00:00Z")];
  await expect(
    listReads(as(ctx, "marketer"), {
      actor: { type: "member", id: memberId },
      from,
      until,
      limit: 10,
    }),
  ).rejects.toMatchObject({ code: "forbidden" });
});
