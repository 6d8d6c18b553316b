import { describe, expect, it } from "vitest";
import {
  aRegistry,
  aRegistryThatLists,
  fullList,
  listedNow,
  numbersInArea,
  published,
  readEdition,
} from "../../../testing/registries.ts";
import { db } from "../../../testing/scenes.ts";
import { applyEdition, confirmEdition } from "./apply-edition.ts";
import type { PublishedEdition } from "./save-edition.ts";
import { CsvMapping, createNumberSet } from "@ringfence/core/do-not-call/registry";
import { loadSyncState } from "./sync.ts";

describe("apply edition", () => {
  const later = { readAt: new Date("2026-03-02T02:00:00Z") };

  it("puts a first edition in force", async () => {
    const { ctx, registryId, row } = await aRegistry();
    const edition = published(registryId, fullList([8_185_550_100, 2_135_550_100]));

    expect(await applyEdition(ctx, edition)).toMatchObject({
      outcome: "applied",
      listedBefore: 0,
      listedAfter: 2,
      added: 2,
      removed: 0,
    });
    expect(await listedNow(registryId)).toEqual([2_135_550_100, 8_185_550_100]);
    expect(await row()).toMatchObject({
      edition: 1,
      listed: 2n,
      areas: { "1213": 1, "1818": 1 },
      verifiedAt: edition.readAt,
    });
    expect(await db.prisma.registryChange.count({ where: { registryId } })).toBe(0);
  });

  it("applies an empty list of who may be called at once, and holds one that grew a lot", async () => {
    const { ctx, registryId, row } = await aRegistry();
    await db.prisma.registry.updateMany({ where: { id: registryId }, data: { code: "TR-IYS" } });
    const apply = (files: string, more: Partial<PublishedEdition> = {}) =>
      applyEdition(ctx, published(registryId, files, more));
    const all = fullList(numbersInArea(818, 100));
    const empty = { ...readEdition({ "list.txt": all }), added: createNumberSet() };

    expect(await apply(all)).toMatchObject({ outcome: "applied", listedAfter: 100 });
    expect(await apply(all, { ...later, edition: empty })).toMatchObject({
      outcome: "applied",
      listedAfter: 0,
    });
    expect(await listedNow(registryId)).toEqual([]);
    expect(await apply(fullList(numbersInArea(818, 3)), later)).toMatchObject({ outcome: "held" });
    expect(await row()).toMatchObject({ edition: 2, listed: 0n });
  });

  it("replaces the numbers with those of the next edition, and records the changes of each block", async () => {
    const { registryId, apply, listedNow, row } = await aRegistryThatLists([
      ...numbersInArea(818, 100),
      2_135_550_100,
    ]);
    const next = [...numbersInArea(818, 99, 2), 2_135_550_100, 2_139_990_000];

    expect(await apply(fullList(next), later)).toMatchObject({
      outcome: "applied",
      listedBefore: 101,
      listedAfter: 101,
      added: 2,
      removed: 2,
    });
    expect(await listedNow()).toEqual(next.toSorted((a, b) => a - b));
    expect(await row()).toMatchObject({ edition: 2, verifiedAt: later.readAt });

    const changes = await db.prisma.registryChange.findMany({
      where: { registryId },
      orderBy: { block: "asc" },
    });
    expect(changes.map(({ block, edition, lines }) => [block, edition, [...lines]])).toEqual([
      [1_213_999n, 2, [0, 0]],
      [1_818_555n, 2, [0, 0, 0, 1, 0, 100]],
    ]);
  });

  it("deletes blocks that no longer list a number", async () => {
    const { registryId, apply } = await aRegistryThatLists([
      ...numbersInArea(818, 100),
      8_189_990_000,
    ]);
    await apply(fullList(numbersInArea(818, 100)));
    expect(await db.prisma.registryBlock.count({ where: { registryId } })).toBe(1);
  });

  it("only verifies an edition with the same bytes or the same numbers", async () => {
    const numbers = numbersInArea(818, 3);
    const { registryId, apply, row } = await aRegistryThatLists(numbers);
    const { sha256 } = await db.prisma.registryEdition.findFirstOrThrow({ where: { registryId } });
    const validators = { etag: '"7"' };

    expect(await apply(fullList(numbers), { sha256, ...later, validators })).toEqual({
      outcome: "unchanged",
    });
    expect(await row()).toMatchObject({ edition: 1, verifiedAt: later.readAt, validators });
    expect(await apply(fullList(numbers.toReversed()))).toEqual({ outcome: "unchanged" });
    expect(await row()).toMatchObject({ edition: 1, verifiedAt: later.readAt, validators: null });
    expect(await db.prisma.registryEdition.count({ where: { registryId } })).toBe(1);
  });

  it("deletes blocks before, between and after those of the next list", async () => {
    const kept = numbersInArea(555, 100);
    const gone = [2_135_550_100, 5_550_000_000, 9_895_550_100];
    const { registryId, apply, listedNow } = await aRegistryThatLists([...kept, ...gone]);
    await db.prisma.registry.updateMany({
      where: { id: registryId },
      data: { areas: {}, maxShrinkShare: 0.5 },
    });

    expect(await apply(fullList(kept))).toMatchObject({ outcome: "applied", removed: 3 });
    expect(await listedNow()).toEqual(kept);
  });

  it("applies changes once to the edition in force", async () => {
    const numbers = numbersInArea(818, 100);
    const { registryId, apply, listedNow, row } = await aRegistryThatLists(numbers);
    const changes = [
      "8185550000,2026-03-01T10:00:00,D",
      "8185559999,2026-03-01T11:00:00,A",
      "8185550001,2026-03-01T12:00:00,A",
    ].join("\n");

    expect(await apply(changes)).toMatchObject({ outcome: "applied", added: 1, removed: 1 });
    expect(await apply(changes)).toEqual({ outcome: "unchanged" });

    expect(await listedNow()).toEqual([...numbers.slice(1), 8_185_559_999]);
    expect(await row()).toMatchObject({ edition: 2, listed: 100n, areas: { "1818": 100 } });
    expect(
      await db.prisma.registryEdition.findFirst({ where: { registryId, number: 2 } }),
    ).toMatchObject({ kind: "change", publishedOn: new Date("2026-03-01") });
  });

  it("applies once when two syncs run at the same time", async () => {
    const { ctx, registryId } = await aRegistry();
    const edition = published(registryId, fullList(numbersInArea(818, 3)));

    const outcomes = await Promise.all([applyEdition(ctx, edition), applyEdition(ctx, edition)]);

    expect(outcomes.map(({ outcome }) => outcome).toSorted()).toEqual(["applied", "unchanged"]);
  });

  it("rejects an edition that was read before the format or source changed", async () => {
    const { apply, row } = await aRegistryThatLists(numbersInArea(818, 3));
    expect(await apply(fullList(numbersInArea(818, 4)), { revision: 0 })).toEqual({
      outcome: "outdated",
    });
    expect(await row()).toMatchObject({ edition: 1, listed: 3n });
  });

  it("shows concurrent readers all of an edition or nothing", async () => {
    const numbers = numbersInArea(818, 9_000);
    const { registryId, apply } = await aRegistryThatLists(numbers);
    const look = async () => {
      const { rows } = await db.pool.query<{ edition: number; listed: string }>(
        `SELECT edition, sum(bit_count(bits)) AS listed FROM registry
       JOIN registry_block ON registry_id = registry.id WHERE registry.id = $1 GROUP BY 1`,
        [registryId],
      );
      return rows.map(({ edition, listed }) => [edition, Number(listed)]).at(0);
    };

    const applied = new AbortController();
    const applying = apply(fullList([...numbers, ...numbersInArea(213, 9_000)])).finally(() =>
      applied.abort(),
    );
    const seen: unknown[] = [];
    while (!applied.signal.aborted) seen.push(await look());
    await applying;
    seen.push(await look());

    expect(seen.filter((s) => String(s) !== "1,9000" && String(s) !== "2,18000")).toEqual([]);
    expect(seen.at(-1)).toEqual([2, 18_000]);
  });

  it("allows only the job, and finds no registry of another organization", async () => {
    const { asOfficer, registryId } = await aRegistry();
    const { ctx } = await aRegistry();
    const edition = published(registryId, fullList(numbersInArea(818, 3)));
    await expect(applyEdition(asOfficer, edition)).rejects.toMatchObject({ code: "forbidden" });
    await expect(applyEdition(ctx, edition)).rejects.toMatchObject({ code: "not-found" });
  });
});

