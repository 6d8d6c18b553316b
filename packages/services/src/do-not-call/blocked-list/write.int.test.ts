import { AFTER_REGISTRIES } from "@ringfence/core/do-not-call/blocked-list";
import type { Phone } from "@ringfence/core/people/phone";
import type { Db } from "@ringfence/db";
import { aPhone } from "@ringfence/db/testing";
import { expect, it } from "vitest";
import { aBlockedList } from "../../../testing/blocked-lists.ts";
import { recorded } from "../../../testing/opt-outs.ts";
import { db } from "../../../testing/scenes.ts";
import type { FileStore } from "../../platform/files/index.ts";
import { openBlockedList } from "./open.ts";
import { readBlockedList, setBlockedList } from "./settings.ts";
import { readSourceState } from "./due.ts";
import { writeBlockedList } from "./write.ts";

const early = "+12145550001" as Phone;
const late = "+12145550002" as Phone;

it("writes the whole list and the changes, edition after edition, and announces each", async () => {
  const { ctx, write, readLines, organizationId, hears } = await aBlockedList();
  await hears();
  await recorded(ctx, { phone: late, channel: "agent" });
  expect(await write()).toBe(1);
  await recorded(ctx, { phone: early, channel: "agent" });
  expect(await write()).toBe(2);

  const whole = await readLines();
  expect(whole).toEqual([
    "phone,scope,seller,purpose,effective_at,reference",
    expect.stringMatching(`^\\${early},all,`),
    expect.stringMatching(`^\\${late},all,`),
  ]);
  expect(await readLines(1)).toEqual([
    expect.any(String),
    expect.stringMatching(`^added,\\${late},`),
  ]);
  expect(await readLines(2)).toEqual([
    "change,phone,scope,seller,purpose,effective_at,reference",
    expect.stringMatching(`^added,\\${early},all,`),
  ]);
  const told = await db.prisma.delivery.findMany({ where: { organizationId } });
  expect(told.map(({ event }) => event)).toEqual(["blocked-list.changed", "blocked-list.changed"]);
});

it("writes no edition without changes, and announces nothing", async () => {
  const { ctx, write, organizationId, hears, listFiles } = await aBlockedList();
  await recorded(ctx, { phone: early, channel: "agent" });
  await write();
  const before = await listFiles();
  await hears();
  expect(await write()).toBeNull();
  expect(await listFiles()).toEqual(before);
  expect(await db.prisma.delivery.count({ where: { organizationId } })).toBe(0);
});

it("lists what is no longer blocked", async () => {
  const { write, readLines, organizationId } = await aBlockedList();
  const phoneId = await aPhone(db, organizationId, { e164: early });
  const [at, recordedAt] = [new Date(0), new Date(0)];
  const suppression = { organizationId, phoneId, reason: "litigator", at, recordedAt, actor: {} };
  const { id } = await db.prisma.suppression.create({ data: suppression });
  await write();
  await db.prisma.suppression.updateMany({ where: { id }, data: { until: new Date(1) } });
  expect(await write()).toBe(2);
  expect((await readLines(2))[1]).toBe(
    `removed,${early},suppressed,,,1970-01-01T00:00:00.000Z,litigator`,
  );
});

it("keeps two whole lists, and the changes of seven editions", async () => {
  const { ctx, write, listFiles } = await aBlockedList();
  for (let n = 1; n <= 9; n++) {
    await recorded(ctx, { phone: `+1214555010${n}` as Phone, channel: "agent" });
    expect(await write()).toBe(n);
  }
  const files = await listFiles();
  expect(files.filter((file) => file.endsWith("-changes.csv"))).toHaveLength(7);
  expect(files.filter((file) => !file.endsWith("-changes.csv"))).toHaveLength(2);
});

it("makes one edition of two written at the same time", async () => {
  const { ctx, write, listFiles } = await aBlockedList();
  await recorded(ctx, { phone: early, channel: "agent" });
  const numbers = await Promise.all([write(), write()]);
  expect(new Set(numbers)).toEqual(new Set([1, null]));
  expect(await listFiles()).toHaveLength(2);
});

/** Files that wait after all blocked numbers were read, until the test lets them continue. */
function held(files: FileStore) {
  const [hasRead, mayGoOn] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const write: FileStore["write"] = async (...asked) => {
    const bytes = await files.write(...asked);
    hasRead.resolve();
    await mayGoOn.promise;
    return bytes;
  };
  return { files: { ...files, write }, hasRead: hasRead.promise, goOn: mayGoOn.resolve };
}

