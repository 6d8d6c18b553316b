import { fixedFields, propertiesOf } from "@ringfence/core/segment";
import { allow } from "../access/allow.ts";
import { sellersSeenBy } from "../access/sellers-seen-by.ts";
import { inTransaction, type ServiceContext } from "../context.ts";
import { ruleWorldOf } from "./rule-world-of.ts";

/** What a rule can ask about, for whoever builds one to choose from. */
export async function readRuleWorld(ctx: ServiceContext) {
  allow(ctx, "segment.read");

  return inTransaction(ctx, async (ctx) => {
    const { fields, types, segments, sellers, purposes } = await ruleWorldOf(ctx, null);
    const theirs = sellersSeenBy(ctx.actor);
    return {
      fields: [...fixedFields, ...fields].map(([name, type]) => ({ name, type })),
      types: types.map((type) => ({
        key: type.key,
        properties: [...propertiesOf(type)].map(([name, type]) => ({ name, type })),
      })),
      segments: [...segments.values()],
      sellers: sellers
        .filter(({ id }) => theirs === null || theirs.includes(id))
        .map(({ id, key, name }) => ({ id, key, name })),
      purposes: purposes.map(({ key, name }) => ({ key, name })),
    };
  });
}
