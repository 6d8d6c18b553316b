import fc from "fast-check";
import { expect, it } from "vitest";
import { hasPriority } from "./priority.ts";

const aClaim = fc.record({
  id: fc.constantFrom("a", "b", "c", "d"),
  priority: fc.integer({ min: 1, max: 3 }),
  startedAt: fc.integer({ min: 0, max: 2 }).map((ms) => new Date(ms)),
});
const claims = fc.uniqueArray(aClaim, { selector: ({ id }) => id, minLength: 1 });

it("gives a person to the campaign with the highest priority", () => {
  fc.assert(
    fc.property(claims, (all) => {
      const first = all.filter((one) =>
        all.every((other) => other === one || hasPriority(one, other)),
      );
      expect(first).toHaveLength(1);
      expect(first[0]?.priority).toBe(Math.max(...all.map(({ priority }) => priority)));
    }),
  );
});