describe("hold edition", () => {
  const later = { readAt: new Date("2026-03-02T02:00:00Z") };

  it("holds an implausible edition once, out of sight, while the old one ages", async () => {
    const numbers = numbersInArea(818, 100);
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

  it("holds an edition if one of many files is missing or truncated", async () => {
    const [of818, of213] = [numbersInArea(818, 100), numbersInArea(213, 2)];
    const { apply } = await aRegistryThatLists([...of818, ...of213]);

    expect(await apply(fullList(of818))).toMatchObject({ outcome: "held" });
    expect(await apply(fullList([...of818, ...of213.slice(1)]))).toMatchObject({ outcome: "held" });
  });

  it("holds an empty edition", async () => {
    const { ctx, registryId, apply, listedNow } = await aRegistryThatLists(numbersInArea(818, 3));
    const nothing = {
      ...readEdition({ "list.txt": fullList(numbersInArea(818, 3)) }),
      added: createNumberSet(),
    };
    for (const edition of [nothing, { ...nothing, areas: [] }]) {
      expect(await apply(fullList([8_185_550_000]), { edition })).toMatchObject({
        outcome: "held",
        removed: 3,
      });
    }
    expect(await listedNow()).toEqual(numbersInArea(818, 3));
    await db.prisma.registry.updateMany({ where: { id: registryId }, data: { areas: {} } });
    const edition = { ...nothing, areas: [] };
    const emptyEdition = published(registryId, fullList([8_185_550_000]), { edition });
    expect(await applyEdition(ctx, emptyEdition)).toMatchObject({ outcome: "held" });
  });

  it("holds a first edition that has only changes", async () => {
    const { ctx, registryId } = await aRegistry();
    const changes = published(registryId, "8185550100,2026-03-01T00:00:00,A\n");
    expect(await applyEdition(ctx, changes)).toMatchObject({ outcome: "held" });
  });

  const createFormat = (kind: "snapshot" | "delta") =>
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

  it("holds an older table, and changes in the wrong order", async () => {
    const { ctx, registryId } = await aRegistry();
    const table = (kind: "snapshot" | "delta", ...lines: string[]) => {
      const edition = readEdition({ "list.csv": `${lines.join("\n")}\n` }, createFormat(kind));
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

  it("holds changes older than those in force", async () => {
    const { apply } = await aRegistryThatLists(numbersInArea(818, 100));
    await apply("8185559999,2026-03-02T00:00:00,D\n8185559998,2026-03-02T00:00:00,A\n");
    expect(await apply("8185559998,2026-03-01T00:00:00,D\n")).toMatchObject({ outcome: "held" });
  });
});

describe("confirm edition", () => {
  const later = { readAt: new Date("2026-03-02T02:00:00Z"), validators: { etag: '"8"' } };

  async function scene() {
    const { ctx, registryId, row } = await aRegistryThatLists(numbersInArea(818, 3));
    const { sha256, revision } = await loadSyncState(ctx, registryId);
    return { ctx, registryId, row, inForce: { registryId, revision, sha256: sha256 ?? "" } };
  }

  it("resets the age of the edition in force", async () => {
    const { ctx, row, inForce } = await scene();
    expect(await confirmEdition(ctx, { ...inForce, ...later })).toEqual({ outcome: "unchanged" });
    expect(await row()).toMatchObject({ verifiedAt: later.readAt, validators: later.validators });
  });

  it("never moves the time of verification back", async () => {
    const { ctx, row, inForce } = await scene();
    await confirmEdition(ctx, { ...inForce, ...later });
    await confirmEdition(ctx, { ...inForce, ...later, readAt: new Date("2026-03-01T03:00:00Z") });
    expect((await row()).verifiedAt).toEqual(later.readAt);
  });

  it("does not confirm an edition that is not in force or was read with other settings", async () => {
    const { ctx, row, inForce } = await scene();
    const before = await row();
    for (const other of [{ sha256: "0f" }, { revision: 2 }]) {
      expect(await confirmEdition(ctx, { ...inForce, ...later, ...other })).toEqual({
        outcome: "outdated",
      });
    }
    expect(await row()).toEqual(before);
  });

  it("finds no registry of another organization", async () => {
    const { inForce } = await scene();
    const { ctx } = await aRegistry();
    await expect(confirmEdition(ctx, { ...inForce, ...later })).rejects.toMatchObject({
      code: "not-found",
    });
  });
});
