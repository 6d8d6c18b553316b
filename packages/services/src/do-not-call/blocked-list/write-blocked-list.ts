import { command } from "../../platform/verb.ts";
import type { FileContext } from "../../platform/context.ts";
import { writeEdition } from "./write-edition.ts";

/** Writes the next edition of the blocked list. Returns its number, or null where there is none. */
export const writeBlockedList = command({
  name: "writeBlockedList",
  action: "blocked-list.write",
  transaction: "by run",
  run: async (ctx: FileContext): Promise<number | null> => {
    return writeEdition(ctx, { isAlone: false });
  },
  audit: "by run",
});
