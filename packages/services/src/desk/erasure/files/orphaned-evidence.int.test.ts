import { ConsentId, ContactId } from "@ringfence/core/ids";
import { expect, it } from "vitest";
import { aNumber } from "@ringfence/db/testing";
import { anEvidenceFile, anOfflineConsent } from "../../../../testing/evidence.ts";
import { aFileContext, files } from "../../../../testing/imports.ts";
import { db } from "../../../../testing/scenes.ts";
import { recordContacts } from "../../../people/contact/record-contacts.ts";
import { recordOfflineConsents } from "../../../consents/consent/record-offline.ts";
import { evidenceFile } from "../../../platform/files/index.ts";
import { eraseClaims } from "../erase-claims.ts";
import { eraseFromFiles } from "./erase-from-files.ts";
import { erasePerson } from "../erase-person.ts";
import { reviveFileErasures } from "./start-file-erasure.ts";

async function scene(more: object = {}) {
  const ctx = await aFileContext();
  const { organizationId } = ctx;
  const { id } = await anEvidenceFile(ctx);
  const { phoneId, consents } = await recordOfflineConsents(ctx, anOfflineConsent(id, more));
  const consentId = ConsentId.parse(consents[0]?.id);
  const work = () =>
    eraseFromFiles({ ...ctx, actor: { type: "job", name: "erasure.files" } as const });
  const isKept = async (file = id) => ({
    row: await db.prisma.evidenceFile.count({ where: { organizationId, id: file } }),
    bytes: await files.has(evidenceFile(organizationId, file)),
  });
  const isQueued = async () => {
    const { rowCount } = await db.pool.query(
      "SELECT FROM graphile_worker.jobs WHERE key = $1 AND task_identifier = 'erasure.files'",
      [`erasure.files ${organizationId}`],
    );
    return rowCount === 1;
  };
  return { ctx, id, phoneId, consentId, work, isKept, isQueued };
}

const kept = { row: 1, bytes: true };
const gone = { row: 0, bytes: false };

it("erases the recording of a person with them", async () => {
  const { ctx, phoneId, work, isKept, isQueued } = await scene();
  await work();
  expect(await isKept()).toEqual(kept);
  await erasePerson(ctx, { person: { phoneId }, reason: "asked" });
  expect(await isQueued()).toBe(true);
  await work();
  expect(await isKept()).toEqual(gone);
});

it.each(["recording", "scan"] as const)(
  "erases a recording when the claim “%s” is erased, if that is what it is",
  async (claim) => {
    const { ctx, consentId, work, isKept, isQueued } = await scene();
    await eraseClaims(ctx, { consentId, claims: [claim], reason: "retention" });
    expect(await isQueued()).toBe(true);
    await work();
    expect(await isKept()).toEqual(claim === "recording" ? gone : kept);
  },
);

it("erases the recording of a person who shared their phone, and keeps the other’s", async () => {
  const phone = aNumber();
  const { ctx, work, isKept } = await scene({ phone, name: "Grace Hopper" });
  const { id: other } = await anEvidenceFile(ctx);
  const phones = [phone];
  for (const row of [
    { externalId: "grace", name: "Grace Hopper", phones },
    { externalId: "joan", name: "Joan", phones },
  ]) {
    await recordContacts(ctx, { rows: [row] });
  }
  const input = anOfflineConsent(other, {
    phone,
    name: "Joan",
    obtainedAt: "2026-03-02T10:00:00Z",
  });
  await recordOfflineConsents(ctx, input);
  const { organizationId } = ctx;
  const where = { organizationId, name: "Grace Hopper" };
  const { id: contactId } = await db.prisma.contact.findFirstOrThrow({ where });
  await erasePerson(ctx, { person: { contactId: ContactId.parse(contactId) }, reason: "asked" });
  await work();
  expect(await isKept()).toEqual(gone);
  expect(await isKept(other)).toEqual(kept);
});

it("erases a file of which no consent came within a day, and leaves one of today", async () => {
  const { ctx, work, isKept, isQueued } = await scene();
  const [{ id: old }, { id: fresh }] = [await anEvidenceFile(ctx), await anEvidenceFile(ctx)];
  await db.pool.query(
    "UPDATE evidence_file SET uploaded_at = uploaded_at - interval '25 hours' WHERE id = $1",
    [old],
  );
  await reviveFileErasures(db);
  expect(await isQueued()).toBe(true);
  await work();
  expect(await isKept(old)).toEqual(gone);
  expect(await isKept(fresh)).toEqual(kept);
  expect(await isKept()).toEqual(kept);
});
