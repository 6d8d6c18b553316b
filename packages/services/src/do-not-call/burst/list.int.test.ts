import { beforeAll, expect, it } from "vitest";
import { FLOOD, aPublicPage, someNumbers } from "../../../testing/floods.ts";
import { insertCorrection } from "../../../testing/corrections.ts";
import { as } from "../../../testing/scenes.ts";
import { listBursts, readBurst } from "./list.ts";
import { aFloodedPage } from "../../../testing/flooded-page.ts";

/** A flood takes a second, so those who only read share one. */
let flooded: Awaited<ReturnType<typeof aFloodedPage>>;
beforeAll(async () => {
  flooded = await aFloodedPage(someNumbers(FLOOD));
});

it("lists only bursts of this organization, to members who may read opt-outs", async () => {
  const [mine, theirs] = [await aPublicPage(), flooded]; // another organization
  expect(await listBursts(mine.officer, {})).toEqual({ items: [], next: null });
  expect((await listBursts(theirs.officer, {})).items).toMatchObject([
    { addresses: "one", refusals: FLOOD, withProof: 0, recorded: FLOOD },
  ]);
  await expect(listBursts(as(theirs.officer, "agent"), {})).rejects.toMatchObject({
    code: "forbidden",
  });
});

it("continues from a cursor", async () => {
  const { officer, organizationId, flood } = await aPublicPage();
  await flood();
  await flood();
  const [last, first] = (await listBursts(officer, {})).items;
  expect(last?.id).not.toBe(first?.id);
  const after = last?.id;
  if (after === undefined) throw new Error(`${organizationId} has no burst`);
  expect((await listBursts(officer, { after })).items.map(({ id }) => id)).toEqual([first?.id]);
});

it("shows the time, the number and the opt-outs of a burst, page by page", async () => {
  const { officer, burstId, phones, propose } = flooded;
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

it("does not count an opt-out as lifted because of a correction that somebody inserted", async () => {
  const { officer, organizationId, burstId } = flooded;
  const id = await burstId();
  const [optOut] = (await readBurst(officer, { id })).optOuts;
  await insertCorrection(organizationId, optOut?.optOutId ?? "");
  expect(await readBurst(officer, { id })).toMatchObject({ recorded: FLOOD, lifted: 0 });
});

it("is refused to agents, and shows no burst of another organization", async () => {
  const [mine, theirs] = [await aPublicPage(), flooded];
  const id = await theirs.burstId();
  await expect(readBurst(mine.officer, { id })).rejects.toMatchObject({ code: "not-found" });
  await expect(readBurst(as(theirs.officer, "agent"), { id })).rejects.toMatchObject({
    code: "forbidden",
  });
});
