import type { Channel } from "../../people/phone/index.ts";
import { type JurisdictionId, listLineage } from "../../people/jurisdiction/index.ts";
import type { Severity, SeverityRow } from "./check-book.ts";

/** What a failed check means in each place of a form. A place that it means nothing to is left out. */
export type Severities = Record<JurisdictionId, Severity>;

type Asked = {
  jurisdictions: readonly JurisdictionId[];
  channels: readonly Channel[];
  /** The parts that are at fault; left out, any may be. */
  parts?: readonly (string | undefined)[];
};

export function severitiesOf(
  rows: readonly SeverityRow[],
  { jurisdictions, channels, parts }: Asked,
): Severities {
  const matching = rows.filter(
    (row) =>
      (row.channels ?? channels).some((channel) => channels.includes(channel)) &&
      (parts === undefined || row.part === undefined || parts.includes(row.part)),
  );
  return Object.fromEntries(
    jurisdictions.flatMap((id) => {
      const places = placesOf(id);
      const found = matching.filter((row) => row.places.some((place) => places.has(place)));
      if (found.length === 0) return [];
      return [[id, found.some(({ severity }) => severity === "block") ? "block" : "warn"]];
    }),
  );
}

/** A place and those it lies in; a state that the rule book does not know lies in its country. */
const placesOf = (id: JurisdictionId) =>
  new Set(["*", ...listLineage(id), ...listLineage(id.slice(0, 2))]);
