import {
  ServiceError,
  type TransactionContext,
  canSeeSeller,
  query,
  selectRows,
} from "../../platform/internal.ts";
import {
  type FieldType,
  type Rule,
  type RuleVocabulary,
  findRuleFaults,
  fixedFields,
  listFilterProperties,
} from "@ringfence/core/audience/segment";
import { loadSegments, maySeeRule } from "./segment.ts";
import type { SegmentId } from "@ringfence/core/ids";
import { loadActivityTypes } from "../../people/activity/internal.ts";
import { loadPurposes } from "../../account/purpose/internal.ts";
import { loadSellers } from "../../account/seller/internal.ts";
import { type RawBuilder, sql } from "kysely";
import { z } from "zod";

/** Lists everything that a rule can refer to, for the rule builder. */
export const readRuleVocabulary = query({
  name: "readRuleVocabulary",
  action: "segment.read",
  run: async (ctx) => {
    const { fields, types, segments, sellers, purposes } = await loadRuleVocabulary(ctx, null);
    return {
      fields: [...fixedFields, ...fields].map(([name, type]) => ({ name, type })),
      types: types.map((type) => ({
        key: type.key,
        properties: [...listFilterProperties(type)].map(([name, type]) => ({ name, type })),
      })),
      segments: [...segments.values()].filter(({ rule }) => maySeeRule(ctx.actor, rule, segments)),
      sellers: sellers
        .filter(({ id }) => canSeeSeller(ctx.actor, id))
        .map(({ id, key, name }) => ({ id, key, name })),
      purposes: purposes.map(({ key, name }) => ({ key, name })),
    };
  },
  audit: "none",
});

/** Loads everything that rules of an organization can refer to. */
export const loadRuleVocabulary = async (ctx: TransactionContext, ownId: SegmentId | null) => ({
  fields: await findContactFields(ctx),
  types: await loadActivityTypes(ctx),
  segments: await loadSegments(ctx),
  ownId,
  sellers: await loadSellers(ctx),
  purposes: await loadPurposes(ctx),
});

/** Throws `invalid` with the first fault of a rule. */
export function assertSoundRule(rule: Rule, vocabulary: RuleVocabulary) {
  const [fault] = findRuleFaults(rule, vocabulary);
  if (fault) throw new ServiceError("invalid", fault.message, `/rule${fault.path}`);
}

const FieldRow = z.object({
  field: z.string(),
  hasText: z.boolean(),
  hasNumber: z.boolean(),
  /** The first and the last text. */
  least: z.string().nullable(),
  most: z.string().nullable(),
});

/** Lists the fields with a value in `column`, one look into the index for each. `self` is the recursive query. */
const jumpThroughFields = (
  { organizationId }: TransactionContext,
  self: RawBuilder<unknown>,
  column: RawBuilder<unknown>,
) => sql`
  (SELECT field FROM contact_attribute
    WHERE organization_id = ${organizationId}::uuid AND ${column} IS NOT NULL ORDER BY field LIMIT 1)
  UNION ALL
  SELECT (SELECT field FROM contact_attribute
    WHERE organization_id = ${organizationId}::uuid AND ${column} IS NOT NULL AND field > ${self}.field
    ORDER BY field LIMIT 1) FROM ${self} WHERE ${self}.field IS NOT NULL`;

/**
 * Finds the attributes of contacts and their types. It reads only both ends of the index for each field, so a type
 * is a guess from the first and the last value.
 */
async function findContactFields(ctx: TransactionContext): Promise<Map<string, FieldType>> {
  const { organizationId } = ctx;
  const rows = await selectRows(
    ctx,
    FieldRow,
    sql`
    WITH RECURSIVE texts AS (${jumpThroughFields(ctx, sql.ref("texts"), sql.ref("text"))}),
      numbers AS (${jumpThroughFields(ctx, sql.ref("numbers"), sql.ref("number"))})
    SELECT field, texts.field IS NOT NULL AS has_text, numbers.field IS NOT NULL AS has_number,
      (SELECT text FROM contact_attribute AS a
        WHERE organization_id = ${organizationId}::uuid AND a.field = texts.field AND text IS NOT NULL
        ORDER BY text COLLATE "C" LIMIT 1) AS least,
      (SELECT text FROM contact_attribute AS a
        WHERE organization_id = ${organizationId}::uuid AND a.field = texts.field AND text IS NOT NULL
        ORDER BY text COLLATE "C" DESC LIMIT 1) AS most
    FROM texts FULL JOIN numbers USING (field) WHERE field IS NOT NULL AND field NOT LIKE '@%'
    ORDER BY field`,
  );
  return new Map(rows.map((row) => [row.field, inferType(row)]));
}

const isDay = /^\d{4}-\d\d-\d\d$/;
const isFlag = /^(true|false)$/;
const isNumber = /^-?\d+(\.\d+)?$/;

function inferType({ hasText, hasNumber, least, most }: z.infer<typeof FieldRow>): FieldType {
  if (!hasText) return "number";
  const are = (pattern: RegExp) => pattern.test(least ?? "") && pattern.test(most ?? "");
  if (are(isDay)) return "date";
  if (are(isFlag)) return "flag";
  return hasNumber && are(isNumber) ? "number" : "text";
}
