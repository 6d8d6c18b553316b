import {
  type ComingChange,
  listComingChanges as listChanges,
} from "@ringfence/core/people/jurisdiction";
import { type TransactionContext, query } from "../../platform/internal.ts";
import { loadLaw } from "./load-law.ts";

type ComingChanges = {
  /** The day (UTC) from which changes count. */
  today: string;
  /** Day as of which the law was read. */
  asOf: string;
  changes: readonly ComingChange[];
};

/** Lists what is known to change in the law of all places: rules with dates to come, bills, and the watch list. */
export const listComingChanges = query({
  name: "listComingChanges",
  action: "rule.read",
  run: async (ctx): Promise<ComingChanges> => {
    const law = await loadLaw(ctx);
    const today = findToday(ctx);
    return { today, asOf: law.book.asOf, changes: listChanges(law, today) };
  },
  audit: "none",
});

/** Returns the day (UTC) from which changes count as coming. */
export const findToday = ({ now }: Pick<TransactionContext, "now">): string =>
  now.toISOString().slice(0, 10);
