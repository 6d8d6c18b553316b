import { ConsentId, OptOutId } from "@ringfence/core/ids";
import { aNumber } from "@ringfence/db/testing";
import { describe, expect, it } from "vitest";
import { findRefusalReasons } from "../../../testing/corrections.ts";
import { aFileContext, anUpload, remarkedLines, runOnce } from "../../../testing/imports.ts";
import { aConsent, as, db } from "../../../testing/scenes.ts";
import { recordConsent } from "../../consents/consent/record.ts";
import { recordContacts } from "../../people/contact/record-contacts.ts";
import type { FileContext } from "../../platform/context.ts";
import { answerCorrection, proposeCorrection } from "../../do-not-call/opt-out/correct.ts";
import { recordOptOut } from "../../do-not-call/opt-out/record.ts";
import { checkCertificate } from "@ringfence/core/proof/ledger";
import { aLedgerOffice } from "../../../testing/certificates.ts";
import { readCertificate } from "../../proof/certificate/read-certificate.ts";
import { readConsent } from "../../consents/consent/detail.ts";
import { readConsentRecord } from "../../consents/consent/export-record.ts";
import { screenCall } from "../../calling/screening/screen-call.ts";
import { ImportKind } from "@ringfence/core/desk/import";
import type { ServiceError } from "../../platform/errors.ts";
import { previewImport } from "./preview-import.ts";
import { runImport, startImport } from "./run-import.ts";

