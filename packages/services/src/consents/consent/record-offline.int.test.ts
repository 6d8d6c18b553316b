import { createHash } from "node:crypto";
import type { Actor, Role } from "@ringfence/core/platform/access";
import { RecordOfflineConsents, WithdrawConsent } from "@ringfence/core/consents/consent";
import { SellerId } from "@ringfence/core/ids";
import { aNumber, aSeller } from "@ringfence/db/testing";
import { describe, expect, it } from "vitest";
import { aDisclosure, aDraft, aForm, aboutData } from "../../../testing/forms.ts";
import { anEvidenceFile, anOfflineConsent } from "../../../testing/evidence.ts";
import { aFileContext } from "../../../testing/imports.ts";
import { as, db } from "../../../testing/scenes.ts";
import { openPhoneStatements } from "../../../testing/statements.ts";
import type { FileContext } from "../../platform/context.ts";
import { recordOptOut } from "../../do-not-call/opt-out/record.ts";
import { closeCaptureForm } from "../capture-form/draft-and-publish.ts";
import { screenCall } from "../../calling/screening/screen-call.ts";
import { recordOfflineConsents } from "./record-offline.ts";
import { withdrawConsent } from "./withdraw.ts";

const fileId = "01890000-0000-7000-8000-00000000000b";

const readEvents = ({ organizationId }: FileContext) =>
  db.prisma.consentEvent.findMany({
    where: { organizationId },
    include: { evidence: true },
    orderBy: { id: "asc" },
  });

