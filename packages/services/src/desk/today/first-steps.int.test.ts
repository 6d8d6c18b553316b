import { aNumber } from "@ringfence/db/testing";
import { ListSuppressions } from "@ringfence/core/do-not-call/suppression";
import { expect, it } from "vitest";
import { aFileContext, anUpload, runOnce } from "../../../testing/imports.ts";
import { aCallablePhone } from "../../../testing/phones.ts";
import { aContext, as, db } from "../../../testing/scenes.ts";
import { endSuppression } from "../../do-not-call/suppression/end.ts";
import { listSuppressions } from "../../do-not-call/suppression/list.ts";
import { reportWrongNumber } from "../../do-not-call/suppression/record.ts";
import { screenCall } from "../../calling/screening/screen-call.ts";
import type { RootContext } from "../../platform/context.ts";
import { SuppressionId } from "@ringfence/core/ids";
import { readToday } from "./today.ts";

const zone = "UTC";
const readSteps = async (ctx: RootContext) => (await readToday(ctx, { zone })).firstSteps;
const doneBy = async (ctx: RootContext) =>
  (await readSteps(ctx)).flatMap(({ key, isDone }) => (isDone ? key : []));

it("shows each member only the setup steps that they may do", async () => {
  const ctx = await aContext();
  expect((await readSteps(as(ctx, "owner"))).map(({ key }) => key)).toEqual([
    "registry",
    "form",
    "import",
    "api-key",
    "screening",
  ]);
  expect((await readSteps(ctx)).map(({ key }) => key)).not.toContain("api-key");
  for (const role of ["marketer", "agent", "auditor", "developer"] as const) {
    expect([role, await readSteps(as(ctx, role))]).toEqual([role, []]);
  }
});

it("marks a step as done once it is on record, not when it was only tried", async () => {
  const ctx = await aFileContext();
  const { organizationId } = ctx;
  expect(await doneBy(ctx)).toEqual([]);

  const { id } = await anUpload(ctx, "contacts", `id,phone\n7,${aNumber()}\n`);
  await runOnce(ctx, id, { isDryRun: true });
  expect(await doneBy(ctx)).toEqual([]);
  await runOnce(ctx, id);
  expect(await doneBy(ctx)).toEqual(["import"]);

  const { phone } = await aCallablePhone(ctx);
  await screenCall(ctx, { phone, seller: "acme", purpose: "marketing" });
  expect(await doneBy(ctx)).toEqual(["import", "screening"]);

  const { id: registryId } = await db.prisma.registry.create({
    data: {
      organizationId,
      code: "R",
      name: "R",
      format: { reader: "us-dnc" },
      source: { kind: "folder", path: "lists" },
      maxAgeDays: 31,
    },
  });
  expect(await doneBy(ctx)).toEqual(["registry", "import", "screening"]);
  const disconnected = { where: { id: registryId }, data: { disconnectedAt: new Date() } };
  await db.prisma.registry.updateMany(disconnected);
  expect(await doneBy(ctx)).toEqual(["import", "screening"]);
  expect(await doneBy(await aContext())).toEqual([]); // another organization
});

it("counts the wrong numbers that its list shows, also those that were ended", async () => {
  const ctx = await aContext();
  const agent = as(ctx, "agent");
  const ended = await reportWrongNumber(agent, { phone: aNumber() });
  await endSuppression(ctx, { id: SuppressionId.parse(ended.id), reason: "mistake" });
  await reportWrongNumber(ctx, { phone: aNumber() });
  const { id: old } = await reportWrongNumber(agent, { phone: aNumber() });
  const at = new Date(Date.now() - 40 * 86_400_000);
  await db.prisma.suppression.updateMany({ where: { id: old }, data: { recordedAt: at } });

  const { wrongNumbers, monthFrom: from } = await readToday(ctx, { zone });
  expect(wrongNumbers).toEqual({ count: 2, before: 1 });
  const asked = { reason: "wrong_person", ended: true, from };
  const { items } = await listSuppressions(ctx, ListSuppressions.parse(asked));
  expect(items).toHaveLength(2);
  expect((await readToday(as(ctx, "developer"), { zone })).wrongNumbers).toBeNull();
});
