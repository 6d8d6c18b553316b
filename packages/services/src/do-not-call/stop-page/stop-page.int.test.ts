import { formatPublicAddress } from "@ringfence/core/account/organization";
import { aNumber } from "@ringfence/db/testing";
import { describe, expect, it } from "vitest";
import { aContext, as, db } from "../../../testing/scenes.ts";
import { createPersonContext } from "../../platform/access/person-context.ts";
import { inTransaction } from "../../platform/context.ts";
import { findOrAddPhone } from "../../people/phone/phones.ts";
import { optOutByLink, optOutOnPage, readOptOutChoices } from "./stop-page.ts";
import {
  createStopLink,
  listPublicOrganizations,
  openPublicPage,
  openReceiptLink,
  openStopLink,
} from "./links.ts";
import type { RecordOptOut } from "@ringfence/core/do-not-call/opt-out";
import { Phone } from "@ringfence/core/people/phone";
import { recorded } from "../../../testing/opt-outs.ts";
import { aVisitor } from "../../../testing/visitors.ts";
import type { Visitor } from "../burst/detect.ts";
import { screenCall } from "../../calling/screening/screen-call.ts";
import { erasePerson } from "../../desk/erasure/erase-person.ts";

it("names what can be refused, and of a link no more than how its number ends", async () => {
  const ctx = await aContext();
  const address = formatPublicAddress(ctx.organizationId);
  const visitor = await openPublicPage(ctx, address, "stop");
  expect(await readOptOutChoices(visitor)).toMatchObject({
    organization: "Test",
    homeRegion: "US",
    sellers: [{ key: "acme", name: "Acme" }],
    ending: null,
  });
  const phone = aNumber();
  const phoneId = await inTransaction(ctx, (ctx) => findOrAddPhone(ctx, phone));
  const person = await openStopLink(ctx, createStopLink(ctx, phoneId));
  expect(await readOptOutChoices(person)).toMatchObject({ ending: phone.slice(-2) });
  expect(await listPublicOrganizations(ctx)).toContainEqual({ name: "Test", address });
});

it("shows nothing of another organization, and none that is not there", async () => {
  const [mine, theirs] = [await aContext(), await aContext()];
  const phoneId = await inTransaction(theirs, (ctx) => findOrAddPhone(ctx, aNumber()));
  const stranger = { ...mine, actor: { type: "person", phoneId } as const };
  expect((await readOptOutChoices(stranger)).ending).toBeNull();
  const nowhere = formatPublicAddress(mine.organizationId).replace(/^./, "f");
  for (const address of [nowhere, "", "example"]) {
    await expect(openPublicPage(mine, address, "stop")).rejects.toMatchObject({
      code: "not-found",
    });
  }
});

describe("optOutOnPage", () => {
  async function scene() {
    const ctx = await aContext({ type: "visitor", page: "stop" });
    const { organizationId } = ctx;
    const now = await inTransaction(ctx, async ({ now }) => now); // however long the test takes
    const visitor = aVisitor();
    const refuse = (
      phone: string,
      more: { scope?: RecordOptOut["scope"]; visitor?: Visitor } = {},
    ) =>
      inTransaction(ctx, (ctx) =>
        optOutOnPage({ ...ctx, now }, { phone, scope: undefined, visitor, ...more }),
      );
    const optOuts = () =>
      db.prisma.optOut.findMany({ where: { organizationId }, include: { phone: true } });
    return { ctx, refuse, optOuts };
  }

  it("is in force when it returns, whoever typed the number", async () => {
    const { ctx, refuse, optOuts } = await scene();
    const phone = aNumber();
    const { receipt } = await refuse(phone);
    expect(await optOuts()).toMatchObject([
      {
        scope: "all",
        channel: "web",
        actor: { type: "visitor", id: "stop" },
        phone: { e164: phone },
      },
    ]);
    const [row] = await optOuts();
    expect(await openReceiptLink(ctx, receipt ?? "")).toMatchObject({ optOutId: row?.id });
    const dialer = as(ctx, "agent");
    const answer = await screenCall(dialer, { phone, purpose: "marketing" });
    expect(answer.refusals.map(({ reason }) => reason)).toContain("opted-out");
  });

  it("reads a number in whatever spelling as one", async () => {
    const { ctx, refuse, optOuts } = await scene();
    await db.prisma.organization.updateMany({
      where: { id: ctx.organizationId },
      data: { homeRegion: "RU" },
    });
    for (const spelling of [
      "+7 999 000-00-17",
      "8 (999) 000 00 17",
      "89990000017",
      "9990000017",
      "007.999.000.00.17",
    ]) {
      expect(await refuse(spelling)).toMatchObject({ receipt: expect.any(String) });
    }
    const numbers = (await optOuts()).map(({ phone }) => phone.e164);
    expect(new Set(numbers)).toEqual(new Set([Phone.parse("+79990000017")]));
  });

  it("keeps a text that is not a number once, and nothing if nothing was typed", async () => {
    const { ctx, refuse } = await scene();
    for (const typed of ["call me", "call me", ""]) {
      expect(await refuse(typed)).toHaveProperty("fault");
    }
    const { organizationId } = ctx;
    const kept = await db.prisma.misreadOptOut.findMany({ where: { organizationId } });
    expect(kept.map(({ input }) => input)).toEqual(["call me"]);
  });

  it("refuses what the person chose, and all calls where nobody knows what that is", async () => {
    const { refuse, optOuts } = await scene();
    await refuse(aNumber(), { scope: { seller: "acme" } });
    await refuse(aNumber(), { scope: { seller: "gone" } });
    expect((await optOuts()).map(({ scope }) => scope).toSorted()).toEqual(["all", "seller"]);
  });

  it("loses no refusal of who asks too often, and gives nothing away", async () => {
    const { ctx, refuse, optOuts } = await scene();
    const [phone, other] = [aNumber(), aNumber()];
    await recorded(as(ctx, "officer"), { phone: other, channel: "agent" });
    const early = Array.from({ length: 60 }, () => aNumber());
    for (const phone of early) expect(await refuse(phone)).not.toEqual({ receipt: null });
    expect(await refuse(phone)).toEqual({ receipt: null });
    expect(await refuse(phone)).toEqual({ receipt: null });
    expect(await refuse(other)).toEqual({ receipt: null });
    const refused = (await optOuts()).map(({ phone }) => phone.e164);
    expect(refused).toHaveLength(62);
    expect(new Set(refused)).toEqual(new Set([...early, phone, other]));
  });

  it("keeps a text that is not a number for an officer, and says what to do", async () => {
    const { ctx, refuse } = await scene();
    expect(await refuse("my phone")).toMatchObject({ fault: { key: "opt-out.number-unreadable" } });
    const { organizationId } = ctx;
    expect(await db.prisma.misreadOptOut.findMany({ where: { organizationId } })).toMatchObject([
      { input: "my phone", channel: "web" },
    ]);
  });

  it("counts only in the organization whose page was used", async () => {
    const [mine, theirs] = [await scene(), await scene()];
    await mine.refuse(aNumber());
    expect(await theirs.optOuts()).toEqual([]);
    const form = { ...mine.ctx, actor: { type: "job", name: "segment.refresh" } as const };
    await expect(
      optOutOnPage(form, { phone: aNumber(), scope: undefined, visitor: aVisitor() }),
    ).rejects.toMatchObject({ code: "forbidden" });
  });
});

