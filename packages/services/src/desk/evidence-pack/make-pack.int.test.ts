import { createHash } from "node:crypto";
import { PhoneId, SellerId } from "@ringfence/core/ids";
import { Phone } from "@ringfence/core/people/phone";
import { checkPack } from "@ringfence/core/proof/pack";
import { aNumber, anOrganization } from "@ringfence/db/testing";
import { verify } from "ringfence-verify";
import { beforeAll, describe, expect, it } from "vitest";
import { anEvidenceFile, anOfflineConsent, inPieces } from "../../../testing/evidence.ts";
import { as } from "../../../testing/scenes.ts";
import { recordOfflineConsents } from "../../consents/consent/record-offline.ts";
import { recordOptOut } from "../../do-not-call/opt-out/record.ts";
import { findPhone } from "../../people/phone/phones.ts";
import { inTransaction } from "../../platform/context.ts";
import { evidenceFile } from "../../platform/files/index.ts";
import { readLogPolicy } from "../../proof/ledger/policy.ts";
import { listAudit } from "../audit-log/list-audit.ts";
import { erasePerson } from "../erasure/erase-person.ts";
import { openStatements } from "../../proof/statement/open-statements.ts";
import { type PackEvidence, readEvidenceFiles } from "./evidence-files.ts";
import { listEvidencePacks } from "./make-pack.ts";
import { sealPack } from "./seal-pack.ts";
import {
  type Files,
  aPackCase,
  buildVerifier,
  publishedKeys,
  readText,
} from "../../../testing/evidence-packs.ts";

beforeAll(buildVerifier);

it("has the screening before the call, everything stated since, and the proofs, with its reason in the audit trail", async () => {
  const { ctx, make, publish, screening, consentId, optOutId, complaint } = await aPackCase();
  await publish();
  const files = await make();

  const trust = { policy: await readLogPolicy(ctx.db), keys: publishedKeys(files) };
  const { verdict, steps } = checkPack(files, trust);
  expect(steps.filter(({ outcome }) => outcome !== "passed")).toEqual([]);
  expect(verdict).toBe("holds");
  expect(JSON.parse(readText(files, `past/screenings/${screening.id}.json`))).toMatchObject({
    id: screening.id,
    verdict: screening.verdict,
    checked: { rules: expect.any(String) },
  });
  const { rules } = JSON.parse(readText(files, `explained/screenings/${screening.id}.json`));
  expect([...rules.deciding, ...rules.others].map(({ citation }) => citation)).not.toEqual([]);
  expect([...files.keys()]).toEqual(
    expect.arrayContaining([
      `certificates/${consentId}.json`,
      `certificates/${optOutId}.json`,
      `past/law/${rules.hash}.json`,
      "summary.pdf",
      "verify/ringfence-verify.mjs",
    ]),
  );
  expect(JSON.parse(readText(files, "complaint.json"))).toMatchObject({
    id: complaint,
    regulatorReference: "2026-17",
  });
  expect(JSON.parse(readText(files, "regulator.json"))).toMatchObject({ id: "us" });
  expect(await listEvidencePacks(ctx, complaint)).toMatchObject([
    { regulator: "us", by: { type: "member" }, sha256: expect.stringMatching(/^[0-9a-f]{64}$/) },
  ]);
  const { items } = await listAudit.receive(ctx, { kind: "taken" });
  expect(items).toMatchObject([
    {
      action: "evidence-pack.make",
      reason: "The FTC asked for it.",
      details: { complaintId: complaint },
    },
  ]);
});

it("has the record of a screening that the log has not committed to yet, and every file of the timeline", async () => {
  const { make, publish, screening } = await aPackCase();
  const early = await make();
  const record = `past/screenings/${screening.id}.json`;
  const timeline: { file: string }[] = JSON.parse(readText(early, "timeline.json"));
  expect(timeline.filter(({ file }) => !early.has(file))).toEqual([]);
  expect(checkPack(early).steps).toContainEqual(
    expect.objectContaining({
      outcome: "absent",
      message: { key: "verify.pack.records-open", values: { count: 1 } },
    }),
  );
  await publish();
  expect(readText(await make(), record)).toBe(readText(early, record));
});