describe("saveRows", () => {
  const listOptOuts = ({ organizationId }: FileContext) =>
    db.prisma.optOut.findMany({
      where: { organizationId },
      include: { phone: true, notes: true },
      orderBy: { at: "asc" },
    });

  /** Settings for what a file of consents does not say itself. */
  const words = {
    purposes: "marketing",
    channels: "voice_live",
    disclosureText: "May Acme call me?",
    disclosureLanguage: "en",
    act: "ticked",
  };

  it("imports contacts, each row by itself", async () => {
    const ctx = await aFileContext();
    const [a, b] = [aNumber(), aNumber()];
    const file = `id;Имя;Фамилия;Телефон;zone
1;Ада;Лавлейс;${a};Asia/Omsk
2;Грейс;Хоппер;'${b.slice(1)}.0;UTC
3;Никто;;9.16E+10;UTC
4;;;;MSK
`;
    const { id } = await anUpload(ctx, "contacts", file);

    expect(await runOnce(ctx, id, { locale: "ru" })).toMatchObject({
      rows: 4,
      created: 2,
      rejected: 2,
    });

    const { organizationId } = ctx;
    expect(
      await db.prisma.contact.findMany({
        where: { organizationId },
        include: { phones: { include: { phone: true } } },
        orderBy: { externalId: "asc" },
      }),
    ).toMatchObject([
      { externalId: "1", name: "Ада Лавлейс", phones: [{ phone: { e164: a } }] },
      { externalId: "2", name: "Грейс Хоппер", phones: [{ phone: { e164: b } }] },
    ]);
    expect(await remarkedLines(ctx, id)).toEqual([
      expect.stringMatching(/^3;Никто;;9\.16E\+10;UTC;rejected;Телефон: Таблица сократила номер/),
      expect.stringMatching(/^4;;;;MSK;rejected;zone: «MSK» — не часовой пояс/),
    ]);
  });

  it("imports refusals with their time, scope and note", async () => {
    const ctx = await aFileContext();
    const [a, b] = [aNumber(), aNumber()];
    const file = `phone;added_at;seller;comment\n${a};01.03.2026;acme;Hung up\n${b};;acmee;\n`;
    const { id } = await anUpload(ctx, "opt_outs", file);

    expect(await runOnce(ctx, id, { zone: "Europe/Moscow", dateOrder: "day-first" })).toMatchObject(
      {
        created: 2,
        noted: 1,
      },
    );

    expect(await listOptOuts(ctx)).toMatchObject([
      {
        phone: { e164: a },
        scope: "seller",
        channel: "import",
        at: new Date("2026-02-28T21:00:00Z"),
        notes: [{ text: "Hung up" }],
        actor: { type: "job", id: "import.run", subjectId: id },
      },
      { phone: { e164: b }, scope: "all" },
    ]);
    expect(await remarkedLines(ctx, id)).toEqual([
      `${b};;acmee;;created;There is no seller “acmee”, so the opt-out covers all calls.`,
    ]);
  });

  it("keeps what each list says without a time, and of the same file once", async () => {
    const ctx = await aFileContext();
    const phone = aNumber();
    const [ours, bought] = [`phone\n${phone}\n`, `phone;comment\n${phone};bought\n`];
    const put = async (file: string) => runOnce(ctx, (await anUpload(ctx, "opt_outs", file)).id);
    expect(await put(ours)).toMatchObject({ created: 1 });
    expect(await put(ours)).toMatchObject({ created: 0, unchanged: 1 });
    expect(await put(bought)).toMatchObject({ created: 1 });
    expect(await put(bought)).toMatchObject({ created: 0, unchanged: 1 });

    const [first] = await listOptOuts(ctx);
    const correction = { optOut: OptOutId.parse(first?.id), reason: "A digit too many." };
    const { id } = await proposeCorrection(ctx, correction);
    await answerCorrection(as(ctx, "officer"), { id, isAccepted: true });
    expect(await findRefusalReasons(ctx, phone)).toContain("opted-out");
  });

  it("can never lift a refusal: a consent that comes after is kept, and held", async () => {
    const ctx = await aFileContext();
    const [refused, free] = [aNumber(), aNumber()];
    await recordOptOut(ctx, { phone: refused, channel: "sms" });
    const file = `phone,obtained_at\n${refused},2026-01-05\n${free},2026-01-05\n`;
    const { id } = await anUpload(ctx, "consents", file);
    expect(await runOnce(ctx, id, { defaults: words })).toMatchObject({ created: 2, noted: 1 });
    expect(await runOnce(ctx, id, { defaults: words })).toMatchObject({ created: 0, unchanged: 2 });

    const { organizationId } = ctx;
    expect(await listOptOuts(ctx)).toHaveLength(1);
    expect(
      await db.prisma.consentEvent.findMany({
        where: { organizationId, phone: { e164: free } },
        include: { evidence: true },
      }),
    ).toMatchObject([
      { isProven: false, source: "import", evidence: [{ body: { import: id, row: 3 } }] },
    ]);
    const again = aConsent({ phone: refused, obtainedAt: new Date("2026-01-06T00:00:00Z") });
    expect(await recordConsent(ctx, again)).toMatchObject({ standing: [{ status: "held" }] });
  });

  it("reads the Cyrillic of Windows", async () => {
    const ctx = await aFileContext();
    // id;имя and Ада in Windows-1251
    const [names, ada] = [Buffer.from("69643be8ecff0a", "hex"), Buffer.from("313bc0e4e00a", "hex")];
    const { id } = await anUpload(ctx, "contacts", Buffer.concat([names, ada]));

    await runOnce(ctx, id);

    const where = { organizationId: ctx.organizationId };
    expect(await db.prisma.contact.findMany({ where })).toMatchObject([
      { externalId: "1", name: "Ада" },
    ]);
  });

  it("lets two files of the same people, in another order, be imported at once", async () => {
    const ctx = await aFileContext();
    const phones = Array.from({ length: 300 }, (_, n) => `+1214${2_000_000 + n}`);
    const upload = (phones: readonly string[]) =>
      anUpload(ctx, "consents", `phone,obtained_at\n${phones.join(",2026-01-05\n")},2026-01-05\n`);
    // Phones and texts that are recorded already keep nobody waiting.
    await recordContacts(ctx, { rows: phones.map((phone) => ({ phones: [phone] })) });
    await runOnce(ctx, (await upload([aNumber()])).id, { defaults: words });
    const both = [await upload(phones), await upload(phones.toReversed())];

    const done = await Promise.all(both.map(({ id }) => runOnce(ctx, id, { defaults: words })));

    const sum = (status: "created" | "unchanged") =>
      done.reduce((sum, counts) => sum + counts[status], 0);
    expect([sum("created"), sum("unchanged")]).toEqual([300, 300]);
  });
});

