import { createHash } from "node:crypto";
import { RecordLetter } from "@ringfence/core/consents/consent";
import { PhoneId, SellerId } from "@ringfence/core/ids";
import { aNumber, aSeller } from "@ringfence/db/testing";
import { expect, it } from "vitest";
import { anEvidenceFile } from "../../../testing/evidence.ts";
import { aFileContext } from "../../../testing/imports.ts";
import { aConsent, as, db } from "../../../testing/scenes.ts";
import { statedOf } from "../../../testing/statements.ts";
import { readEvidenceFile } from "../evidence/read-evidence-file.ts";
import { screenCall } from "../../calling/screening/screen-call.ts";
import { recordConsent } from "./record-consent.ts";
import { recordLetter } from "./record-letter.ts";

/** Somebody who agreed twice, and the scan of their letter. */
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
  const stated = (await statedOf(ctx)).filter(({ kind }) => kind === "consent.withdrawn");
  expect(stated).toMatchObject([{ claims: { consent: offers, scan: hash, source: "paper" } }]);
  expect(await readEvidenceFile(ctx, scan.id)).toMatchObject({ mediaType: "application/pdf" });
  const { refusals } = await screenCall(ctx, { phone, purpose: "marketing" });
  expect(refusals.map(({ reason }) => reason)).toContain("consent-withdrawn");
});

it("is safe to repeat, and says of which consents it changed nothing", async () => {
  const { ctx, offers, survey, letter } = await scene();
  await recordLetter(ctx, letter());
  const { consents } = await recordLetter(ctx, letter({ consents: [offers, survey, offers] }));
  expect(Object.fromEntries(consents.map(({ id, isNew }) => [id, isNew]))).toEqual({
    [offers]: false,
    [survey]: true,
  });
  expect(await withdrawals(ctx.organizationId)).toHaveLength(2);
});

it("refuses a letter of the future, and consents of another phone, and records nothing", async () => {
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

it("is for owners, officers and agents", async () => {
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

it("takes back no consent to a seller for whom the member does not work", async () => {
  const { ctx, letter } = await scene();
  const bank = SellerId.parse(await aSeller(db, ctx.organizationId, "bank"));
  const actor = { type: "member", id: "ada", role: "agent", sellerIds: [bank] } as const;
  await expect(recordLetter({ ...ctx, actor }, letter())).rejects.toMatchObject({
    code: "forbidden",
  });
  expect(await withdrawals(ctx.organizationId)).toEqual([]);
});
