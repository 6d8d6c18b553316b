import { type ExportedList, ListAudit, exportedLists } from "@ringfence/core/platform/audit";
import { expect, it } from "vitest";
import { aContext, as } from "../../../testing/scenes.ts";
import { listAudit } from "../../desk/audit-log/list-audit.ts";
import { recordExport } from "./record-export.ts";

const reason = "The regulator asked for it.";
const taken = ListAudit.parse({ kind: "taken" });

it("audits which list was exported, by whom, and for what reason", async () => {
  const ctx = as(await aContext(), "owner");
  const lists = Object.keys(exportedLists) as ExportedList[];
  for (const list of lists) await recordExport(ctx, { list, reason });
  const { items } = await listAudit(ctx, taken);
  expect(items.map(({ action, details }) => [details.list, action])).toEqual(
    Object.entries(exportedLists).toReversed(),
  );
  expect(new Set(items.map(({ reason }) => reason))).toEqual(new Set([reason]));
});

it("refuses actors who may not export the list, and records nothing for them", async () => {
  const ctx = as(await aContext(), "owner");
  await expect(recordExport(as(ctx, "agent"), { list: "audit", reason })).rejects.toMatchObject({
    code: "forbidden",
  });
  const contacts = recordExport(as(ctx, "agent"), { list: "contacts", reason });
  await expect(contacts).rejects.toMatchObject({
    explanation: { values: { action: "contact.read" } },
  });
  expect((await listAudit(ctx, taken)).items).toEqual([]);
});

it("shows another organization nothing", async () => {
  const [mine, theirs] = [as(await aContext(), "owner"), as(await aContext(), "owner")];
  await recordExport(mine, { list: "contacts", reason });
  expect((await listAudit(theirs, taken)).items).toEqual([]);
});