it("has the same records of the past, byte for byte, after an opt-out, another person's erasure and a key rotation", async () => {
  const { ctx, make, publish, rotate, open, phone } = await aPackCase();
  await publish();
  const before = await make();

  const stranger = Phone.parse(aNumber());
  await recordOptOut(ctx, { phone: stranger, channel: "api" });
  const known = await inTransaction(ctx, (ctx) => findPhone(ctx, stranger));
  if (known) await erasePerson(ctx, { person: { phoneId: known.id }, reason: "asked" });
  await recordOptOut(ctx, { phone, channel: "sms" });
  await rotate();
  const later = { ...ctx, keys: await open() };
  await publish();
  const after = await make(later);

  const past = [...before].filter(([name]) => name.startsWith("past/"));
  expect(past.length).toBeGreaterThan(4);
  expect([...after].filter(([name]) => past.some(([before]) => before === name))).toEqual(past);
  expect(later.keys.statement.id).not.toBe(ctx.keys.statement.id);
  const trust = { policy: await readLogPolicy(ctx.db), keys: publishedKeys(after) };
  expect(checkPack(after, trust).verdict).toBe("holds");
});

it("says what is not in the ledger yet", async () => {
  const { make } = await aPackCase();
  const files = await make();
  const { verdict, steps } = checkPack(files, { keys: publishedKeys(files) });
  expect(verdict).toBe("promised");
  expect(steps.find(({ step }) => step === "inclusion")).toMatchObject({
    message: { key: "verify.pack.not-yet-included" },
  });
});

it("is made by nobody who works for one seller, has not just proved who they are, or is an agent", async () => {
  const { ctx, make } = await aPackCase();
  await expect(make()).resolves.toBeInstanceOf(Map);
  const ada = { type: "member", id: "ada", role: "officer" } as const;
  const unproven = { ...ctx, actor: { ...ada, sellerIds: [] } };
  await expect(make(unproven)).rejects.toMatchObject({ code: "proof-needed" });
  await expect(make({ ...ctx, ...as(ctx, "agent") })).rejects.toMatchObject({ code: "forbidden" });
  const { id } = await ctx.db.prisma.seller.findFirstOrThrow();
  const limited = { ...ada, sellerIds: [SellerId.parse(id)], isProven: true };
  await expect(make({ ...ctx, actor: limited })).rejects.toMatchObject({
    code: "forbidden",
  });
});

it("loses its reason with the person, and stays on record", async () => {
  const { ctx, make, complaint } = await aPackCase();
  await make(ctx, "Hopperova takes us to court.");
  expect(await listEvidencePacks(ctx, complaint)).toMatchObject([
    { reason: "Hopperova takes us to court." },
  ]);
  const { phoneId } = await ctx.db.prisma.complaint.findFirstOrThrow({ where: { id: complaint } });
  await erasePerson(ctx, { person: { phoneId: PhoneId.parse(phoneId) }, reason: "asked" });
  expect(await listEvidencePacks(ctx, complaint)).toMatchObject([
    { reason: null, sha256: expect.stringMatching(/^[0-9a-f]{64}$/) },
  ]);
  const { items } = await listAudit.receive(ctx, { kind: "taken" });
  expect(items).toMatchObject([{ action: "evidence-pack.make", reason: null }]);
});

