import type { ConnectDialer } from "@ringfence/core/do-not-call/endpoint";
import {
  aNumber,
  anOrganization,
  aSeller,
  openTestDb,
  writtenConsent,
} from "@ringfence/db/testing";
import { connectDialer } from "@ringfence/services/do-not-call/endpoint";
import { openFiles } from "@ringfence/services/platform/files";
import { recordOptOut } from "@ringfence/services/do-not-call/opt-out";
import { expect, it } from "vitest";
import { aBitrix24 } from "../../../testing/bitrix24.ts";
import { aFolder } from "../../../testing/folder.ts";
import { noMessages } from "../../../testing/no-messages.ts";
import { someKeys } from "../../../testing/registry.ts";
import { aVicidial } from "../../../testing/vicidial.ts";
import { deliverWebhooks } from "./deliver-webhooks.ts";
import { pullVicidial } from "./pull-vicidial.ts";

const db = await openTestDb();

/** An organization whose opt-outs go to a dialer, and the worker that exchanges them. */
async function scene(dialer: ConnectDialer, host: string) {
  const organizationId = await anOrganization(db);
  const keys = someKeys();
  const actor = { type: "member", id: "eve", role: "owner", sellerIds: [] } as const;
  const ctx = { db, keys, organizationId, actor };
  const { id: endpointId } = await connectDialer(
    { ...ctx, privateHosts: [`${organizationId}=${host}`] },
    { dialer, reason: "The dialer keeps its own list." },
  );
  const tools = {
    db,
    keys,
    files: openFiles(await aFolder()),
    sources: { registriesFolder: null, privateHosts: [host] },
    worker: "a",
    ...noMessages,
    signal: new AbortController().signal,
  };
  const payload = { organizationId, endpointId };
  return {
    deliver: () => deliverWebhooks.perform(payload, tools),
    pull: () => pullVicidial.perform(payload, tools),
    refuse: (phone: string, scope = {}) => recordOptOut(ctx, { phone, channel: "agent", scope }),
    lastPull: async () =>
      (await db.prisma.endpoint.findFirstOrThrow({ where: { organizationId } })).pulledAt,
    pulledBefore: (pulledAt: Date) =>
      db.prisma.endpoint.updateMany({ where: { organizationId }, data: { pulledAt } }),
    outcomes: async () =>
      (await db.prisma.delivery.findMany({ where: { organizationId } })).map(
        ({ outcome }) => outcome,
      ),
    /** Records that the person has consented by a code, later than everything else. */
    consent: async (phone: string) => {
      const sellerId = await aSeller(db, organizationId);
      const { id } = await db.prisma.phone.findFirstOrThrow({
        where: { organizationId, e164: phone },
      });
      const at = new Date("2100-01-01T00:00:00Z");
      const ids = { organizationId, consentId: id, phoneId: id, sellerId };
      await db.prisma.consentEvent.create({
        data: { ...ids, type: "granted", ...writtenConsent(at), isProven: true },
      });
    },
    refused: async () =>
      (
        await db.prisma.optOut.findMany({ where: { organizationId }, include: { phone: true } })
      ).map(({ phone, scope }) => [phone.e164, scope]),
  };
}

async function withVicidial() {
  const vicidial = await aVicidial();
  const { host, settings } = vicidial;
  return { vicidial, ...(await scene({ kind: "vicidial", name: "VICIdial", settings }, host)) };
}

async function withBitrix24() {
  const bitrix24 = await aBitrix24();
  const { host, settings } = bitrix24;
  return { bitrix24, ...(await scene({ kind: "bitrix24", name: "Bitrix24", settings }, host)) };
}

const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000);
const today = () => daysAgo(0).toISOString().slice(0, 10);

it("puts an opt-out on VICIdial's list, and marks its leads", async () => {
  const { vicidial, deliver, refuse, outcomes } = await withVicidial();
  const [phone, other] = [aNumber(), aNumber()];
  vicidial.leads.push(
    { phone_code: "1", phone_number: phone.slice(2), status: "NEW" },
    { phone_code: "1", phone_number: other.slice(2), status: "NEW" },
  );
  await refuse(phone);
  await refuse(phone); // stands on the list by then
  await deliver();
  expect([...vicidial.dnc]).toEqual([phone.slice(2)]);
  expect(vicidial.leads.map(({ status }) => status)).toEqual(["RFDNC", "NEW"]);
  expect(await outcomes()).toEqual([{ status: 200 }, { status: 200 }]);
});

it("stops all calls there for an opt-out of some, and none for one of profiling", async () => {
  const { vicidial, deliver, refuse } = await withVicidial();
  const [some, none] = [aNumber(), aNumber()];
  await refuse(some, { purpose: "marketing.loans" });
  await refuse(none, { profiling: true });
  await deliver();
  expect([...vicidial.dnc]).toEqual([some.slice(2)]);
});

