import {
  type UpcomingChange,
  listUpcomingChanges as listChanges,
} from "@ringfence/core/people/jurisdiction";
import { type TransactionContext, query } from "../../platform/internal.ts";
import { loadLaw } from "./load-law.ts";

type UpcomingChanges = {
  /** First day (UTC) of the changes. */
  today: string;
  /** Date of the law. */
  lawDate: string;
  changes: readonly UpcomingChange[];
};

/** Lists the known changes in the law of all places: rules with future dates, bills, and the watch list. */
export const listUpcomingChanges = query({
  name: "listUpcomingChanges",
  action: "rule.read",
  run: async (ctx): Promise<UpcomingChanges> => {
    const law = await loadLaw(ctx);
    const today = findToday(ctx);
    return { today, lawDate: law.book.asOf, changes: listChanges(law, today) };
  },
  audit: "none",
});

/** Returns the day (UTC) from which changes are upcoming. */
export const findToday = ({ now }: Pick<TransactionContext, "now">): string =>
  now.toISOString().slice(0, 10);
