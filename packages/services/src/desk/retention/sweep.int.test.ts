import { ConsentId, ContactId } from "@ringfence/core/ids";
import { anOrganization } from "@ringfence/db/testing";
import { expect, it } from "vitest";
import { file } from "../../../testing/complaints.ts";
import { dumpDatabase } from "../../../testing/dump.ts";
import { anEvidenceFile, anOfflineConsent } from "../../../testing/evidence.ts";
import { anUpload, runOnce } from "../../../testing/imports.ts";
import {
  type Office,
  aCall,
  aRetentionOffice,
  ageCalls,
  american,
  british,
  countRows,
  shortestTerms,
} from "../../../testing/retention.ts";
import { aConsent } from "../../../testing/scenes.ts";
import { waitForLockWaiter } from "../../../testing/lock-waiter.ts";
import { findPhoneId } from "../../../testing/phones.ts";
import { screenCall } from "../../calling/screening/screen-call.ts";
import { recordConsent } from "../../consents/consent/record.ts";
import { recordOfflineConsents } from "../../consents/consent/record-offline.ts";
import { withdrawConsent } from "../../consents/consent/withdraw.ts";
import { recordOptOut } from "../../do-not-call/opt-out/record.ts";
import { recordActivities } from "../../people/activity/record-activities.ts";
import { recordContacts } from "../../people/contact/record-contacts.ts";
import { inTransaction } from "../../platform/context.ts";
import { evidenceFile, importFile } from "../../platform/files/index.ts";
import { auditLedger } from "../../proof/ledger/audit-ledger.ts";
import { commitScreenings } from "../../proof/ledger/commit-screenings.ts";
import { loadProof } from "../../proof/ledger/read-proof.ts";
import { decideComplaint } from "../complaint/decide-complaint.ts";
import { eraseFromFiles } from "../erasure/index.ts";
import { answerLift, placeHold, proposeLift } from "../legal-hold/index.ts";
import { listSweeps } from "./sweep-proof.ts";
import { previewRetention } from "./preview.ts";

const reason = "A court may ask for it.";

it("removes calls and then their screenings when their term is over, and keeps those of a country with a longer one", async () => {
  const office = await aRetentionOffice();
  const { ctx, publishPolicy, sweep } = office;
  await aCall(office, british);
  const kept = await aCall(office, american);
  await ageCalls(office, 800);
  const policyId = await publishPolicy({ calls: 400, screenings: 400 });
  expect(await previewRetention(ctx, { policyId })).toContainEqual({
    kind: "calls",
    rows: 1,
    oldest: expect.any(Date),
  });

  await sweep();

  const screenings = await ctx.db.prisma.screening.findMany({ select: { id: true } });
  expect(screenings).toEqual([{ id: kept }]);
  expect(await countRows(office, "call")).toBe(1);
  await ageCalls(office, 1_100);
  await sweep();
  expect(await countRows(office, "call")).toBe(0);
  expect(await countRows(office, "screening")).toBe(0);
  expect(await countRows(office, "ledger.removed_leaf")).toBe(0);
});

it("leaves the proof of a screening as it was when others of its batch are removed", async () => {
  const office = await aRetentionOffice();
  const { ctx, publish, publishPolicy, sweep } = office;
  await recordConsent(ctx, aConsent({ phone: british }));
  await recordConsent(ctx, aConsent({ phone: american }));
  const ids: string[] = [];
  for (const phone of [british, american, british])
    ids.push((await screenCall(ctx, { phone, purpose: "marketing" })).id);
  await office.age("screening", ["at"], 500);
  await commitScreenings(ctx);
  await publish();
  const kept = ids[1] ?? "";
  const read = (id: string) => inTransaction(ctx, (ctx) => loadProof(ctx, id));
  const before = await read(kept);
  await publishPolicy({ screenings: 400 });
  await sweep();

  expect(await countRows(office, "screening")).toBe(1);
  expect(await countRows(office, "ledger.removed_leaf")).toBe(2);
  expect(await read(kept)).toEqual(before);
  await expect(read(ids[0] ?? "")).rejects.toMatchObject({ code: "not-found" });
});

