import { expect, it } from "vitest";
import { asked, textOf } from "../../../testing/reassigned.ts";
import { aContext, as, db } from "../../../testing/scenes.ts";
import { writeQuery } from "./write-query.ts";

it("leaves out of the file what was erased since", async () => {
  const { ctx, phones, queryId } = await asked(2);
  const { organizationId } = ctx;
  await db.prisma.phone.updateMany({
    where: { organizationId, e164: phones[0] ?? "" },
    data: { e164: null, phoneKey: new Uint8Array(32) },
  });
  expect(await textOf(ctx, queryId)).toBe(`${phones[1]?.slice(2)},2026-01-04\n`);
  expect(await textOf(ctx, queryId, 2)).toBe("");
});

it("is for an officer, and writes no query of another organization", async () => {
  const { ctx, queryId } = await asked(1);
  await expect(writeQuery(as(ctx, "auditor"), { queryId, file: 1 })).rejects.toMatchObject({
    code: "forbidden",
  });
  await expect(writeQuery(await aContext(), { queryId, file: 1 })).rejects.toMatchObject({
    code: "not-found",
  });
});
