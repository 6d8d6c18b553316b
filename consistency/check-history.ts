import type { ReceivedVerdict, History, OptOut, Scope } from "./history.ts";

export type Breach =
  | { kind: "allowed-after-refusal"; received: ReceivedVerdict; optOut: OptOut }
  | { kind: "refusal-lost"; optOut: OptOut }
  | { kind: "feed-differs"; missing: string[]; unknown: string[] };

/**
 * Finds what must never happen: an allow requested after the acknowledgement of an opt-out that
 * covers it, an acknowledged opt-out that is not on record, a row that appeared behind a cursor.
 */
export function checkHistory({ optOuts, verdicts, followedFeed, feed }: History): Breach[] {
  const onRecord = new Set(feed);
  const acknowledged = optOuts.filter((optOut) => optOut.acknowledgedAt !== null);
  const byPerson = Map.groupBy(acknowledged, ({ person }) => person);

  const allowed = verdicts.flatMap((received): Breach[] => {
    const optOut = byPerson.get(received.person)?.find((optOut) => mustRespect(received, optOut));
    return received.verdict === "allow" && optOut
      ? [{ kind: "allowed-after-refusal", received, optOut }]
      : [];
  });
  const lost = acknowledged.flatMap((optOut): Breach[] =>
    optOut.id !== null && onRecord.has(optOut.id) ? [] : [{ kind: "refusal-lost", optOut }],
  );
  return [...allowed, ...lost, ...findFeedBreaches(followedFeed, feed)];
}

const mustRespect = (
  { startedAt, seller, purpose }: ReceivedVerdict,
  { acknowledgedAt, scope }: OptOut,
) => acknowledgedAt !== null && acknowledgedAt < startedAt && covers(scope, seller, purpose);

function covers(scope: Scope, seller: string, purpose: string): boolean {
  if (scope === "all") return true;
  if ("seller" in scope) return scope.seller === seller;
  return purpose === scope.purpose || purpose.startsWith(`${scope.purpose}.`);
}

function findFeedBreaches(followed: readonly string[], feed: readonly string[]): Breach[] {
  const [seen, all] = [new Set(followed), new Set(feed)];
  const missing = feed.filter((id) => !seen.has(id));
  const unknown = followed.filter((id) => !all.has(id));
  return missing.length + unknown.length === 0 ? [] : [{ kind: "feed-differs", missing, unknown }];
}
