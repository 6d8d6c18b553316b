import { formatPublicAddress } from "@ringfence/core/account/organization";
import { aNumber } from "@ringfence/db/testing";
import { expect, it } from "vitest";
import { aContext } from "../../../testing/scenes.ts";
import { inTransaction } from "../../platform/context.ts";
import { internPhone } from "../../people/phone/intern-phones.ts";
import { offerRefusal } from "./offer-refusal.ts";
import { openStopLink, openVisit, organizationsOf, stopLinkOf } from "./open-public.ts";

it("names what can be refused, and of a link no more than how its number ends", async () => {
  const ctx = await aContext();
  const address = formatPublicAddress(ctx.organizationId);
  const visitor = await openVisit(ctx, address, "stop");
  expect(await offerRefusal(visitor)).toMatchObject({
    organization: "Test",
    homeRegion: "US",
    sellers: [{ key: "acme", name: "Acme" }],
    ending: null,
  });
  const phone = aNumber();
  const phoneId = await inTransaction(ctx, (ctx) => internPhone(ctx, phone));
  const person = await openStopLink(ctx, stopLinkOf(ctx, phoneId));
  expect(await offerRefusal(person)).toMatchObject({ ending: phone.slice(-2) });
  expect(await organizationsOf(ctx)).toContainEqual({ name: "Test", address });
});

it("shows nothing of another organization, and none that is not there", async () => {
  const [mine, theirs] = [await aContext(), await aContext()];
  const phoneId = await inTransaction(theirs, (ctx) => internPhone(ctx, aNumber()));
  const stranger = { ...mine, actor: { type: "person", phoneId } as const };
  expect((await offerRefusal(stranger)).ending).toBeNull();
  const nowhere = formatPublicAddress(mine.organizationId).replace(/^./, "f");
  for (const address of [nowhere, "", "example"]) {
    await expect(openVisit(mine, address, "stop")).rejects.toMatchObject({ code: "not-found" });
  }
});
