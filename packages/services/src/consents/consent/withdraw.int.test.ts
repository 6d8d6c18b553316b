import { aNumber, aSeller, anOrganization } from "@ringfence/db/testing";
import { describe, expect, it } from "vitest";
import { RecordLetter, WithdrawConsent } from "@ringfence/core/consents/consent";
import { ConsentId, PhoneId, SellerId } from "@ringfence/core/ids";
import { toStoredActor } from "../../platform/access/stored-actor.ts";
import { confirmConsents } from "../confirmation/answer.ts";
import { openConfirmation } from "../confirmation/public-page.ts";
import { aConfirmation, by } from "../../../testing/confirmations.ts";
import { aConsent, aContext, as, db } from "../../../testing/scenes.ts";
import { openPhoneStatements } from "../../../testing/statements.ts";
import { type RootContext, inTransaction } from "../../platform/context.ts";
import { recordConsent } from "./record.ts";
import { recordLetter, withdrawByReceipt, withdrawConsent } from "./withdraw.ts";
import { aConsentReceipt } from "../../../testing/consent-receipts.ts";
import { onRecord } from "../../../testing/submissions.ts";
import { createHash } from "node:crypto";
import { anEvidenceFile } from "../../../testing/evidence.ts";
import { aFileContext } from "../../../testing/imports.ts";
import { readEvidenceFile } from "../evidence/download.ts";
import { screenCall } from "../../calling/screening/screen-call.ts";

describe("withdraw consent", () => {
  async function scene() {
    const ctx = await aContext();
    const { id } = await recordConsent(ctx, aConsent());
    const withdraw = (more: object = {}, by: RootContext = ctx) =>
      withdrawConsent(by, WithdrawConsent.parse({ consent: id, ...more }));
    const onRecord = () =>
      db.prisma.consentEvent.findMany({ where: { consentId: id, type: "withdrawn" } });
    return { ctx, id, withdraw, onRecord };
  }

  it("records the withdrawal", async () => {
    const { ctx, id, withdraw, onRecord } = await scene();
    const actor = toStoredActor(ctx.actor);

    expect(await withdraw({ channel: "ivr" })).toMatchObject({
      id,
      standing: [{ purpose: "marketing", status: "withdrawn" }],
    });

    expect(await onRecord()).toMatchObject([{ source: "ivr", purposes: ["marketing"], actor }]);
    expect((await openPhoneStatements(ctx)).at(-1)).toMatchObject({
      kind: "consent.withdrawn",
      claims: { consent: id, source: "ivr", recorded_by: actor },
    });
  });

  it("withdraws a part, and leaves the rest", async () => {
    const { withdraw } = await scene();
    expect(await withdraw({ purposes: ["marketing.loans"] })).toMatchObject({
      standing: [
        { purpose: "marketing", status: "granted" },
        { purpose: "marketing.loans", status: "withdrawn" },
      ],
    });
  });

  it("records one withdrawal, however often and however fast it is sent", async () => {
    const { withdraw, onRecord } = await scene();
    await Promise.all([withdraw(), withdraw(), withdraw()]);
    expect(await onRecord()).toHaveLength(1);
  });

  it("withdraws a grant that began later and came first", async () => {
    const { ctx, link, ...made } = await aConfirmation({ means: "sms", isAsked: true });
    const { ctx: person, confirmationId } = await openConfirmation(ctx, link);
    const [asked] = await made.events();
    const consent = ConsentId.parse(asked?.consentId);
    await inTransaction(ctx, async (began) => {
      await confirmConsents(person, { confirmationId, act: "link opened", ...by });
      const earlier = { ...began, now: new Date(began.now.getTime() - 1) };
      await withdrawConsent(earlier, WithdrawConsent.parse({ consent }));
    });
    const [, granted, withdrawn] = await made.events();
    expect(withdrawn?.type).toBe("withdrawn");
    expect(withdrawn?.at.getTime()).toBeGreaterThanOrEqual(granted?.at.getTime() ?? Infinity);
  });

  it("withdraws two identical consents at the same time", async () => {
    const ctx = await aContext();
    const phone = aNumber();
    const days = [new Date("2026-01-05Z"), new Date("2026-02-05Z")];
    for (const obtainedAt of days) {
      const { id } = await recordConsent(ctx, aConsent({ phone, obtainedAt }));
      const said = { consent: id, at: "2026-03-01T10:00:00Z" };
      expect(await withdrawConsent(ctx, WithdrawConsent.parse(said))).toMatchObject({ id });
    }
    const { organizationId } = ctx;
    const where = { organizationId, type: "withdrawn" } as const;
    expect(await db.prisma.consentEvent.count({ where })).toBe(2);
  });

  it("withdraws the whole consent if a purpose is named that it does not cover, and says so", async () => {
    const { withdraw } = await scene();
    expect(await withdraw({ purposes: ["survey"] })).toMatchObject({
      standing: [{ purpose: "marketing", status: "withdrawn" }],
      notes: [{ key: "consent.purpose-not-given" }],
    });
  });

  it("refuses readers", async () => {
    const { ctx, withdraw } = await scene();
    await expect(withdraw({}, as(ctx, "auditor"))).rejects.toMatchObject({ code: "forbidden" });
  });

  it("finds no consent of another organization", async () => {
    const [{ withdraw, onRecord }, other] = [await scene(), await scene()];
    await expect(withdraw({}, other.ctx)).rejects.toMatchObject({ code: "not-found" });
    expect(await onRecord()).toEqual([]);
  });
});

