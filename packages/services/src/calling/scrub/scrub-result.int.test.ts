import { expect, it } from "vitest";
import { aScrubbingOrganization } from "../../../testing/scrubs.ts";
import { scrubResult } from "./scrub-result.ts";

it("gives the file with its four columns more, and puts on record who took it", async () => {
  const { ctx, start, run, resultOf } = await aScrubbingOrganization();
  const id = await start("id;phone\r\n1;12\r\n");
  await run(id);

  expect(await resultOf(id)).toBe(
    `id;phone;verdict;reasons;callable_from;screening_id\r\n1;12;refuse;number-invalid;;${id}.1\r\n`,
  );
  const taken = { organizationId: ctx.organizationId, action: "scrub.read" };
  expect(await ctx.db.prisma.auditEntry.findMany({ where: taken })).toMatchObject([
    { details: { scrubId: id } },
  ]);
});

it("gives the result of the attempt that came to the end first", async () => {
  const { start, run, resultOf } = await aScrubbingOrganization();
  const id = await start("phone\n12\n");
  await run(id, 2);
  await run(id, 1);
  expect(await resultOf(id)).toContain("number-invalid");
});

it("says that it is not there before it is done", async () => {
  const { ctx, start } = await aScrubbingOrganization();
  const id = await start("phone\n");
  await expect(scrubResult(ctx, id)).rejects.toMatchObject({
    code: "conflict",
    explanation: { key: "error.scrub-not-done" },
  });
});

it("gives no result of another organization", async () => {
  const { start, run } = await aScrubbingOrganization();
  const id = await start("phone\n");
  await run(id);
  const { ctx } = await aScrubbingOrganization();
  await expect(scrubResult(ctx, id)).rejects.toMatchObject({ code: "not-found" });
});
