import { SellerId } from "@ringfence/core/ids";
import { bundledRuleSetHash } from "@ringfence/core/people/jurisdiction";
import { aSeller } from "@ringfence/db/testing";
import { describe, expect, it } from "vitest";
import { aCallablePhone, aFederalNumber, refuseCalls } from "../../../testing/phones.ts";
import { aRegistryWithHistory } from "../../../testing/registry-history.ts";
import { aContext, as, db } from "../../../testing/scenes.ts";
import { aScrubbingOrganization, files } from "../../../testing/scrubs.ts";
import type { FileContext } from "../../platform/context.ts";
import { scrubResultFile } from "../../platform/files/index.ts";
import { readScrubRow, screenRowAgain } from "./result-row.ts";

describe("read scrub row", () => {
  /** An organization that screens files, in which one person may be called. */
  async function scene() {
    const place = await aScrubbingOrganization();
    return { ...place, ...(await aCallablePhone(place.ctx)) };
  }

  it("shows a row's verdict, reasons, number and rule set", async () => {
    const { ctx, scrub, phone, phoneId } = await scene();
    const stranger = aFederalNumber();
    const { id: scrubId, view } = await scrub(
      `phone,name\n${stranger},Bob\n${phone},Ada\nnone,Eve\n`,
    );

    expect(await readScrubRow(ctx, { scrubId, row: 2 })).toMatchObject({
      row: 2,
      scrub: { id: scrubId, at: view.at },
      kept: { phone, verdict: "allow", reasons: [], callableFrom: null },
      phoneId,
      rules: { hash: bundledRuleSetHash, state: "current", deciding: [], others: [] },
    });
    const refused = await readScrubRow(ctx, { scrubId, row: 1 });
    expect(refused).toMatchObject({ kept: { phone: stranger, verdict: "refuse" }, phoneId: null });
    expect(refused.kept?.reasons).toContain("consent-missing");
    expect((await readScrubRow(ctx, { scrubId, row: 3 })).kept).toMatchObject({
      phone: null,
      verdict: "refuse",
      reasons: ["number-invalid"],
    });
  });

  it.each<[string, (phone: string) => string, object]>([
    ["one column without a header", (phone) => `none\n${phone}\n`, { header: false }],
    [
      "a column by its number",
      (phone) => `a;none\nb;${phone}`,
      { header: false, phoneColumn: "2" },
    ],
    [
      "text over several lines, and columns by tabs",
      (phone) => `name\tMy phone\r\n"Bob\r\n""B"""\tnone\r\n"Ada\r\nL."\t"${phone}"\r\n`,
      { phoneColumn: "my phone" },
    ],
    ["a file in Windows-1251", (phone) => `телефон;имя\nnone;Боб\n${phone};Ада\n`, { isOld: true }],
  ])(
    "finds the right row in a file with %s",
    async (_, content, { isOld, ...more }: { isOld?: true }) => {
      const { ctx, scrub, phone } = await scene();
      const text = content(phone);
      const bytes = isOld ? inWindows1251(text) : text;
      const { id: scrubId } = await scrub(bytes, more);
      expect((await readScrubRow(ctx, { scrubId, row: 2 })).kept).toMatchObject({
        phone,
        verdict: "allow",
      });
      expect((await readScrubRow(ctx, { scrubId, row: 1 })).kept).toMatchObject({ phone: null });
    },
  );

  /** Russian letters and ASCII, a byte each. */
  const inWindows1251 = (text: string) =>
    Buffer.from(
      Array.from(text, (letter) => {
        const code = letter.codePointAt(0) ?? 0;
        return code < 0x80 ? code : code - 0x4_10 + 0xc0;
      }),
    );

  it("finds a row far down the file", async () => {
    const { ctx, scrub, phone } = await scene();
    const rows = Array.from({ length: 40_000 }, (_, row) => (row === 33_332 ? phone : "none"));
    const { id: scrubId } = await scrub(["phone", ...rows].join("\n"));
    const found = await readScrubRow(ctx, { scrubId, row: 33_333 });
    expect(found.kept).toMatchObject({ phone, verdict: "allow" });
  });

  it("shows the editions of that instant", async () => {
    const { ctx, scrub, phone } = await scene();
    const readAt = new Date(Date.now() - 86_400_000);
    const registryId = await aRegistryWithHistory(ctx, "US-FTC-DNC", [{ readAt, numbers: [] }]);
    const { id: scrubId } = await scrub(`phone\n${phone}\n`);
    expect((await readScrubRow(ctx, { scrubId, row: 1 })).editions).toMatchObject([
      { registry: "US-FTC-DNC", edition: 1, verifiedAt: readAt, readAt, registryId, ageDays: null },
    ]);
  });

  it("shows that a row was erased, alone or with the whole result", async () => {
    const { ctx, scrub, phone } = await scene();
    const { id: scrubId } = await scrub(`phone\n${phone}\nnone\n`);
    const name = scrubResultFile(ctx.organizationId, scrubId, 1);
    async function* without() {
      yield Buffer.from(
        `phone,verdict,reasons,callable_from,screening_id\nnone,refuse,number-invalid,,${scrubId}.2\n`,
      );
    }
    await files.write(name, without());
    expect((await readScrubRow(ctx, { scrubId, row: 1 })).kept).toBeNull();
    expect((await readScrubRow(ctx, { scrubId, row: 2 })).kept).toMatchObject({ phone: null });
    await files.erase(name);
    expect(await readScrubRow(ctx, { scrubId, row: 2 })).toMatchObject({
      kept: null,
      phoneId: null,
    });
  });

  it("audits who looked, in the trail of the phone", async () => {
    const { ctx, scrub, phone, phoneId } = await scene();
    const { id: scrubId } = await scrub(`phone\n${phone}\n`);
    await readScrubRow(ctx, { scrubId, row: 1 });
    expect(await db.prisma.auditEntry.findMany({ where: { phoneId } })).toMatchObject([
      { action: "scrub.read", details: { scrubId, row: 1 } },
    ]);
  });

  it("finds no row after the last, of an unfinished scrub, of another seller, or of another organization", async () => {
    const { ctx, scrub, start, phone } = await scene();
    const { id: scrubId } = await scrub(`phone\n${phone}\n`);
    const waiting = await start(`phone\n${phone}\n`);
    const other = SellerId.parse(await aSeller(db, ctx.organizationId, "other"));
    const limited: FileContext = {
      ...ctx,
      actor: { type: "member", id: "bob", role: "marketer", sellerIds: [other] },
    };
    const notFound = { code: "not-found", explanation: { key: "error.screening-not-found" } };
    const stranger = { ...ctx, organizationId: (await aContext()).organizationId };

    await expect(readScrubRow(ctx, { scrubId, row: 2 })).rejects.toMatchObject(notFound);
    await expect(readScrubRow(ctx, { scrubId: waiting, row: 1 })).rejects.toMatchObject(notFound);
    await expect(readScrubRow(limited, { scrubId, row: 1 })).rejects.toMatchObject(notFound);
    await expect(readScrubRow(stranger, { scrubId, row: 1 })).rejects.toMatchObject(notFound);
  });

  it("refuses agents, who may not read scrubs", async () => {
    const { ctx, scrub, phone } = await scene();
    const { id: scrubId } = await scrub(`phone\n${phone}\n`);
    await expect(
      readScrubRow({ ...as(ctx, "agent"), files }, { scrubId, row: 1 }),
    ).rejects.toMatchObject({ code: "forbidden" });
  });
});

