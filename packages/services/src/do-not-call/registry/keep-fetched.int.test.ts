import { Readable } from "node:stream";
import { text } from "node:stream/consumers";
import { expect, it } from "vitest";
import { aFetch, contentOf } from "../../../testing/fetches.ts";
import { registryFile } from "../../platform/files/index.ts";
import { keepFetched } from "./keep-fetched.ts";
import { readFetch } from "./read-fetch.ts";

const named = (name: string) => ({ name, place: `https://rf.example/${name}` });

it("keeps file after file, each with what it holds", async () => {
  const { ctx, registryId, fetchId } = await aFetch();
  for (const name of ["a.zip", "b.zip"]) {
    await keepFetched(ctx, { registryId, fetchId, ...named(name), content: contentOf(name) });
  }
  const { last } = await readFetch(ctx, registryId);
  expect(last?.files).toMatchObject([named("a.zip"), named("b.zip")]);
  for (const { id, name } of last?.files ?? []) {
    expect(await text(Readable.from(ctx.files.read(registryFile(ctx.organizationId, id))))).toBe(
      name,
    );
  }
});

it("is for the worker alone, and not for the registry of another organization", async () => {
  const { stranger, asOfficer, registryId, fetchId } = await aFetch();
  const file = { registryId, fetchId, ...named("a.zip") };
  const keep = (ctx: typeof stranger) => keepFetched(ctx, { ...file, content: contentOf("a") });
  await expect(keep(stranger)).rejects.toMatchObject({ code: "not-found" });
  await expect(keep(asOfficer)).rejects.toMatchObject({ code: "forbidden" });
});
