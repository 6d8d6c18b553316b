import fc from "fast-check";
import { expect, it } from "vitest";
import { aPerson, aRule, homeZone, otherSegment, segmentNow } from "./segments.ts";
import { usesBehavior } from "../src/audience/segment/rule-references.ts";
import { findMembersByDefinition } from "./segment-reference.ts";
import { Rule } from "../src/audience/segment/rule.ts";

const people = fc
  .array(aPerson, { minLength: 1, maxLength: 6 })
  .map((all) => all.map((person, ordinal) => ({ ...person, ordinal })));
const other = { id: otherSegment, name: "Other", rule: { is: "all" as const, of: [] } };
const world = { now: segmentNow, zone: homeZone, segments: new Map([[otherSegment, other]]) };

it('follows logic: "none" is the complement of "any", and "all" of several "none" is "none" of all', () => {
  fc.assert(
    fc.property(aRule, aRule, people, (a, b, people) => {
      const of = [a, b];
      const any = findMembersByDefinition({ is: "any", of }, people, world);
      const none = findMembersByDefinition({ is: "none", of }, people, world);
      const nones = findMembersByDefinition(
        { is: "all", of: of.map((rule) => ({ is: "none", of: [rule] })) },
        people,
        world,
      );
      expect([...nones]).toEqual([...none]);
      const asked = people.filter(
        (person) =>
          !(person.hasRefusedProfiling && usesBehavior({ is: "any", of }, world.segments)),
      );
      expect(any.size + none.size).toBe(asked.length);
      expect([...any].filter((ordinal) => none.has(ordinal))).toEqual([]);
    }),
  );
});

it("never has who refused profiling, by any rule about behavior", () => {
  fc.assert(
    fc.property(aRule, people, (rule, people) => {
      fc.pre(usesBehavior(rule, world.segments));
      const members = findMembersByDefinition(rule, people, world);
      const refused = people.filter((person) => person.hasRefusedProfiling);
      expect(refused.filter(({ ordinal }) => members.has(ordinal))).toEqual([]);
    }),
  );
});

it("depends only on the events, not on the order in which they arrived", () => {
  fc.assert(
    fc.property(aRule, people, (rule, people) => {
      const reversed = people.toReversed().map((person) => ({
        ...person,
        activities: person.activities.toReversed(),
        calls: person.calls.toReversed(),
      }));
      expect(findMembersByDefinition(rule, reversed, world)).toEqual(
        new Set([...findMembersByDefinition(rule, people, world)].toReversed()),
      );
    }),
  );
});

it("is the same rule after it was written as JSON and read again", () => {
  fc.assert(
    fc.property(aRule, (rule) => {
      expect(Rule.parse(JSON.parse(JSON.stringify(rule)))).toEqual(rule);
    }),
  );
});
