import { query } from "../../platform/verb.ts";
import type { Fault } from "@ringfence/core/platform/message";
import { AskRule, countPlaces, type PlaceCounts } from "@ringfence/core/audience/segment";
import { callOf } from "./call-of.ts";
import { drawMembers } from "./find-members.ts";
import { inAnalysis } from "./in-analysis.ts";
import { screenPeople } from "./screen-people.ts";
import { soundScope } from "./sound-scope.ts";

/** So many people tell a share of all to three points of a hundred. */
const SAMPLE = 1_000;

/** Where people of a rule would end that were drawn by chance; null of a rule with faults. */
export type SampledRule = {
  faults: Fault[];
  sample: { at: Date; contacts: number; counts: PlaceCounts } | null;
};

/** What a waterfall of a rule that is being built would look like, from a sample of its people. */
export const sampleRule = query({
  name: "sampleRule",
  action: "segment.read",
  input: AskRule,
  transaction: "by run",
  run: async (ctx, { rule, segmentId, ...named }): Promise<SampledRule> => {
    const { faults, drawn } = await inAnalysis(ctx, async (ctx) => {
      await callOf(ctx, named);
      const { faults, scope } = await soundScope(ctx, { rule, segmentId });
      if (scope === null) return { faults, drawn: null };
      const people = await drawMembers(ctx, scope, rule, { size: SAMPLE });
      const contacts = await ctx.db.contact.count({
        where: { organizationId: ctx.organizationId },
      });
      return { faults, drawn: { contacts, people } };
    });
    if (drawn === null) return { faults, sample: null };
    const { at, places } = await screenPeople(ctx, named, drawn.people);
    return { faults, sample: { at, contacts: drawn.contacts, counts: countPlaces(places) } };
  },
  audit: "by run",
});
