import { TimelineCursor } from "@ringfence/core/desk/number";
import { ConsentId } from "@ringfence/core/ids";
import { aNumber, anOrganization } from "@ringfence/db/testing";
import { expect, it } from "vitest";
import { aCalledPerson, complain, file } from "../../../testing/complaints.ts";
import { insertCorrection } from "../../../testing/corrections.ts";
import { aCodeAtNoon } from "../../../testing/person-codes.ts";
import { aConsent, as, db } from "../../../testing/scenes.ts";
import { recordCalls } from "../../calling/call/record.ts";
import { recordConsent } from "../../consents/consent/record.ts";
import { recordOptOut } from "../../do-not-call/opt-out/record.ts";
import { screenCall } from "../../calling/screening/screen-call.ts";
import { decideComplaint } from "../complaint/decide-complaint.ts";
import { readOwnRecord } from "./read-own-record.ts";
import { withdrawOwnConsent } from "./withdraw-own-consent.ts";

async function scene() {
  const made = await aCodeAtNoon();
  const { office, phone, phoneId } = made;
  const { id: screeningId } = await screenCall(as(office, "agent"), {
    phone,
    purpose: "marketing",
  });
  const call = { phone, seller: "acme", purpose: "marketing", at: new Date().toISOString() };
  await recordCalls(office, {
    rows: [
      { ...call, externalId: "1", outcome: "reached", screening: screeningId },
      { ...call, externalId: "2", at: "2026-01-06T10:00:00Z" },
    ],
  });
  await recordOptOut(office, { phone, channel: "agent", note: "Rude." });
  return { ...made, person: { ...office, actor: { type: "person", phoneId } as const } };
}

it("shows a person what they agreed to, who called and why, and what they refused", async () => {
  const { person, phone } = await scene();
  const seen = await readOwnRecord(person, {});
  expect(seen).toMatchObject({
    organization: "Test",
    phone,
    consents: [
      {
        type: "granted",
        seller: "Acme",
        disclosure: { text: "Acme may call me about its offers.", language: "en" },
      },
    ],
    calls: [
      { seller: "Acme", outcome: "reached", check: "allowed", reasons: [] },
      { seller: "Acme", check: "none", consentSince: null, reasons: [] },
    ],
    refusals: [{ scope: "all" }],
  });
  expect(seen.calls[0]?.consentSince).toEqual(new Date("2026-01-05T10:00:00Z"));
});

it("shows no opt-out as lifted because of an answer that somebody inserted", async () => {
  const { person, office } = await scene();
  const { organizationId } = office;
  const { id } = await db.prisma.optOut.findFirstOrThrow({ where: { organizationId } });
  await insertCorrection(organizationId, id);
  expect((await readOwnRecord(person, {})).refusals).toMatchObject([{ correctedAt: null }]);
});

it("shows every call page by page, and why the screening before it allowed or refused it", async () => {
  const { person, office, phone } = await scene();
  const { id: screening } = await screenCall(as(office, "agent"), { phone, purpose: "marketing" });
  const call = { phone, seller: "acme", purpose: "marketing" };
  const at = new Date().toISOString();
  const old = Array.from({ length: 20 }, (_, day) => new Date(Date.UTC(2025, 10, day + 1)));
  await recordCalls(office, {
    rows: [
      { ...call, externalId: "against", at, screening },
      ...old.map((at, index) => ({ ...call, externalId: `old ${index}`, at: at.toISOString() })),
    ],
  });
  const first = await readOwnRecord(person, {});
  expect(first.calls).toHaveLength(20);
  expect(first.calls).toContainEqual(
    expect.objectContaining({
      check: "refused",
      consentSince: null,
      reasons: expect.arrayContaining(["opted-out"]),
    }),
  );
  const callsAfter = TimelineCursor.parse(first.earlierCalls);
  const second = await readOwnRecord(person, { callsAfter });
  expect(second.earlierCalls).toBeNull();
  expect(second.calls.map(({ at }) => at)).toEqual(old.toReversed().slice(17));
});

it("says nothing of the screening of another phone, which a log names", async () => {
  const { person, office, phone } = await scene();
  const other = aNumber();
  await recordConsent(office, aConsent({ phone: other }));
  const { id: screening } = await screenCall(office, { phone: other, purpose: "marketing" });
  const call = { phone, seller: "acme", purpose: "marketing", at: "2026-02-01T10:00:00Z" };
  await recordCalls(office, { rows: [{ ...call, externalId: "3", screening }] });
  const { calls } = await readOwnRecord(person, {});
  expect(calls.find(({ at }) => at.getTime() === Date.UTC(2026, 1, 1, 10))).toMatchObject({
    check: "none",
    consentSince: null,
    reasons: [],
  });
});

it("shows every consent that can be taken back, however many came after it", async () => {
  const { person, office, phone } = await scene();
  const [first] = (await readOwnRecord(person, {})).consents;
  const others = Array.from({ length: 11 }, (_, day) =>
    aConsent({ phone, purposes: ["survey"], obtainedAt: new Date(Date.UTC(2026, 1, day + 1)) }),
  );
  for (const other of others) await recordConsent(office, other);
  const { consents, standing } = await readOwnRecord(person, {});
  expect(standing.size).toBe(12);
  expect(new Set(consents.map(({ consentId }) => consentId))).toEqual(standing);
  expect(consents.at(-1)).toEqual(first);

  // Consents that no longer stand are listed only as far as the latest ones.
  for (const { consentId } of consents.slice(0, 11)) {
    await withdrawOwnConsent(person, { consent: ConsentId.parse(consentId) });
  }
  const after = await readOwnRecord(person, {});
  expect(after.standing).toEqual(new Set([first?.consentId]));
  expect(after.consents).toHaveLength(11);
  expect(after.consents.at(-1)).toEqual(first);
});

it("shows what became of the person's own complaints, and of no others", async () => {
  const { office, person, phone } = await aCalledPerson();
  expect((await readOwnRecord(person, {})).complaints).toEqual([]);
  const first = await complain(person, { text: "I said no." });
  const second = await complain(person, { text: "And again!" });
  await file(as(office, "agent"), { phone: aNumber(), text: "They called at six." });
  await file(office, { phone, source: "regulator", regulator: { authority: "ICO" } });
  await decideComplaint(office, { complaintId: first, decision: "upheld", text: "Sorry." });
  expect((await readOwnRecord(person, {})).complaints).toMatchObject([
    { id: second, decision: null, decidedAt: null, dueAt: expect.any(Date) },
    { id: first, decision: "upheld", decidedAt: expect.any(Date) },
  ]);
});

it("audits the look", async () => {
  const { person, phoneId } = await scene();
  await readOwnRecord(person, {});
  const { organizationId } = person;
  const where = { organizationId, action: "own-record.read" };
  expect(await db.prisma.auditEntry.findMany({ where })).toMatchObject([
    { phoneId, actor: { type: "person", id: phoneId } },
  ]);
});

it("is of nobody in another organization, and not for members", async () => {
  const { person, office } = await scene();
  const other = { ...person, organizationId: await anOrganization(db) };
  await expect(readOwnRecord(other, {})).rejects.toMatchObject({ code: "not-found" });
  await expect(readOwnRecord(office, {})).rejects.toMatchObject({ code: "forbidden" });
});
