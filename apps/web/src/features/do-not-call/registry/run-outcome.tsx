import type { RunView } from "@ringfence/services/platform/run";
import { useTranslations } from "next-intl";
import { z } from "zod";

/** As the job of a reading ends it. */
const Outcome = z.discriminatedUnion("outcome", [
  z.object({ outcome: z.literal("unchanged"), answered: z.number().optional() }),
  z.object({
    outcome: z.enum(["applied", "held", "rejected"]),
    added: z.number(),
    removed: z.number(),
    /** Of a registry that is asked: its edition tells of ten millions by each of these. */
    answered: z.number().optional(),
  }),
]);

/** What came of a reading, in words. */
export function RunOutcome({ run }: { run: Pick<RunView, "outcome" | "status"> }) {
  const t = useTranslations("readings");
  if (run.status === "canceled") return t("canceled");
  const came = Outcome.safeParse(run.outcome).data;
  if (came === undefined) return null;
  if (came.answered !== undefined) return t("answered", { count: came.answered });
  if (came.outcome === "unchanged") return t("unchanged");
  return t(came.outcome, { added: came.added, removed: came.removed });
}
