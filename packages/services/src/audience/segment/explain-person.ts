import {
  ServiceError,
  type TransactionContext,
  appendAudit,
  inAnalysisTransaction,
  query,
  selectRows,
} from "../../platform/internal.ts";
import { z } from "zod";
import { Locale } from "@ringfence/core/platform/message";
import { Phone } from "@ringfence/core/people/phone";
import { SegmentId } from "@ringfence/core/ids";
import {
  BLOCK_PEOPLE,
  type EndStep,
  ExplainPerson,
  type Rule,
  type RuleNames,
  describeRule,
  findEndStep,
  furtherStep,
  isGroup,
  isInBlock,
  listNodes,
  usesBehavior,
  compileRule,
} from "@ringfence/core/audience/segment";
import { explainScore } from "../relevance/internal.ts";
import { previewCall } from "../../calling/screening/internal.ts";
import { assertMaySeeRule, loadVisibleSegment } from "./segment.ts";
import { resolveCall } from "./screen-people.ts";
import { loadPersonViews } from "./members.ts";
import { loadRuleVocabulary } from "./rule-vocabulary.ts";
import { type RuleScope, loadScope } from "./sql/scope.ts";
import { type RawBuilder, sql } from "kysely";
import { compileProfilingRefusers, toPeopleQuery } from "./sql/rule-to-sql.ts";
import type { PeopleQuery } from "./sql/people.ts";

/**
 * Explains why a person is in a segment or not, and whether they may be called, by the current rule and
 * facts rather than the last screening. Viewing is recorded first.
 */
export const explainPerson = query({
  name: "explainPerson",
  action: "segment.read",
  input: ExplainPerson.extend({ locale: Locale }),
  transaction: "by run",
  run: async (ctx, { locale, ...request }) => {
    const { phones, call, threshold, ...found } = await inAnalysisTransaction(ctx, (ctx) =>
      loadExplanation(ctx, request, locale),
    );
    const judged = [];
    for (const { id, e164, number } of phones) {
      const { answer } = await previewCall(ctx, { phone: e164 }, call);
      // The number is shown as this member may see it.
      judged.push({ id, number, place: findEndStep(answer), answer: { ...answer, phone: null } });
    }
    const screened = judged.reduce<EndStep>((last, one) => furtherStep(last, one.place), "number");
    const { score } = found;
    const heldBack =
      screened === "callable" && threshold !== null && score?.isBelow === true
        ? { chance: score.chance, threshold }
        : null;
    const place = heldBack ? ("relevance" as const) : screened;
    /** `heldBack`: the reason not to call, although the call is allowed. */
    return { ...found, place, heldBack, phones: judged };
  },
  audit: "by run",
});

async function loadExplanation(
  ctx: TransactionContext,
  { segmentId, contactId, ...named }: ExplainPerson,
  locale: Locale,
) {
  const { db, organizationId } = ctx;
  const { name: segmentName } = await loadVisibleSegment(ctx, segmentId);
  const { seller, purpose } = await resolveCall(ctx, named);
  const contact = await db.contact.findFirst({
    where: { organizationId, id: contactId },
    select: { ordinal: true, phones: { select: { phone: true } } },
  });
  const vocabulary = await loadRuleVocabulary(ctx, null);
  const segment = vocabulary.segments.get(segmentId);
  const [person] = contact ? await loadPersonViews(ctx, [contact.ordinal]) : [];
  if (contact === null || person === undefined || segment === undefined) {
    throw new ServiceError("not-found", { key: "contact.not-found" });
  }
  assertMaySeeRule(ctx, segment.rule, vocabulary.segments);
  await appendAudit(ctx, "segment.read", { segmentId, contactId });

  const { ordinal } = contact;
  const scope = await loadScope(ctx, vocabulary.segments);
  const [refused = false] = await checkMembership(ctx, [compileProfilingRefusers(scope)], ordinal);
  return {
    ...(await explainScore(ctx, ordinal, locale)),
    segmentName,
    seller,
    purpose,
    person,
    rule: await explainRule(ctx, scope, segment.rule, { ordinal, names: vocabulary, locale }),
    /** They opted out of profiling, and this rule uses behavior. */
    isBarred: refused && usesBehavior(segment.rule, vocabulary.segments),
    call: { seller: seller.id, purpose, dialer: undefined },
    phones: contact.phones.flatMap(({ phone: { id, e164 } }) => {
      const shown = person.phones.find((phone) => phone.id === id);
      return e164 === null || !shown ? [] : [{ ...shown, e164: Phone.parse(e164) }];
    }),
  };
}

