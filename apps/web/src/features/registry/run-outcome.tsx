import type { RunView } from "@ringfence/services/run";
import { useTranslations } from "next-intl";
import { z } from "zod";

/** As the job of a reading ends it. */
const Outcome = z.discriminatedUnion("outcome", [
  z.object({ outcome: z.literal("unchanged") }),
  z.object({
    outcome: z.enum(["applied", "held", "rejected"]),
    added: z.number(),
    removed: z.number(),
  }),
]);

/** What came of a reading, in words. */
export function RunOutcome({ outcome }: Pick<RunView, "outcome">) {
  const t = useTranslations("readings");
  const came = Outcome.safeParse(outcome).data;
  if (came === undefined) return null;
  return came.outcome === "unchanged" ? t("unchanged") : t(came.outcome, came);
}