describe("screen row again", () => {
  /** A scrub of somebody who may be called, of a stranger, and of what is no number. */
  async function scene() {
    const { ctx, scrub } = await aScrubbingOrganization();
    const callable = await aCallablePhone(ctx);
    const { id: scrubId } = await scrub(`phone\n${callable.phone}\n${aFederalNumber()}\nnone\n`);
    return { ctx, ...callable, scrubId };
  }

  it("gives the same result for the same rows, and records no screening", async () => {
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

  it("shows what changed through an opt-out that counts from before", async () => {
    const { ctx, phoneId, scrubId } = await scene();
    await refuseCalls(ctx, phoneId);
    expect((await screenRowAgain(ctx, { scrubId, row: 1 })).difference).toMatchObject({
      isOtherVerdict: true,
      refusals: { gone: [], added: [{ reason: "opted-out" }] },
    });
  });

  it("rejects an invalid number and an erased row", async () => {
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

  it("screens no row of another organization again, and refuses agents", async () => {
    const { ctx, scrubId } = await scene();
    const { organizationId } = await aContext();
    await expect(
      screenRowAgain({ ...ctx, organizationId }, { scrubId, row: 1 }),
    ).rejects.toMatchObject({ code: "not-found" });
    await expect(
      screenRowAgain({ ...as(ctx, "agent"), files }, { scrubId, row: 1 }),
    ).rejects.toMatchObject({ code: "forbidden" });
  });
});
