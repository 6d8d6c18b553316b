import { covers } from "../../account/purpose/index.ts";
import type { ConsentEvent } from "./consent.ts";
import { type ConsentQuestion, isGrant, standingAt } from "./standing.ts";

/**
 * What parts the nearest consent in force from the question: it is to another seller, about another
 * purpose, for another channel. Null when nobody agreed to anything.
 */
export function missingOfNearest(
  events: readonly ConsentEvent[],
  question: ConsentQuestion,
  at: Date,
): readonly ("seller" | "purpose" | "channel")[] | null {
  const [nearest] = events
    .filter((event) => isGrant(event) && event.at <= at)
    .flatMap((grant) => nearestQuestions(grant, question))
    .filter((asked) => standingAt(events, asked, at).status === "granted")
    .map((asked) => differences(asked, question))
    .toSorted((a, b) => a.length - b.length || (a.join() < b.join() ? -1 : 1));
  return nearest ?? null;
}

/** What a grant answers that is as near to the question as it goes. */
function nearestQuestions(grant: ConsentEvent, { purpose, channel }: ConsentQuestion) {
  const purposes = grant.purposes.some((node) => covers(node, purpose))
    ? [purpose]
    : grant.purposes;
  const channels = grant.channels.includes(channel) ? [channel] : grant.channels;
  return purposes.flatMap((purpose) =>
    channels.map((channel): ConsentQuestion => ({ sellerId: grant.sellerId, purpose, channel })),
  );
}

const differences = (asked: ConsentQuestion, question: ConsentQuestion) => [
  ...(asked.sellerId === question.sellerId ? [] : (["seller"] as const)),
  ...(asked.purpose === question.purpose ? [] : (["purpose"] as const)),
  ...(asked.channel === question.channel ? [] : (["channel"] as const)),
];
