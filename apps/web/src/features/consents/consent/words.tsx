import type { PurposeStanding } from "@ringfence/core/consents/consent";
import { useTranslations } from "next-intl";
import { Badge } from "@/components/badge";

type StandingsProps = {
  standing: readonly PurposeStanding[];
  purposes: ReadonlyMap<string, string>;
};

/** Shows the standing of a consent for each purpose. */
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

/** Shows the SHA-256 of a file, which anyone can recompute. `hash` may begin with `sha256:`. */
export function FileHash({ hash }: { hash: string }) {
  const t = useTranslations("evidenceFile");
  return (
    <p className="text-sm">
      {t("hash")} <span className="font-mono break-all">{hash.slice(hash.indexOf(":") + 1)}</span>
    </p>
  );
}
