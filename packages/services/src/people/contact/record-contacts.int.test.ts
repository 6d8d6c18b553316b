import { ContactId, PhoneId } from "@ringfence/core/ids";
import { aNumber } from "@ringfence/db/testing";
import { describe, expect, it } from "vitest";
import { toStoredActor } from "../../platform/access/stored-actor.ts";
import { aConsent, aContext, as, db } from "../../../testing/scenes.ts";
import { type RootContext, type ServiceContext, inTransaction } from "../../platform/context.ts";
import { erasePerson } from "../../desk/erasure/erase-person.ts";
import { recordContacts } from "./record-contacts.ts";
import { aForm } from "../../../testing/forms.ts";
import { aSubmission } from "../../../testing/submissions.ts";
import { waitForLockWaiter } from "../../../testing/lock-waiter.ts";
import { recordActivities } from "../activity/record-activities.ts";
import { submitEmbeddedForm } from "../../consents/capture-form/submit.ts";
import { recordConsent } from "../../consents/consent/record.ts";

describe("record contacts", () => {
  const ada = () => ({ externalId: "a", name: "Ada", phones: [aNumber()] });

  const statuses = async (ctx: RootContext, rows: readonly unknown[]) =>
    (await recordContacts(ctx, { rows })).rows.map(({ status }) => status);

  const onRecord = ({ organizationId }: RootContext) =>
    db.prisma.contact.findMany({
      where: { organizationId },
      include: { phones: { include: { phone: true } } },
      orderBy: { externalId: "asc" },
    });

  it("records people with all given facts", async () => {
    const ctx = await aContext();
    const phone = aNumber();
    const row = {
      externalId: "a",
      name: "Ада",
      email: "ada@example.org",
      locale: "ru",
      zone: "Asia/Omsk",
      addressRegion: "RU-OMS",
      calledParty: "sole_trader",
      attributes: { tier: 1, city: "Омск", vip: true },
    };

    expect(await statuses(ctx, [{ ...row, phones: [phone] }])).toEqual(["created"]);

    expect(await onRecord(ctx)).toMatchObject([{ ...row, phones: [{ phone: { e164: phone } }] }]);
    expect(
      await db.prisma.auditEntry.findMany({ where: { organizationId: ctx.organizationId } }),
    ).toMatchObject([
      {
        action: "contact.record",
        actor: toStoredActor(ctx.actor),
        details: { created: 1, updated: 0, rejected: 0 },
      },
    ]);
  });

  it("changes nothing the second time", async () => {
    const ctx = await aContext();
    const rows = [ada(), { name: "Grace", phones: [aNumber()], attributes: { tier: 0.1 } }];
    await recordContacts(ctx, { rows });
    const before = await onRecord(ctx);

    expect(await statuses(ctx, rows)).toEqual(["unchanged", "unchanged"]);
    expect(await onRecord(ctx)).toEqual(before);
  });

  it("finds a person by phone, and merges new values into the known ones", async () => {
    const ctx = await aContext();
    const row = ada();
    await recordContacts(ctx, { rows: [row] });
    const second = aNumber();

    const said = { phones: [row.phones[0], second], zone: "UTC" };
    expect(await statuses(ctx, [said])).toEqual(["updated"]);

    const [contact] = await onRecord(ctx);
    expect(contact).toMatchObject({ externalId: "a", name: "Ada", zone: "UTC" });
    const phones = contact?.phones.map(({ phone }) => phone.e164);
    expect(new Set(phones)).toEqual(new Set([row.phones[0], second]));
  });

  it("loses no good row beside a bad one, and says what is wrong", async () => {
    const ctx = await aContext();
    const rows = [{ externalId: "x", zone: "MSK" }, ada(), "Ada", { phones: ["call me"] }];

    const answer = await recordContacts(ctx, { rows, firstLine: 11 });

    expect(answer).toMatchObject({
      accepted: 1,
      rejected: 3,
      rows: [
        { line: 11, status: "rejected", path: "/zone", message: { key: "contact.zone-unknown" } },
        { line: 12, status: "created" },
        { line: 13, status: "rejected", path: "" },
        { line: 14, status: "rejected", path: "/phones/0" },
      ],
    });
    expect(await onRecord(ctx)).toHaveLength(1);
  });

  it("makes one person of rows that come at once", async () => {
    const ctx = await aContext();
    const rows = [ada(), { name: "Grace", phones: [aNumber()] }];

    const all = await Promise.all(Array.from({ length: 5 }, () => statuses(ctx, rows)));

    expect(all.flat().filter((status) => status === "created")).toHaveLength(2);
    expect(await onRecord(ctx)).toHaveLength(2);
  });

  it("does not bring back a number that a person had us erase", async () => {
    const ctx = await aContext();
    const { organizationId, keys } = ctx;
    const row = ada();
    const [e164] = row.phones;
    await recordContacts(ctx, { rows: [{ phones: row.phones }] });
    const phoneKey = keys.phoneKey(organizationId, e164 ?? aNumber());
    await db.prisma.phone.updateMany({
      where: { e164: e164 ?? "" },
      data: { e164: null, phoneKey },
    });

    expect(await recordContacts(ctx, { rows: [row] })).toMatchObject({
      rows: [{ path: "/phones/0", message: { key: "contact.erased" } }],
    });
    const both = { phone: aNumber(), phones: row.phones };
    const single = { phone: e164, phones: [aNumber()] };
    expect(await recordContacts(ctx, { rows: [both, single] })).toMatchObject({
      rows: [{ path: "/phones/0" }, { path: "/phone" }],
    });
  });

  it("never writes to the row of an erased person whose phone somebody else shares", async () => {
    const ctx = await aContext();
    const [gone, stays] = [ada(), { externalId: "g", name: "Grace" }];
    await recordContacts(ctx, { rows: [gone, { ...stays, phones: gone.phones }] });
    const [contact] = await onRecord(ctx);
    const person = { contactId: ContactId.parse(contact?.id) };
    await erasePerson(ctx, { person, reason: "asked" });

    const said = { externalId: "n", name: "Noether", phones: gone.phones };
    expect(await statuses(ctx, [said, { email: "n@example.org", ...said }])).toEqual([
      "created",
      "updated",
    ]);

    expect((await onRecord(ctx)).map(({ name }) => name)).toEqual(["Grace", "Noether", null]);
  });

  it("is not for agents", async () => {
    const ctx = await aContext();
    await expect(recordContacts(as(ctx, "agent"), { rows: [ada()] })).rejects.toMatchObject({
      code: "forbidden",
    });
  });

  it("does not touch a contact of another organization", async () => {
    const [ctx, other] = [await aContext(), await aContext()];
    const row = ada();
    await recordContacts(other, { rows: [row] });

    expect(await statuses(ctx, [{ ...row, name: "Eve" }])).toEqual(["created"]);
    expect(await onRecord(other)).toMatchObject([{ name: "Ada" }]);
  });
});

