import { query } from "../../platform/verb.ts";
import { z } from "zod";
import type { Locale } from "@ringfence/core/platform/message";
import { Phone } from "@ringfence/core/people/phone";
import {
  type AskPerson,
  type Place,
  type Rule,
  type RuleNames,
  further,
  isByBehavior,
  isGroup,
  nodesOf,
  placeOf,
  tellRule,
} from "@ringfence/core/audience/segment";
import { appendAudit } from "../../platform/audit/append-audit.ts";
import type { TransactionContext } from "../../platform/context.ts";
import { ServiceError } from "../../platform/errors.ts";
import { toldScore } from "../relevance/score.ts";
import { lookAtCall } from "../../calling/screening/screen-call.ts";
import { allowRule, requireSeenSegment } from "./segment.ts";
import { callOf } from "./screen-people.ts";
import { inAnalysis } from "./in-analysis.ts";
import { peopleShown } from "./members.ts";
import { peopleWhoRefusedProfiling } from "./sql/calls.ts";
import { ruleWorldOf } from "./rule-world.ts";
import { type Scope, scopeOf } from "./sql/scope.ts";
import { type RawBuilder, sql } from "kysely";
import { compileRule } from "./sql/compile-rule.ts";
import type { People } from "./sql/people.ts";

/**
 * Why a person is in a segment or not, and why they may be called or not: by the rule and the facts of
 * this instant, not by what was kept of the last time. Who looked is on record before they see it.
 */
export const explainPerson = query({
  name: "explainPerson",
  action: "segment.read",
  input: z.custom<AskPerson & { locale: Locale }>(),
  transaction: "by run",
  run: async (ctx, { locale, ...asked }) => {
    const { phones, call, threshold, ...found } = await inAnalysis(ctx, (ctx) =>
      explain(ctx, asked, locale),
    );
    const judged = [];
    for (const { id, e164, number } of phones) {
      const { answer } = await lookAtCall(ctx, { phone: e164 }, call);
      // The number is shown as this member may see it.
      judged.push({ id, number, place: placeOf(answer), answer: { ...answer, phone: null } });
    }
    const screened = judged.reduce<Place>((last, one) => further(last, one.place), "number");
    const { score } = found;
    const heldBack =
      screened === "callable" && threshold !== null && score?.isBelow === true
        ? { chance: score.chance, threshold }
        : null;
    const place = heldBack ? ("relevance" as const) : screened;
    /** `heldBack`: why there is no call, though it may be placed. */
    return { ...found, place, heldBack, phones: judged };
  },
  audit: "by run",
});

async function explain(
  ctx: TransactionContext,
  { segmentId, contactId, ...named }: AskPerson,
  locale: Locale,
) {
  const { db, organizationId } = ctx;
  const { name: segmentName } = await requireSeenSegment(ctx, segmentId);
  const { seller, purpose } = await callOf(ctx, named);
  const contact = await db.contact.findFirst({
    where: { organizationId, id: contactId },
    select: { ordinal: true, phones: { select: { phone: true } } },
  });
  const world = await ruleWorldOf(ctx, null);
  const segment = world.segments.get(segmentId);
  const [person] = contact ? await peopleShown(ctx, [contact.ordinal]) : [];
  if (contact === null || person === undefined || segment === undefined) {
    throw new ServiceError("not-found", { key: "contact.not-found" });
  }
  allowRule(ctx, segment.rule, world.segments);
  await appendAudit(ctx, "segment.read", { segmentId, contactId });

  const { ordinal } = contact;
  const scope = await scopeOf(ctx, world.segments);
  const [refused = false] = await areAmong(ctx, [peopleWhoRefusedProfiling(scope)], ordinal);
  return {
    ...(await toldScore(ctx, ordinal, locale)),
    segmentName,
    seller,
    purpose,
    person,
    rule: await explainRule(ctx, scope, segment.rule, { ordinal, names: world, locale }),
    /** They refused that their behavior is looked at, which this rule does. */
    isBarred: refused && isByBehavior(segment.rule, world.segments),
    call: { seller: seller.id, purpose, dialer: undefined },
    phones: contact.phones.flatMap(({ phone: { id, e164 } }) => {
      const shown = person.phones.find((phone) => phone.id === id);
      return e164 === null || !shown ? [] : [{ ...shown, e164: Phone.parse(e164) }];
    }),
  };
}

/** A rule with all below it, each in words, and whether it holds of a person. */
export type ExplainedRule = {
  is: Rule["is"];
  sentence: string;
  holds: boolean;
  of: ExplainedRule[];
};

/** Which parts of a rule hold of a person, and which do not. */
export async function explainRule(
  ctx: TransactionContext,
  scope: Scope,
  rule: Rule,
  { ordinal, names, locale }: { ordinal: number; names: RuleNames; locale: Locale },
): Promise<ExplainedRule> {
  const nodes = nodesOf(rule);
  const answers = await areAmong(
    ctx,
    nodes.map((node) => compileRule(scope, node)),
    ordinal,
  );
  const holding = new Map(nodes.map((node, index) => [node, answers[index] ?? false]));
  const told = (node: Rule): ExplainedRule => ({
    is: node.is,
    sentence: tellRule(locale, node, names),
    holds: holding.get(node) ?? false,
    of: isGroup(node) ? node.of.map(told) : [],
  });
  return told(rule);
}

/** Whether a person is among each of these. */
export async function areAmong(
  { db }: TransactionContext,
  all: readonly People[],
  ordinal: number,
): Promise<boolean[]> {
  const isAmong = ({ rows, isAllBut }: People): RawBuilder<unknown> =>
    sql`EXISTS (SELECT FROM (${rows}) AS people WHERE people.o = ${ordinal}) <> ${isAllBut}`;
  const { rows } = await sql<{ answers: boolean[] }>`
    SELECT ARRAY[${sql.join(all.map(isAmong))}] AS answers`.execute(db.$kysely);
  return rows[0]?.answers ?? [];
}
