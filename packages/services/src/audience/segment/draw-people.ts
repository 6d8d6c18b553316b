import { query } from "../../platform/verb.ts";
import type { Fault } from "@ringfence/core/platform/message";
import { AskPeople, type Place } from "@ringfence/core/audience/segment";
import { appendAudit } from "../../platform/audit/append-audit.ts";
import { callOf } from "./call-of.ts";
import { drawMembers } from "./find-members.ts";
import { inAnalysis } from "./in-analysis.ts";
import { type PersonShown, peopleShown } from "./people-shown.ts";
import { screenPeople } from "./screen-people.ts";
import { soundScope } from "./sound-scope.ts";

const SHOWN = 6;

/** A person of a rule, and where a call to them would end now. */
export type DrawnPerson = PersonShown & { place: Place };

/** Six people of a rule that is being built, by chance. Who looked is on record before they see them. */
export const drawPeople = query({
  name: "drawPeople",
  action: "segment.read",
  input: AskPeople,
  transaction: "by run",
  run: async (
    ctx,
    { rule, segmentId, draw, ...named },
  ): Promise<{ faults: Fault[]; people: DrawnPerson[] }> => {
    const { faults, people } = await inAnalysis(ctx, async (ctx) => {
      await callOf(ctx, named);
      const { faults, scope } = await soundScope(ctx, { rule, segmentId });
      const drawn = scope ? await drawMembers(ctx, scope, rule, { size: SHOWN, draw }) : [];
      const people = await peopleShown(ctx, drawn);
      if (people.length > 0) {
        await appendAudit(ctx, "segment.read", {
          segmentId: segmentId ?? null,
          drawn: people.length,
        });
      }
      return { faults, people };
    });
    if (people.length === 0) return { faults, people: [] };
    const ordinals = people.map(({ ordinal }) => ordinal);
    const { places } = await screenPeople(ctx, named, ordinals);
    return {
      faults,
      people: people.map((person, index) => ({ ...person, place: places[index] ?? "number" })),
    };
  },
  audit: "by run",
});
