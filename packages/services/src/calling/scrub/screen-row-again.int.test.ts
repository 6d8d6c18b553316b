import { expect, it } from "vitest";
import { aCallablePhone, aFederalNumber, refuseCalls } from "../../../testing/phones.ts";
import { aContext, as, db } from "../../../testing/scenes.ts";
import { aScrubbingOrganization, files } from "../../../testing/scrubs.ts";
import { scrubResultFile } from "../../platform/files/index.ts";
import { screenRowAgain } from "./screen-row-again.ts";

/** A scrub of somebody who may be called, of a stranger, and of what is no number. */
async function scene() {
  const { ctx, scrub } = await aScrubbingOrganization();
  const callable = await aCallablePhone(ctx);
  const { id: scrubId } = await scrub(`phone\n${callable.phone}\n${aFederalNumber()}\nnone\n`);
  return { ctx, ...callable, scrubId };
}

it("says the same of the same rows, and puts no screening on record", async () => {
  const { ctx, scrubId } = await scene();
  for (const [row, verdict] of [
    [1, "allow"],
    [2, "refuse"],
  ] as const) {
    const { answer, difference } = await screenRowAgain(ctx, { scrubId, row });
    expect(answer).toMatchObject({ verdict, checked: { whatIf: true } });
    expect(difference).toMatchObject({ isSame: true, isOtherVerdict: false });
  }
  const { organizationId } = ctx;
  expect(await db.prisma.screening.count({ where: { organizationId } })).toBe(0);
});

it("tells what has turned since by a refusal that counts from earlier", async () => {
  const { ctx, phoneId, scrubId } = await scene();
  await refuseCalls(ctx, phoneId);
  expect((await screenRowAgain(ctx, { scrubId, row: 1 })).difference).toMatchObject({
    isOtherVerdict: true,
    refusals: { gone: [], added: [{ reason: "opted-out" }] },
  });
});

it("cannot be done to what is no number, nor to a row that was erased", async () => {
  const { ctx, scrubId } = await scene();
  await expect(screenRowAgain(ctx, { scrubId, row: 3 })).rejects.toMatchObject({
    code: "invalid",
    explanation: { key: "error.no-number-again" },
  });
  await files.erase(scrubResultFile(ctx.organizationId, scrubId, 1));
  await expect(screenRowAgain(ctx, { scrubId, row: 1 })).rejects.toMatchObject({
    code: "invalid",
    explanation: { key: "error.row-erased-again" },
  });
});

it("screens no row again of another organization, nor for an agent", async () => {
  const { ctx, scrubId } = await scene();
  const { organizationId } = await aContext();
  await expect(
    screenRowAgain({ ...ctx, organizationId }, { scrubId, row: 1 }),
  ).rejects.toMatchObject({ code: "not-found" });
  await expect(
    screenRowAgain({ ...as(ctx, "agent"), files }, { scrubId, row: 1 }),
  ).rejects.toMatchObject({ code: "forbidden" });
});