it("withdraws only the named consent, once, even one that is not about calls", async () => {
  const office = await aContext();
  const { ctx, receipt } = await aConsentReceipt(office);
  const [calls, data] = (await onRecord(office)).map(({ consentId }) => consentId);
  expect(calls).toBe(receipt);
  const readTypes = async (id: string | undefined) =>
    (await onRecord(office)).filter((one) => one.consentId === id).map(({ type }) => type);
  await withdrawByReceipt(ctx, { receipt, consent: receipt });
  await withdrawByReceipt(ctx, { receipt, consent: receipt });
  expect(await readTypes(calls)).toEqual(["granted", "withdrawn"]);
  expect(await readTypes(data)).toEqual(["granted"]);

  await withdrawByReceipt(ctx, { receipt, consent: data as typeof receipt });
  await withdrawByReceipt(ctx, { receipt, consent: data as typeof receipt });
  expect(await readTypes(data)).toEqual(["granted", "withdrawn"]);
});

it("withdraws no other consent of the phone, and none of another organization", async () => {
  const office = await aContext();
  const phone = aNumber();
  const [one, two] = [
    await aConsentReceipt(office, { phone }),
    await aConsentReceipt(office, { phone }),
  ];
  const refused = { code: "not-found" };
  await expect(
    withdrawByReceipt(one.ctx, { receipt: one.receipt, consent: two.receipt }),
  ).rejects.toMatchObject(refused);
  const other = { ...one.ctx, organizationId: await anOrganization(office.db) };
  await expect(
    withdrawByReceipt(other, { receipt: one.receipt, consent: one.receipt }),
  ).rejects.toMatchObject(refused);
  expect((await onRecord(office)).map(({ type }) => type)).not.toContain("withdrawn");
});