describe("record offline consents", () => {
  it("records a spoken consent, and states the hash of its recording", async () => {
    const ctx = await aFileContext();
    const { id: file, bytes } = await anEvidenceFile(ctx);
    const hash = `sha256:${createHash("sha256").update(bytes).digest("hex")}`;

    const input = anOfflineConsent(file, { name: "Grace Hopper" });
    const recorded = await recordOfflineConsents(ctx, input);

    expect(recorded).toMatchObject({
      hash,
      consents: [{ standing: [{ purpose: "marketing", status: "granted" }] }],
    });
    const evidence = [{ body: { act: "spoken", recording: hash }, fileId: file }];
    expect(await readEvents(ctx)).toMatchObject([
      {
        type: "granted",
        source: "phone",
        isWritten: false,
        isProven: false,
        at: input.obtainedAt,
        elements: expect.arrayContaining([
          "affirmative_action",
          "subject_identity",
          "text_version",
        ]),
        evidence,
      },
    ]);
    expect(await openPhoneStatements(ctx)).toMatchObject([
      {
        kind: "consent.granted",
        claims: { act: "spoken", recording: hash, name: "Grace Hopper", is_proven: false },
      },
    ]);
  });

  it.each(["phone", "paper"] as const)(
    "holds a consent by %s after an opt-out: no file lifts it, and no call is allowed",
    async (means) => {
      const ctx = await aFileContext();
      const phone = aNumber();
      await recordOptOut(ctx, { phone, channel: "sms" });
      const { id } = await anEvidenceFile(ctx, means === "phone" ? "recording" : "scan");
      const input = anOfflineConsent(id, { phone, means });

      const { consents } = await recordOfflineConsents(ctx, input);

      expect(consents).toMatchObject([{ standing: [{ status: "held" }] }]);
      const { verdict, refusals } = await screenCall(ctx, { phone, purpose: "marketing" });
      expect(verdict).toBe("refuse");
      expect(refusals.map(({ reason }) => reason)).toContain("opted-out");
    },
  );

  it("takes the name of a recording that the phone system keeps, and answers with what is on record", async () => {
    const ctx = await aFileContext();
    const input = anOfflineConsent(undefined, { recording: "call-2026-03-01-0117" });

    const { consents, hash } = await recordOfflineConsents(ctx, input);

    expect(hash).toBeNull();
    expect(consents).toMatchObject([
      {
        purposes: ["marketing"],
        channels: ["voice_live"],
        standing: [{ purpose: "marketing", status: "granted" }],
      },
    ]);
    expect(await readEvents(ctx)).toMatchObject([
      {
        sellerId: consents[0]?.sellerId,
        isProven: false,
        evidence: [{ body: { act: "spoken", recording: "call-2026-03-01-0117" }, fileId: null }],
      },
    ]);
  });

  it("holds a consent with a named recording after an opt-out", async () => {
    const ctx = await aFileContext();
    const phone = aNumber();
    await recordOptOut(ctx, { phone, channel: "sms" });
    const input = anOfflineConsent(undefined, {
      phone,
      recording: "call-1",
      obtainedAt: undefined,
    });
    const { consents } = await recordOfflineConsents(ctx, input);
    expect(consents).toMatchObject([{ standing: [{ status: "held" }] }]);
  });

  it("wants exactly one proof, and a scan for what is on paper", () => {
    const parse = (more: object) =>
      RecordOfflineConsents.safeParse({
        ...anOfflineConsent(fileId),
        obtainedAt: undefined,
        ...more,
      }).success;
    expect([
      parse({}),
      parse({ recording: "call-1" }),
      parse({ file: undefined }),
      parse({ file: undefined, recording: "call-1", means: "paper" }),
      parse({ file: undefined, recording: "call-1" }),
    ]).toEqual([true, false, false, false, true]);
  });

  it("records the same consent once, and rejects a second file for it", async () => {
    const ctx = await aFileContext();
    const { id: file } = await anEvidenceFile(ctx);
    const input = anOfflineConsent(file);
    const all = await Promise.all([input, input].map((it) => recordOfflineConsents(ctx, it)));
    expect(all[0]?.consents).toEqual(all[1]?.consents);

    const { id: other } = await anEvidenceFile(ctx);
    await expect(recordOfflineConsents(ctx, { ...input, file: other })).rejects.toMatchObject({
      code: "conflict",
      explanation: { key: "evidence.consent-on-record" },
    });
    expect(await readEvents(ctx)).toMatchObject([{ evidence: [{ fileId: file }] }]);
  });

  it("accepts a file of the right kind, for one person, from its uploader", async () => {
    const ctx = await aFileContext();
    const { id: file } = await anEvidenceFile(ctx);
    const { id: scan } = await anEvidenceFile(ctx, "scan");
    const stranger = "01890000-0000-7000-8000-00000000000a";
    const record = (id: string, by = ctx) => recordOfflineConsents(by, anOfflineConsent(id));
    const bob = { ...ctx, ...as(ctx, "officer") };
    await record(file);
    await expect(record(file)).rejects.toMatchObject({
      explanation: { key: "evidence.of-another-phone" },
    });
    await expect(record(scan)).rejects.toMatchObject({
      explanation: { key: "evidence.other-kind", values: { kind: "recording" } },
    });
    const notThere = { code: "not-found", explanation: { key: "evidence.not-found" } };
    await expect(record(stranger)).rejects.toMatchObject(notThere);
    await expect(record((await anEvidenceFile(ctx)).id, bob)).rejects.toMatchObject(notThere);
    expect(await readEvents(ctx)).toHaveLength(1);
  });

  it.each([
    ["a number that is none", { phone: "12" }, "/phone"],
    ["a time that lies ahead", { obtainedAt: "2999-01-01T00:00:00Z" }, "/obtainedAt"],
    [
      "a purpose that is not there",
      { asked: { text: "May we?", language: "en", purposes: ["cars"], channels: ["sms"] } },
      "/purposes/0",
    ],
  ])("rejects %s, and records nothing", async (_, more, fault) => {
    const ctx = await aFileContext();
    const { id } = await anEvidenceFile(ctx);
    await expect(recordOfflineConsents(ctx, anOfflineConsent(id, more))).rejects.toMatchObject({
      path: fault,
    });
    expect(await readEvents(ctx)).toEqual([]);
  });

  it("keeps known names, and names unknown numbers", async () => {
    const ctx = await aFileContext();
    const phone = aNumber();
    const record = async (name: string, obtainedAt: string) =>
      recordOfflineConsents(
        ctx,
        anOfflineConsent((await anEvidenceFile(ctx)).id, { phone, name, obtainedAt }),
      );
    await record("Grace Hopper", "2026-03-01T10:00:00Z");
    await record("Eve", "2026-03-02T10:00:00Z");
    const { organizationId } = ctx;
    expect(await db.prisma.contact.findMany({ where: { organizationId } })).toMatchObject([
      { name: "Grace Hopper" },
    ]);
  });

  const member = (role: Role, sellerIds: SellerId[] = []): Actor => {
    return { type: "member", id: "bob", role, sellerIds };
  };

  it("allows owners, officers and agents, each for their own sellers", async () => {
    const ctx = await aFileContext();
    const { organizationId } = ctx;
    const bank = SellerId.parse(await aSeller(db, organizationId, "bank"));
    const record = async (actor: Actor, seller = "acme") => {
      const by = { ...ctx, actor };
      const { id } = await anEvidenceFile(by).catch(() => anEvidenceFile(ctx));
      const input = anOfflineConsent(id);
      return recordOfflineConsents(by, { ...input, asked: { ...input.asked, seller } });
    };
    for (const role of ["owner", "officer", "agent"] as const) {
      expect(await record(member(role))).toMatchObject({ consents: [{}] });
    }
    for (const role of ["marketer", "developer", "auditor"] as const) {
      await expect(record(member(role))).rejects.toMatchObject({ code: "forbidden" });
    }
    expect(await record(member("agent", [bank]), "bank")).toMatchObject({ consents: [{}] });
    await expect(record(member("agent", [bank]))).rejects.toMatchObject({
      explanation: { key: "error.seller-not-yours" },
    });
  });

  it("finds no form and no file of another organization", async () => {
    const [ctx, other] = [await aFileContext(), await aFileContext()];
    const { id: theirs } = await anEvidenceFile(other);
    await expect(recordOfflineConsents(ctx, anOfflineConsent(theirs))).rejects.toMatchObject({
      code: "not-found",
    });
    const { id: form, settings } = await aForm(other, { kind: "phone" });
    const { id: file } = await anEvidenceFile(ctx);
    const asked = { form, version: 1, disclosures: settings.disclosures.map(({ id }) => id) };
    const input = anOfflineConsent(file, { asked, obtainedAt: new Date().toISOString() });
    await expect(recordOfflineConsents(ctx, input)).rejects.toMatchObject({ path: "/asked/form" });
  });

  it("counts from now if no time is given, and is withdrawn like any other consent", async () => {
    const ctx = await aFileContext();
    const { id: file } = await anEvidenceFile(ctx);
    const { consents } = await recordOfflineConsents(
      ctx,
      anOfflineConsent(file, { obtainedAt: undefined }),
    );
    const [event] = await readEvents(ctx);
    expect(event?.at).toEqual(event?.recordedAt);
    const said = WithdrawConsent.parse({ consent: consents[0]?.id });
    expect(await withdrawConsent(ctx, said)).toMatchObject({ standing: [{ status: "withdrawn" }] });
  });
});