it("reports VICIdial's error without the number", async () => {
  const vicidial = await aVicidial();
  const settings = { ...vicidial.settings, pass: "wrong pass" };
  const dialer = { kind: "vicidial", name: "VICIdial", settings } as const;
  const { deliver, refuse, outcomes } = await scene(dialer, vicidial.host);
  await refuse(aNumber());
  await deliver();
  const fault = "auth USER DOES NOT HAVE PERMISSION TO USE THIS FUNCTION";
  expect(await outcomes()).toEqual([{ fault }]);
});

it("pulls the opt-outs that were entered in VICIdial once, also if the person consents later", async () => {
  const { vicidial, pull, consent, refused } = await withVicidial();
  const [asked, listed, reached] = [aNumber(), aNumber(), aNumber()];
  const call = (phone: string, status: string) => {
    const last = { called_count: "3", last_local_call_time: `${today()} 10:00:00` };
    const lead = { phone_code: "1", phone_number: phone.slice(2), status, ...last };
    vicidial.called.push({ date: today(), lead });
    return lead;
  };
  const refusal = call(asked, "DNC");
  call(listed, "DNCL");
  call(reached, "SALE");
  await pull();
  await pull();
  await consent(asked);
  await pull();
  const refusals = await refused();
  expect(refusals).toHaveLength(2);
  expect(Object.fromEntries(refusals)).toEqual({ [asked]: "all", [listed]: "all" });

  refusal.called_count = "4"; // the person is called again, and says no again
  await pull();
  expect(await refused()).toHaveLength(3);
});

it("records nothing for an opt-out that comes back from the list it was put on", async () => {
  const { vicidial, deliver, pull, refuse, refused } = await withVicidial();
  const phone = aNumber();
  await refuse(phone, { purpose: "marketing.loans" });
  await deliver();
  const lead = { phone_code: "1", phone_number: phone.slice(2), status: "DNCL" };
  vicidial.called.push({ date: today(), lead });
  await pull();
  expect(await refused()).toEqual([[phone, "purpose"]]);
});

it("does not read its own mark as an opt-out of all calls", async () => {
  const { vicidial, deliver, pull, refuse, refused } = await withVicidial();
  const phone = aNumber();
  const lead = { phone_code: "1", phone_number: phone.slice(2), status: "SALE" };
  vicidial.leads.push(lead);
  vicidial.called.push({ date: today(), lead });
  await refuse(phone, { purpose: "marketing.loans" });
  await deliver();
  await pull();
  expect(await refused()).toEqual([[phone, "purpose"]]);
  lead.status = "DNC"; // an agent was told more
  await pull();
  expect(new Set((await refused()).map(([, scope]) => scope))).toEqual(new Set(["purpose", "all"]));
});

it("asks about every day since its last complete pull, and fails if an answer is too long", async () => {
  const { vicidial, pull, refused, lastPull, pulledBefore } = await withVicidial();
  await pull();
  await pulledBefore(daysAgo(5));
  const phone = aNumber();
  const lead = { phone_code: "1", phone_number: phone.slice(2), status: "DNC" };
  vicidial.called.push({ date: daysAgo(4).toISOString().slice(0, 10), lead });

  vicidial.padding.bytes = 9 * 1024 * 1024;
  const before = await lastPull();
  await expect(pull()).rejects.toThrow("too-large");
  expect(await lastPull()).toEqual(before);

  vicidial.padding.bytes = 0;
  await pull();
  expect(await refused()).toEqual([[phone, "all"]]);
  expect((await lastPull())?.getTime()).toBeGreaterThan(daysAgo(1).getTime());
});

it("asks again if VICIdial did not return its list", async () => {
  const vicidial = await aVicidial();
  const settings = { ...vicidial.settings, pass: "wrong pass" };
  const dialer = { kind: "vicidial", name: "VICIdial", settings } as const;
  const { pull } = await scene(dialer, vicidial.host);
  await expect(pull()).rejects.toThrow("did not list its opt-outs");
});

it("marks the contacts and leads of Bitrix24 that have the number in any format", async () => {
  const { bitrix24, deliver, refuse, outcomes } = await withBitrix24();
  const [phone, other] = [aNumber(), aNumber()];
  bitrix24.cards.CONTACT.set(7, { phone, fields: {} });
  bitrix24.cards.CONTACT.set(8, { phone: other, fields: {} });
  bitrix24.cards.LEAD.set(9, { phone: phone.slice(1), fields: {} });
  await refuse(phone);
  await refuse(aNumber()); // of nobody there
  await deliver();
  expect(await outcomes()).toEqual([{ status: 200 }, { status: 200 }]);
  const readFields = (kind: "CONTACT" | "LEAD", id: number) => bitrix24.cards[kind].get(id)?.fields;
  expect(readFields("CONTACT", 7)).toEqual({ UF_CRM_STOP: 1 });
  expect(readFields("LEAD", 9)).toEqual({ UF_CRM_STOP: 1 });
  expect(readFields("CONTACT", 8)).toEqual({});
});

it("retries when Bitrix24 has had too many requests", async () => {
  const { bitrix24, deliver, refuse, outcomes } = await withBitrix24();
  bitrix24.limit.isReached = true;
  await refuse(aNumber());
  await deliver();
  expect(await outcomes()).toEqual([{ status: 503 }]);
});
