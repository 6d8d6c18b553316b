import { type OrganizationId, SegmentId } from "@ringfence/core/ids";
import { Rule } from "@ringfence/core/audience/segment";
import type { Db } from "@ringfence/db";
import { keysIn } from "@ringfence/services/testing/keys";
import { countRule } from "@ringfence/services/audience/segment";
import { type ColumnStore, openColumnStore } from "@ringfence/services/audience/segment/columns";
import { measureMs } from "../bench.ts";
import { shopNow } from "./load-shop.ts";
import rulesFile from "./rules.json" with { type: "json" };

/** Fixed before anything was tuned: see the history of rules.json. */
export const shopRules = rulesFile.map(({ name, rule }) => ({ name, rule: Rule.parse(rule) }));

/** Reads a shop into columns, and measures how long that takes and what it holds. */
export async function readColumns(db: Db, organizationId: OrganizationId) {
  const columns = openColumnStore(db, {
    maxBytes: 4 * 2 ** 30,
    minPeople: 1,
    onError: (error) => {
      throw error;
    },
  });
  const before = process.cpuUsage();
  const ms = await measureMs(() => columns.load(organizationId));
  const { user, system } = process.cpuUsage(before);
  const { bytes } = (await columns.load(organizationId)) ?? {};
  if (bytes === undefined) throw new Error("no columns");
  const told = `columns read in ${(ms / 1_000).toFixed(1)} s (${((user + system) / 1e6).toFixed(1)} s of our processor): ${Math.round(bytes / 2 ** 20)} MiB`;
  return { columns, told };
}

/** Saves the segment that one of the rules names. */
export async function saveRegulars({ prisma }: Db, organizationId: string) {
  const id = SegmentId.parse("00000000-0000-7000-8000-0000000000a1");
  const rule = {
    is: "activity",
    did: { type: "purchase" },
    measure: "count",
    compare: { op: "at-least", value: 3 },
  };
  await prisma.segment.createMany({
    data: { organizationId, id, name: "Regulars", version: 1, createdAt: shopNow },
    skipDuplicates: true,
  });
  await prisma.segmentVersion.createMany({
    data: { organizationId, segmentId: id, number: 1, rule, at: shopNow, actor: {} },
    skipDuplicates: true,
  });
}

export type Shop = {
  db: Db;
  organizationId: OrganizationId;
  keyFolder: string;
  columns: ColumnStore;
};

/** Sets the clock to the current time, at which activities are recorded, whatever day the rules ask about. */
export const atCurrentTime = <Ctx extends { now: Date }>(ctx: Ctx): Ctx => ({
  ...ctx,
  now: new Date(),
});

/**
 * Returns a function that counts as the rule builder does, with a fixed clock, because the rules ask about days
 * of the data.
 */
export function createCount({ db, organizationId, keyFolder, columns }: Shop) {
  const keys = keysIn(keyFolder);
  const actor = { type: "member", id: "bench", role: "marketer", sellerIds: [] } as const;
  return (rule: Rule) =>
    db.prisma.$transaction(
      async (transaction) => {
        const ctx = { db: transaction, keys, organizationId, actor, now: shopNow, columns };
        const { count, faults } = await countRule(ctx, { rule });
        if (count === null) throw new Error(JSON.stringify(faults));
        return count;
      },
      { timeout: 120_000 },
    );
}