it("never removes an opt-out, what proves it, or its number, under the shortest terms of all kinds", async () => {
  const office = await aRetentionOffice();
  const { ctx, publishPolicy, sweep, age } = office;
  const phone = british;
  await recordContacts(ctx, { rows: [{ externalId: "grace", phones: [phone], name: "Grace" }] });
  const { id: consent } = await recordConsent(ctx, aConsent({ phone }));
  await withdrawConsent(ctx, { consent, channel: "ivr" });
  await recordOptOut(ctx, { phone, channel: "agent", note: "She said stop." });
  const complaintId = await file(ctx, { phone, text: "They called again.", refusesCalls: true });
  await decideComplaint(ctx, { complaintId, decision: "upheld", text: "Sorry." });
  const upload = await anUpload(ctx, "opt_outs", `phone\n+447400123457\n`);
  await runOnce(ctx, upload.id);
  for (const [table, columns] of [
    ["consent_event", ["at", "recorded_at"]],
    ["opt_out", ["at", "recorded_at"]],
    ["complaint", ["received_at", "decided_at"]],
    ["contact", ["created_at", "updated_at"]],
    ["import", ["created_at"]],
    ["audit_entry", ["at"]],
  ] as const)
    await age(table, columns, 14_000);
  const proofs = [
    "opt_out",
    "opt_out_note",
    "opt_out_change",
    "consent_event",
    "vault.statement",
    "complaint",
    "complaint_event",
    "import",
    "phone",
  ];
  const count = async () =>
    Object.fromEntries(
      await Promise.all(proofs.map(async (table) => [table, await countRows(office, table)])),
    );
  const before = await count();
  await publishPolicy(shortestTerms());
  await sweep();
  await sweep();

  expect(await count()).toEqual(before);
  expect(await ctx.db.prisma.phone.count({ where: { e164: phone } })).toBe(1);
  expect(await ctx.db.prisma.contact.count({ where: { erasedAt: null, name: "Grace" } })).toBe(1);
  expect(await ctx.files.has(importFile(ctx.organizationId, upload.id))).toBe(true);
  const audited = await ctx.db.prisma.auditEntry.findMany({ select: { action: true } });
  expect(audited.map(({ action }) => action)).toContain("opt-out.record");
  const { refusals } = await screenCall(ctx, { phone, purpose: "marketing" });
  expect(refusals.map(({ reason }) => reason)).toContain("opted-out");
  expect(await dumpDatabase(ctx.db)).toContain("She said stop.");
});

it("obeys a hold that was placed after the preview, until two officers lift it", async () => {
  const office = await aRetentionOffice();
  const { ctx, other, publishPolicy, sweep } = office;
  await recordContacts(ctx, { rows: [{ externalId: "grace", phones: [british] }] });
  await aCall(office, british);
  await ageCalls(office, 800);
  const policyId = await publishPolicy({ calls: 400, screenings: 400 });
  const preview = () => previewRetention(ctx, { policyId });
  expect((await preview()).find(({ kind }) => kind === "calls")?.rows).toBe(1);
  const { id } = await ctx.db.prisma.contact.findFirstOrThrow();
  const contactId = ContactId.parse(id);
  const hold = await placeHold(ctx, { on: { scope: "contact", contactId }, reason });

  await sweep();
  expect(await countRows(office, "call")).toBe(1);
  expect((await preview()).find(({ kind }) => kind === "calls")?.rows).toBe(0);

  const lift = await proposeLift(ctx, { holdId: hold.id, reason });
  await expect(answerLift(ctx, { liftId: lift.id, isAccepted: true })).rejects.toMatchObject({
    code: "forbidden",
  });
  await sweep();
  expect(await countRows(office, "call")).toBe(1);
  await answerLift(other, { liftId: lift.id, isAccepted: true });
  await sweep();
  expect(await countRows(office, "call")).toBe(0);
});

