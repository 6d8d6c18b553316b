import { expect, it } from "vitest";
import { aRegistry, listedNow, published, readEdition } from "../../testing/registries.ts";
import { applyEdition } from "./apply-edition.ts";

it("gathers answers about people who sue, beginning with the first", async () => {
  const { ctx, registryId, row } = await aRegistry();
  const answer = (...said: [phone: number, isLitigator: boolean][]) => {
    const phones = said.map(([phone, IsLitigator]) => ({ PhoneNumber: `${phone}`, IsLitigator }));
    const files = { "answer.json": JSON.stringify(phones) };
    const edition = readEdition(files, { reader: "us-litigators" });
    return applyEdition(ctx, published(registryId, "818,5550100\n", { edition }));
  };
  expect(await answer([8_185_550_100, false])).toMatchObject({
    outcome: "applied",
    listedAfter: 0,
  });
  await answer([8_185_550_100, true], [8_185_550_101, true]);
  await answer([2_135_550_100, true], [8_185_550_102, false]);
  expect(await listedNow(registryId)).toEqual([2_135_550_100, 8_185_550_100, 8_185_550_101]);
  expect(await row()).toMatchObject({ edition: 3, listed: 3n });
});
