import { Phone } from "@ringfence/core/phone";
import fc from "fast-check";
import { expect, it } from "vitest";
import { aRegistry, fullList, numbersOf, published } from "../../testing/registries.ts";
import { applyEdition } from "./apply-edition.ts";
import { wasListed } from "./was-listed.ts";

const night = (n: number) => new Date(Date.UTC(2026, 2, n, 2));
const phoneOf = (ten: number) => Phone.parse(`+1${ten}`);

it("walks back from today through every edition", async () => {
  const some = fc.subarray(numbersOf(818, 12, 250), { minLength: 1 });
  const nights = fc.array(some, { minLength: 1, maxLength: 6 });
  await fc.assert(
    fc.asyncProperty(nights, async (nights) => {
      const { ctx, registryId } = await aRegistry();
      const others = numbersOf(213, 1_000);
      for (const [n, numbers] of nights.entries()) {
        const list = published(registryId, fullList([...numbers, ...others]), {
          readAt: night(n + 1),
        });
        await applyEdition(ctx, { ...list, edition: { ...list.edition, areas: [] } });
      }
      for (const [n, numbers] of nights.entries()) {
        for (const ten of numbersOf(818, 12, 250)) {
          const was = await wasListed(ctx, { registryId, phone: phoneOf(ten), at: night(n + 1) });
          expect(was?.isListed).toBe(numbers.includes(ten));
        }
      }
    }),
    { numRuns: 8 },
  );
});

it("knows nothing before the first edition", async () => {
  const { ctx, registryId } = await aRegistry();
  const [ten = 0] = numbersOf(818, 1);
  await applyEdition(ctx, published(registryId, fullList([ten]), { readAt: night(2) }));

  const phone = phoneOf(ten);
  expect(await wasListed(ctx, { registryId, phone, at: night(1) })).toBeNull();
  expect(await wasListed(ctx, { registryId, phone, at: night(3) })).toEqual({
    edition: 1,
    isListed: true,
  });
});

it("knows nothing of a registry of another organization", async () => {
  const { ctx, registryId } = await aRegistry();
  const [ten = 0] = numbersOf(818, 1);
  await applyEdition(ctx, published(registryId, fullList([ten])));

  const { asOfficer } = await aRegistry();
  const asked = { registryId, phone: phoneOf(ten), at: night(3) };
  expect(await wasListed(asOfficer, asked)).toBeNull();
});
