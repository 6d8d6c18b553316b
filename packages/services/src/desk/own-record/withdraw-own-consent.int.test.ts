import { ConsentId } from "@ringfence/core/ids";
import { expect, it } from "vitest";
import { aCode } from "../../../testing/person-codes.ts";
import { aConsent, aContext, as, db } from "../../../testing/scenes.ts";
import { recordConsent } from "../../consents/consent/record.ts";
import { screenCall } from "../../calling/screening/screen-call.ts";
import { readOwnRecord } from "./read-own-record.ts";
import { withdrawOwnConsent } from "./withdraw-own-consent.ts";

async function scene() {
  const made = await aCode();
  const { office, phone, phoneId } = made;
  const survey = { phone, purposes: ["survey"] };
  const { id: other } = await recordConsent(office, aConsent(survey));
  const person = { ...office, actor: { type: "person", phoneId } as const };
  const seen = await readOwnRecord(person, {});
  const consent = seen.consents.find(({ consentId }) => consentId !== other)?.consentId;
  const reasons = async (purpose: string) =>
    (await screenCall(office, { phone, purpose })).refusals.map(({ reason }) => reason);
  return { ...made, person, seen, other, consent: ConsentId.parse(consent), reasons };
}

it("takes back one consent of a person, and leaves the others", async () => {
  const { person, seen, other, consent, reasons } = await scene();
  expect(seen.standing).toEqual(new Set([consent, other]));
  await withdrawOwnConsent(person, { consent });
  expect(await reasons("marketing")).toContain("consent-withdrawn");
  expect(await reasons("survey")).not.toContain("consent-withdrawn");
  const after = await readOwnRecord(person, {});
  expect(after.standing).toEqual(new Set([other]));
  expect(after.consents[0]).toMatchObject({ consentId: consent, type: "withdrawn", source: "web" });
});

it("withdraws once, however often it is requested, and audits that it was the person", async () => {
  const { office, person, phoneId, consent } = await scene();
  await Promise.all([1, 2, 3].map(() => withdrawOwnConsent(person, { consent })));
  const { organizationId } = office;
  const where = { organizationId, consentId: consent, type: "withdrawn" } as const;
  expect(await db.prisma.consentEvent.count({ where })).toBe(1);
  const audit = { organizationId, action: "own-record.withdraw", phoneId };
  expect(await db.prisma.auditEntry.findMany({ where: audit })).toMatchObject([
    { actor: { type: "person" }, details: { consentId: consent } },
  ]);
});

it("is for the person of that phone alone", async () => {
  const { office, person, consent } = await scene();
  const stranger = await recordConsent(office, aConsent());
  await expect(withdrawOwnConsent(person, { consent: stranger.id })).rejects.toMatchObject({
    code: "not-found",
  });
  await expect(withdrawOwnConsent(as(office, "officer"), { consent })).rejects.toMatchObject({
    code: "forbidden",
  });
});

it("does not find one of another organization", async () => {
  const [{ person, consent }, theirs] = [await scene(), await aContext()];
  const { organizationId } = theirs;
  await expect(
    withdrawOwnConsent({ ...person, organizationId }, { consent }),
  ).rejects.toMatchObject({ code: "not-found" });
});
