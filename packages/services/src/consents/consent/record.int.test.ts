import { RecordConsent } from "@ringfence/core/consents/consent";
import { aNumber, aSeller } from "@ringfence/db/testing";
import { expect, it } from "vitest";
import { toStoredActor } from "../../platform/access/stored-actor.ts";
import { aDisclosure } from "../../../testing/forms.ts";
import { aConsent, aContext, as, db } from "../../../testing/scenes.ts";
import { openPhoneStatements } from "../../../testing/statements.ts";
import { type RootContext, inTransaction } from "../../platform/context.ts";
import { recordContacts } from "../../people/contact/record-contacts.ts";
import { recordConsent } from "./record.ts";
import { recordOptOut } from "../../do-not-call/opt-out/record.ts";

const onRecord = ({ organizationId }: RootContext) =>
  db.prisma.consentEvent.findMany({
    where: { organizationId },
    include: { phone: true, evidence: true, disclosure: true },
  });

it("records the consent with its words, its evidence and who recorded it", async () => {
  const ctx = await aContext();
  const input = aConsent({ evidence: { act: "ticked", ip: "192.0.2.1", more: { n: 1 } } });

  const { id, standing } = await recordConsent(ctx, input);

  const { phone, obtainedAt, disclosure, evidence } = input;
  expect(standing).toEqual([{ purpose: "marketing", status: "granted", since: obtainedAt }]);
  expect(await onRecord(ctx)).toMatchObject([
    {
      consentId: id,
      type: "granted",
      phone: { e164: phone },
      purposes: ["marketing"],
      channels: ["voice_live"],
      elements: expect.arrayContaining(["affirmative_action", "seller_identity"]),
      isWritten: true,
      isProven: false,
      at: obtainedAt,
      disclosure,
      evidence: [{ body: evidence }],
      actor: toStoredActor(ctx.actor),
    },
  ]);
  expect(await openPhoneStatements(ctx)).toMatchObject([
    {
      kind: "consent.granted",
      claims: { consent: id, phone, recorded_by: toStoredActor(ctx.actor) },
    },
  ]);
});

it("records the same grant once, however often and however fast it is sent", async () => {
  const ctx = await aContext();
  const input = aConsent({ purposes: ["survey", "marketing"], channels: ["sms", "voice_live"] });
  const turned = {
    ...input,
    purposes: input.purposes.toReversed(),
    channels: input.channels.toReversed(),
  };

  const all = await Promise.all([input, turned, input, turned].map((it) => recordConsent(ctx, it)));

  expect(new Set(all.map(({ id }) => id)).size).toBe(1);
  expect(await onRecord(ctx)).toHaveLength(1);
  expect(await openPhoneStatements(ctx)).toHaveLength(1);
});

it("holds a consent that comes after an opt-out", async () => {
  const ctx = await aContext();
  const input = aConsent();
  await recordOptOut(ctx, { phone: input.phone, channel: "sms", at: input.obtainedAt });

  expect(await recordConsent(ctx, input)).toMatchObject({ standing: [{ status: "held" }] });
});

it("holds a consent after an opt-out of another phone of the person", async () => {
  const ctx = await aContext();
  const input = aConsent();
  const other = aNumber();
  await recordContacts(ctx, { rows: [{ phones: [input.phone, other] }] });
  await recordOptOut(ctx, { phone: other, channel: "sms" });

  expect(await recordConsent(ctx, input)).toMatchObject({ standing: [{ status: "held" }] });
});

it("stores the words that were shown once, by their content", async () => {
  const ctx = await aContext();
  const { organizationId } = ctx;
  await recordConsent(ctx, aConsent());
  await recordConsent(ctx, aConsent());
  const { id, version } = await db.prisma.disclosure.findFirstOrThrow({
    where: { organizationId },
  });
  await recordConsent(ctx, aConsent({ disclosure: { id, version } }));
  expect((await onRecord(ctx)).map((event) => event.disclosureId)).toEqual([id, id, id]);
});

