import { expect, it } from "vitest";
import { aFloodedPage } from "../../../testing/flooded-page.ts";
import { aPublicPage, FLOOD } from "../../../testing/floods.ts";
import { as } from "../../../testing/scenes.ts";
import { readBurst } from "./read-burst.ts";

it("shows the time, the number and the opt-outs of a burst, page by page", async () => {
  const { officer, burstId, phones, propose } = await aFloodedPage();
  await propose();
  const id = await burstId();
  const first = await readBurst(officer, { id });
  expect(first).toMatchObject({
    addresses: "one",
    refusals: FLOOD,
    liftings: [{ reason: "A script sent them.", acceptFault: { key: "review.own" }, answer: null }],
  });
  const rest = await readBurst(officer, { id, after: first.next ?? undefined });
  expect(rest.next).toBeNull();
  const shown = [...first.optOuts, ...rest.optOuts];
  expect(new Set(shown.map(({ phone }) => phone))).toEqual(new Set(phones));
  expect(new Set(shown.map(({ stayReason }) => stayReason))).toEqual(new Set([null]));
});

it("is refused to agents, and shows no burst of another organization", async () => {
  const [mine, theirs] = [await aPublicPage(), await aFloodedPage()];
  const id = await theirs.burstId();
  await expect(readBurst(mine.officer, { id })).rejects.toMatchObject({ code: "not-found" });
  await expect(readBurst(as(theirs.officer, "agent"), { id })).rejects.toMatchObject({
    code: "forbidden",
  });
});
