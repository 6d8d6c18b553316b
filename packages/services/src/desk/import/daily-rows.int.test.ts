import { aNumber } from "@ringfence/db/testing";
import { ScrubSettings } from "@ringfence/core/calling/scrub";
import { expect, it, vi } from "vitest";
import { aFileContext, anUpload, runOnce } from "../../../testing/imports.ts";
import { aCallablePhone } from "../../../testing/phones.ts";
import { aConsent, as, db } from "../../../testing/scenes.ts";
import { aScrubbingOrganization } from "../../../testing/scrubs.ts";
import { listLimits, setDailyRows } from "../../account/organization/index.ts";
import { recordOptOut } from "../../do-not-call/opt-out/index.ts";
import { recordConsent, withdrawConsent } from "../../consents/consent/index.ts";
import { screenCall, verifyPermit } from "../../calling/screening/index.ts";
import { startScrub } from "../../calling/scrub/index.ts";
import { uploadImport } from "./index.ts";

/** An organization that may start three rows a day and has done them all. */
async function scene() {
  const { ctx, start } = await aScrubbingOrganization(await aFileContext());
  const consent = aConsent();
  const { id: consentId } = await recordConsent(as(ctx, "officer"), consent);
  const { id } = await anUpload(ctx, "contacts", `id,phone\n1,${aNumber()}\n2,${aNumber()}\n`);
  await runOnce(ctx, id);
  await setDailyRows(db, ctx.organizationId, 3);
  await start("phone\n12\n");
  const scrubbed = await db.prisma.run.findFirstOrThrow({
    where: { job: "scrub.run", organizationId: ctx.organizationId },
  });
  await db.prisma.run.updateMany({
    where: { id: scrubbed.id },
    data: { progress: { rows: 1, bytes: 9 } },
  });
  return { ctx, start, consent, consentId, importId: id };
}

it("refuses more scrubs and imports of the day, and says until when and whom to ask", async () => {
  const { ctx, start, importId } = await scene();
  const tomorrow = new Date(new Date().setUTCHours(24, 0, 0, 0));
  const refusal = {
    code: "limit-reached",
    explanation: { key: "error.daily-rows", values: { rows: 3, limit: 3, until: tomorrow } },
  };
  await expect(start("phone\n12\n")).rejects.toMatchObject(refusal);
  await expect(runOnce(ctx, importId)).rejects.toMatchObject(refusal);
});

it("reads nothing of a file when the rows of the day are used up", async () => {
  const { ctx } = await scene();
  const content = vi.fn(async function* () {
    yield Buffer.from("phone\n12\n");
  });
  const settings = ScrubSettings.parse({ purpose: "marketing.loans" });
  const file = () => ({ fileName: "list.csv", content: { [Symbol.asyncIterator]: content } });
  const refusal = { code: "limit-reached", explanation: { key: "error.daily-rows" } };

  await expect(startScrub(ctx, { ...file(), settings })).rejects.toMatchObject(refusal);
  const contacts = uploadImport(ctx, { ...file(), kind: "contacts" });
  await expect(contacts).rejects.toMatchObject(refusal);
  expect(content).not.toHaveBeenCalled();

  await uploadImport(ctx, { ...file(), kind: "opt_outs" });
  expect(content).toHaveBeenCalledOnce();
});

it("asks again once a file has arrived, and keeps nothing of it", async () => {
  const { ctx } = await aScrubbingOrganization();
  const limit = (rows: number | null) => setDailyRows(db, ctx.organizationId, rows);
  const settings = ScrubSettings.parse({ purpose: "marketing.loans" });
  async function* content() {
    yield Buffer.from("phone\n12\n");
    await limit(0);
  }
  const started = startScrub(ctx, { fileName: "list.csv", content: content(), settings });
  await expect(started).rejects.toMatchObject({ code: "limit-reached" });
  expect(await db.prisma.scrub.count({ where: { organizationId: ctx.organizationId } })).toBe(0);
});

it("starts again once the operator allows more, and on the next day", async () => {
  const { ctx, start } = await scene();
  await setDailyRows(db, ctx.organizationId, 4);
  expect(await start("phone\n12\n")).toEqual(expect.any(String));
  await setDailyRows(db, ctx.organizationId, 3);
  await db.prisma.run.updateMany({
    where: { organizationId: ctx.organizationId },
    data: { createdAt: new Date(Date.now() - 86_400_000) },
  });
  expect(await start("phone\n12\n")).toEqual(expect.any(String));
});

it("never limits a refusal, a withdrawal or a single call", async () => {
  const { ctx, consent, consentId } = await scene();
  await setDailyRows(db, ctx.organizationId, 0);
  const call = { phone: consent.phone, seller: "acme", purpose: "marketing.loans" };

  expect(await screenCall(ctx, call)).toMatchObject({ verdict: expect.any(String) });
  const permitted = await aCallablePhone(ctx);
  const { permit = "" } = await screenCall(ctx, { ...call, phone: permitted.phone });
  const used = { permit, phone: permitted.phone, singleUse: true };
  expect(await verifyPermit(ctx, used)).toMatchObject({ verdict: "allow" });
  await expect(verifyPermit(ctx, used)).rejects.toMatchObject({ code: "conflict" });
  await withdrawConsent(ctx, { consent: consentId, channel: "api" });
  await recordOptOut(ctx, { phone: consent.phone, channel: "api" });
  const refused = await anUpload(ctx, "opt_outs", `phone\n${aNumber()}\n`);
  expect(await runOnce(ctx, refused.id)).toMatchObject({ rows: 1, created: 1 });
  const suppressed = await anUpload(ctx, "suppressions", `phone\n${aNumber()}\n`);
  const defaults = { reason: "litigator" };
  expect(await runOnce(ctx, suppressed.id, { defaults })).toMatchObject({ rows: 1, created: 1 });
});

it("counts and limits each organization by itself", async () => {
  const { ctx } = await scene();
  const other = await aScrubbingOrganization();
  await setDailyRows(db, other.ctx.organizationId, 1);
  await other.start("phone\n12\n");

  const listed = await listLimits(db, new Date());
  const find = (id: string) => listed.find((one) => one.id === id);
  expect(find(ctx.organizationId)).toMatchObject({ limit: 3, rows: 3 });
  expect(find(other.ctx.organizationId)).toMatchObject({ limit: 1, rows: 0 });
});
