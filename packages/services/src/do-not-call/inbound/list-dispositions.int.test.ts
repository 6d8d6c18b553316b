import { aNumber } from "@ringfence/db/testing";
import { expect, it } from "vitest";
import { aContext, as } from "../../../testing/scenes.ts";
import { called } from "../../../testing/violations.ts";
import { listDispositions } from "./list-dispositions.ts";
import { mapDisposition } from "./map-disposition.ts";

it("lists what codes mean, and those that came and stand for themselves, doubts first", async () => {
  const ctx = await aContext();
  for (const outcome of ["SALE", "SALE", "CUST_REMOVE", "17", "reached"]) {
    await called(ctx, aNumber(), { outcome });
  }
  const code = { system: "genesys", code: "17", reading: "refusal" } as const;
  await mapDisposition(as(ctx, "owner"), code);

  expect(await listDispositions(ctx)).toEqual({
    mapped: [code],
    seen: [
      { code: "CUST_REMOVE", calls: 1, reading: "question" },
      { code: "SALE", calls: 2, reading: "other" },
    ],
  });
});

it("lists nothing of another organization, and nothing to agents", async () => {
  const mine = await aContext();
  await called(mine, aNumber(), { outcome: "SALE" });
  const theirs = await aContext();
  expect(await listDispositions(theirs)).toEqual({ mapped: [], seen: [] });
  await expect(listDispositions(as(mine, "agent"))).rejects.toMatchObject({ code: "forbidden" });
});
