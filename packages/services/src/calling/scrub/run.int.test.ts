import { createHash } from "node:crypto";
import { expect, it } from "vitest";
import { listPlainStatements } from "../../../testing/ledger.ts";
import { aCallablePhone, aPhoneAtNoon, refuseCalls } from "../../../testing/phones.ts";
import { aRegistryWithHistory } from "../../../testing/registry-history.ts";
import { rootOfRows } from "../../../testing/row-tree.ts";
import { aContext } from "../../../testing/scenes.ts";
import { aScrubbingOrganization, files, onProgress } from "../../../testing/scrubs.ts";
import type { FileContext } from "../../platform/context.ts";
import { readScrub } from "./list.ts";
import { runScrub } from "./run.ts";
import { parse } from "csv-parse/sync";
import fc from "fast-check";

const job = { type: "job", name: "scrub.run" } as const;

const at = (day: number) => new Date(Date.UTC(2026, 1, day));

const sha256 = (bytes: Uint8Array | string) => createHash("sha256").update(bytes).digest("hex");

it("writes one record, with hashes of the file, the result and every row", async () => {
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
  expect(await listPlainStatements(ctx.db, organizationId)).toMatchObject([
    { kind: "scrub", scrubId: id, rows: 2, rowsRoot: view.record?.rowsRoot },
  ]);
});

it("states which registry files were used", async () => {
  const { ctx, scrub } = await aScrubbingOrganization();
  await aRegistryWithHistory(ctx, "US-FTC-DNC", [{ readAt: at(1), numbers: [12015550100] }]);
  await scrub("phone\n+12015550123\n");

  const { organizationId: organization } = ctx;
  const [statement] = await listPlainStatements(ctx.db, organization);
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

it("starts over with what was recorded meanwhile, and writes a file of its own", async () => {
  const { ctx, start, run, readResult } = await aScrubbingOrganization();
  const { phone, phoneId } = await aCallablePhone(ctx);
  const id = await start(`phone\n${phone}\n`);
  const refusing = async () => {
    await refuseCalls(ctx, phoneId);
    await run(id, 2); // another worker takes it over, and is the first to end
  };
  const worker = { ...ctx, actor: job };

  await runScrub(worker, { scrubId: id, attempt: 1, onProgress: refusing });

  expect(await readResult(id)).toContain(`${phone},refuse,opted-out,`);
  const { organizationId } = ctx;
  expect(await ctx.db.prisma.scrubRecord.findMany({ where: { organizationId } })).toMatchObject([
    { attempt: 2, rows: 1n, counts: { allow: 0, refuse: 1 } },
  ]);
});

it("names the editions of the instant of a what-if", async () => {
  const { ctx, scrub } = await aScrubbingOrganization();
  await aRegistryWithHistory(ctx, "partner", [
    { readAt: at(1), numbers: [] },
    { readAt: at(9), numbers: [] },
  ]);
  await aRegistryWithHistory(ctx, "later", [{ readAt: at(9), numbers: [] }]);

  const { view } = await scrub("phone\n12\n", { at: at(5) });

  expect(view.record?.checked.editions).toEqual([
    { registry: "partner", edition: 1, verifiedAt: at(1) },
  ]);
});

it("fails if an open quote swallows the rest of the file, and names the row", async () => {
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

it.each([
  ["a comma", "phone,name\n12,Ada\n", "12,Ada,refuse,number-invalid,,ID.1\n"],
  [
    "a tab, and returns",
    "phone\tname\r\n12\tAda\r\n",
    "12\tAda\trefuse\tnumber-invalid\t\tID.1\r\n",
  ],
  ["returns alone", "phone;name\r12;Ada\r", "12;Ada;refuse;number-invalid;;ID.1\r"],
  ["no last line end", "phone\n12", "12,refuse,number-invalid,,ID.1"],
  ["a short row", "phone,name,age\n+12025550100\n", "+12025550100,,,refuse,number-invalid,,ID.1\n"],
  [
    "a long row",
    "name,work,phone\nSmith, Ann,+12025550100,+12025550101\n",
    "Smith, Ann,+12025550100,+12025550101,refuse,number-invalid,,ID.1\n",
  ],
  ["a mark of the byte order", "\uFEFFphone\n12\n", "12,refuse,number-invalid,,ID.1\n"],
])("keeps how a file is written: %s", async (_, content, row) => {
  const { scrub } = await aScrubbingOrganization();
  const { id, result } = await scrub(content);
  expect(result.toString().endsWith(row.replace("ID", id))).toBe(true);
  expect(result.toString().startsWith(content.slice(0, 5))).toBe(true);
});

it("keeps the encoding of old spreadsheets, and reads their numbers", async () => {
  const { scrub } = await aScrubbingOrganization();
  const content = Buffer.from(
    "\xf2\xe5\xeb\xe5\xf4\xee\xed;\xe8\xec\xff\n+1\xa0202 5550100;\xc0\n",
    "latin1",
  );
  const { result } = await scrub(content);
  expect(result.toString("latin1")).toMatch(
    /^.{7};.{3};verdict.*\n\+1\xa0202 5550100;\xc0;refuse;consent/,
  );
});

it("accepts a file with only a header, and renames its own columns if their names are taken", async () => {
  const { scrub } = await aScrubbingOrganization();
  const { result, view } = await scrub("phone,Verdict,ringfence_verdict");
  expect(result.toString()).toBe(
    "phone,Verdict,ringfence_verdict,ringfence_ringfence_verdict,reasons,callable_from,screening_id",
  );
  expect(view).toMatchObject({ rows: 0, counts: { allow: 0, refuse: 0 } });
});

const cell = fc.stringMatching(/^[a-zа-я0-9 +.,;"\n()-]{0,8}$/);

const table = fc.array(fc.tuple(cell, cell, cell), { minLength: 1, maxLength: 30 });

const written = (text: string) => `"${text.replaceAll('"', '""')}"`;

it("returns every column of every row, and four more", { timeout: 60_000 }, async () => {
  const { scrub } = await aScrubbingOrganization();
  await fc.assert(
    fc.asyncProperty(table, async (rows) => {
      const content = rows.map((row) => row.map(written).join(";")).join("\r\n");
      const { id, result } = await scrub(content, { header: false, phoneColumn: "2" });
      const back: string[][] = parse(result, { delimiter: ";" });
      expect(back.map((row) => row.slice(0, 3))).toEqual(rows);
      expect(back.map((row) => row.at(-1))).toEqual(rows.map((_, n) => `${id}.${n + 1}`));
    }),
    { numRuns: 20 },
  );
});
