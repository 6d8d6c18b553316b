import { editionOfAnswers } from "@ringfence/core/do-not-call/registry";
import { expect, it } from "vitest";
import { aRegistry, listedNow, published, readEdition } from "../../../testing/registries.ts";
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

it("is as old as the oldest answer that it is made of, where it is made of answers", async () => {
  const { ctx, registryId, row } = await aRegistry();
  const apply = (free: readonly number[], readAt: Date) => {
    const asked = [61_412_000_001, 61_412_000_002];
    const edition = editionOfAnswers({ region: "AU", free, asked });
    if (edition === null) throw new Error("nothing was asked");
    return applyEdition(ctx, published(registryId, "818,5550100\n", { edition, readAt }));
  };
  const later = new Date("2026-03-02T02:00:00Z");
  await apply([], later);
  expect(await row()).toMatchObject({ verifiedAt: later });
  const answeredAt = new Date("2026-03-01T02:00:00Z");
  expect(await apply([61_412_000_001], answeredAt)).toMatchObject({ outcome: "applied" });
  expect(await row()).toMatchObject({ verifiedAt: answeredAt });
  const earlier = new Date("2026-02-28T02:00:00Z");
  expect(await apply([61_412_000_001], earlier)).toMatchObject({ outcome: "unchanged" });
  expect(await row()).toMatchObject({ verifiedAt: earlier });
});
