import { expect, it } from "vitest";
import { aContext, as, db } from "../../../testing/scenes.ts";
import { mapDisposition } from "./map-disposition.ts";

const code = { system: "genesys", code: "17" };

it("keeps the last word, and nothing for another organization", async () => {
  const [mine, theirs] = [as(await aContext(), "owner"), await aContext()];
  await mapDisposition(mine, { ...code, reading: "refusal" });
  await mapDisposition(mine, { ...code, reading: "other" });
  const of = ({ organizationId }: typeof theirs) =>
    db.prisma.disposition.findMany({ where: { organizationId } });
  expect(await of(mine)).toMatchObject([{ ...code, reading: "other" }]);
  expect(await of(theirs)).toEqual([]);
});

it("is for owners and developers", async () => {
  const ctx = await aContext();
  await expect(mapDisposition(ctx, { ...code, reading: "refusal" })).rejects.toMatchObject({
    code: "forbidden",
  });
});
