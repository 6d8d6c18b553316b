import { aSeller } from "@ringfence/db/testing";
import { describe, expect, it } from "vitest";
import {
  aCallablePhone,
  aDayLater,
  aFederalNumber,
  aPhoneAtNoon,
  refuseCalls,
} from "../../../testing/phones.ts";
import { aContext, as, db } from "../../../testing/scenes.ts";
import { screenBatch } from "./screen-batch.ts";
import { screenCall } from "./screen-call.ts";
import type { ScreeningResult } from "./screening-result.ts";

describe("screen batch", () => {
  const purpose = "marketing.loans";

  const told = ({ phone, verdict, refusals }: ScreeningResult) => [
    phone,
    verdict,
    refusals.map(({ reason }) => reason).join(" "),
  ];

  async function scene() {
    const ctx = await aContext();
    const callable = await aCallablePhone(ctx);
    const batch = (
      items: unknown[],
      defaults: Parameters<typeof screenBatch>[1]["defaults"] = {},
    ) => screenBatch(ctx, { defaults: { purpose, ...defaults }, items });
    const recorded = () =>
      db.prisma.screening.findMany({ where: { organizationId: ctx.organizationId } });
    return { ctx, ...callable, batch, recorded };
  }

  it("answers items in order, all at one instant, with counts", async () => {
    const { ctx, phone, batch, recorded } = await scene();
    const refused = await aCallablePhone(ctx);
    await refuseCalls(ctx, refused.phoneId);
    const { phone: unknown } = await aPhoneAtNoon(ctx);

    const { results, counts } = await batch([
      { phone },
      { phone: "call me" },
      { phone: refused.phone },
      { phone: unknown },
      { phone },
    ]);

    expect(results.map(told)).toEqual([
      [phone, "allow", ""],
      [null, "refuse", "number-invalid"],
      [refused.phone, "refuse", "opted-out"],
      [unknown, "refuse", "consent-missing registry-unchecked"],
      [phone, "allow", ""],
    ]);
    expect(counts).toEqual({
      allow: 2,
      refuse: 3,
      reasons: {
        "number-invalid": 1,
        "opted-out": 1,
        "consent-missing": 1,
        "registry-unchecked": 1,
      },
    });
    expect(new Set(results.map(({ checked }) => checked.at.getTime())).size).toBe(1);
    expect(results.filter(({ permit }) => permit !== undefined)).toHaveLength(2);
    const ids = (await recorded()).map(({ id }) => id);
    expect(ids.toSorted()).toEqual(results.map(({ id }) => id).toSorted());
  });

  it("gives the same results as single screenings", async () => {
    const { ctx, phone, batch } = await scene();
    const items = [
      { phone },
      { phone, dialer: "prerecorded" },
      { phone: aFederalNumber() },
    ] as const;
    const { results } = await batch([...items]);
    const single = await Promise.all(items.map((item) => screenCall(ctx, { purpose, ...item })));
    expect(results.map(told)).toEqual(single.map(told));
  });

  it("does not let an invalid item affect others", async () => {
    const { phone, batch, recorded } = await scene();
    const bad: [unknown, string | null, string][] = [
      [null, null, "number-invalid"],
      [5, null, "number-invalid"],
      ["+12025550100", null, "number-invalid"],
      [[], null, "number-invalid"],
      [{}, null, "number-invalid"],
      [{ phone: 1 }, null, "number-invalid"],
      [{ phone: "1".repeat(65) }, null, "number-invalid"],
      [{ phone: "call me", purpose: "elsewhere" }, null, "number-invalid"],
      [{ phone, purpose: "elsewhere" }, phone, "cannot-check"],
      [{ phone, purpose: 5 }, phone, "cannot-check"],
      [{ phone, seller: "elsewhere" }, phone, "cannot-check"],
      [{ phone, dialer: "pigeon" }, phone, "cannot-check"],
      [{ phone, region: "Texas" }, phone, "cannot-check"],
      [{ phone, campaign: "\0" }, phone, "cannot-check"],
    ];
    const { results, counts } = await batch([...bad.map(([item]) => item), { phone }]);

    expect(results.map(told)).toEqual([
      ...bad.map(([, number, reason]) => [number, "refuse", reason]),
      [phone, "allow", ""],
    ]);
    expect(counts).toEqual({
      allow: 1,
      refuse: bad.length,
      reasons: { "number-invalid": 8, "cannot-check": 6 },
    });
    expect(new Set(results.map(({ id }) => id)).size).toBe(results.length);
    // Calls to invalid numbers are recorded; calls that nobody could resolve are not.
    const verdicts = (await recorded()).map(({ verdict }) => verdict);
    expect(verdicts.toSorted()).toEqual(["allow", "refuse", "refuse"]);
  });

  it("lets items override the defaults, and requires a purpose in one of them", async () => {
    const { ctx, batch, phone, recorded } = await scene();
    await aSeller(db, ctx.organizationId, "other");
    const { results } = await batch(
      [{ phone }, { phone, seller: "other" }, { phone, purpose: "survey" }],
      { seller: "acme" },
    );
    expect(results.map(({ verdict }) => verdict)).toEqual(["allow", "refuse", "refuse"]);
    const asked = (await recorded()).map((row) => row.purpose);
    expect(asked.toSorted()).toEqual(["marketing.loans", "marketing.loans", "survey"]);

    const items = [{ phone }, { phone, purpose }];
    const without = await screenBatch(ctx, { defaults: { seller: "acme" }, items });
    expect(without.results.map(({ verdict }) => verdict)).toEqual(["refuse", "allow"]);
    expect(without.results[0] && told(without.results[0])).toEqual([
      phone,
      "refuse",
      "cannot-check",
    ]);
  });

  it("reads numbers in the region of the item, of the defaults, or of home", async () => {
    const { batch } = await scene();
    const phone = "8 916 123-45-67";
    const numbers = async (defaults: { region?: string }) => {
      const { results } = await batch([{ phone }, { phone, region: "KZ" }], defaults);
      return results.map((result) => result.phone);
    };
    expect(await numbers({})).toEqual([null, "+79161234567"]);
    expect(await numbers({ region: "RU" })).toEqual(["+79161234567", "+79161234567"]);
  });

  it("judges a what-if by its instant, without a permit or a record", async () => {
    const { ctx, phone, phoneId, batch, recorded } = await scene();
    await refuseCalls(ctx, phoneId, new Date());

    const { results } = await batch([{ phone }, { phone: "call me" }], { at: aDayLater });

    for (const { checked, permit } of results) {
      expect([checked.at, checked.whatIf, permit]).toEqual([aDayLater, true, undefined]);
    }
    expect(results[0]?.refusals.map(({ reason }) => reason)).not.toContain("opted-out");
    expect(results[0]?.warnings.map(({ reason }) => reason)).toContain("opted-out");
    expect(await recorded()).toEqual([]);
  });

  it("screens ten thousand, and a live call meanwhile", { timeout: 60_000 }, async () => {
    const { ctx, phone, batch, recorded } = await scene();
    const items = Array.from({ length: 10_000 }, (_, n) => ({
      phone: phone.slice(0, -4) + String(n).padStart(4, "0"),
    }));

    const many = batch(items);
    const beside = await screenCall(ctx, { phone, purpose });
    const { counts } = await many;

    expect(beside.verdict).toBe("allow");
    expect([counts.allow, counts.refuse]).toEqual([1, 9_999]);
    expect(await recorded()).toHaveLength(10_001);
  });

  it("returns nothing for an empty batch", async () => {
    const { batch } = await scene();
    expect(await batch([])).toEqual({ results: [], counts: { allow: 0, refuse: 0, reasons: {} } });
  });

  it("refuses an auditor", async () => {
    const { ctx, phone } = await scene();
    const batch = { defaults: { purpose }, items: [{ phone }] };
    await expect(screenBatch(as(ctx, "auditor"), batch)).rejects.toMatchObject({
      code: "forbidden",
    });
  });

  it("does not use facts of another organization", async () => {
    const { phone } = await scene();
    const other = await aContext();
    await aPhoneAtNoon(other, { phone });
    const { results } = await screenBatch(other, { defaults: { purpose }, items: [{ phone }] });
    expect(results.map(told)).toEqual([[phone, "refuse", "consent-missing registry-unchecked"]]);
  });
});