it("writes in the next edition what only the loser of two saw", async () => {
  const { ctx, write, readLines, organizationId } = await aBlockedList();
  const [first, loser] = [held(ctx.files), held(ctx.files)];
  await recorded(ctx, { phone: early, channel: "agent" });
  const firstNumber = write({ files: first.files });
  await first.hasRead;
  await recorded(ctx, { phone: late, channel: "agent" });
  const loserNumber = write({ files: loser.files });
  await loser.hasRead;
  first.goOn();
  expect(await firstNumber).toBe(1);
  loser.goOn();
  expect(await loserNumber).toBeNull();

  const { seen } = await db.prisma.blockedList.findFirstOrThrow({ where: { organizationId } });
  expect(seen).not.toBe(await readSourceState(db.prisma, organizationId));
  expect(await write()).toBe(2);
  expect((await readLines(2)).join()).toContain(late);
});

it("writes the whole list and no changes if the previous file is gone", async () => {
  const { ctx, write, readLines, eraseAll } = await aBlockedList();
  await recorded(ctx, { phone: early, channel: "agent" });
  await write();
  await eraseAll();
  expect(await write()).toBe(2);
  expect(await readLines()).toHaveLength(2);
  await expect(openBlockedList(ctx, { edition: 2 })).rejects.toMatchObject({
    explanation: { key: "blocked-list.gone" },
  });
  const told = async () => (await readBlockedList(ctx)).editions.map(({ changes }) => changes);
  expect(await told()).toEqual([null, "/v1/blocked-list/1/changes.csv"]);
  await recorded(ctx, { phone: late, channel: "agent" });
  expect(await write()).toBe(3);
  expect(await readLines(3)).toHaveLength(2);
  expect((await told())[0]).toBe("/v1/blocked-list/3/changes.csv");
});

/** Loses the answer to the commit that saves the edition. */
const deaf: Db["scoped"] = new Proxy(db.scoped, {
  get(prisma, key) {
    if (key !== "$transaction") return Reflect.get(prisma, key) as unknown;
    return async (...asked: Parameters<typeof prisma.$transaction>) => {
      const made: unknown = await prisma.$transaction(...asked);
      if (typeof made === "number") throw new Error("connection lost");
      return made;
    };
  },
});

it("keeps the files of an edition whose commit was confirmed to nobody", async () => {
  const { ctx, write, readLines } = await aBlockedList();
  await recorded(ctx, { phone: early, channel: "agent" });
  await expect(write({ db: { ...db, scoped: deaf } })).rejects.toThrow("connection lost");
  expect(await readLines()).toHaveLength(2);
  expect(await write()).toBeNull();
});

it("begins with a whole list after it was turned off for a while", async () => {
  const { asOwner, write, readLines } = await aBlockedList();
  await write();
  await setBlockedList(asOwner, { schedule: null });
  await setBlockedList(asOwner, {
    schedule: AFTER_REGISTRIES,
    reason: "The dialer keeps its own list.",
  });
  expect(await write()).toBe(2);
  expect(await readLines()).toHaveLength(1);
});

it("erases what killed workers left, and nothing of those that began later", async () => {
  const { ctx, write, listFiles, leave } = await aBlockedList();
  const [killed, later] = [
    "0190a000-0000-7000-8000-000000000000",
    "ffffffff-ffff-7fff-bfff-ffffffffffff",
  ];
  await leave(`${killed}.csv`, `${killed}-changes.csv`, `${killed}.csv.draft`, `${later}.csv`);
  await recorded(ctx, { phone: early, channel: "agent" });
  expect(await write()).toBe(1);
  const files = await listFiles();
  expect(files.filter((file) => file.startsWith(killed))).toEqual([]);
  expect(files).toContain(`${later}.csv`);
});

it("contains nothing of another organization, and is written by the worker only if turned on", async () => {
  const other = await aBlockedList();
  await recorded(other.ctx, { phone: early, channel: "agent" });
  const { ctx, write, readLines, organizationId } = await aBlockedList();
  await write();
  expect(await readLines()).toHaveLength(1);
  await expect(writeBlockedList(ctx)).rejects.toMatchObject({ code: "forbidden" });
  await db.prisma.blockedList.deleteMany({ where: { organizationId } });
  expect(await write()).toBeNull();
});

it("gives way to a worker that was first, which erases the file that is still being written", async () => {
  const { ctx, write, readLines } = await aBlockedList();
  await recorded(ctx, { phone: early, channel: "agent" });
  async function* beforeItsEnd(content: AsyncIterable<Uint8Array>, work: () => Promise<unknown>) {
    yield* content;
    await work();
  }
  const slow: FileStore = {
    ...ctx.files,
    write: (name, content) =>
      ctx.files.write(
        name,
        beforeItsEnd(content, () => write()),
      ),
  };
  expect(await write({ files: slow })).toBeNull();
  expect(await readLines()).toHaveLength(2);
});
