import { query } from "../../platform/verb.ts";
import { fixedFields, propertiesOf } from "@ringfence/core/audience/segment";
import { seesSeller } from "../../platform/access/sellers-seen-by.ts";
import { seesRule } from "./allow-rule.ts";
import { ruleWorldOf } from "./rule-world-of.ts";

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
