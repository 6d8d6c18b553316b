import { writeFile } from "node:fs/promises";
import { Readable } from "node:stream";
import { openTestDb } from "@ringfence/db/testing";
import { expect, it } from "vitest";
import { uploadEdition } from "@ringfence/services/do-not-call/registry";
import { aPublishedRegistry } from "../../../testing/published-registry.ts";
import { fullList } from "../../../testing/registry.ts";

const db = await openTestDb();

it("reads a registry and puts its edition in force", async () => {
  const { runId, perform, shownRun, row } = await aPublishedRegistry(db);

  await perform(runId);

  expect(await shownRun()).toMatchObject({
    status: "done",
    outcome: { outcome: "applied", listedAfter: 3, added: 3, lines: 3, unreadable: 0 },
    error: null,
  });
  expect(await row()).toMatchObject({ edition: 1, listed: 3n });
});

it("counts age from the start of the reading, and requests only newer files", async () => {
  const { runId, perform, shownRun, row, syncAgain, publisher, asked } = await aPublishedRegistry(
    db,
    (response) => response.writeHead(200, { etag: '"7"' }).end(fullList(3)),
  );
  await perform(runId);
  expect((await row()).verifiedAt).toEqual((await shownRun()).startedAt);

  publisher.answer = (response) => response.writeHead(304).end();
  const second = await syncAgain();

  expect(second.outcome).toEqual({ outcome: "unchanged" });
  expect(asked.at(-1)?.headers["if-none-match"]).toBe('"7"');
  expect(await row()).toMatchObject({ edition: 1, verifiedAt: second.startedAt });
});

it("does not request files relative to an edition that is held", async () => {
  const { runId, perform, row, syncAgain, publisher, asked } = await aPublishedRegistry(
    db,
    (response) => response.writeHead(200, { etag: '"7"' }).end(fullList(100)),
  );
  await perform(runId);
  const { verifiedAt } = await row();
  publisher.answer = (response) => response.writeHead(200, { etag: '"8"' }).end(fullList(50));

  expect((await syncAgain()).outcome).toMatchObject({ outcome: "held", removed: 50 });
  expect((await syncAgain()).outcome).toMatchObject({ outcome: "held" });

  expect(asked.at(-1)?.headers["if-none-match"]).toBe('"7"');
  expect(await row()).toMatchObject({ edition: 1, listed: 100n, verifiedAt });
});

it("fails with a sentence, and keeps the edition in force, when a file cannot be read", async () => {
  const { runId, perform, row, syncAgain, publisher } = await aPublishedRegistry(db);
  await perform(runId);
  const before = await row();
  publisher.answer = (response) => response.end(`${fullList(3)}<html>\n`);

  expect(await syncAgain()).toMatchObject({
    status: "failed",
    error: { key: "registry.fault.no-us-number", values: { line: 4 } },
    outcome: { lines: 4, unreadable: 1 },
  });
  expect(await row()).toEqual(before);
});

it("lets a run wait while its publisher is away, and fails it if that does not end", async () => {
  const { runId, perform, shownRun, publisher } = await aPublishedRegistry(db, (response) =>
    response.writeHead(503).end(),
  );
  for (let attempt = 1; attempt < 5; attempt++) {
    await expect(perform(runId)).rejects.toMatchObject({ isTransient: true });
    expect(await shownRun()).toMatchObject({ status: "queued", error: { key: "source.status" } });
  }
  await perform(runId);
  expect(await shownRun()).toMatchObject({ status: "failed", error: { key: "source.status" } });

  publisher.answer = (response) => response.end(fullList(3));
  await perform(runId);
  expect((await shownRun()).status).toBe("failed");
});

it("reads an uploaded file, whose age counts from the upload", async () => {
  const { ctx, change, files, perform, runId, registryId, row, again } =
    await aPublishedRegistry(db);
  await perform(runId);
  await change({ source: { kind: "upload" } });
  const empty = await again();
  await perform(empty.runId);
  expect((await empty.shownRun()).error).toMatchObject({ key: "source.nothing-uploaded" });

  const content = Readable.from([Buffer.from(fullList(7))]);
  const uploaded = await uploadEdition(
    { ...ctx, files },
    { registryId, fileName: "a.txt", content },
  );
  await perform(uploaded.runId);
  const { source, verifiedAt } = await row();
  expect(source).toMatchObject({ file: { name: "a.txt", uploadedAt: verifiedAt?.toISOString() } });
  expect(await row()).toMatchObject({ edition: 2, listed: 7n });
});

it.each([fullList(7), "no list\n"])(
  "reads a file uploaded while %j is being read",
  async (before) => {
    const { ctx, change, files, perform, runId, registryId, row, shownRun } =
      await aPublishedRegistry(db);
    await change({ source: { kind: "upload" } });
    const put = (text: string) =>
      uploadEdition(
        { ...ctx, files },
        { registryId, fileName: "a.txt", content: Readable.from([Buffer.from(text)]) },
      );
    await put(before);
    const { read } = files;
    files.read = async function* (name) {
      const pieces: Uint8Array[] = [];
      for await (const piece of read(name)) pieces.push(piece);
      files.read = read;
      expect(await put(fullList(9))).toEqual({ runId, isNew: false });
      yield* pieces;
    };
    await perform(runId);
    expect(await shownRun()).toMatchObject({ status: "done", outcome: { outcome: "applied" } });
    expect(await row()).toMatchObject({ edition: 1, listed: 9n });
  },
);

it("releases a run when the worker is asked to stop", async () => {
  const { runId, perform, shownRun } = await aPublishedRegistry(db);
  await expect(perform(runId, AbortSignal.abort())).rejects.toThrow("asked to stop");
  expect(await shownRun()).toMatchObject({ status: "queued", error: { key: "run.stopped" } });
});

it("reads again when an officer changes its settings meanwhile", async () => {
  const { runId, perform, shownRun, row, change, publisher, sources, asked } =
    await aPublishedRegistry(db);
  await writeFile(`${sources.registriesFolder}/818.txt`, fullList(7));
  publisher.answer = (response) => {
    void change({ source: { kind: "folder", path: "." } }).then(() => response.end(fullList(3)));
  };

  await perform(runId);

  expect(asked).toHaveLength(1);
  expect(await shownRun()).toMatchObject({ status: "done", outcome: { listedAfter: 7 } });
  expect(await row()).toMatchObject({ edition: 1, listed: 7n });
});

it("works on a run once when two workers have its job", async () => {
  const { runId, perform, shownRun, asked } = await aPublishedRegistry(db);
  const worked = await Promise.allSettled([perform(runId), perform(runId)]);
  expect(worked.filter(({ status }) => status === "fulfilled")).not.toHaveLength(0);
  expect(asked).toHaveLength(1);
  expect((await shownRun()).status).toBe("done");
});