it.each(["everything", "campaign", "complaint"] as const)(
  "keeps the calls that a hold on %s is about",
  async (scope) => {
    const office = await aRetentionOffice();
    const { ctx, publishPolicy, sweep } = office;
    await aCall(office, british);
    const { phoneId } = await ctx.db.prisma.call.findFirstOrThrow();
    const complaintId = await file(ctx, { phone: british, text: "They called." });
    // The calls are not linked, so nothing but the hold keeps them.
    await ctx.db.prisma.complaintCall.deleteMany();
    await ctx.db.prisma.legalHold.create({
      data: {
        organizationId: ctx.organizationId,
        scope,
        campaign: scope === "campaign" ? "spring" : null,
        complaintId: scope === "complaint" ? complaintId : null,
        placedBy: ctx.actor.type === "member" ? ctx.actor.id : "",
        placedAt: new Date(),
      },
    });
    if (scope === "campaign") {
      const template = await ctx.db.prisma.call.findFirstOrThrow();
      const { id: _, ...call } = template;
      await ctx.db.prisma.call.create({
        data: { ...call, externalId: "of-spring", campaign: "spring", phoneId },
      });
    }
    const count = await countRows(office, "call");
    await ageCalls(office, 800);
    await publishPolicy({ calls: 400, screenings: 400 });
    await sweep();
    expect(await countRows(office, "call")).toBe(count);
    expect(await countRows(office, "screening")).toBe(1);
  },
);

it("removes nothing of another organization, whose policy and holds do not count here", async () => {
  const office = await aRetentionOffice();
  const { ctx, publishPolicy, sweep } = office;
  const theirs: Office = {
    ...office,
    ctx: { ...ctx, organizationId: await anOrganization(ctx.db) },
  };
  await aCall(office, british);
  await aCall(theirs, british);
  await placeHold(theirs.ctx, { on: { scope: "everything" }, reason });
  await ageCalls(office, 800);
  await publishPolicy({ calls: 400, screenings: 400 });
  await sweep();
  expect(await countRows(office, "call")).toBe(0);
  expect(await countRows(theirs, "call")).toBe(1);
  expect(await countRows(theirs, "screening")).toBe(1);
});

it("removes the evidence of a consent that ended, with its recording, and keeps that of the withdrawal", async () => {
  const office = await aRetentionOffice();
  const { ctx, publishPolicy, sweep, age } = office;
  const recording = await anEvidenceFile(ctx);
  await recordOfflineConsents(ctx, { ...anOfflineConsent(recording.id), phone: british });
  const event = await ctx.db.prisma.consentEvent.findFirstOrThrow({ where: { type: "granted" } });
  await withdrawConsent(ctx, { consent: ConsentId.parse(event.consentId), channel: "ivr" });
  const withdrawal = await ctx.db.prisma.consentEvent.findFirstOrThrow({
    where: { type: "withdrawn" },
  });
  await ctx.db.prisma.evidence.create({
    data: {
      organizationId: ctx.organizationId,
      consentEventId: withdrawal.id,
      body: { heard: "stop" },
    },
  });
  await publishPolicy({ evidence: 100 });
  await sweep();
  expect(await countRows(office, "evidence")).toBe(2);

  await age("consent_event", ["at", "recorded_at"], 200);
  await sweep();
  await eraseFromFiles({ ...ctx, actor: { type: "job", name: "erasure.files" } });

  expect(await ctx.db.prisma.evidence.findMany({ select: { body: true } })).toEqual([
    { body: { heard: "stop" } },
  ]);
  expect(await countRows(office, "evidence_file")).toBe(0);
  expect(await ctx.files.has(evidenceFile(ctx.organizationId, recording.id))).toBe(false);
  expect((await auditLedger(ctx.db)).faults).toEqual([]);
});

it("removes old activities with their share of the totals", async () => {
  const office = await aRetentionOffice();
  const { ctx, publishPolicy, sweep, age } = office;
  await recordContacts(ctx, { rows: [{ externalId: "grace", phones: [british] }] });
  const did = { type: "purchase", contact: "grace", at: new Date().toISOString() };
  await recordActivities(ctx, {
    rows: [
      { ...did, externalId: "order-1", amount: 10 },
      { ...did, externalId: "order-2", amount: 25 },
    ],
  });
  await age("activity", ["at"], 500, "key = 'order-1'");
  await publishPolicy({ activities: 400 });
  await sweep();
  expect(await ctx.db.prisma.activity.findMany({ select: { key: true } })).toEqual([
    { key: "order-2" },
  ]);
  expect(
    await ctx.db.prisma.activityRollup.findMany({ select: { count: true, amount: true } }),
  ).toEqual([{ count: 1, amount: 2_500 }]);
});

