import { aNumber } from "@ringfence/db/testing";
import { expect, it } from "vitest";
import { aContext, as, db } from "../../../testing/scenes.ts";
import { listDispositions, mapDisposition, recordDisposition } from "./dispositions.ts";
import { called } from "../../../testing/violations.ts";

const end = (code: string, system = "vicidial") => ({ system, code, phone: aNumber() });

it("knows the codes of systems, and asks about possible opt-outs", async () => {
  const ctx = await aContext();
  expect(await recordDisposition(ctx, end("DNC"))).toMatchObject({ outcome: "refused" });
  expect(await recordDisposition(ctx, end("DNC_NEW"))).toEqual({ outcome: "asked" });
  expect(await recordDisposition(ctx, end("SALE"))).toEqual({ outcome: "nothing" });
});

it("uses the organization's own mapping, and not that of another organization", async () => {
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

const code = { system: "genesys", code: "17" };

it("keeps the last mapping, and none for another organization", async () => {
  const [mine, theirs] = [as(await aContext(), "owner"), await aContext()];
  await mapDisposition(mine, { ...code, reading: "refusal" });
  await mapDisposition(mine, { ...code, reading: "other" });
  const of = ({ organizationId }: typeof theirs) =>
    db.prisma.disposition.findMany({ where: { organizationId } });
  expect(await of(mine)).toMatchObject([{ ...code, reading: "other" }]);
  expect(await of(theirs)).toEqual([]);
});

it("allows owners and developers", async () => {
  const ctx = await aContext();
  await expect(mapDisposition(ctx, { ...code, reading: "refusal" })).rejects.toMatchObject({
    code: "forbidden",
  });
});

it("lists mapped codes, and recent unmapped ones with doubtful ones first", async () => {
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

it("lists nothing of another organization, and refuses agents", async () => {
  const mine = await aContext();
  await called(mine, aNumber(), { outcome: "SALE" });
  const theirs = await aContext();
  expect(await listDispositions(theirs)).toEqual({ mapped: [], seen: [] });
  await expect(listDispositions(as(mine, "agent"))).rejects.toMatchObject({ code: "forbidden" });
});