describe("recordings and scans", () => {
  /** A case whose person also agreed on a recorded call. */
  async function aRecordedCase() {
    const uploaded: Awaited<ReturnType<typeof anEvidenceFile>>[] = [];
    const made = await aPackCase(async (ctx, phone) => {
      const file = await anEvidenceFile(ctx);
      await recordOfflineConsents(ctx, anOfflineConsent(file.id, { phone }));
      uploaded.push(file);
    });
    const [file] = uploaded;
    if (file === undefined) throw new Error("nothing was uploaded");
    const hash = createHash("sha256").update(file.bytes).digest("hex");
    return { ...made, file, hash, path: `past/evidence/${hash}.wav` };
  }
  const listEvidence = (files: Files): PackEvidence[] =>
    JSON.parse(readText(files, "evidence.json"));
  const hasBytes = (files: Files, bytes: Uint8Array) =>
    [...files.values()].some((content) => Buffer.from(content).includes(Buffer.from(bytes)));

  it("are in the pack as they were uploaded, and proven by the statement that names them", async () => {
    const { ctx, make, publish, file, hash, path: name } = await aRecordedCase();
    await publish();
    const files = await make();
    expect(Buffer.from(files.get(name) ?? []).equals(file.bytes)).toBe(true);
    expect(listEvidence(files)).toMatchObject([
      { kind: "recording", sha256: hash, path: name, leftOut: null },
    ]);
    const trust = { policy: await readLogPolicy(ctx.db), keys: publishedKeys(files) };
    expect(checkPack(files, trust).verdict).toBe("holds");
    expect((await make()).get(name)).toEqual(files.get(name));
  });

  it("are left out with the reason if the file is gone or was changed", async () => {
    const { ctx, make, file, hash, path: name } = await aRecordedCase();
    const stored = evidenceFile(ctx.organizationId, file.id);
    await ctx.files.write(stored, inPieces(Buffer.from("RIFF another recording")));
    const changed = await make();
    expect(changed.has(name)).toBe(false);
    expect(listEvidence(changed)).toMatchObject([{ sha256: hash, path: null, leftOut: "changed" }]);
    await ctx.files.erase(stored);
    expect(listEvidence(await make())).toMatchObject([{ sha256: hash, leftOut: "missing" }]);
  });

  it("are left out if the earlier ones leave no room", async () => {
    const { ctx, phone, file } = await aRecordedCase();
    const second = await anEvidenceFile(ctx, "scan");
    const letter = anOfflineConsent(second.id, {
      phone,
      means: "paper",
      obtainedAt: "2026-03-02T10:00:00Z",
    });
    await recordOfflineConsents(ctx, letter);
    const read = (maxBytes: number) =>
      inTransaction(ctx, async (tx) => {
        const found = await findPhone(tx, Phone.parse(phone));
        const statements = await openStatements(tx, { subjects: [found?.id ?? ""] });
        const { listed } = await readEvidenceFiles(
          { ...tx, files: ctx.files },
          statements,
          maxBytes,
        );
        return listed.map(({ leftOut }) => leftOut);
      });
    const { length } = file.bytes;
    expect(await read(length + second.bytes.length)).toEqual([null, null]);
    expect(await read(length)).toEqual([null, "too-large"]);
    expect(await read(length - 1)).toEqual(["too-large", null]);
  });

  it("of somebody else get into no pack, even if a row of the database says that they are the person's", async () => {
    const { ctx, make, file } = await aRecordedCase();
    const other = await anEvidenceFile(ctx);
    await recordOfflineConsents(ctx, anOfflineConsent(other.id));
    const { organizationId } = ctx;
    await ctx.db.prisma.evidence.updateMany({
      where: { organizationId, fileId: file.id },
      data: { fileId: other.id },
    });
    const files = await make();
    expect(hasBytes(files, other.bytes)).toBe(false);
    expect(listEvidence(files)).toMatchObject([{ path: null, leftOut: "changed" }]);
  });

  it("of the same number at another organization get into no pack", async () => {
    const { ctx, make, phone, file } = await aRecordedCase();
    const organizationId = await anOrganization(ctx.db);
    const others = { ...ctx, organizationId };
    const theirs = await anEvidenceFile(others);
    await recordOfflineConsents(others, anOfflineConsent(theirs.id, { phone }));
    const files = await make();
    expect(hasBytes(files, file.bytes)).toBe(true);
    expect(hasBytes(files, theirs.bytes)).toBe(false);
  });

  it("cannot be exchanged even by the issuer", async () => {
    const { ctx, make, publish, path: name } = await aRecordedCase();
    await publish();
    const whole = await make();
    const trust = { policy: await readLogPolicy(ctx.db), keys: publishedKeys(whole) };
    const another = new TextEncoder().encode("RIFF another recording");
    const anotherName = `past/evidence/${createHash("sha256").update(another).digest("hex")}.wav`;
    for (const exchanged of [name, anotherName]) {
      const files = new Map(whole).set(exchanged, another);
      files.delete("manifest.json");
      files.delete("manifest.jws");
      const { zip } = sealPack({ ...ctx, now: new Date() }, files);
      const { verdict, steps } = await verify(zip, trust);
      expect(verdict).toBe("broken");
      expect(steps.filter(({ outcome }) => outcome === "failed")).toMatchObject([
        { step: "evidence", message: { values: { file: exchanged } } },
      ]);
    }
  });

  it("are in no pack after the person is erased", async () => {
    const { ctx, make, phone, file } = await aRecordedCase();
    const found = await inTransaction(ctx, (ctx) => findPhone(ctx, Phone.parse(phone)));
    if (found) await erasePerson(ctx, { person: { phoneId: found.id }, reason: "asked" });
    const files = await make();
    expect(listEvidence(files)).toEqual([]);
    expect(hasBytes(files, file.bytes)).toBe(false);
  });
});
