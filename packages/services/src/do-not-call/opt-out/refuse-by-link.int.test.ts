import { aNumber } from "@ringfence/db/testing";
import { expect, it } from "vitest";
import { aContext, as, db } from "../../../testing/scenes.ts";
import { erasePerson } from "../../desk/erasure/erase-person.ts";
import { internPhone } from "../../people/phone/intern-phones.ts";
import { screenCall } from "../../calling/screening/screen-call.ts";
import { inTransaction } from "../../platform/context.ts";
import { openStopLink, stopLinkOf } from "./open-public.ts";
import { refuseByLink } from "./refuse-by-link.ts";

async function scene() {
  const ctx = await aContext();
  const phone = aNumber();
  const phoneId = await inTransaction(ctx, (ctx) => internPhone(ctx, phone));
  const link = stopLinkOf(ctx, phoneId);
  const optOuts = () =>
    db.prisma.optOut.findMany({ where: { organizationId: ctx.organizationId } });
  return { ctx, phone, phoneId, link, optOuts };
}

it("refuses with one tap, and holds no number", async () => {
  const { ctx, phone, phoneId, link, optOuts } = await scene();
  expect(link).not.toContain(phone.slice(-7));
  const person = await openStopLink(ctx, link);
  expect(await refuseByLink(person, { channel: "web" })).toEqual({ receipt: expect.any(String) });
  expect(await optOuts()).toMatchObject([
    { phoneId, scope: "all", channel: "web", actor: { type: "person", id: phoneId } },
  ]);
  const answer = await screenCall(as(ctx, "agent"), { phone, purpose: "marketing" });
  expect(answer.refusals.map(({ reason }) => reason)).toContain("opted-out");
});

it("is one, however often a mail program sends it", async () => {
  const { ctx, link, optOuts } = await scene();
  const person = await openStopLink(ctx, link);
  await Promise.all([1, 2, 3].map(() => refuseByLink(person, { channel: "email" })));
  expect(await optOuts()).toMatchObject([{ channel: "email" }]);
});

it("refuses for who was erased as well", async () => {
  const { ctx, phone, phoneId, link } = await scene();
  await erasePerson(ctx, { person: { phoneId }, reason: "asked" });
  await refuseByLink(await openStopLink(ctx, link), { channel: "web" });
  const answer = await screenCall(as(ctx, "agent"), { phone, purpose: "marketing" });
  expect(answer.refusals.map(({ reason }) => reason)).toContain("opted-out");
});

it("opens no link that was made up, nor one of another organization", async () => {
  const [mine, theirs] = [await scene(), await scene()];
  const notFound = { code: "not-found" };
  const madeUp = mine.link.slice(0, -1) + (mine.link.endsWith("_") ? "-" : "_");
  await expect(openStopLink(mine.ctx, madeUp)).rejects.toMatchObject(notFound);
  const stranger = stopLinkOf(mine.ctx, theirs.phoneId);
  await expect(openStopLink(mine.ctx, stranger)).rejects.toMatchObject(notFound);
  expect(await theirs.optOuts()).toEqual([]);
});
