import { aNumber } from "@ringfence/db/testing";
import { expect, it } from "vitest";
import { aFileContext, anUpload, remarkedLines, runOnce } from "../../testing/imports.ts";
import { aConsent, as, db } from "../../testing/scenes.ts";
import { recordConsent } from "../consent/record-consent.ts";
import type { FileContext } from "../context.ts";
import { optOut } from "../opt-out/opt-out.ts";
import { runImport } from "./run-import.ts";

const optOutsOf = ({ organizationId }: FileContext) =>
  db.prisma.optOut.findMany({
    where: { organizationId },
    include: { phone: true, notes: true },
    orderBy: { at: "asc" },
  });

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

it("changes nothing the second time", async () => {
  const ctx = await aFileContext();
  const [a, b] = [aNumber(), aNumber()];
  const files = {
    contacts: `id,phone,name\n1,${a},Ada\n,${b},Grace\n`,
    opt_outs: `phone,date,seller\n${a},,\n${b},2026-01-02,acme\n${b},9999-01-01,acme\n`,
    suppressions: `phone,reason,until\n${a},litigator,\n${b},partner_list,2099-01-01\n`,
  } as const;
  for (const kind of ["contacts", "opt_outs", "suppressions"] as const) {
    const { id } = await anUpload(ctx, kind, files[kind]);
    const { created, rows } = await runOnce(ctx, id);
    expect(created).toBe(rows);
    expect(await runOnce(ctx, id)).toMatchObject({ created: 0, updated: 0, unchanged: rows });
  }
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

it("can never lift a refusal: a consent that comes after is kept, and held", async () => {
  const ctx = await aFileContext();
  const [refused, free] = [aNumber(), aNumber()];
  await optOut(ctx, { phone: refused, channel: "sms" });
  const file = `phone,obtained_at\n${refused},2026-01-05\n${free},2026-01-05\n`;
  const { id } = await anUpload(ctx, "consents", file);
  const defaults = {
    purposes: "marketing",
    channels: "voice_live",
    disclosureText: "May Acme call me?",
    disclosureLanguage: "en",
  };

  expect(await runOnce(ctx, id, { defaults })).toMatchObject({ created: 2, noted: 1 });
  expect(await runOnce(ctx, id, { defaults })).toMatchObject({ created: 0, unchanged: 2 });

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

it("tries every row of a dry run, and puts nothing on record", async () => {
  const ctx = await aFileContext();
  const { id } = await anUpload(ctx, "opt_outs", `phone\n${aNumber()}\nnobody\n`);

  expect(await runOnce(ctx, id, { isDryRun: true })).toMatchObject({ created: 1, rejected: 1 });

  expect(await optOutsOf(ctx)).toEqual([]);
  expect(await remarkedLines(ctx, id)).toHaveLength(1);
});

it("converges when it is killed and begun again", async () => {
  const ctx = await aFileContext();
  const phones = Array.from({ length: 1_005 }, (_, n) => `+1212${2_000_000 + n}`);
  const { id } = await anUpload(ctx, "opt_outs", `phone,note\n${phones.join(",x\n")},x\nbad,x\n`);
  const killed = () => {
    throw new Error("killed");
  };
  await expect(runOnce(ctx, id, {}, { onProgress: killed })).rejects.toThrow("killed");
  expect(await optOutsOf(ctx)).toHaveLength(1_000);

  const job = { ...ctx, actor: { type: "job", name: "import.run" } } as const;
  const progress: object[] = [];
  const onProgress = (told: object) => void progress.push(told);
  const done = await runImport(job, { importId: id, attempt: 2, onProgress });

  expect(done).toMatchObject({ rows: 1_006, created: 5, unchanged: 1_000, rejected: 1 });
  expect(progress).toMatchObject([{ rows: 1_000 }, { rows: 1_006 }]);
  expect(await optOutsOf(ctx)).toHaveLength(1_005);
});

it("says in which row a quotation mark is left open, and keeps what stands before it", async () => {
  const ctx = await aFileContext();
  const lines = Array.from({ length: 1_001 }, (_, n) => `+1213${2_000_000 + n},x`);
  const { id } = await anUpload(
    ctx,
    "opt_outs",
    `phone,note\n${lines.join("\n")}\n+12132002000,"x\n`,
  );

  await expect(runOnce(ctx, id)).rejects.toMatchObject({
    code: "invalid",
    explanation: { key: "import.quote-open", values: { line: 1_003 } },
  });
  expect(await optOutsOf(ctx)).toHaveLength(1_000);
});

it("is not for marketers", async () => {
  const ctx = await aFileContext();
  const { id } = await anUpload(ctx, "contacts", "id\n1\n");
  const marketer = { ...ctx, ...as(ctx, "marketer") };
  await expect(
    runImport(marketer, { importId: id, attempt: 1, onProgress: () => {} }),
  ).rejects.toMatchObject({ code: "forbidden" });
});

it("does not see an import of another organization", async () => {
  const [ctx, other] = [await aFileContext(), await aFileContext()];
  const { id } = await anUpload(other, "contacts", "id\n1\n");
  await expect(
    runImport(ctx, { importId: id, attempt: 1, onProgress: () => {} }),
  ).rejects.toMatchObject({ code: "not-found" });
});