it("records whose phone it is, if the source says so", async () => {
  const ctx = await aContext();
  const contact = { externalId: "a", name: "Ада\0", email: "ada@example.org" };
  const input = aConsent({ contact });
  await recordConsent(ctx, input);

  const { organizationId } = ctx;
  const where = { organizationId };
  expect(
    await db.prisma.contact.findMany({ where, include: { phones: { include: { phone: true } } } }),
  ).toMatchObject([{ ...contact, name: "Ада", phones: [{ phone: { e164: input.phone } }] }]);
});

it("saves evidence that a database would reject", async () => {
  const ctx = await aContext();
  const input = aConsent({ evidence: RecordConsent.shape.evidence.parse({ note: "a\0b\ud800" }) });
  await recordConsent(ctx, input);
  expect(await onRecord(ctx)).toMatchObject([{ evidence: [{ body: { note: "ab\ufffd" } }] }]);
});

const stranger = "01890000-0000-7000-8000-00000000000a";
it.each([
  [{ obtainedAt: new Date("9999-01-01") }, "invalid", "/obtainedAt"],
  [{ obtainedAt: new Date("0000-01-01") }, "invalid", "/obtainedAt"],
  [{ validUntil: new Date("2020-01-01") }, "invalid", "/validUntil"],
  [{ phone: "call me" }, "invalid", "/phone"],
  [{ seller: "acmee" }, "invalid-field", "/seller"],
  [{ purposes: ["marketing", "cars"] }, "invalid-field", "/purposes/1"],
  [{ disclosure: { id: stranger, version: 1 } }, "invalid-field", "/disclosure"],
])("refuses what cannot be, and says where: %j", async (more, code, path) => {
  const ctx = await aContext();
  await expect(recordConsent(ctx, aConsent(more))).rejects.toMatchObject({ code, path });
  expect(await onRecord(ctx)).toEqual([]);
});

it("joins the transaction of its caller", async () => {
  const ctx = await aContext();
  const abandoned = inTransaction(ctx, async (ctx) => {
    await recordConsent(ctx, aConsent());
    throw new Error("changed our mind");
  });
  await expect(abandoned).rejects.toThrow("changed our mind");
  expect(await onRecord(ctx)).toEqual([]);
});

it("refuses readers, and agents of another seller", async () => {
  const ctx = await aContext();
  const sellerIds = [await aSeller(db, ctx.organizationId, "bank")];
  const agent = { ...ctx, actor: { type: "member", id: "bob", role: "agent", sellerIds } } as const;
  const input = aConsent({ seller: "acme" });

  for (const other of [as(ctx, "auditor"), agent]) {
    await expect(recordConsent(other, input)).rejects.toMatchObject({ code: "forbidden" });
  }
});

it("adds the elements that the published text states", async () => {
  const ctx = await aContext();
  const { id, version } = await aDisclosure(ctx);
  await recordConsent(ctx, aConsent({ disclosure: { id, version } }));
  expect((await onRecord(ctx))[0]?.elements).toContain("right_to_withdraw");
});

it("rejects a consent to more than the published text asks", async () => {
  const ctx = await aContext();
  const { id, version } = await aDisclosure(ctx);
  const recording = (more: object) =>
    recordConsent(ctx, aConsent({ disclosure: { id, version }, ...more }));
  await expect(recording({ channels: ["voice_live", "sms"] })).rejects.toMatchObject({
    code: "invalid-field",
    path: "/channels/1",
  });
  await expect(recording({ purposes: ["survey"] })).rejects.toMatchObject({ path: "/purposes/0" });
  await aSeller(db, ctx.organizationId, "other");
  await expect(recording({ seller: "other" })).rejects.toMatchObject({ path: "/seller" });
  const less = recording({ seller: "acme", purposes: ["marketing.loans"] });
  expect((await less).standing).toMatchObject([{ purpose: "marketing.loans", status: "granted" }]);
});

