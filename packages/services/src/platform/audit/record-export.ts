import { ExportList, exportedLists } from "@ringfence/core/platform/audit";
import { toStoredActor } from "../access/stored-actor.ts";
import { command } from "../verb.ts";

/** Records who takes a list out as a file, and why, before any of it is read. */
export const recordExport = command({
  name: "recordExport",
  action: { among: Object.values(exportedLists), choose: ({ list }) => exportedLists[list] },
  stepUp: true,
  input: ExportList,
  run: ({ db, organizationId, actor, now }, { list, reason }) =>
    db.listExport.create({
      data: { organizationId, list, reason, at: now, actor: toStoredActor(actor) },
    }),
  audit: ({ id }, { list }) => ({ list, exportId: id, exported: true }),
  answer: () => {},
});
