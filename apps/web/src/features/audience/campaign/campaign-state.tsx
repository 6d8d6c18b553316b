import type { CampaignState as State } from "@ringfence/core/audience/campaign";
import { Badge } from "@/components/badge";

type CampaignStateProps = { state: State; isHeld: boolean };

/** Badge with a campaign's state. A campaign that paused itself has a badge of its own. */
export function CampaignState({ state, isHeld }: CampaignStateProps) {
  if (state === "paused" && isHeld) return <Badge status="held-by-itself" />;
  const statuses = { running: "calling", done: "over" } as const;
  return <Badge status={state === "running" || state === "done" ? statuses[state] : state} />;
}