it("erases a contact of whom nothing is left, and no other", async () => {
  const office = await aRetentionOffice();
  const { ctx, publishPolicy, sweep, age } = office;
  const rows = [
    { externalId: "idle", phones: ["+447400123458"], name: "Ida Idle" },
    { externalId: "agreed", phones: [british], name: "Ann Agreed" },
    { externalId: "screened", phones: [american], name: "Sue Screened" },
  ];
  await recordContacts(ctx, { rows });
  await recordConsent(ctx, aConsent({ phone: british }));
  await screenCall(ctx, { phone: american, purpose: "marketing" });
  await age("contact", ["created_at", "updated_at"], 500);
  await age("consent_event", ["at", "recorded_at"], 500);
  await publishPolicy({ contacts: 400 });
  await sweep();
  const named = await ctx.db.prisma.contact.findMany({
    where: { erasedAt: null },
    select: { name: true },
    orderBy: { name: "asc" },
  });
  expect(named).toEqual([{ name: "Ann Agreed" }, { name: "Sue Screened" }]);
  expect(await dumpDatabase(ctx.db)).not.toContain("Ida Idle");
});

it("keeps a contact who agrees while the sweep waits for their phone, with the consent", async () => {
  const office = await aRetentionOffice();
  const { ctx, publishPolicy, sweep, age } = office;
  const rows = [
    { externalId: "idle", phones: ["+447400123458"], name: "Ida Idle" },
    { externalId: "agrees", phones: [british], name: "Ann Agrees" },
  ];
  await recordContacts(ctx, { rows });
  await age("contact", ["created_at", "updated_at"], 500);
  await publishPolicy({ contacts: 400 });
  const sweeping: Promise<unknown>[] = [];
  await inTransaction(ctx, async (ctx) => {
    await recordConsent(ctx, aConsent({ phone: british }));
    sweeping.push(sweep());
    await waitForLockWaiter(office.ctx.db);
  });
  await Promise.all(sweeping);

  const { contact, consentEvent, phone } = ctx.db.prisma;
  const named = await contact.findMany({ where: { erasedAt: null }, select: { name: true } });
  expect(named).toEqual([{ name: "Ann Agrees" }]);
  expect(await consentEvent.findMany({ select: { type: true } })).toEqual([{ type: "granted" }]);
  expect(await phone.count({ where: { e164: british } })).toBe(1);
  const swept = await ctx.db.prisma.retentionBatch.findMany({ select: { rows: true } });
  expect(swept).toEqual([{ rows: 1 }]);
});

it("removes a decided complaint with its history, old entries of the audit trail and sign-ins", async () => {
  const office = await aRetentionOffice();
  const { ctx, publishPolicy, sweep, age } = office;
  const said = { phone: british, text: "They called." };
  const [decided, open] = [await file(ctx, said), await file(ctx, said)];
  await decideComplaint(ctx, { complaintId: decided, decision: "upheld", text: "Sorry." });
  const { organizationId } = ctx;
  const { id: packId } = await ctx.db.prisma.evidencePack.create({
    data: {
      organizationId,
      complaintId: decided,
      sha256: "0".repeat(64),
      at: new Date(),
      actor: {},
    },
  });
  await ctx.db.prisma.evidencePackReason.create({
    data: { organizationId, packId, text: "A court asked." },
  });
  await ctx.db.prisma.member.create({
    data: {
      organizationId,
      email: "ada@example.com",
      name: "Ada",
      role: "agent",
      passwordHash: "",
      signIns: { create: { method: "password", isNewNetwork: false, at: new Date() } },
    },
  });
  await age("complaint", ["received_at", "decided_at"], 700);
  await age("audit_entry", ["at"], 700);
  await age("sign_in", ["at"], 100);
  await publishPolicy({ complaints: 400, audit: 400, "sign-ins": 60 });
  await sweep();
  expect(await ctx.db.prisma.complaint.findMany({ select: { id: true } })).toEqual([{ id: open }]);
  expect(await countRows(office, "evidence_pack")).toBe(0);
  expect(await countRows(office, "sign_in")).toBe(0);
  const kept = await ctx.db.prisma.auditEntry.findMany({ select: { action: true } });
  expect(new Set(kept.map(({ action }) => action))).toEqual(
    new Set(["retention.change", "retention.remove"]),
  );
});

