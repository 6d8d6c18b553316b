import { createHash } from "node:crypto";
import { ContactId } from "@ringfence/core/ids";
import { checkCertificate } from "@ringfence/core/proof/ledger";
import { aNumber } from "@ringfence/db/testing";
import { expect, it } from "vitest";
import { aLedgerOffice } from "../../../../testing/certificates.ts";
import { aFilingOffice, readFile } from "../../../../testing/erased-files.ts";
import { anUpload, runOnce } from "../../../../testing/imports.ts";
import { aContext, as } from "../../../../testing/scenes.ts";
import { files } from "../../../../testing/scrubs.ts";
import { readCertificate } from "../../../proof/certificate/read-certificate.ts";
import { importFile, remarksFile } from "../../../platform/files/index.ts";
import { auditLedger } from "../../../proof/ledger/audit-ledger.ts";
import { auditRecord } from "../../../proof/record/audit-record.ts";
import { readScrub, repeatScrub } from "../../../calling/scrub/index.ts";
import { eraseFromFiles } from "./erase-from-files.ts";
import { erasePerson } from "../erase-person.ts";

const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");

it("takes the rows of an erased person out of uploads and results, and leaves every other byte", async () => {
  const { ctx, grace, scrub, contacts, erase, work, endRuns, ...at } = await aFilingOffice();
  await contacts({ phone: grace, name: "Grace Hopperova" });
  const other = aNumber();
  const spelled = `${grace.slice(0, 2)} (${grace.slice(2, 5)}) ${grace.slice(5, 8)}-${grace.slice(8)}`;
  const rows = [`"Ada;\r\nthe first";${other}\r\n`, `Grace;${spelled}\r\n`, `Bob;12`];
  const { id, result, view } = await scrub(`name;phone\r\n${rows.join("")}`);
  await endRuns();
  await erase();
  await work();

  const lines = result.toString().split(/(?<=(?:screening_id|\.\d)\r\n)/);
  expect(lines).toHaveLength(4);
  const expected = [lines[0], lines[1], lines[3]].join("");
  expect(await at.readResult(id)).toBe(expected);
  expect(await at.readUpload(id)).toBe(`name;phone\r\n${rows[0]}${rows[2]}`);
  expect(await at.pending()).toBe(0);

  const after = await readScrub(ctx, id);
  expect(after.record).toEqual(view.record);
  const gone = { rows: 1, act: expect.any(String), at: expect.any(Date) };
  expect(after.erasures.toSorted((a, b) => a.file.localeCompare(b.file))).toEqual([
    { file: "scrub_result", before: view.record?.resultSha256, after: sha256(expected), ...gone },
    {
      file: "scrub_upload",
      before: view.record?.inputSha256,
      after: sha256(await at.readUpload(id)),
      ...gone,
    },
  ]);
});

it("states on the ledger what each file was and is, and nothing personal", async () => {
  const office = await aLedgerOffice();
  const { ctx, grace, scrub, contacts, erase, work, endRuns, readResult } = await aFilingOffice(
    office.ctx,
  );
  await contacts({ phone: grace, name: "Grace Hopperova" });
  const { id, view } = await scrub(`phone,name\n${grace},Grace Hopperova\n`);
  await endRuns();
  const { id: erasureId } = await erase();
  await work();
  await office.publish();

  const act = (await readScrub(ctx, id)).erasures[0]?.act ?? "";
  const certificate = await readCertificate(ctx, { id: act });
  const { verdict, claims } = checkCertificate(JSON.stringify(certificate));
  expect(verdict).toBe("holds");
  expect(claims).toMatchObject({ kind: "erasure", erasure: erasureId });
  expect(claims?.files).toContainEqual({
    id,
    file: "scrub_result",
    rows: 1,
    before: view.record?.resultSha256,
    after: sha256(await readResult(id)),
  });
  expect(JSON.stringify(certificate)).not.toContain(grace);
  expect(JSON.stringify(claims)).not.toMatch(/Grace/);
  expect((await auditLedger(ctx.db)).faults).toEqual([]);
  const faults: unknown[] = [];
  await auditRecord(ctx, (fault) => faults.push(fault));
  expect(faults).toEqual([]);
});