describe("record letter", () => {
  /** Creates a person who agreed twice, and the scan of their letter. */
  async function scene() {
    const ctx = await aFileContext();
    const phone = aNumber();
    const { id: offers } = await recordConsent(ctx, aConsent({ phone }));
    const { id: survey } = await recordConsent(ctx, aConsent({ phone, purposes: ["survey"] }));
    const { organizationId } = ctx;
    const row = await db.prisma.phone.findFirstOrThrow({ where: { organizationId, e164: phone } });
    const scan = await anEvidenceFile(ctx, "scan");
    const letter = (more: object = {}) =>
      RecordLetter.parse({
        phoneId: row.id,
        consents: [offers],
        receivedAt: "2026-04-01T00:00:00Z",
        file: scan.id,
        ...more,
      });
    return { ctx, phone, phoneId: PhoneId.parse(row.id), offers, survey, scan, letter };
  }

  const withdrawals = (organizationId: string) =>
    db.prisma.consentEvent.findMany({
      where: { organizationId, type: "withdrawn" },
      include: { evidence: true },
    });

  it("withdraws the consents that the letter names, and states the hash of its scan", async () => {
    const { ctx, phone, offers, scan, letter } = await scene();
    const hash = `sha256:${createHash("sha256").update(scan.bytes).digest("hex")}`;

    expect(await recordLetter(ctx, letter())).toEqual({
      hash,
      consents: [
        { id: offers, isNew: true, standing: [expect.objectContaining({ status: "withdrawn" })] },
      ],
    });

    expect(await withdrawals(ctx.organizationId)).toMatchObject([
      {
        consentId: offers,
        source: "paper",
        at: new Date("2026-04-01T00:00:00Z"),
        evidence: [{ body: { scan: hash }, fileId: scan.id }],
      },
    ]);
    const stated = (await openPhoneStatements(ctx)).filter(
      ({ kind }) => kind === "consent.withdrawn",
    );
    expect(stated).toMatchObject([{ claims: { consent: offers, scan: hash, source: "paper" } }]);
    expect(await readEvidenceFile(ctx, scan.id)).toMatchObject({ mediaType: "application/pdf" });
    const { refusals } = await screenCall(ctx, { phone, purpose: "marketing" });
    expect(refusals.map(({ reason }) => reason)).toContain("consent-withdrawn");
  });

  it("is safe to repeat, and says which consents it did not change", async () => {
    const { ctx, offers, survey, letter } = await scene();
    await recordLetter(ctx, letter());
    const { consents } = await recordLetter(ctx, letter({ consents: [offers, survey, offers] }));
    expect(Object.fromEntries(consents.map(({ id, isNew }) => [id, isNew]))).toEqual({
      [offers]: false,
      [survey]: true,
    });
    expect(await withdrawals(ctx.organizationId)).toHaveLength(2);
  });

  it("rejects a letter from the future and consents of another phone, and records nothing", async () => {
    const { ctx, offers, letter } = await scene();
    const { id: others } = await recordConsent(ctx, aConsent());
    await expect(
      recordLetter(ctx, letter({ receivedAt: "2999-01-01T00:00:00Z" })),
    ).rejects.toMatchObject({ path: "/receivedAt" });
    await expect(recordLetter(ctx, letter({ consents: [offers, others] }))).rejects.toMatchObject({
      path: "/consents",
    });
    const { id: recording } = await anEvidenceFile(ctx);
    await expect(recordLetter(ctx, letter({ file: recording }))).rejects.toMatchObject({
      explanation: { key: "evidence.other-kind", values: { kind: "scan" } },
    });
    expect(await withdrawals(ctx.organizationId)).toEqual([]);
  });

  it("allows owners, officers and agents", async () => {
    const { ctx, letter } = await scene();
    for (const role of ["owner", "officer", "agent"] as const) {
      const by = { ...ctx, ...as(ctx, role) };
      const { id: file } = await anEvidenceFile(by, "scan");
      expect(await recordLetter(by, letter({ file }))).toMatchObject({ consents: [{}] });
    }
    for (const role of ["marketer", "developer", "auditor"] as const) {
      await expect(recordLetter(as(ctx, role), letter())).rejects.toMatchObject({
        code: "forbidden",
      });
    }
  });

  it("finds no consent of another organization", async () => {
    const [theirs, ours] = [await scene(), await scene()];
    const { phoneId, offers } = theirs;
    const input = ours.letter({ phoneId, consents: [offers] });
    await expect(recordLetter(ours.ctx, input)).rejects.toMatchObject({ code: "not-found" });
  });

  it("withdraws no consent to a seller that the member does not work for", async () => {
    const { ctx, letter } = await scene();
    const bank = SellerId.parse(await aSeller(db, ctx.organizationId, "bank"));
    const actor = { type: "member", id: "ada", role: "agent", sellerIds: [bank] } as const;
    await expect(recordLetter({ ...ctx, actor }, letter())).rejects.toMatchObject({
      code: "forbidden",
    });
    expect(await withdrawals(ctx.organizationId)).toEqual([]);
  });
});