/** A rule with its parts in words, and whether each holds for a person. */
export type ExplainedRule = {
  is: Rule["is"];
  sentence: string;
  holds: boolean;
  of: ExplainedRule[];
};

/** Explains which parts of a rule hold for a person. */
export async function explainRule(
  ctx: TransactionContext,
  scope: RuleScope,
  rule: Rule,
  { ordinal, names, locale }: { ordinal: number; names: RuleNames; locale: Locale },
): Promise<ExplainedRule> {
  const nodes = listNodes(rule);
  const answers = await checkMembership(
    ctx,
    nodes.map((node) => toPeopleQuery(scope, compileRule(node, scope.segments))),
    ordinal,
  );
  const holding = new Map(nodes.map((node, index) => [node, answers[index] ?? false]));
  const explain = (node: Rule): ExplainedRule => ({
    is: node.is,
    sentence: describeRule(locale, node, names),
    holds: holding.get(node) ?? false,
    of: isGroup(node) ? node.of.map(explain) : [],
  });
  return explain(rule);
}

/** Checks whether a person is in each of some groups, in their order. */
export async function checkMembership(
  ctx: TransactionContext,
  all: readonly PeopleQuery[],
  ordinal: number,
): Promise<boolean[]> {
  const isAmong = ({ rows, isAllBut }: PeopleQuery): RawBuilder<unknown> =>
    sql`EXISTS (SELECT FROM (${rows}) AS people WHERE people.o = ${ordinal}) <> ${isAllBut}`;
  const [row] = await selectRows(
    ctx,
    z.object({ answers: z.array(z.boolean()) }),
    sql`SELECT ARRAY[${sql.join(all.map(isAmong))}] AS answers`,
  );
  return row?.answers ?? [];
}

/** A segment that a person is in, with the parts of its rule that hold for them, in words. */
export type ExplainedMembership = { name: string; refreshedAt: Date | null; because: string[] };

/**
 * Lists the segments that a person was in as of each segment's last refresh, sorted by name, and why, by the current
 * rules. Archived ones are listed without a reason. The caller checks who may see them.
 */
export async function explainMemberships(
  ctx: TransactionContext,
  ordinal: number,
  locale: Locale,
): Promise<ExplainedMembership[]> {
  const { db, organizationId } = ctx;
  const block = Math.floor(ordinal / BLOCK_PEOPLE);
  const blocks = await db.segmentBlock.findMany({
    where: { organizationId, block },
    orderBy: { segmentId: "asc" },
  });
  const segmentIds = blocks.flatMap(({ segmentId, bits }) =>
    isInBlock(bits, ordinal) ? segmentId : [],
  );
  if (segmentIds.length === 0) return [];
  const rows = await db.segment.findMany({
    where: { organizationId, id: { in: segmentIds } },
    select: { id: true, name: true, refreshedAt: true },
    orderBy: { name: "asc" },
  });
  const names = await loadRuleVocabulary(ctx, null);
  const scope = await loadScope(ctx, names.segments);
  const memberships: ExplainedMembership[] = [];
  for (const { id, name, refreshedAt } of rows) {
    const rule = names.segments.get(SegmentId.parse(id))?.rule;
    const explained = rule && (await explainRule(ctx, scope, rule, { ordinal, names, locale }));
    memberships.push({ name, refreshedAt, because: explained ? listReasons(explained) : [] });
  }
  return memberships;
}

/**
 * Lists the conditions of a rule that hold, in whatever group. A group of conditions that must not hold is one reason.
 */
function listReasons({ is, of, holds, sentence }: ExplainedRule): string[] {
  if (is === "none" || of.length === 0) return holds ? [sentence] : [];
  return of.flatMap(listReasons);
}