it("goes on after it was killed, and states each row once", async () => {
  const office = await aRetentionOffice();
  const { ctx, publishPolicy, sweep, age } = office;
  const upload = await anUpload(ctx, "contacts", "phone\n+447400123459\n");
  await ctx.db.prisma.inboundMessage.create({
    data: {
      organizationId: ctx.organizationId,
      provider: "twilio",
      externalId: "SM1",
      receivedAt: new Date(),
    },
  });
  await ctx.db.prisma.scrub.create({
    data: {
      organizationId: ctx.organizationId,
      fileName: "Grace Hopper.csv",
      bytes: 1,
      settings: {},
      createdAt: new Date(),
      actor: {},
    },
  });
  await age("import", ["created_at"], 60);
  await age("scrub", ["created_at"], 60);
  await age("inbound_message", ["received_at"], 60);
  await publishPolicy({ imports: 30, scrubs: 30, messages: 30 });
  const killed = { ...ctx.files, erase: () => Promise.reject(new Error("killed")) };
  await expect(sweep({ files: killed })).rejects.toThrow("killed");
  expect(await listSweeps(ctx)).toMatchObject([{ endedAt: null, entryId: null }]);
  expect(await ctx.files.has(importFile(ctx.organizationId, upload.id))).toBe(true);

  await sweep();
  await sweep();

  expect(await ctx.files.has(importFile(ctx.organizationId, upload.id))).toBe(false);
  const [idle, done, ...more] = await listSweeps(ctx);
  expect(more).toEqual([]);
  expect(idle).toMatchObject({ removed: [], entryId: null });
  expect(done?.removed.map(({ kind, rows }) => [kind, rows])).toEqual([
    ["messages", 1],
    ["imports", 1],
    ["scrubs", 1],
  ]);
  expect(done?.entryId).toEqual(expect.any(String));
  expect(await dumpDatabase(ctx.db)).not.toContain("Grace Hopper");
});

it("lets the service remove nothing that is not due, and nothing by itself", async () => {
  const office = await aRetentionOffice();
  const { ctx, publishPolicy } = office;
  await aCall(office, british);
  await findPhoneId(ctx, british);
  await ageCalls(office, 300);
  await publishPolicy({ calls: 400, screenings: 400 });
  const { id } = await ctx.db.prisma.call.findFirstOrThrow();
  const run = (statement: string) =>
    inTransaction(ctx, async ({ db }) => db.$queryRawUnsafe(statement));
  expect(
    await run(`SELECT scope.remove_expired('calls', ARRAY['${id}']::uuid[], '{}') AS removed`),
  ).toEqual([{ removed: [] }]);
  await expect(run(`SELECT scope.remove_expired('opt_out', '{}', '{}')`)).rejects.toThrow(
    "rows of opt_out are not removed here",
  );
  for (const statement of [
    `DELETE FROM call WHERE id = '${id}'`,
    "DELETE FROM screening",
    "DELETE FROM audit_entry",
    `SELECT scope.remove_expired('calls', ARRAY['${id}']::uuid[], '{}'); DELETE FROM call`,
  ])
    await expect(run(statement)).rejects.toThrow(/append-only|cannot insert multiple commands/);
  await expect(run("INSERT INTO scope.removal VALUES (pg_current_xact_id())")).rejects.toThrow(
    "permission denied",
  );
  const { organizationId } = ctx;
  await expect(
    run(
      `INSERT INTO ledger.removed_leaf VALUES ('${organizationId}', '${id}', decode(repeat('00', 32), 'hex'))`,
    ),
  ).rejects.toThrow("append-only");
  await expect(
    run(`INSERT INTO retention_term (organization_id, policy_id, kind, place, prefix, days)
      SELECT organization_id, policy_id, 'audit', '', '', 8 FROM retention_term LIMIT 1`),
  ).rejects.toThrow("does not change after it was answered");
  expect(await countRows(office, "call")).toBe(1);
});
