import fc from "fast-check";
import { expect, it } from "vitest";
import { PhoneId, SuppressionId } from "../../platform/ids.ts";
import { type KnownSuppression, planSuppressions } from "./record.ts";
import { isInForceAt } from "./suppression.ts";

const uuid = (n: number) => `00000000-0000-7000-8000-${String(n).padStart(12, "0")}`;
const phoneIds = [1, 2].map((n) => PhoneId.parse(uuid(n)));
const day = (n: number) => new Date(Date.UTC(2026, 0, n));
const now = day(10);

/** Few days, so that many meet. */
const suppression = fc.record({
  phoneId: fc.constantFrom(...phoneIds),
  reason: fc.constantFrom("litigator" as const, "partner_list" as const),
  at: fc.option(fc.integer({ min: 8, max: 12 }).map(day)),
  until: fc.option(fc.integer({ min: 13, max: 16 }).map(day)),
});
const some = fc.array(suppression, { maxLength: 8 });
type Sent = typeof suppression extends fc.Arbitrary<infer T> ? T : never;

let serial = 100;
const plan = (sent: readonly Sent[], known: readonly KnownSuppression[]) =>
  planSuppressions(
    sent.map((one) => ({ ...one, newId: SuppressionId.parse(uuid(serial++)) })),
    known,
    now,
  );

function after(known: readonly KnownSuppression[], sent: readonly Sent[]) {
  const { created, updated } = plan(sent, known);
  return [...new Map([...known, ...created, ...updated].map((one) => [one.id, one])).values()];
}

it("is stable: what was sent is unchanged when it is sent again", () => {
  fc.assert(
    fc.property(some, some, (before, sent) => {
      const known = after(after([], before), sent);
      expect(plan(sent, known)).toMatchObject({ created: [], updated: [] });
    }),
  );
});

it("suppresses at least from the given start, and never less than before", () => {
  fc.assert(
    fc.property(some, some, fc.integer({ min: 8, max: 17 }), (before, sent, n) => {
      const known = after([], before);
      const told = sent.map((one) => ({ ...one, at: one.at ?? now }));
      const suppressed = (of: readonly Omit<KnownSuppression, "id">[], phoneId: PhoneId) =>
        of.some((one) => one.phoneId === phoneId && isInForceAt(one, day(n)));
      for (const phoneId of phoneIds) {
        const expected = suppressed(known, phoneId) || suppressed(told, phoneId);
        expect(suppressed(after(known, sent), phoneId)).toBe(expected);
      }
    }),
  );
});

it("keeps one of each phone, reason and time", () => {
  fc.assert(
    fc.property(some, some, (before, sent) => {
      const names = after(after([], before), sent).map((one) =>
        [one.phoneId, one.reason, one.at.toISOString()].join(),
      );
      expect(names).toEqual([...new Set(names)]);
    }),
  );
});
