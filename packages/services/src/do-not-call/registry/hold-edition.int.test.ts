import { CsvMapping, emptySet } from "@ringfence/core/do-not-call/registry";
import { expect, it } from "vitest";
import {
  aRegistry,
  aRegistryThatLists,
  fullList,
  listedNow,
  numbersOf,
  published,
  readEdition,
} from "../../../testing/registries.ts";
import { db } from "../../../testing/scenes.ts";
import { applyEdition } from "./apply-edition.ts";

const later = { readAt: new Date("2026-03-02T02:00:00Z") };

it("holds what is implausible: invisible, once, and growing older", async () => {
  const numbers = numbersOf(818, 100);
  const { registryId, apply, listedNow, row } = await aRegistryThatLists(numbers);
  const before = await row();
  const short = { sha256: "f".repeat(64), ...later };

  const held = await apply(fullList(numbers.slice(0, 90)), short);
  expect(held).toMatchObject({ outcome: "held", listedAfter: 90, removed: 10 });
  expect(await apply(fullList(numbers.slice(0, 90)), short)).toEqual(held);

  expect(await listedNow()).toEqual(numbers);
  expect(await row()).toEqual(before);
  const editions = await db.prisma.registryEdition.findMany({
    where: { registryId, status: "held" },
  });
  expect(editions).toMatchObject([{ number: null, fault: { key: "registry.held.shrunk" } }]);
});

it("holds an edition in which one file of many is missing or cut off", async () => {
  const [of818, of213] = [numbersOf(818, 100), numbersOf(213, 2)];
  const { apply } = await aRegistryThatLists([...of818, ...of213]);

  expect(await apply(fullList(of818))).toMatchObject({ outcome: "held" });
  expect(await apply(fullList([...of818, ...of213.slice(1)]))).toMatchObject({ outcome: "held" });
});

it("holds an edition that lists nothing at all", async () => {
  const { ctx, registryId, apply, listedNow } = await aRegistryThatLists(numbersOf(818, 3));
  const nothing = {
    ...readEdition({ "list.txt": fullList(numbersOf(818, 3)) }),
    added: emptySet(),
  };
  for (const edition of [nothing, { ...nothing, areas: [] }]) {
    expect(await apply(fullList([8_185_550_000]), { edition })).toMatchObject({
      outcome: "held",
      removed: 3,
    });
  }
  expect(await listedNow()).toEqual(numbersOf(818, 3));
  await db.prisma.registry.updateMany({ where: { id: registryId }, data: { areas: {} } });
  const edition = { ...nothing, areas: [] };
  const emptyEdition = published(registryId, fullList([8_185_550_000]), { edition });
  expect(await applyEdition(ctx, emptyEdition)).toMatchObject({ outcome: "held" });
});

it("holds a first edition of changes alone", async () => {
  const { ctx, registryId } = await aRegistry();
  const changes = published(registryId, "8185550100,2026-03-01T00:00:00,A\n");
  expect(await applyEdition(ctx, changes)).toMatchObject({ outcome: "held" });
});

const tableOf = (kind: "snapshot" | "delta") =>
  ({
    reader: "csv",
    mapping: CsvMapping.parse({
      kind,
      delimiter: ";",
      encoding: "utf-8",
      hasHeader: false,
      phoneColumns: [1],
      region: "US",
      flag: { column: 2, added: ["A"], removed: ["D"] },
      date: { column: 3, pattern: "DD.MM.YYYY" },
    }),
  }) as const;

it("holds a table that is older than the one in force, and changes in the wrong order", async () => {
  const { ctx, registryId } = await aRegistry();
  const table = (kind: "snapshot" | "delta", ...lines: string[]) => {
    const edition = readEdition({ "list.csv": `${lines.join("\n")}\n` }, tableOf(kind));
    return applyEdition(ctx, published(registryId, "818,5550000\n", { edition }));
  };
  const [ada, bo, cy] = ["8185550101", "8185550102", "8185550103"];
  await table("snapshot", `${ada};A;01.03.2026`, `${bo};A;28.02.2026`);
  expect(await table("snapshot", `${ada};A;28.02.2026`, `${bo};A;28.02.2026`)).toMatchObject({
    outcome: "held",
  });
  const older = await table("snapshot", `${ada};A;27.02.2026`, `${cy};A;27.02.2026`);
  expect(older).toMatchObject({ outcome: "held" });
  expect(await table("delta", `${cy};A;03.03.2026`)).toMatchObject({ outcome: "applied" });
  expect(await table("delta", `${cy};D;02.03.2026`)).toMatchObject({ outcome: "held" });
  expect(await table("delta", `${cy};D;01.01.2206`)).toMatchObject({ outcome: "held" });
  expect(await listedNow(registryId)).toEqual([ada, bo, cy].map(Number));
  const held = await db.prisma.registryEdition.findMany({
    where: { registryId, status: "held" },
    orderBy: { id: "asc" },
  });
  expect(held.map(({ fault }) => fault)).toMatchObject([
    { key: "registry.held.older" },
    { key: "registry.held.older" },
    { key: "registry.held.out-of-order" },
    { key: "registry.held.future" },
  ]);
});

it("holds changes that are older than those in force", async () => {
  const { apply } = await aRegistryThatLists(numbersOf(818, 100));
  await apply("8185559999,2026-03-02T00:00:00,D\n8185559998,2026-03-02T00:00:00,A\n");
  expect(await apply("8185559998,2026-03-01T00:00:00,D\n")).toMatchObject({ outcome: "held" });
});
