import { aNumber } from "@ringfence/db/testing";
import { expect, it } from "vitest";
import { aContext, as } from "../../../testing/scenes.ts";
import { mapDisposition } from "./map-disposition.ts";
import { recordDisposition } from "./record-disposition.ts";

const end = (code: string, system = "vicidial") => ({ system, code, phone: aNumber() });

it("knows what systems say, and asks about what looks like a refusal", async () => {
  const ctx = await aContext();
  expect(await recordDisposition(ctx, end("DNC"))).toMatchObject({ outcome: "refused" });
  expect(await recordDisposition(ctx, end("DNC_NEW"))).toEqual({ outcome: "asked" });
  expect(await recordDisposition(ctx, end("SALE"))).toEqual({ outcome: "nothing" });
});

it("does as the organization has mapped it, and another organization has not", async () => {
  const [mine, theirs] = [await aContext(), await aContext()];
  const mapped = { system: "genesys", code: "17", reading: "refusal" } as const;
  await mapDisposition(as(mine, "owner"), mapped);
  expect(await recordDisposition(mine, end("17", "genesys"))).toMatchObject({ outcome: "refused" });
  expect(await recordDisposition(mine, end("17"))).toEqual({ outcome: "nothing" });
  expect(await recordDisposition(theirs, end("17", "genesys"))).toEqual({ outcome: "nothing" });
  await expect(recordDisposition(as(mine, "auditor"), end("DNC"))).rejects.toMatchObject({
    code: "forbidden",
  });
});
