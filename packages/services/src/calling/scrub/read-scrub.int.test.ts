import { expect, it } from "vitest";
import { aMember } from "../../../testing/members.ts";
import { aScrubbingOrganization } from "../../../testing/scrubs.ts";
import { readScrub } from "./read-scrub.ts";

it("tells whose a scrub is, what came of it, and what is on record", async () => {
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

it("says no name of whoever is no member", async () => {
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