it("finds no disclosure of another organization", async () => {
  const [ctx, other] = [await aContext(), await aContext()];
  await recordConsent(other, aConsent());
  const [event] = await onRecord(other);
  const disclosure = { id: event?.disclosureId ?? "", version: 1 };

  await expect(recordConsent(ctx, aConsent({ disclosure }))).rejects.toMatchObject({
    path: "/disclosure",
  });
});

it("records callers that wait at once, and leaves nothing of one that is invalid", async () => {
  const ctx = await aContext();
  const { id, version } = await aDisclosure(await aContext());
  const contact = (name: string) => ({ contact: { externalId: "c-1", name } });
  const [named, renamed] = [aConsent(contact("Ada")), aConsent(contact("Ada L."))];
  const valid = [...Array.from({ length: 12 }, () => aConsent()), named, renamed];
  const invalid = [
    aConsent({ seller: "nobody" }),
    aConsent({ obtainedAt: new Date("2999-01-01T00:00:00Z") }),
    aConsent({ disclosure: { id, version } }),
  ];
  const first = recordConsent(ctx, aConsent());
  const answers = await Promise.allSettled(
    [...invalid, ...valid].map((consent) => recordConsent(ctx, consent)),
  );
  await first;

  const statuses = answers.map(({ status }) => status);
  expect(statuses).toEqual([...invalid.map(() => "rejected"), ...valid.map(() => "fulfilled")]);
  const { organizationId } = ctx;
  const rows = await onRecord(ctx);
  const statements = answers.flatMap((it) => (it.status === "fulfilled" ? [it.value] : []));
  expect(new Set(statements.map(({ statement }) => statement)).size).toBe(valid.length);
  for (const { phone } of valid)
    expect(rows.filter((row) => row.phone.e164 === phone)).toHaveLength(1);
  for (const { phone } of invalid)
    expect(await db.prisma.phone.count({ where: { organizationId, e164: phone } })).toBe(0);
  expect(rows).toHaveLength(valid.length + 1);
  const action = "consent.record";
  const audited = await db.prisma.auditEntry.findMany({ where: { organizationId, action } });
  expect(new Set(audited.map(({ phoneId }) => phoneId)).size).toBe(rows.length);
  const people = await db.prisma.contact.findMany({
    where: { organizationId },
    include: { phones: true },
  });
  expect(people).toMatchObject([{ externalId: "c-1", name: "Ada L.", phones: [{}, {}] }]);
  const transactions = await db.pool.query(
    "SELECT DISTINCT xmin::text FROM consent_event WHERE organization_id = $1",
    [organizationId],
  );
  expect(transactions.rowCount).toBeLessThan(valid.length / 2);
});

it("cannot be undone, not even by us", async () => {
  const ctx = await aContext();
  const { id: consentId } = await recordConsent(ctx, aConsent());
  const { consentEvent } = db.prisma;
  const where = { consentId };
  await expect(consentEvent.updateMany({ where, data: { source: "x" } })).rejects.toThrow(
    "append-only",
  );
  await expect(consentEvent.deleteMany({ where })).rejects.toThrow("append-only");
});

it("says that an enquiry is insufficient, except where every law of the person counts it", async () => {
  const ctx = await aContext();
  const enquire = async (phone: string) => {
    const enquiry = aConsent({ phone, source: "enquiry", obtainedAt: new Date(), evidence: {} });
    const { standing } = await recordConsent(ctx, enquiry);
    return standing.map(({ status, missing }) => [status, missing]);
  };
  expect(await enquire(aNumber())).toEqual([["insufficient", undefined]]);
  expect(await enquire("+911145550101")).toEqual([["granted", undefined]]);

  const phones = ["+911145550102"];
  await recordContacts(ctx, { rows: [{ externalId: "berlin", phones, addressRegion: "DE-BE" }] });
  expect(await enquire("+911145550102")).toEqual([["insufficient", undefined]]);
});
