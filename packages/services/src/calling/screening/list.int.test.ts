import { ListScreenings } from "@ringfence/core/calling/screening";
import { ListCalls } from "@ringfence/core/calling/call";
import { SellerId } from "@ringfence/core/ids";
import { aSeller } from "@ringfence/db/testing";
import { expect, it } from "vitest";
import { aContext, as, db } from "../../../testing/scenes.ts";
import { aCalledPerson, allowed, called, scan } from "../../../testing/violations.ts";
import type { RootContext } from "../../platform/context.ts";
import { listCalls } from "../call/list.ts";
import { listScreenings } from "./list.ts";
import { screenCall } from "./screen-call.ts";

const hoursAgo = (hours: number) => new Date(Date.now() - hours * 3_600_000);

const screenings = (ctx: RootContext, asked: Partial<ListScreenings> = {}) =>
  listScreenings(ctx, ListScreenings.parse(asked));
const calls = (ctx: RootContext, asked: Partial<ListCalls> = {}) =>
  listCalls(ctx, ListCalls.parse(asked));

it("lists screenings by verdict, reason and time, page by page", async () => {
  const { ctx, phone, phoneId } = await aCalledPerson();
  await screenCall(ctx, { phone, purpose: "survey" }); // no consent to this purpose
  await screenCall(ctx, { phone: "12", purpose: "marketing" });

  const { items, since, next } = await screenings(ctx);
  expect(items).toMatchObject([
    { phone: null, phoneId: null, verdict: "refuse", reasons: ["number-invalid"] },
    { phone, phoneId },
  ]);
  expect(next).toBeNull();
  expect(Date.now() - since.getTime()).toBeGreaterThan(29 * 86_400_000);
  expect((await screenings(ctx, { verdict: "refuse", reason: "number-invalid" })).items).toEqual([
    items[0],
  ]);
  expect((await screenings(ctx, { reason: "suppressed" })).items).toEqual([]);
  expect((await screenings(ctx, { until: hoursAgo(1) })).items).toEqual([]);
  expect((await screenings(ctx, { from: hoursAgo(1) })).items).toHaveLength(2);
  expect((await screenings(ctx, { from: new Date("1900-01-01") })).items).toHaveLength(2);

  const first = await screenings(ctx, { limit: 1 });
  expect(first.items).toEqual([items[0]]);
  expect((await screenings(ctx, { limit: 1, after: first.next ?? undefined })).items).toEqual([
    items[1],
  ]);
});

it("lists calls by campaign, dialer and time, with their screening and their violation", async () => {
  const { ctx, phone, phoneId, ...who } = await aCalledPerson();
  const screeningId = await allowed(ctx, { phoneId, ...who }, hoursAgo(5));
  await called(
    ctx,
    phone,
    { at: hoursAgo(5), campaign: "spring", dialer: "predictive" },
    { at: hoursAgo(50) },
  );
  await scan(ctx);

  const { items } = await calls(ctx);
  expect(items).toHaveLength(2);
  expect((await calls(ctx, { campaign: "spring", dialer: "predictive" })).items).toMatchObject([
    { phone, phoneId, campaign: "spring", screeningId },
  ]);
  const [unscreened] = (await calls(ctx, { campaign: "", dialer: "" })).items;
  expect(unscreened).toMatchObject({ screeningId: null, violationId: expect.any(String) });
  expect((await calls(ctx, { from: hoursAgo(49) })).items).toHaveLength(1);
  expect((await calls(ctx, { until: hoursAgo(49) })).items).toEqual([unscreened]);
  expect((await calls(ctx, { campaign: "autumn" })).items).toEqual([]);
  const first = await calls(ctx, { limit: 1 });
  const second = await calls(ctx, { limit: 1, after: first.next ?? undefined });
  expect([...first.items, ...second.items]).toEqual(items);
});

it("shows members of a seller theirs only, others nothing, and refuses other roles", async () => {
  const { ctx, phone } = await aCalledPerson();
  await screenCall(ctx, { phone, purpose: "marketing" });
  await called(ctx, phone, hoursAgo(3));
  const bank = SellerId.parse(await aSeller(db, ctx.organizationId, "bank"));
  const ofBank: RootContext = {
    ...ctx,
    actor: { type: "member", id: "bob", role: "officer", sellerIds: [bank] },
  };
  for (const list of [screenings, calls]) {
    expect((await list(ctx)).items).toHaveLength(1);
    expect((await list(ofBank)).items).toEqual([]);
    expect((await list(await aContext())).items).toEqual([]);
    for (const role of ["agent", "marketer", "developer"] as const) {
      await expect(list(as(ctx, role))).rejects.toMatchObject({ code: "forbidden" });
    }
  }
});
