import type { PurposeStanding } from "@ringfence/core/consents/consent";
import { Badge } from "@/components/badge";

type StandingsProps = {
  standing: readonly PurposeStanding[];
  purposes: ReadonlyMap<string, string>;
};

/** Standing of a consent for each purpose. */
export const Standings = ({ standing, purposes }: StandingsProps) => (
  <ul>
    {standing.map(({ purpose, status }) => (
      <li key={purpose} className="flex flex-wrap gap-x-2">
        {purposes.get(purpose) ?? purpose}
        <Badge status={status} />
      </li>
    ))}
  </ul>
);
