import type { ReactNode } from "react";
import { submitNumber } from "@/features/desk/number/submit-number";
import { FactorReminder } from "@/features/account/second-factor/factor-reminder";
import { Shell } from "@/features/desk/shell/shell";
import { loadNeeds } from "@/server/caller";
import { requireMember } from "@/server/current-member";

export default async function WorkspaceLayout({ children }: { children: ReactNode }) {
  const member = await requireMember("organization.read");
  // Not awaited, so that the page is not kept waiting. Without the counts the navigation works all the same.
  const waiting = loadNeeds().then(countWaiting, () => ({}));
  return (
    <Shell member={member} waiting={waiting} askNumber={submitNumber}>
      <FactorReminder member={member} />
      {children}
    </Shell>
  );
}

/** Counts open needs by the page on which they are settled. Today counts what is due now or today, not this week. */
function countWaiting(needs: Awaited<ReturnType<typeof loadNeeds>>) {
  const countNeeds = (kind: (typeof needs)[number]["kind"]) =>
    needs.reduce((sum, need) => sum + (need.kind === kind && "count" in need ? need.count : 0), 0);
  return {
    today: needs.filter(({ when }) => when !== "week").length,
    registries: needs.filter((need) => "registryId" in need).length,
    complaints: countNeeds("complaints-open"),
    violations: countNeeds("violations-open"),
    inbound: countNeeds("questions-open"),
    optOuts:
      countNeeds("opt-outs-misread") + countNeeds("corrections-open") + countNeeds("bursts-open"),
    campaigns:
      needs.filter(({ kind }) => kind === "campaign-held").length +
      countNeeds("campaigns-in-review"),
  };
}