describe("optOutByLink", () => {
  async function scene() {
    const ctx = await aContext();
    const phone = aNumber();
    const phoneId = await inTransaction(ctx, (ctx) => findOrAddPhone(ctx, phone));
    const link = createStopLink(ctx, phoneId);
    const optOuts = () =>
      db.prisma.optOut.findMany({ where: { organizationId: ctx.organizationId } });
    return { ctx, phone, phoneId, link, optOuts };
  }

  it("opts out with one tap, and contains no number", async () => {
    const { ctx, phone, phoneId, link, optOuts } = await scene();
    expect(link).not.toContain(phone.slice(-7));
    const person = await openStopLink(ctx, link);
    expect(await optOutByLink(person, { channel: "web" })).toEqual({ receipt: expect.any(String) });
    expect(await optOuts()).toMatchObject([
      { phoneId, scope: "all", channel: "web", actor: { type: "person", id: phoneId } },
    ]);
    const answer = await screenCall(as(ctx, "agent"), { phone, purpose: "marketing" });
    expect(answer.refusals.map(({ reason }) => reason)).toContain("opted-out");
  });

  it("is recorded once, however often a mail program sends it", async () => {
    const { ctx, link, optOuts } = await scene();
    const person = await openStopLink(ctx, link);
    await Promise.all([1, 2, 3].map(() => optOutByLink(person, { channel: "email" })));
    expect(await optOuts()).toMatchObject([{ channel: "email" }]);
  });

  it("refuses for who was erased as well", async () => {
    const { ctx, phone, phoneId, link } = await scene();
    await erasePerson(ctx, { person: { phoneId }, reason: "asked" });
    await optOutByLink(await openStopLink(ctx, link), { channel: "web" });
    const answer = await screenCall(as(ctx, "agent"), { phone, purpose: "marketing" });
    expect(answer.refusals.map(({ reason }) => reason)).toContain("opted-out");
  });

  it("does not find the person of another organization", async () => {
    const [mine, theirs] = [await scene(), await scene()];
    const person = createPersonContext(mine.ctx, mine.ctx.organizationId, theirs.phoneId);
    await expect(optOutByLink(person, { channel: "web" })).rejects.toMatchObject({
      code: "not-found",
    });
    expect([await mine.optOuts(), await theirs.optOuts()]).toEqual([[], []]);
  });

  it("opens no link that was made up, nor one of another organization", async () => {
    const [mine, theirs] = [await scene(), await scene()];
    const notFound = { code: "not-found" };
    const madeUp = mine.link.slice(0, -1) + (mine.link.endsWith("_") ? "-" : "_");
    await expect(openStopLink(mine.ctx, madeUp)).rejects.toMatchObject(notFound);
    const stranger = createStopLink(mine.ctx, theirs.phoneId);
    await expect(openStopLink(mine.ctx, stranger)).rejects.toMatchObject(notFound);
    expect(await theirs.optOuts()).toEqual([]);
  });
});
