import { covers } from "../../../account/purpose/index.ts";
import type { ConditionOfKind } from "../rule.ts";
import type { ColumnContext, Columns, Mask, ConsentTerms } from "./columns.ts";

const [MOOT, YES, NO] = [0, 1, 2];
const GRANTED = 1;
const EXPIRED = 2;
const WITHDRAWN = 3;
const statusCodes = { granted: GRANTED, expired: EXPIRED, withdrawn: WITHDRAWN } as const;

/**
 * Matches people by the consent status of any of their phones, as `determineStanding` defines it: the latest event
 * decides, of two at the same time the more restrictive, and an invalidated grant does not count.
 */
export function matchConsent(
  { consents }: Columns,
  rule: ConditionOfKind<"consent">,
  { now }: ColumnContext,
  among: Mask,
): Mask {
  const { first, begins, at, until, voidSince, terms, termsByCode } = consents;
  const meaning = Uint8Array.from(termsByCode, (one) => readMeaning(one, rule));
  const time = now.getTime();
  const wanted = statusCodes[rule.standing];
  const found = new Uint8Array(among.length);
  for (let person = 0; person < among.length; person++) {
    if (among[person] !== 1) continue;
    const end = first[person + 1] ?? 0;
    let [yes, ends, no] = [-Infinity, Infinity, -Infinity];
    for (let row = first[person] ?? 0; row < end; row++) {
      if (begins[row] === 1) {
        if (decideStatus(yes, ends, no, time) === wanted) break;
        [yes, ends, no] = [-Infinity, Infinity, -Infinity];
      }
      const means = meaning[terms[row] ?? 0];
      const eventAt = at[row] ?? 0;
      if (means === MOOT || eventAt > time) continue;
      if (means === NO) no = Math.max(no, eventAt);
      else if ((voidSince[row] ?? 0) > time && eventAt >= yes) {
        ends = eventAt > yes ? (until[row] ?? 0) : Math.min(ends, until[row] ?? 0);
        yes = eventAt;
      }
    }
    if (decideStatus(yes, ends, no, time) === wanted) found[person] = 1;
  }
  return found;
}

function decideStatus(yes: number, ends: number, no: number, now: number): number {
  if (no > -Infinity && yes <= no) return WITHDRAWN;
  if (yes === -Infinity) return 0;
  return ends <= now ? EXPIRED : GRANTED;
}

/** Reads what an event means for the seller, purpose and channel in question. */
function readMeaning(
  { type, sellerId, purposes, channels }: ConsentTerms,
  { seller, purpose, channel }: ConditionOfKind<"consent">,
): number {
  const isAbout =
    sellerId === seller &&
    channels.includes(channel) &&
    purposes.some((node) => covers(node, purpose));
  if (!isAbout) return MOOT;
  if (type === "granted" || type === "renewed") return YES;
  return type === "refused" || type === "withdrawn" ? NO : MOOT;
}
