import { covers } from "../../../account/purpose/index.ts";
import type { LeafOf } from "../rule.ts";
import type { Asked, Columns, Mask, Said } from "./columns.ts";

const [MOOT, YES, NO] = [0, 1, 2];
const GRANTED = 1;
const EXPIRED = 2;
const WITHDRAWN = 3;
const codeOf = { granted: GRANTED, expired: EXPIRED, withdrawn: WITHDRAWN } as const;

/**
 * Who stands so with any of their phones, as `standingAt` has it: the latest event decides, of two at one
 * instant the one that permits less, and what was found void counts for nothing.
 */
export function matchConsent(
  { consents }: Columns,
  rule: LeafOf<"consent">,
  { now }: Asked,
  among: Mask,
): Mask {
  const { first, begins, at, until, voidSince, said, known } = consents;
  const meaning = Uint8Array.from(known, (one) => meaningOf(one, rule));
  const time = now.getTime();
  const wanted = codeOf[rule.standing];
  const found = new Uint8Array(among.length);
  for (let place = 0; place < among.length; place++) {
    if (among[place] !== 1) continue;
    const end = first[place + 1] ?? 0;
    let [yes, ends, no] = [-Infinity, Infinity, -Infinity];
    for (let row = first[place] ?? 0; row < end; row++) {
      if (begins[row] === 1) {
        if (standingOf(yes, ends, no, time) === wanted) break;
        [yes, ends, no] = [-Infinity, Infinity, -Infinity];
      }
      const means = meaning[said[row] ?? 0];
      const said_at = at[row] ?? 0;
      if (means === MOOT || said_at > time) continue;
      if (means === NO) no = Math.max(no, said_at);
      else if ((voidSince[row] ?? 0) > time && said_at >= yes) {
        ends = said_at > yes ? (until[row] ?? 0) : Math.min(ends, until[row] ?? 0);
        yes = said_at;
      }
    }
    if (standingOf(yes, ends, no, time) === wanted) found[place] = 1;
  }
  return found;
}

function standingOf(yes: number, ends: number, no: number, now: number): number {
  if (no > -Infinity && yes <= no) return WITHDRAWN;
  if (yes === -Infinity) return 0;
  return ends <= now ? EXPIRED : GRANTED;
}

/** What an event says of what is asked. */
function meaningOf(
  { type, sellerId, purposes, channels }: Said,
  { seller, purpose, channel }: LeafOf<"consent">,
): number {
  const isAbout =
    sellerId === seller &&
    channels.includes(channel) &&
    purposes.some((node) => covers(node, purpose));
  if (!isAbout) return MOOT;
  if (type === "granted" || type === "renewed") return YES;
  return type === "refused" || type === "withdrawn" ? NO : MOOT;
}