describe("texts of a published form", () => {
  it("records each signed text as the form was published", async () => {
    const ctx = await aFileContext();
    const calls = await aDisclosure(ctx, aDraft({}, { validDays: 30 }));
    const data = await aDisclosure(ctx, aDraft({}, aboutData));
    const { id: form } = await aForm(ctx, { kind: "paper", disclosures: [calls, data] });
    const { id: file } = await anEvidenceFile(ctx, "scan");
    const now = new Date();
    const input = anOfflineConsent(file, {
      means: "paper",
      asked: { form, version: 1, disclosures: [calls.id, data.id] },
      obtainedAt: now.toISOString(),
    });

    const { consents } = await recordOfflineConsents(ctx, input);

    expect(consents.map(({ standing }) => standing.map(({ status }) => status))).toEqual([
      ["granted"],
      [],
    ]);
    const of = { formId: form, formVersion: 1, source: "paper", isWritten: true, at: now };
    const evidence = [{ body: { act: "signed", scan: expect.any(String) }, fileId: file }];
    expect(await readEvents(ctx)).toMatchObject([
      {
        ...of,
        evidence,
        disclosureId: calls.id,
        purposes: ["marketing"],
        elements: expect.arrayContaining(["period", "signature", "right_to_withdraw"]),
        validUntil: new Date(now.getTime() + 30 * 86_400_000),
      },
      { ...of, evidence, disclosureId: data.id, purposes: [], validUntil: null },
    ]);
  });

  it("rejects a form of another day, and a text that is not on the form", async () => {
    const ctx = await aFileContext();
    const { id: form, settings } = await aForm(ctx, { kind: "phone" });
    const { id: file } = await anEvidenceFile(ctx);
    const disclosures = settings.disclosures.map(({ id }) => id);
    const now = new Date().toISOString();
    const record = (asked: object, obtainedAt = now) =>
      recordOfflineConsents(ctx, anOfflineConsent(file, { asked, obtainedAt }));

    const before = record({ form, version: 1, disclosures }, "2026-01-01T10:00:00Z");
    await expect(before).rejects.toMatchObject({ explanation: { key: "consent.before-form" } });
    const notThere = record({ form, version: 2, disclosures });
    await expect(notThere).rejects.toMatchObject({ path: "/asked/form" });
    const { id: other } = await aDisclosure(ctx);
    const strange = record({ form, version: 1, disclosures: [...disclosures, other] });
    await expect(strange).rejects.toMatchObject({ path: "/asked/disclosures" });
    expect(await readEvents(ctx)).toEqual([]);
  });

  it("takes a closed form only for what was agreed before it was closed", async () => {
    const ctx = await aFileContext();
    const { id: form, settings } = await aForm(ctx, { kind: "phone" });
    await closeCaptureForm(ctx, form);
    const disclosures = settings.disclosures.map(({ id }) => id);
    const asked = { form, version: 1, disclosures };
    const record = (obtainedAt?: string) =>
      recordOfflineConsents(
        ctx,
        anOfflineConsent(undefined, { asked, recording: "call-1", obtainedAt }),
      );

    const closed = { code: "invalid", explanation: { key: "consent.after-form" } };
    await expect(record()).rejects.toMatchObject(closed);
    const { organizationId } = ctx;
    const { closedAt } = await db.prisma.captureForm.findFirstOrThrow({
      where: { organizationId, id: form },
    });
    await expect(record(closedAt?.toISOString())).rejects.toMatchObject(closed);
    expect(await readEvents(ctx)).toEqual([]);
    const { publishedAt } = await db.prisma.captureFormVersion.findFirstOrThrow({
      where: { organizationId, formId: form },
    });
    await record(publishedAt.toISOString());
    expect(await readEvents(ctx)).toMatchObject([{ formId: form, at: publishedAt }]);
  });
});
