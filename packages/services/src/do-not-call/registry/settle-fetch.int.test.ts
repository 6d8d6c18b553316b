import { expect, it } from "vitest";
import { aFetch } from "../../../testing/fetches.ts";
import { readFetch } from "./read-fetch.ts";
import { settleFetch } from "./settle-fetch.ts";

it("puts on record how far it has come, and leaves the rest as it is", async () => {
  const { ctx, registryId, fetchId, begun } = await aFetch();
  await settleFetch(ctx, { registryId, fetchId, request: "token" });
  await settleFetch(ctx, { registryId, fetchId, status: "whole" });
  const { last } = await readFetch(ctx, registryId);
  expect(last).toEqual({ ...begun, request: "token", status: "whole" });
});

it("is for the worker alone, and not for the registry of another organization", async () => {
  const { stranger, asOfficer, ctx, registryId, fetchId, begun } = await aFetch();
  const lost = { registryId, fetchId, status: "lost" } as const;
  await expect(settleFetch(stranger, lost)).rejects.toMatchObject({ code: "not-found" });
  await expect(settleFetch(asOfficer, lost)).rejects.toMatchObject({ code: "forbidden" });
  expect((await readFetch(ctx, registryId)).last).toEqual(begun);
});