describe("saveRows of consents", () => {
  const defaults = { purposes: "marketing", channels: "voice_live", disclosureLanguage: "en" };

  const words = "May Acme call me?";

  const findConsentId = async (ctx: FileContext, phone: string) => {
    const { organizationId } = ctx;
    const where = { organizationId, phone: { e164: phone } };
    const { consentId } = await ctx.db.prisma.consentEvent.findFirstOrThrow({ where });
    return ConsentId.parse(consentId);
  };

  const screen = (ctx: FileContext, phone: string) =>
    screenCall(ctx, { phone, purpose: "marketing" });

  it("keeps what older records do not prove, says of each row what it lacks, and lets no call go", async () => {
    const ctx = await aFileContext();
    const [whole, noAct, noWords] = [aNumber(), aNumber(), aNumber()];
    const file = `phone,obtained_at,source,act,disclosure text
${whole},2026-01-05,website,ticked,${words}
${noAct},2026-01-05,website,,${words}
${noWords},2026-01-05,,signed,
`;
    const { id } = await anUpload(ctx, "consents", file);
    expect(await runOnce(ctx, id, { defaults })).toMatchObject({
      created: 3,
      noted: 2,
      rejected: 0,
    });
    expect(await remarkedLines(ctx, id)).toEqual([
      expect.stringMatching(/created,"act: The file does not say how the person agreed/),
      expect.stringMatching(
        /created,"disclosure text: The text that the person agreed to is missing/,
      ),
    ]);

    const reasons = async (phone: string) =>
      (await screen(ctx, phone)).refusals.find(({ reason }) => reason.startsWith("consent-"));
    expect(await reasons(whole)).toBeUndefined();
    expect(await reasons(noAct)).toMatchObject({
      reason: "consent-insufficient",
      missing: ["affirmative_action"],
    });
    expect(await reasons(noWords)).toMatchObject({ missing: ["text_version"] });

    const seen = await readConsent(ctx, await findConsentId(ctx, noAct));
    expect(seen.standing).toMatchObject([
      { status: "insufficient", missing: ["affirmative_action"] },
    ]);
    expect((await readConsent(ctx, await findConsentId(ctx, whole))).standing).toMatchObject([
      { status: "granted" },
    ]);
  });

  it("keeps the certificates of a lead seller, who is a party to the record", async () => {
    const ctx = await aFileContext();
    const phone = aNumber();
    const trustedForm = `https://cert.trustedform.com/${"0f".repeat(20)}`;
    const leadId = "0195A000-0000-7000-8000-000000000001";
    const file = `phone,obtained_at,act,Lead seller,TrustedForm,LeadiD,Retained
${phone},2026-01-05,ticked,Leads Example,${trustedForm},${leadId},claim 7
${aNumber()},2026-01-05,ticked,Leads Example,${trustedForm}!,,
`;
    const { id } = await anUpload(ctx, "consents", file);
    const said = { ...defaults, disclosureText: words };
    expect(await runOnce(ctx, id, { defaults: said })).toMatchObject({ created: 1, rejected: 1 });
    expect(await remarkedLines(ctx, id)).toEqual([
      expect.stringMatching(/rejected,.*TrustedForm: “https.*” is not a TrustedForm certificate/),
    ]);

    const consentId = await findConsentId(ctx, phone);
    const lead = { leadSeller: "Leads Example", trustedForm, leadId, retained: "claim 7" };
    expect((await readConsent(ctx, consentId)).events).toMatchObject([{ lead }]);
    const record = await readConsentRecord(ctx, { id: consentId, publicUrl: "https://x.example" });
    expect(record.collectors).toMatchObject([{ name: "Leads Example", role: "lead_seller" }]);
  });

  it("imports consents into their own organization only", async () => {
    const [ctx, other] = [await aFileContext(), await aFileContext()];
    const phone = aNumber();
    const { id } = await anUpload(ctx, "consents", `phone,obtained_at\n${phone},2026-01-05\n`);
    await expect(runOnce(other, id, { defaults })).rejects.toMatchObject({ code: "not-found" });
    await runOnce(ctx, id, { defaults });
    const consentId = await findConsentId(ctx, phone);
    await expect(readConsent(other, consentId)).rejects.toMatchObject({ code: "not-found" });
  });

  it("certifies a consent whose text is lost, and says so", async () => {
    const { ctx: office, publish } = await aLedgerOffice();
    const ctx = await aFileContext(office);
    const phone = aNumber();
    const { id } = await anUpload(ctx, "consents", `phone,obtained_at\n${phone},2026-01-05\n`);
    await runOnce(ctx, id, { defaults });
    await publish();
    const certificate = await readCertificate(ctx, { id: await findConsentId(ctx, phone) });
    expect(certificate.words).toBeNull();
    expect(checkCertificate(JSON.stringify(certificate)).verdict).toBe("holds");
  });
});

const header =
  "Name,Email,Financial Status,Total,Created at,Lineitem quantity,Lineitem name,Lineitem price,Billing Name,Phone";

const order = (id: number, { phone = "+12015550111", total = "5.00", item = "Pen" } = {}) =>
  `#${id},ada@example.org,paid,${total},2026-03-01 12:00:00 -0500,1,${item},5.00,Ada,${phone}`;

const listPurchases = ({ organizationId }: FileContext) =>
  db.prisma.activity.findMany({
    where: { organizationId },
    include: { contact: { include: { phones: true } } },
    orderBy: { key: "asc" },
  });

it("imports orders of a shop: an activity for each, and a contact for who is new", async () => {
  const ctx = await aFileContext();
  const rows = [
    order(1),
    order(1, { total: "", item: "Ink" }),
    order(2),
    order(3, { phone: "call me" }),
  ];
  const { id } = await anUpload(ctx, "activities", [header, ...rows].join("\n"));

  expect(await runOnce(ctx, id)).toMatchObject({ rows: 4, created: 3, rejected: 1 });

  expect(await listPurchases(ctx)).toMatchObject([
    { key: "#1", amount: 500, properties: { items: [{ name: "Pen" }, { name: "Ink" }] } },
    { key: "#2", contact: { name: "Ada", email: "ada@example.org", phones: [{}] } },
  ]);
  expect(await remarkedLines(ctx, id)).toEqual([
    expect.stringMatching(/^#3,.*rejected,"?Phone: Write the number in digits/),
  ]);
  const again = await anUpload(ctx, "activities", [header, ...rows].join("\n"));
  expect(await runOnce(ctx, again.id)).toMatchObject({ created: 0, unchanged: 3, rejected: 1 });
  const { organizationId } = ctx;
  expect(await db.prisma.contact.count({ where: { organizationId } })).toBe(1);
});

it("leaves the contact of who is known as it was", async () => {
  const ctx = await aFileContext();
  await recordContacts(ctx, {
    rows: [{ externalId: "7", name: "Augusta", email: "ADA@example.org" }],
  });
  const { id } = await anUpload(ctx, "activities", `${header}\n${order(1)}`);
  await runOnce(ctx, id);
  expect(await listPurchases(ctx)).toMatchObject([
    { contact: { externalId: "7", name: "Augusta", phones: [] } },
  ]);
});

it("never splits an order between batches", async () => {
  const ctx = await aFileContext();
  const rows = Array.from({ length: 999 }, (_, index) => order(index));
  const last = ["Pen", "Ink", "Pad"].map((item) => order(5_000, { item }));
  const { id } = await anUpload(ctx, "activities", [header, ...rows, ...last].join("\n"));

  expect(await runOnce(ctx, id)).toMatchObject({ rows: 1_002, created: 1_002 });

  const { organizationId } = ctx;
  const found = await db.prisma.activity.findMany({ where: { organizationId, key: "#5000" } });
  expect(found).toMatchObject([
    { properties: { items: [{ name: "Pen" }, { name: "Ink" }, { name: "Pad" }] } },
  ]);
});

const callsOnRecord = ({ organizationId }: FileContext) =>
  db.prisma.call.findMany({
    where: { organizationId },
    include: { phone: true },
    orderBy: { externalId: "asc" },
  });

const asMarketer = (ctx: FileContext): FileContext => ({ ...ctx, ...as(ctx, "marketer") });

it("records the calls of a dialer's log once, however often the file is sent", async () => {
  const ctx = await aFileContext();
  const [a, b] = [aNumber(), aNumber()];
  const log = `uniqueid,phone,call date,duration,status\nc1,${a},2026-03-01 09:00:05,00:01:10,SALE\nc2,${b},2026-03-01 09:02,0,B\n`;
  for (const created of [2, 0]) {
    const { id } = await anUpload(ctx, "calls", log.replace("status", "disposition"));
    const done = await runOnce(ctx, id, { zone: "UTC", defaults: { purpose: "marketing" } });
    expect(done).toMatchObject({ rows: 2, created, unchanged: 2 - created, rejected: 0 });
  }
  expect(await callsOnRecord(ctx)).toMatchObject([
    { externalId: "c1", phone: { e164: a }, seconds: 70, outcome: "SALE", purpose: "marketing" },
    { externalId: "c2", phone: { e164: b }, at: new Date("2026-03-01T09:02:00Z") },
  ]);
});

it("rejects rows without an id, with an unknown purpose or an unknown screening, and keeps the rest", async () => {
  const ctx = await aFileContext();
  const phone = aNumber();
  const at = "2026-03-01 09:00";
  const { id } = await anUpload(
    ctx,
    "calls",
    `call id,phone,call date,purpose,screening
c1,${phone},${at},marketing,
,${phone},${at},marketing,
c3,${phone},${at},nothing,
c4,${phone},${at},marketing,01890000-0000-7000-8000-00000000000a
`,
  );
  expect(await runOnce(ctx, id)).toMatchObject({ rows: 4, created: 1, rejected: 3 });
  expect(await remarkedLines(ctx, id)).toHaveLength(3);
  expect(await callsOnRecord(ctx)).toMatchObject([{ externalId: "c1" }]);
});

it("asks for the column of the dialer's ids before anything is imported", async () => {
  const ctx = await aFileContext();
  const { id } = await anUpload(ctx, "calls", `phone,call date\n${aNumber()},2026-03-01 09:00\n`);
  expect(await previewImport(ctx, { id })).toMatchObject({
    fault: { key: "import.field-missing", values: { field: "externalId" } },
  });
});

it("lets marketers import contacts and activities, and nothing that changes who may be called", async () => {
  const ctx = await aFileContext();
  const content = `id,phone\n1,${aNumber()}\n`;
  const upload = (kind: ImportKind) =>
    anUpload(asMarketer(ctx), kind, content).then(
      () => "taken",
      ({ code }: ServiceError) => code,
    );
  const answers = await Promise.all(ImportKind.options.map(upload));
  const taken = ImportKind.options.filter((_, index) => answers[index] === "taken");
  expect(taken).toEqual(["contacts", "activities"]);
  expect(answers.filter((answer) => answer === "forbidden")).toHaveLength(4);
});

it("lets no marketer preview, start or run a file of refusals that an officer uploaded", async () => {
  const ctx = await aFileContext();
  const { id } = await anUpload(ctx, "opt_outs", `phone\n${aNumber()}\n`);
  const { mapping } = await previewImport(ctx, { id });
  await expect(previewImport(asMarketer(ctx), { id })).rejects.toMatchObject({ code: "forbidden" });
  await expect(
    startImport(asMarketer(ctx), { id, mapping, isDryRun: false }),
  ).rejects.toMatchObject({ code: "forbidden" });
  await expect(
    runImport(asMarketer(ctx), { importId: id, attempt: 1, onProgress: () => {} }),
  ).rejects.toMatchObject({ code: "forbidden" });
});
