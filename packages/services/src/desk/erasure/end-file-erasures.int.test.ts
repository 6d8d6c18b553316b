import { aNumber } from "@ringfence/db/testing";
import { expect, it } from "vitest";
import { aFilingOffice, readFile } from "../../../testing/erased-files.ts";
import { anUpload, runOnce } from "../../../testing/imports.ts";
import { files } from "../../../testing/scrubs.ts";
import { remarksFile } from "../../platform/files/index.ts";
import { readScrub, repeatScrub } from "../../calling/scrub/index.ts";

const killed = () => Promise.reject(new Error("killed"));

it("does not bring anybody back by an import that begins before their rows are gone", async () => {
  const { ctx, grace, contacts, erase, work, pending, importOf } = await aFilingOffice();
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
  expect([await importOf(id), await pending()]).toEqual([text.replace(/x-1.*/, ""), 0]);
});

it("waits for a run that still works on a file", async () => {
  const { ctx, grace, contacts, start, run, erase, work, pending, endRuns, resultOf } =
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
  expect(await resultOf(id)).toContain(grace);
  await endRuns();
  await work();
  expect([await resultOf(id), await pending()]).toEqual([
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

it("keeps refusals in a file until they are imported", async () => {
  const { ctx, grace, contacts, erase, work, importOf } = await aFilingOffice();
  await contacts({ phone: grace });
  const text = `phone,note\n${grace},she said no\n`;
  const [waits, done] = [
    await anUpload(ctx, "opt_outs", text),
    await anUpload(ctx, "opt_outs", text),
  ];
  await runOnce(ctx, done.id);
  await erase();
  await work();
  expect(await importOf(waits.id)).toBe(text);
  expect(await importOf(done.id)).toBe("phone,note\n\n");
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
