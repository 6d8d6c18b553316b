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
export function RunOutcome({ run }: { run: Pick<RunView, "outcome" | "status"> }) {
  const t = useTranslations("readings");
  if (run.status === "canceled") return t("canceled");
  const came = Outcome.safeParse(run.outcome).data;
  if (came === undefined) return null;
  return came.outcome === "unchanged" ? t("unchanged") : t(came.outcome, came);
}
