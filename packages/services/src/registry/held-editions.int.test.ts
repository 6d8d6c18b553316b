import { emptySet } from "@ringfence/core/registry";
import { expect, it } from "vitest";
import {
  aRegistry,
  aRegistryThatLists,
  fullList,
  numbersOf,
  published,
  readEdition,
} from "../../testing/registries.ts";
import { db } from "../../testing/scenes.ts";
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

it("holds changes that are older than those in force", async () => {
  const { apply } = await aRegistryThatLists(numbersOf(818, 100));
  await apply("8185559999,2026-03-02T00:00:00,D\n8185559998,2026-03-02T00:00:00,A\n");
  expect(await apply("8185559998,2026-03-01T00:00:00,D\n")).toMatchObject({ outcome: "held" });
});
