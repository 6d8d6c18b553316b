import { query } from "../../platform/verb.ts";
import {
  type AskedType,
  type Rule,
  type RuleWorld,
  fixedFields,
  propertiesOf,
  ruleFaults,
} from "@ringfence/core/audience/segment";
import { seesSeller } from "../../platform/access/sellers-seen-by.ts";
import { knownSegmentsOf, seesRule } from "./segment.ts";
import type { SegmentId } from "@ringfence/core/ids";
import { loadActivityTypes } from "../../people/activity/activity-types.ts";
import type { TransactionContext } from "../../platform/context.ts";
import { ServiceError } from "../../platform/errors.ts";
import { purposesOf } from "../../account/purpose/purposes-of.ts";
import { sellersOf } from "../../account/seller/sellers-of.ts";

/** What a rule can ask about, for whoever builds one to choose from. */
export const readRuleWorld = query({
  name: "readRuleWorld",
  action: "segment.read",
  run: async (ctx) => {
    const { fields, types, segments, sellers, purposes } = await ruleWorldOf(ctx, null);
    return {
      fields: [...fixedFields, ...fields].map(([name, type]) => ({ name, type })),
      types: types.map((type) => ({
        key: type.key,
        properties: [...propertiesOf(type)].map(([name, type]) => ({ name, type })),
      })),
      segments: [...segments.values()].filter(({ rule }) => seesRule(ctx.actor, rule, segments)),
      sellers: sellers
        .filter(({ id }) => seesSeller(ctx.actor, id))
        .map(({ id, key, name }) => ({ id, key, name })),
      purposes: purposes.map(({ key, name }) => ({ key, name })),
    };
  },
  audit: "by run",
});

/** What rules of an organization can ask about. */
export const ruleWorldOf = async (ctx: TransactionContext, ownId: SegmentId | null) => ({
  fields: await contactFieldsOf(ctx),
  types: await loadActivityTypes(ctx),
  segments: await knownSegmentsOf(ctx),
  ownId,
  sellers: await sellersOf(ctx),
  purposes: await purposesOf(ctx),
});

/** Refuses a rule that asks for what is not there, with the first of what is wrong. */
export function requireSound(rule: Rule, world: RuleWorld) {
  const [fault] = ruleFaults(rule, world);
  if (fault) throw new ServiceError("invalid", fault.message, `/rule${fault.path}`);
}

type Row = {
  field: string;
  has_text: boolean;
  least: string | null;
  most: string | null;
  has_number: boolean;
};

/**
 * The attributes that contacts have, and what each holds, told from the ends of its index: all of a
 * field lies between.
 */
async function contactFieldsOf({
  db,
  organizationId,
}: TransactionContext): Promise<Map<string, AskedType>> {
  const rows = await db.$queryRaw<Row[]>`
    WITH RECURSIVE texts AS (
      (SELECT field FROM contact_attribute
        WHERE organization_id = ${organizationId}::uuid AND text IS NOT NULL ORDER BY field LIMIT 1)
      UNION ALL
      SELECT (SELECT field FROM contact_attribute
        WHERE organization_id = ${organizationId}::uuid AND text IS NOT NULL AND field > texts.field
        ORDER BY field LIMIT 1) FROM texts WHERE texts.field IS NOT NULL
    ), numbers AS (
      (SELECT field FROM contact_attribute
        WHERE organization_id = ${organizationId}::uuid AND number IS NOT NULL ORDER BY field LIMIT 1)
      UNION ALL
      SELECT (SELECT field FROM contact_attribute
        WHERE organization_id = ${organizationId}::uuid AND number IS NOT NULL AND field > numbers.field
        ORDER BY field LIMIT 1) FROM numbers WHERE numbers.field IS NOT NULL
    )
    SELECT field, texts.field IS NOT NULL AS has_text, numbers.field IS NOT NULL AS has_number,
      (SELECT text FROM contact_attribute AS a
        WHERE organization_id = ${organizationId}::uuid AND a.field = texts.field AND text IS NOT NULL
        ORDER BY text COLLATE "C" LIMIT 1) AS least,
      (SELECT text FROM contact_attribute AS a
        WHERE organization_id = ${organizationId}::uuid AND a.field = texts.field AND text IS NOT NULL
        ORDER BY text COLLATE "C" DESC LIMIT 1) AS most
    FROM texts FULL JOIN numbers USING (field) WHERE field IS NOT NULL AND field NOT LIKE '@%'
    ORDER BY field`;
  return new Map(rows.map((row) => [row.field, typeOf(row)]));
}

const isDay = /^\d{4}-\d\d-\d\d$/;
const isFlag = /^(true|false)$/;
const isNumber = /^-?\d+(\.\d+)?$/;

function typeOf({ has_text, has_number, least, most }: Row): AskedType {
  if (!has_text) return "number";
  const are = (pattern: RegExp) => pattern.test(least ?? "") && pattern.test(most ?? "");
  if (are(isDay)) return "date";
  if (are(isFlag)) return "flag";
  return has_number && are(isNumber) ? "number" : "text";
}