it.each(["utf-8", "utf-16le", "windows-1251"] as const)(
  "finds a person in a %s file by number, mailbox and id, and lets the other rows keep their numbers",
  async (encoding) => {
    const { ctx, grace, contacts, erase, work } = await aFilingOffice();
    const person = { externalId: "crm-771", email: "Grace.H@example.org", name: "Грейс" };
    await contacts({ phone: grace, ...person });
    const encoded = (text: string) => {
      if (encoding === "utf-8") return Buffer.from(`\uFEFF${text}`);
      if (encoding === "utf-16le") return Buffer.from(`\uFEFF${text}`, "utf16le");
      return Buffer.from(
        Array.from(text, (it) =>
          /[а-яА-Я]/.test(it) ? it.charCodeAt(0) - 0x410 + 0xc0 : it.charCodeAt(0),
        ),
      );
    };
    const text = (theirs: readonly string[]) =>
      ["id,phone,email,name", ...theirs, `crm-772,${grace}1,,Ада`, ""].join("\r\n");
    const theirs = [`x-1,'${grace},,`, "crm-771,,,", `x-2,,"grace.h@EXAMPLE.org",`];
    const { id } = await anUpload(ctx, "contacts", encoded(text(theirs)));
    await erase();
    await work();

    const chunks: Uint8Array[] = [];
    for await (const chunk of files.read(importFile(ctx.organizationId, id))) chunks.push(chunk);
    expect(Buffer.concat(chunks)).toEqual(encoded(text(["", "", ""])));
    expect(await readFile(importFile(ctx.organizationId, id))).not.toMatch(/771/);
  },
);

it("keeps a number that others share, except in rows that name the erased person", async () => {
  const { ctx, grace: shared, contacts, work, scrub, endRuns, readUpload } = await aFilingOffice();
  await contacts(
    { externalId: "a", phone: shared, name: "Ada Byron" },
    { externalId: "b", phone: shared, name: "Bob Byron" },
  );
  const rows = [`${shared},Ada,Byron`, `${shared},Bob,Byron`, `${shared},,`];
  const { id } = await scrub(`phone,first,last\n${rows.join("\n")}\n`);
  await endRuns();
  const ada = await ctx.db.prisma.contact.findFirstOrThrow({
    where: { organizationId: ctx.organizationId, externalId: "a" },
  });
  await erasePerson(ctx, { person: { contactId: ContactId.parse(ada.id) }, reason: "asked" });
  await work();

  expect(await readUpload(id)).toBe(`phone,first,last\n${rows[1]}\n${rows[2]}\n`);
});

it("changes no file of another organization", async () => {
  const [one, other] = [await aFilingOffice(), await aFilingOffice()];
  await one.contacts({ phone: one.grace });
  const { id } = await other.scrub(`phone\n${one.grace}\n`);
  await other.endRuns();
  await one.erase();
  await one.work();
  await other.work();
  expect(await other.readUpload(id)).toContain(one.grace);
});

it("is done by its job alone", async () => {
  const ctx = { ...(await aContext()), files };
  await expect(eraseFromFiles({ ...ctx, ...as(ctx, "owner") })).rejects.toMatchObject({
    code: "forbidden",
  });
});

const killed = () => Promise.reject(new Error("killed"));

it("does not restore anybody through an import that begins before their rows are removed", async () => {
  const { ctx, grace, contacts, erase, work, pending, readImportedFile } = await aFilingOffice();
  await contacts({ phone: grace, name: "Grace Hopperova" });
  const other = aNumber();
  const text = `id,phone,name\nx-1,${grace},Grace Hopperova\nx-2,${other},Ada\n`;
  const { id } = await anUpload(ctx, "contacts", text);
  await erase();

  expect(await runOnce(ctx, id)).toMatchObject({ created: 1 });
  const where = { organizationId: ctx.organizationId };
  expect(
    await ctx.db.prisma.contact.count({ where: { ...where, name: { contains: "Grace" } } }),
  ).toBe(0);
  expect(await ctx.db.prisma.phone.count({ where: { ...where, e164: grace } })).toBe(0);
  await work();
  expect([await readImportedFile(id), await pending()]).toEqual([text.replace(/x-1.*/, ""), 0]);
});

it("waits for a run that still works on a file", async () => {
  const { ctx, grace, contacts, start, run, erase, work, pending, endRuns, readResult } =
    await aFilingOffice();
  await contacts({ phone: grace });
  const id = await start(`phone\n${grace}\n`);
  await erase();
  await work();
  expect(await pending()).toBe(1);
  await expect(repeatScrub(ctx, id)).rejects.toMatchObject({
    explanation: { key: "error.scrub-being-erased" },
  });

  await run(id);
  expect(await readResult(id)).toContain(grace);
  await endRuns();
  await work();
  expect([await readResult(id), await pending()]).toEqual([
    "phone,verdict,reasons,callable_from,screening_id\n",
    0,
  ]);
});

