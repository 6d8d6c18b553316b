import { createHash } from "node:crypto";
import { expect, it } from "vitest";
import { statementsOf } from "../../../testing/ledger.ts";
import { aCallablePhone, aPhoneAtNoon, refuseCalls } from "../../../testing/phones.ts";
import { aRegistryOf } from "../../../testing/registry-history.ts";
import { rootOfRows } from "../../../testing/row-tree.ts";
import { aContext } from "../../../testing/scenes.ts";
import { aScrubbingOrganization, files, onProgress } from "../../../testing/scrubs.ts";
import type { FileContext } from "../../platform/context.ts";
import { readScrub } from "./read-scrub.ts";
import { runScrub } from "./run-scrub.ts";

const job = { type: "job", name: "scrub.run" } as const;
const at = (day: number) => new Date(Date.UTC(2026, 1, day));
const sha256 = (bytes: Uint8Array | string) => createHash("sha256").update(bytes).digest("hex");

it("puts one record, of the file as it came, of the result, and of every row of it", async () => {
  const { ctx, scrub } = await aScrubbingOrganization();
  const { phone } = await aPhoneAtNoon(ctx);
  const content = `phone;name\r\n${phone};"Ada;\r\nthe first"\r\n12;Bob`;

  const { id, result, view } = await scrub(content);

  const [header, first, second] = [
    "phone;name;verdict;reasons;callable_from;screening_id\r\n",
    `${phone};"Ada;\r\nthe first";refuse;consent-missing registry-unchecked;;${id}.1\r\n`,
    `12;Bob;refuse;number-invalid;;${id}.2`,
  ];
  expect(result.toString()).toBe(header + first + second);
  expect(view.record).toMatchObject({
    inputSha256: sha256(content),
    resultSha256: sha256(result),
    rowsRoot: rootOfRows([first, second].map((row) => Buffer.from(row))).toString("hex"),
  });
  const { organizationId } = ctx;
  expect(await statementsOf(ctx.db, organizationId)).toMatchObject([
    { kind: "scrub", scrubId: id, rows: 2, rowsRoot: view.record?.rowsRoot },
  ]);
});

it("states by which files of registries it was screened", async () => {
  const { ctx, scrub } = await aScrubbingOrganization();
  await aRegistryOf(ctx, "US-FTC-DNC", [{ readAt: at(1), numbers: [12015550100] }]);
  await scrub("phone\n+12015550123\n");

  const { organizationId: organization } = ctx;
  const [statement] = await statementsOf(ctx.db, organization);
  expect(statement).toMatchObject({
    organization,
    judgedAt: expect.any(String),
    rules: expect.stringMatching(/^[0-9a-f]{64}$/),
    editions: [
      {
        organization,
        registry: "US-FTC-DNC",
        edition: 1,
        sha256: "0".repeat(64),
        lines: expect.any(Number),
        downloadedAt: at(1).toISOString(),
        verifiedAt: at(1).toISOString(),
      },
    ],
  });
  expect(JSON.stringify(statement)).not.toMatch(/2015550123/);
});

it("begins again with what was said meanwhile, and writes a file of its own", async () => {
  const { ctx, start, run, resultOf } = await aScrubbingOrganization();
  const { phone, phoneId } = await aCallablePhone(ctx);
  const id = await start(`phone\n${phone}\n`);
  const refusing = async () => {
    await refuseCalls(ctx, phoneId);
    await run(id, 2); // another worker takes it over, and is the first to end
  };
  const worker = { ...ctx, actor: job };

  await runScrub(worker, { scrubId: id, attempt: 1, onProgress: refusing });

  expect(await resultOf(id)).toContain(`${phone},refuse,opted-out,`);
  const { organizationId } = ctx;
  expect(await ctx.db.prisma.scrubRecord.findMany({ where: { organizationId } })).toMatchObject([
    { attempt: 2, rows: 1n, counts: { allow: 0, refuse: 1 } },
  ]);
});

it("names the editions of the instant of a what-if", async () => {
  const { ctx, scrub } = await aScrubbingOrganization();
  await aRegistryOf(ctx, "partner", [
    { readAt: at(1), numbers: [] },
    { readAt: at(9), numbers: [] },
  ]);
  await aRegistryOf(ctx, "later", [{ readAt: at(9), numbers: [] }]);

  const { view } = await scrub("phone\n12\n", { at: at(5) });

  expect(view.record?.checked.editions).toEqual([
    { registry: "partner", edition: 1, verifiedAt: at(1) },
  ]);
});

it("ends where a quote takes the rest of the file for text, and says in which row", async () => {
  const { ctx, start, run } = await aScrubbingOrganization();
  const id = await start('phone,name\n12,a\n13,"b\n14,c\n');
  await expect(run(id)).rejects.toMatchObject({
    explanation: { key: "error.scrub-quote-open", values: { row: 3 } },
  });
  expect((await readScrub(ctx, id)).record).toBeNull();
});

it("runs no scrub of another organization", async () => {
  const { start } = await aScrubbingOrganization();
  const scrubId = await start("phone\n");
  const theirs: FileContext = { ...(await aContext(job)), files };
  const running = runScrub(theirs, { scrubId, attempt: 1, onProgress });
  await expect(running).rejects.toMatchObject({ code: "not-found" });
});
