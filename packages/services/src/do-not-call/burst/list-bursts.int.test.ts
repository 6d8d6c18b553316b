import { expect, it } from "vitest";
import { aPublicPage, FLOOD } from "../../../testing/floods.ts";
import { as } from "../../../testing/scenes.ts";
import { listBursts } from "./list-bursts.ts";

it("lists only bursts of this organization, to members who may read opt-outs", async () => {
  const [mine, theirs] = [await aPublicPage(), await aPublicPage()]; // another organization
  await theirs.flood();
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
