import type { Heard, History, Refusal, Scope } from "./history.ts";

export type Breach =
  | { kind: "allowed-after-refusal"; heard: Heard; refusal: Refusal }
  | { kind: "refusal-lost"; refusal: Refusal }
  | { kind: "feed-differs"; missing: string[]; unknown: string[] };

/**
 * Finds what must never happen: an allow requested after the acknowledgement of an opt-out that
 * covers it, an acknowledged opt-out that is not on record, a row that appeared behind a cursor.
 */
export function checkHistory({ refusals, heard, gathered, feed }: History): Breach[] {
  const onRecord = new Set(feed);
  const acknowledged = refusals.filter((refusal) => refusal.acknowledged !== null);
  const byPerson = Map.groupBy(acknowledged, ({ person }) => person);

  const allowed = heard.flatMap((one): Breach[] => {
    const refusal = byPerson.get(one.person)?.find((refusal) => mustHear(one, refusal));
    return one.verdict === "allow" && refusal
      ? [{ kind: "allowed-after-refusal", heard: one, refusal }]
      : [];
  });
  const lost = acknowledged.flatMap((refusal): Breach[] =>
    refusal.id !== null && onRecord.has(refusal.id) ? [] : [{ kind: "refusal-lost", refusal }],
  );
  return [...allowed, ...lost, ...feedBreaches(gathered, feed)];
}

const mustHear = ({ begun, seller, purpose }: Heard, { acknowledged, scope }: Refusal) =>
  acknowledged !== null && acknowledged < begun && covers(scope, seller, purpose);

function covers(scope: Scope, seller: string, purpose: string): boolean {
  if (scope === "all") return true;
  if ("seller" in scope) return scope.seller === seller;
  return purpose === scope.purpose || purpose.startsWith(`${scope.purpose}.`);
}

function feedBreaches(gathered: readonly string[], feed: readonly string[]): Breach[] {
  const [seen, all] = [new Set(gathered), new Set(feed)];
  const missing = feed.filter((id) => !seen.has(id));
  const unknown = gathered.filter((id) => !all.has(id));
  return missing.length + unknown.length === 0 ? [] : [{ kind: "feed-differs", missing, unknown }];
}
