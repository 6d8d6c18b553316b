import { ServiceError } from "../../platform/errors.ts";
import type { KnownCampaign } from "./plan-of.ts";

/** Refuses an archived campaign: nothing is done with it before it is restored. */
export function requireUnarchived({ archivedAt }: Pick<KnownCampaign, "archivedAt">): void {
  if (archivedAt !== null) throw new ServiceError("conflict", { key: "campaign.is-archived" });
}
