import { Readable } from "node:stream";
import { text } from "node:stream/consumers";
import { expect, it } from "vitest";
import { aFetch, contentOf } from "../../../testing/fetches.ts";
import { registryFile } from "../../platform/files/index.ts";
import { beginFetch } from "./begin-fetch.ts";
import { keepFetched } from "./keep-fetched.ts";
import { readFetch } from "./read-fetch.ts";

it("begins anew without what was fetched before", async () => {
  const { ctx, registryId, fetchId } = await aFetch();
  const place = "https://rf.example/a.zip";
  const kept = await keepFetched(ctx, {
    registryId,
    fetchId,
    name: "a.zip",
    place,
    content: contentOf("a"),
  });
  const begun = await beginFetch(ctx, { registryId, revision: 2, kind: "change" });
  expect(begun).toMatchObject({ kind: "change", revision: 2, status: "open", files: [] });
  expect((await readFetch(ctx, registryId)).last).toEqual(begun);
  const file = ctx.files.read(registryFile(ctx.organizationId, kept.id));
  await expect(text(Readable.from(file))).rejects.toThrow("ENOENT");
});

it("is for the worker alone, and not for the registry of another organization", async () => {
  const { stranger, asOfficer, registryId } = await aFetch();
  const fetch = { registryId, revision: 1, kind: "full" } as const;
  await expect(beginFetch(stranger, fetch)).rejects.toMatchObject({ code: "not-found" });
  await expect(beginFetch(asOfficer, fetch)).rejects.toMatchObject({ code: "forbidden" });
});
