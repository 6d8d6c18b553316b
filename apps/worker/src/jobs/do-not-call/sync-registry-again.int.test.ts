import { writeFile } from "node:fs/promises";
import { Readable } from "node:stream";
import { RegistryEditionId } from "@ringfence/core/ids";
import { reviewEdition, uploadEdition } from "@ringfence/services/do-not-call/registry";
import { openTestDb } from "@ringfence/db/testing";
import { expect, it } from "vitest";
import { betweenTransactions } from "../../../testing/between-transactions.ts";
import { aPublishedRegistry } from "../../../testing/published-registry.ts";
import { fullList } from "../../../testing/registry.ts";

const db = await openTestDb();

/** A worker's database that runs an act once, as soon as its time has come. */
function once(isTime: () => Promise<boolean>, act: () => Promise<unknown>) {
  const acts = [act];
  return betweenTransactions(db, async () => {
    if (await isTime()) await acts.pop()?.();
  });
}

const { signal } = new AbortController();

it("reads a file uploaded after the previous one is in force but before its run has ended", async () => {
  const { ctx, change, files, perform, runId, registryId, row, shownRun } =
    await aPublishedRegistry(db);
  await change({ source: { kind: "upload" } });
  const put = (text: string) => {
    const content = Readable.from([Buffer.from(text)]);
    return uploadEdition({ ...ctx, files }, { registryId, fileName: "a.txt", content });
  };
  await put(fullList(7));
  const isInForce = async () => (await row()).listed === 7n;
  const watched = once(isInForce, async () =>
    expect(await put(fullList(9))).toEqual({ runId, isNew: false }),
  );
  await perform(runId, signal, watched);
  expect(await row()).toMatchObject({ edition: 2, listed: 9n });
  expect(await shownRun()).toMatchObject({ status: "done" });
});

it("applies an edition that is accepted as soon as it is held, before its run has ended", async () => {
  const { ctx, perform, runId, registryId, publisher, row, again } = await aPublishedRegistry(
    db,
    (response) => response.end(fullList(100)),
  );
  await perform(runId);
  publisher.answer = (response) => response.end(fullList(50));
  const { runId: second } = await again();
  const findHeld = () =>
    db.prisma.registryEdition.findFirst({ where: { registryId, status: "held" } });
  const isHeld = async () => (await findHeld()) !== null;
  const watched = once(isHeld, async () => {
    const editionId = RegistryEditionId.parse((await findHeld())?.id);
    const word = { verdict: "accepted", reason: "They told us" } as const;
    expect(await reviewEdition(ctx, { registryId, editionId, ...word })).toEqual({ runId: second });
  });
  await perform(second, signal, watched);
  expect(await row()).toMatchObject({ edition: 2, listed: 50n });
});

it("reads from a new address that an officer enters while the previous one cannot be found", async () => {
  const { runId, perform, shownRun, row, change, publisher, sources } =
    await aPublishedRegistry(db);
  await writeFile(`${sources.registriesFolder}/818.txt`, fullList(7));
  publisher.answer = (response) => {
    void change({ source: { kind: "folder", path: "." } }).then(() =>
      response.writeHead(404).end(),
    );
  };
  await perform(runId);
  expect(await shownRun()).toMatchObject({ status: "done", outcome: { listedAfter: 7 } });
  expect(await row()).toMatchObject({ edition: 1, listed: 7n });
});
