import { expect, it } from "vitest";
import { answered, asked } from "../../../testing/reassigned.ts";
import { aContext, as } from "../../../testing/scenes.ts";
import { askReassigned } from "./ask-reassigned.ts";
import { listQueries } from "./list-queries.ts";

it("lists queries with what was answered, the latest first, page by page", async () => {
  const { ctx, phones, queryId } = await asked(3);
  await answered(ctx, queryId, [
    `${phones[0]?.slice(2)},2026-01-04,no`,
    `${phones[1]?.slice(2)},2026-01-04,yes`,
  ]);
  const rest = Array.from({ length: 20 }, () => 0);
  for (const _ of rest) await askReassigned(ctx);

  const first = await listQueries(ctx, {});
  expect(first.queries).toHaveLength(20);
  const { queries, next } = await listQueries(ctx, { after: first.next ?? undefined });

  expect(next).toBeNull();
  expect(queries).toMatchObject([
    { id: queryId, numbers: 3, files: 1, yes: 1, no: 1, noData: 0, answeredAt: expect.any(Date) },
  ]);
});

it("is for who reads registries, and lists none of another organization", async () => {
  const { ctx } = await asked(1);
  expect((await listQueries(as(ctx, "auditor"), {})).queries).toHaveLength(1);
  await expect(listQueries(as(ctx, "agent"), {})).rejects.toMatchObject({ code: "forbidden" });
  expect(await listQueries(await aContext(), {})).toEqual({ queries: [], next: null });
});