it("ends with the same hashes when it is killed before a file is replaced", async () => {
  const { ctx, grace, contacts, scrub, erase, work, endRuns, pending } = await aFilingOffice();
  await contacts({ phone: grace });
  const { id, view } = await scrub(`phone\n${grace}\n${aNumber()}\n`);
  await endRuns();
  await erase();
  await expect(work({ files: { ...files, replace: killed } })).rejects.toThrow("killed");
  expect(await pending()).toBe(1);

  await work();
  const { erasures } = await readScrub(ctx, id);
  expect(erasures).toHaveLength(2);
  expect(erasures.find(({ file }) => file === "scrub_result")?.before).toBe(
    view.record?.resultSha256,
  );
});

it("keeps refusals in a file until they are imported, and takes them out then", async () => {
  const { ctx, grace, contacts, erase, work, pending, readImportedFile } = await aFilingOffice();
  await contacts({ phone: grace });
  const text = `phone,note\n${grace},she said no\n`;
  const [waits, done] = [
    await anUpload(ctx, "opt_outs", text),
    await anUpload(ctx, "opt_outs", text),
  ];
  await runOnce(ctx, done.id);
  await erase();
  await work();
  expect(await readImportedFile(waits.id)).toBe(text);
  expect(await readImportedFile(done.id)).toBe("phone,note\n\n");
  expect(await pending()).toBe(0);

  await runOnce(ctx, waits.id, { isDryRun: true });
  await work();
  expect(await readImportedFile(waits.id)).toBe(text);

  await runOnce(ctx, waits.id);
  await work();
  expect(await readImportedFile(waits.id)).toBe("phone,note\n\n");
  const { organizationId } = ctx;
  const { prisma } = ctx.db;
  expect(await prisma.fileErasureMark.count({ where: { organizationId } })).toBe(0);
  const acts = await prisma.auditEntry.findMany({
    where: { organizationId, action: "person.erase-from-files" },
    orderBy: { id: "asc" },
  });
  // Each act states only the files that lost rows since the one before.
  expect(acts.map(({ details }) => details)).toMatchObject([{ files: 1 }, { files: 1 }]);
});

it("takes them out of a file of refusals that is imported while another person's files are read", async () => {
  const { ctx, grace, contacts, erase, work, readImportedFile } = await aFilingOffice();
  const ada = aNumber();
  await contacts({ phone: grace }, { phone: ada });
  const waits = await anUpload(ctx, "opt_outs", `phone,note\n${grace},she said no\n`);
  const other = await anUpload(ctx, "contacts", `phone,name\n${ada},Ada\n`);
  await erase();
  await work();

  await erase(ada);
  let isImported = false;
  const has: typeof files.has = async (name) => {
    if (!isImported) {
      isImported = true;
      await runOnce(ctx, waits.id);
    }
    return files.has(name);
  };
  await work({ files: { ...files, has } });
  await work();
  expect(await readImportedFile(other.id)).toBe("phone,name\n\n");
  expect(await readImportedFile(waits.id)).toBe("phone,note\n\n");
});

it("takes nothing out of a file that arrives after the erasure, while another file waits", async () => {
  const { ctx, grace, contacts, erase, work, readImportedFile } = await aFilingOffice();
  await contacts({ phone: grace, email: "grace@example.com" });
  const text = `phone,note\n${grace},she said no\n`;
  await anUpload(ctx, "opt_outs", text);
  await erase();
  await work();

  const later = `phone,email\n${aNumber()},grace@example.com\n`;
  const { id } = await anUpload(ctx, "contacts", later);
  expect(await runOnce(ctx, id)).toMatchObject({ created: 1 });
  await work();
  expect(await readImportedFile(id)).toBe(later);
});

it("takes them out of the rejected rows of an import as well", async () => {
  const { ctx, grace, contacts, erase, work } = await aFilingOffice();
  await contacts({ phone: grace });
  const { id } = await anUpload(ctx, "consents", `phone,date,purposes\n${grace},never,marketing\n`);
  await runOnce(ctx, id, {
    defaults: { channels: "voice_live", disclosureText: "x", disclosureLanguage: "en" },
  });
  const remarks = remarksFile(ctx.organizationId, id, 1);
  expect(await readFile(remarks)).toContain(grace);
  await erase();
  await work();
  expect(await readFile(remarks)).not.toContain(grace);
});
