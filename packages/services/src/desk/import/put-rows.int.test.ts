import { OptOutId } from "@ringfence/core/ids";
import { aNumber } from "@ringfence/db/testing";
import { expect, it } from "vitest";
import { reasonsOf } from "../../../testing/corrections.ts";
import { aFileContext, anUpload, remarkedLines, runOnce } from "../../../testing/imports.ts";
import { aConsent, as, db } from "../../../testing/scenes.ts";
import { recordConsent } from "../../consents/consent/record-consent.ts";
import { recordContacts } from "../../people/contact/record-contacts.ts";
import type { FileContext } from "../../platform/context.ts";
import { answerCorrection } from "../../do-not-call/opt-out/answer-correction.ts";
import { optOut } from "../../do-not-call/opt-out/opt-out.ts";
import { proposeCorrection } from "../../do-not-call/opt-out/propose-correction.ts";

const optOutsOf = ({ organizationId }: FileContext) =>
  db.prisma.optOut.findMany({
    where: { organizationId },
    include: { phone: true, notes: true },
    orderBy: { at: "asc" },
  });

/** What a file of consents does not say of each. */
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

  expect(await runOnce(ctx, id, { zone: "Europe/Moscow", dateOrder: "day-first" })).toMatchObject({
    created: 2,
    noted: 1,
  });

  expect(await optOutsOf(ctx)).toMatchObject([
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
    `${b};;acmee;;created;There is no seller “acmee”, so all calls are refused.`,
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

  const [first] = await optOutsOf(ctx);
  const correction = { optOut: OptOutId.parse(first?.id), reason: "A digit too many." };
  const { id } = await proposeCorrection(ctx, correction);
  await answerCorrection(as(ctx, "officer"), { id, isAccepted: true });
  expect(await reasonsOf(ctx, phone)).toContain("opted-out");
});

it("can never lift a refusal: a consent that comes after is kept, and held", async () => {
  const ctx = await aFileContext();
  const [refused, free] = [aNumber(), aNumber()];
  await optOut(ctx, { phone: refused, channel: "sms" });
  const file = `phone,obtained_at\n${refused},2026-01-05\n${free},2026-01-05\n`;
  const { id } = await anUpload(ctx, "consents", file);
  expect(await runOnce(ctx, id, { defaults: words })).toMatchObject({ created: 2, noted: 1 });
  expect(await runOnce(ctx, id, { defaults: words })).toMatchObject({ created: 0, unchanged: 2 });

  const { organizationId } = ctx;
  expect(await optOutsOf(ctx)).toHaveLength(1);
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
  // Phones and words that are on record make nobody wait.
  await recordContacts(ctx, { rows: phones.map((phone) => ({ phones: [phone] })) });
  await runOnce(ctx, (await upload([aNumber()])).id, { defaults: words });
  const both = [await upload(phones), await upload(phones.toReversed())];

  const done = await Promise.all(both.map(({ id }) => runOnce(ctx, id, { defaults: words })));

  const sum = (status: "created" | "unchanged") =>
    done.reduce((sum, counts) => sum + counts[status], 0);
  expect([sum("created"), sum("unchanged")]).toEqual([300, 300]);
});