describe("assertDefaults", () => {
  const purpose = "marketing.loans";

  const faultAt = (path: string) => ({ code: "invalid-field", path: `/defaults/${path}` });

  async function scene() {
    const ctx = await aContext();
    const { phone, sellerId } = await aCallablePhone(ctx);
    const batch = (
      items: unknown[],
      defaults: Parameters<typeof screenBatch>[1]["defaults"] = {},
    ) => screenBatch(ctx, { defaults: { purpose, ...defaults }, items });
    return { ctx, phone, sellerId, batch };
  }

  it("rejects a batch whose defaults are invalid for every item", async () => {
    const { ctx, phone, batch } = await scene();
    const items = [{ phone }, "no call"];
    await expect(batch(items, { purpose: "elsewhere" })).rejects.toMatchObject(faultAt("purpose"));
    await expect(batch(items, { seller: "elsewhere" })).rejects.toMatchObject(faultAt("seller"));
    await expect(screenBatch(ctx, { defaults: {}, items })).rejects.toMatchObject(
      faultAt("purpose"),
    );

    await aSeller(db, ctx.organizationId, "other");
    await expect(batch(items)).rejects.toMatchObject(faultAt("seller"));
    const { results } = await batch([...items, { phone, seller: "acme" }]);
    expect(results.map(({ verdict }) => verdict)).toEqual(["refuse", "refuse", "allow"]);
  });

  it("refuses an agent of another seller, unless an item names their own", async () => {
    const { ctx, phone, sellerId } = await scene();
    const other = await aSeller(db, ctx.organizationId, "other");
    const as = (seller: typeof sellerId) => ({
      ...ctx,
      actor: { type: "member", id: "bob", role: "agent", sellerIds: [seller] } as const,
    });
    const batch = { defaults: { purpose, seller: "acme" }, items: [{ phone }] };
    expect((await screenBatch(as(sellerId), batch)).counts).toMatchObject({ allow: 1 });
    await expect(screenBatch(as(other), batch)).rejects.toMatchObject({ code: "forbidden" });

    const defaults = { purpose, seller: "other" };
    const items = [{ phone, seller: "acme" }];
    const { results } = await screenBatch(as(other), { defaults, items });
    expect(results[0]).toMatchObject({ phone, refusals: [{ reason: "cannot-check" }] });
  });
});
