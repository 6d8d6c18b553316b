import { expect, it } from "vitest";
import { aScrubbingOrganization } from "../../../testing/scrubs.ts";
import { listScrubs, readScrub, scrubResult } from "./list.ts";
import { aMember } from "../../../testing/members.ts";

it("pages through scrubs, newest first", async () => {
  const { ctx, start } = await aScrubbingOrganization();
  const ids = [];
  for (const name of ["a", "b", "c"]) ids.push(await start(`phone\n${name}\n`));

  const first = await listScrubs(ctx, { limit: 2 });
  expect(first.scrubs.map(({ id }) => id)).toEqual([ids[2], ids[1]]);

  const second = await listScrubs(ctx, { limit: 2, after: first.next ?? undefined });
  expect(second.scrubs.map(({ id }) => id)).toEqual([ids[0]]);
  expect(second.next).toBeNull();
});

it("lists nothing of another organization", async () => {
  const { start } = await aScrubbingOrganization();
  await start("phone\n");
  const { ctx } = await aScrubbingOrganization();
  expect(await listScrubs(ctx, { limit: 20 })).toEqual({ scrubs: [], next: null });
});

it("shows who started a scrub, its outcome and its record", async () => {
  const { ctx, start, run } = await aScrubbingOrganization((await aMember()).ctx);
  const id = await start("phone\n+12015550100\n12\n");

  await run(id);

  const scrub = await readScrub(ctx, id);
  expect(scrub).toMatchObject({
    by: "Ada",
    rows: 2,
    counts: { allow: 0, refuse: 2, callableLater: 0, reasons: { "number-invalid": 1 } },
    attempt: 1,
    record: {
      inputSha256: expect.stringMatching(/^[0-9a-f]{64}$/),
      rowsRoot: expect.stringMatching(/^[0-9a-f]{64}$/),
      checked: { whatIf: false, purpose: "marketing.loans", dialer: "live_agent", editions: [] },
    },
  });
});

it("shows no name for an actor that is not a member", async () => {
  const { ctx, start } = await aScrubbingOrganization();
  expect(await readScrub(ctx, await start("phone\n"))).toMatchObject({ by: null, record: null });
});

it("does not show a scrub of another organization", async () => {
  const { start } = await aScrubbingOrganization();
  const { ctx } = await aScrubbingOrganization();
  await expect(readScrub(ctx, await start("phone\n"))).rejects.toMatchObject({
    code: "not-found",
  });
});

it("returns the file with four more columns, and audits who took it", async () => {
  const { ctx, start, run, readResult } = await aScrubbingOrganization();
  const id = await start("id;phone\r\n1;12\r\n");
  await run(id);

  expect(await readResult(id)).toBe(
    `id;phone;verdict;reasons;callable_from;screening_id\r\n1;12;refuse;number-invalid;;${id}.1\r\n`,
  );
  const taken = { organizationId: ctx.organizationId, action: "scrub.read" };
  expect(await ctx.db.prisma.auditEntry.findMany({ where: taken })).toMatchObject([
    { details: { scrubId: id } },
  ]);
});

it("returns the result of the attempt that finished first", async () => {
  const { start, run, readResult } = await aScrubbingOrganization();
  const id = await start("phone\n12\n");
  await run(id, 2);
  await run(id, 1);
  expect(await readResult(id)).toContain("number-invalid");
});

it("reports a conflict before it is done", async () => {
  const { ctx, start } = await aScrubbingOrganization();
  const id = await start("phone\n");
  await expect(scrubResult(ctx, id)).rejects.toMatchObject({
    code: "conflict",
    explanation: { key: "error.scrub-not-done" },
  });
});

it("returns no result of another organization", async () => {
  const { start, run } = await aScrubbingOrganization();
  const id = await start("phone\n");
  await run(id);
  const { ctx } = await aScrubbingOrganization();
  await expect(scrubResult(ctx, id)).rejects.toMatchObject({ code: "not-found" });
});
