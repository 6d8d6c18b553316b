import { expect, it } from "vitest";
import { aSeller } from "@ringfence/db/testing";
import { aPlan } from "../../../testing/campaign-plan.ts";
import { aDraft } from "../../../testing/campaigns.ts";
import { aContext, as, db } from "../../../testing/scenes.ts";
import { saveCampaign } from "../../audience/campaign/index.ts";
import { recordOptOut } from "../../do-not-call/opt-out/record.ts";
import { recordContacts } from "../../people/contact/index.ts";
import { aCalledPerson, called, scan } from "../../../testing/violations.ts";
import { screenCall } from "../../calling/screening/screen-call.ts";
import type { RootContext } from "../../platform/context.ts";
import { search } from "./search.ts";

const titles = ({ records }: Awaited<ReturnType<typeof search>>) =>
  records.map(({ kind, title }) => `${kind} ${title}`);

it("reads a number in any format, and says nothing of whether it may be called", async () => {
  const ctx = await aContext();
  for (const text of ["+1 202 555 0143", "(202) 555-0143", "202.555.0143"]) {
    expect(await search(ctx, { text })).toEqual({ number: "+12025550143", records: [] });
  }
  expect((await search(ctx, { text: "loans" })).number).toBeNull();
});

it("finds contacts by name, and campaigns, segments and offers by part of their name", async () => {
  const { ctx, offer } = await aDraft();
  expect(titles(await search(ctx, { text: "SPRING LOANS" }))).toEqual(["campaign Spring loans"]);
  expect(titles(await search(ctx, { text: "ada" }))).toContain("contact ada");
  expect(titles(await search(ctx, { text: offer.name }))).toContain(`offer ${offer.name}`);
  expect(titles(await search(ctx, { text: "all" }))).toContain("segment All");
});

it("finds an opt-out by its reference and by its number", async () => {
  const ctx = await aContext();
  const { answer } = await recordOptOut(ctx, { phone: "+12025550144", channel: "agent" });
  const reference = answer?.reference ?? "";
  expect(titles(await search(ctx, { text: reference.toLowerCase() }))).toEqual([
    `opt-out ${reference}`,
  ]);
  expect(titles(await search(ctx, { text: "202 555 0144" }))).toEqual([`opt-out ${reference}`]);
});

it("finds a screening and a violation by their ids, only for members who may open them", async () => {
  const { ctx, phone } = await aCalledPerson();
  const screening = await screenCall(ctx, { phone, purpose: "marketing" });
  await called(ctx, phone);
  const [violation] = await scan(ctx);
  const ids = [screening.id, violation?.id ?? ""];
  const find = async (ctx: RootContext) => {
    const found = [];
    for (const id of ids) found.push(...titles(await search(ctx, { text: id.toUpperCase() })));
    return found;
  };
  expect(await find(ctx)).toEqual([`screening ${ids[0]}`, `violation ${ids[1]}`]);
  expect(await find(as(ctx, "agent"))).toEqual([`screening ${ids[0]}`]);
  expect(await find(as(ctx, "developer"))).toEqual([]);
  expect(await find(await aContext())).toEqual([]);
});

it("finds members by part of their name", async () => {
  const ctx = as(await aContext(), "owner");
  const { organizationId } = ctx;
  await db.prisma.member.create({
    data: {
      organizationId,
      email: "vera@x.example",
      name: "Vera Quill",
      role: "agent",
      passwordHash: "",
    },
  });
  expect(titles(await search(ctx, { text: "quill" }))).toEqual(["member Vera Quill"]);
  expect(titles(await search(as(ctx, "agent"), { text: "quill" }))).toEqual([]);
});

it("lists at most five of a kind", async () => {
  const ctx = await aContext();
  const rows = Array.from({ length: 7 }, (_, index) => ({
    externalId: `c${index}`,
    name: `Nina ${index}`,
    phones: [`+1202555${String(1000 + index)}`],
  }));
  await recordContacts(ctx, { rows });
  expect(titles(await search(ctx, { text: "nina" }))).toHaveLength(5);
});

it("leaves out what a role may not open", async () => {
  const { ctx } = await aDraft();
  expect(titles(await search(as(ctx, "agent"), { text: "spring" }))).toEqual([]);
  const developer = as(ctx, "developer");
  expect(await search(developer, { text: "+12025550143" })).toEqual({ number: null, records: [] });
});

it("leaves out campaigns of a seller that the member does not work for", async () => {
  const { ctx, segmentId, offerId } = await aDraft();
  const bank = await aSeller(db, ctx.organizationId, "bank");
  await saveCampaign(
    ctx,
    aPlan({ segmentId, offerId }, { key: "bank", name: "Spring bank", seller: "bank" }),
  );
  const actor = { type: "member", id: "mo", role: "marketer", sellerIds: [bank] } as const;
  const found = titles(await search({ ...ctx, actor }, { text: "spring" }));
  expect(found.filter((title) => title.startsWith("campaign"))).toEqual(["campaign Spring bank"]);
});

it("finds nothing of another organization", async () => {
  await aDraft();
  expect(titles(await search(await aContext(), { text: "spring" }))).toEqual([]);
});
