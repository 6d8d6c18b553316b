import { RefusalBurstId } from "@ringfence/core/ids";
import { aNumber } from "@ringfence/db/testing";
import { expect, it } from "vitest";
import { aPublicPage } from "../../../testing/floods.ts";
import { as } from "../../../testing/scenes.ts";
import { aVisitor } from "../../../testing/visitors.ts";
import { listNeeds } from "../../desk/today/list-needs.ts";
import { dismissBurst } from "./dismiss-burst.ts";
import { listBursts } from "./list-bursts.ts";

async function aBurst() {
  const page = await aPublicPage();
  const { address } = await page.flood();
  const id = RefusalBurstId.parse((await page.bursts())[0]?.id);
  return { ...page, address, id };
}

it("keeps the opt-outs in force and ends the reminders", async () => {
  const { officer, id } = await aBurst();
  await dismissBurst(officer, { id });
  expect(await listNeeds(officer)).toEqual([]);
  const { items } = await listBursts(officer, {});
  expect(items).toMatchObject([{ id, lifted: 0, dismissed: { by: { type: "member" } } }]);
});

it("starts a new burst, with an alarm, when a flood goes on after it was dismissed", async () => {
  const { officer, id, refuse, address, bursts } = await aBurst();
  await dismissBurst(officer, { id });
  await refuse(aNumber(), aVisitor(address));
  const [, next] = await bursts();
  expect(next?.refusals).toHaveLength(1);
  expect(await listNeeds(officer)).toMatchObject([{ kind: "bursts-open", count: 1 }]);
});

it("is refused to agents, and finds no burst of another organization", async () => {
  const [mine, theirs] = [await aPublicPage(), await aBurst()];
  const { id } = theirs;
  await expect(dismissBurst(as(theirs.officer, "agent"), { id })).rejects.toMatchObject({
    code: "forbidden",
  });
  await expect(dismissBurst(mine.officer, { id })).rejects.toMatchObject({ code: "not-found" });
  expect((await listBursts(theirs.officer, {})).items).toMatchObject([{ dismissed: null }]);
});
