import { type ExportedList, ListAudit, exportedLists } from "@ringfence/core/platform/audit";
import { expect, it } from "vitest";
import { aContext, as } from "../../../testing/scenes.ts";
import { listAudit } from "../../desk/audit-log/list-audit.ts";
import { recordExport } from "./record-export.ts";

const reason = "The regulator asked for it.";
const taken = ListAudit.parse({ kind: "taken" });

it("puts on record which list was taken, by whom, and what for", async () => {
  const ctx = as(await aContext(), "owner");
  const lists = Object.keys(exportedLists) as ExportedList[];
  for (const list of lists) await recordExport(ctx, { list, reason });
  const { items } = await listAudit(ctx, taken);
  expect(items.map(({ action, details }) => [details.list, action])).toEqual(
    Object.entries(exportedLists).toReversed(),
  );
  expect(new Set(items.map(({ reason }) => reason))).toEqual(new Set([reason]));
});

it("refuses who may not have the list, and puts nothing on record for them", async () => {
  const ctx = as(await aContext(), "owner");
  await expect(recordExport(as(ctx, "agent"), { list: "audit", reason })).rejects.toMatchObject({
    code: "forbidden",
  });
  expect((await listAudit(ctx, taken)).items).toEqual([]);
});

it("tells another organization nothing of it", async () => {
  const [mine, theirs] = [as(await aContext(), "owner"), as(await aContext(), "owner")];
  await recordExport(mine, { list: "contacts", reason });
  expect((await listAudit(theirs, taken)).items).toEqual([]);
});
