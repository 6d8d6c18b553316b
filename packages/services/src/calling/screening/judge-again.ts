import type { SellerId } from "@ringfence/core/ids";
import type { Phone } from "@ringfence/core/people/phone";
import type { PurposeKey } from "@ringfence/core/account/purpose";
import type { Dialer } from "@ringfence/core/account/organization";
import type { RootContext } from "../../platform/context.ts";
import { askedCall } from "./asked-call.ts";
import { factsAbout } from "./facts-about.ts";
import type { AnsweredFacts } from "./facts-row.ts";
import { judge } from "./judge.ts";
import type { ScreeningAnswer } from "./screening-answer.ts";

/** A call that was screened before, and what of that screening would otherwise count against it. */
export type CallAgain = {
  phone: Phone;
  at: Date;
  sellerId: SellerId;
  purpose: PurposeKey;
  dialer: Dialer;
  campaign: string | null;
  /** The screening that gave its permit; null where none did. */
  permitId: string | null;
  /** Times of the calls that belong to it, in epoch milliseconds. */
  ownCalls: readonly number[];
  /** The editions by which it was screened, and when each was last verified by then. */
  editions: readonly { registry: string; edition: number; verifiedAt: Date | null }[];
};

/** Screens a past call at its instant by what is known now. It is a what-if: nothing goes on record. */
export const judgeAgain = async (ctx: RootContext, asked: CallAgain): Promise<ScreeningAnswer> => {
  const { phone, at, sellerId, purpose, dialer, campaign, permitId } = asked;
  const facts = await factsAbout(ctx, { phone }, at, {
    ...(campaign !== null && { campaign }),
    ...(permitId !== null && { permitId }),
  });
  const named = { seller: sellerId, purpose, dialer, at, ...(campaign !== null && { campaign }) };
  const call = askedCall(named, facts.settings);
  return judge({ phone }, call, asOfThen(facts, asked)).answer;
};

/** Facts without the calls of this very screening, and with registries as fresh as they were. */
function asOfThen(
  { row, settings, ...facts }: AnsweredFacts,
  { ownCalls, editions }: CallAgain,
): AnsweredFacts {
  const calls = [...(row.calls ?? [])];
  for (const own of ownCalls) {
    const index = calls.indexOf(own);
    if (index !== -1) calls.splice(index, 1);
  }
  const history = { ...row.history };
  for (const { registry, edition, verifiedAt } of editions) {
    const known = settings.registries?.find(({ code }) => code === registry);
    const stood = known && history[known.id];
    // A source that was verified again since tells no more when it had been verified by then.
    if (known === undefined || verifiedAt === null || stood?.edition !== edition) continue;
    const asOf = Math.max(stood.verifiedAt, Math.ceil(verifiedAt.getTime()));
    history[known.id] = { ...stood, verifiedAt: asOf };
  }
  return { ...facts, settings, row: { ...row, calls, history } };
}