describe("apply contacts", () => {
  /** Creates Ada, and an outside system that keeps sending her data. */
  async function ada() {
    const ctx = await aContext();
    const { organizationId } = ctx;
    const [phone, another] = [aNumber(), aNumber()];
    const row = { externalId: "a", name: "Ada Lovelace", phones: [phone] };
    const send = (by: ServiceContext, more: object = {}) =>
      recordContacts(by, { rows: [{ ...row, ...more }] });
    await send(ctx);
    const { id } = await db.prisma.phone.findFirstOrThrow({ where: { organizationId } });
    const person = { phoneId: PhoneId.parse(id) };
    const erase = (by: ServiceContext) => erasePerson(by, { person, reason: "asked" });
    const onRecord = () =>
      db.prisma.contact.findMany({
        where: { organizationId },
        include: { phones: { include: { phone: true } } },
      });
    return { ctx, another, send, erase, onRecord };
  }

  /** Returns the result of a second transaction that began before the first one ended. */
  async function second<T>(
    ctx: RootContext,
    first: (ctx: ServiceContext) => Promise<unknown>,
    other: () => Promise<T>,
    then: typeof first = () => Promise.resolve(),
  ): Promise<T> {
    const work = async (ctx: ServiceContext) => {
      await first(ctx);
      const done = Promise.allSettled([other()]);
      await waitForLockWaiter();
      await then(ctx);
      return { done };
    };
    const [outcome] = await (await inTransaction(ctx, work, { timeoutMs: 30_000 })).done;
    if (outcome.status === "rejected") throw outcome.reason;
    return outcome.value;
  }

  it("restores nothing of a person who is being erased", async () => {
    const { ctx, send, erase, onRecord } = await ada();
    const sent = await second(ctx, erase, () => send(ctx, { email: "ada@example.org" }));
    expect(await onRecord()).toMatchObject([{ externalId: null, name: null, email: null }]);
    expect(sent.rows).toMatchObject([{ status: "rejected", message: { key: "contact.erased" } }]);
  });

  it("writes no activity of somebody who is being erased", async () => {
    const { ctx, erase } = await ada();
    const did = { externalId: "o1", contact: "a", type: "purchase", at: "2026-03-01T09:00:00Z" };
    const sent = await second(ctx, erase, () => recordActivities(ctx, { rows: [did] }));
    expect(sent.rows).toMatchObject([{ status: "rejected" }]);
    const { organizationId } = ctx;
    expect(await db.prisma.activity.count({ where: { organizationId } })).toBe(0);
  });

  it("writes nothing that a concurrent erasure would miss", async () => {
    const { ctx, another, send, erase, onRecord } = await ada();
    const first = (ctx: ServiceContext) => send(ctx, { phones: [another] });
    await second(ctx, first, () => erase(ctx));
    const phones = [{ phone: { e164: null } }, { phone: { e164: null } }];
    expect(await onRecord()).toMatchObject([{ externalId: null, name: null, phones }]);
  });

  it("does not deadlock with a consent that names the owner of the same new number", async () => {
    const { ctx, another, send, onRecord } = await ada();
    const consent = aConsent({ phone: another, contact: { externalId: "a" } });
    const more = (ctx: ServiceContext) => send(ctx, { phones: [another] });
    await second(ctx, send, () => recordConsent(ctx, consent), more);
    expect(await onRecord()).toMatchObject([{ phones: { length: 2 } }]);
  });

  it("waits in no circle with a form that says whose the same new number is", async () => {
    const { ctx, another, send, onRecord } = await ada();
    const { address } = await aForm(ctx);
    const filled = { phone: another, name: "Ada Lovelace" };
    const { form, ...sent } = await aSubmission(ctx, address, filled);
    const more = (ctx: ServiceContext) => send(ctx, { phones: [another] });
    await second(ctx, send, () => submitEmbeddedForm(form, sent), more);
    expect(await onRecord()).toMatchObject([{ phones: { length: 2 } }]);
  });

  it("does not let a form rename somebody who gets the same new number meanwhile", async () => {
    const { ctx, another, send, onRecord } = await ada();
    const { address } = await aForm(ctx);
    const filled = { phone: another, name: "Eve", email: "eve@example.org" };
    const { form, ...sent } = await aSubmission(ctx, address, filled);
    const more = (ctx: ServiceContext) => send(ctx, { phones: [another] });
    await second(ctx, send, () => submitEmbeddedForm(form, sent), more);
    expect(await onRecord()).toMatchObject([{ name: "Ada Lovelace", email: null }]);
  });
});
