import { expect, it } from "vitest";
import { aFetch } from "../../../testing/fetches.ts";
import { db } from "../../../testing/scenes.ts";
import { readFetch } from "./read-fetch.ts";

it("tells what was fetched last, and what is in force", async () => {
  const { ctx, registryId, begun } = await aFetch();
  expect(await readFetch(ctx, registryId)).toMatchObject({
    last: begun,
    needsFullList: true,
    answered: [],
    isAccepted: false,
  });
  await db.prisma.registry.updateMany({
    where: { id: registryId },
    data: { areas: { 1818: 3 }, edition: 1 },
  });
  expect(await readFetch(ctx, registryId)).toMatchObject({
    needsFullList: false,
    answered: [1_818],
  });
});

it("lets nothing pass by the word on an edition that was fetched before", async () => {
  const { ctx, registryId, begun } = await aFetch();
  const { organizationId } = ctx;
  const counts = { lines: 1n, bytes: 1n, listed: 1n, added: 1n, removed: 0n };
  const edition = { organizationId, registryId, revision: 1, kind: "full", sha256: "0", ...counts };
  const accepted = (readAt: Date) =>
    db.prisma.registryEdition.create({ data: { ...edition, status: "accepted", readAt } });
  await accepted(new Date(begun.cameAt.valueOf() - 1));
  expect(await readFetch(ctx, registryId)).toMatchObject({ isAccepted: false });
  await accepted(begun.cameAt);
  expect(await readFetch(ctx, registryId)).toMatchObject({ isAccepted: true });
});

it("knows nothing of the registry of another organization, and tells people nothing", async () => {
  const { stranger, asOfficer, registryId } = await aFetch();
  await expect(readFetch(stranger, registryId)).rejects.toMatchObject({ code: "not-found" });
  await expect(readFetch(asOfficer, registryId)).rejects.toMatchObject({ code: "forbidden" });
});
