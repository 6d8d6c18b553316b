import type { RegistryId } from "@ringfence/core/ids";
import fc from "fast-check";
import { expect, it } from "vitest";
import { aRegistry, fullList, numbersInArea, published } from "../../../testing/registries.ts";
import { as, db } from "../../../testing/scenes.ts";
import type { RootContext } from "../../platform/context.ts";
import { recordSuppression } from "../suppression/record.ts";
import { applyEdition } from "./apply-edition.ts";
import { findPastListings } from "./past-listing.ts";

const night = (n: number) => new Date(Date.UTC(2026, 2, n, 2));
const toPhone = (ten: number) => `+1${ten}`;

/** Returns the editions that counted on a day of March 2026, and whether each lists the number. */
async function on(ctx: RootContext, registryId: RegistryId, ten: number, day: number) {
  const [from, until] = [new Date(Date.UTC(2026, 2, day)), new Date(Date.UTC(2026, 2, day + 1))];
  const { editions } = await findPastListings(ctx, {
    registryId,
    phone: toPhone(ten),
    from,
    until,
  });
  return editions.map(({ edition, isListed }) => [edition, isListed]);
}

it("finds past listings through every edition", async () => {
  const some = fc.subarray(numbersInArea(818, 12, 250), { minLength: 1 });
  const nights = fc.array(some, { minLength: 1, maxLength: 6 });
  await fc.assert(
    fc.asyncProperty(nights, async (nights) => {
      const { ctx, asOfficer, registryId } = await aRegistry();
      const others = numbersInArea(213, 1_000);
      let edition = 0;
      const editions: number[] = [];
      for (const [n, numbers] of nights.entries()) {
        const list = published(registryId, fullList([...numbers, ...others]), {
          readAt: night(n + 1),
        });
        // A list equal to the previous one is no new edition.
        if (String(numbers) !== String(nights[n - 1])) edition += 1;
        editions.push(edition);
        await applyEdition(ctx, { ...list, edition: { ...list.edition, areas: [] } });
      }
      for (const [n, numbers] of nights.entries()) {
        for (const ten of numbersInArea(818, 12, 250)) {
          const said = await on(asOfficer, registryId, ten, n + 1);
          expect(said.at(-1)).toEqual([editions[n], numbers.includes(ten)]);
        }
      }
    }),
    {
      numRuns: 8,
      examples: [
        [[numbersInArea(818, 1, 250), numbersInArea(818, 1, 250), numbersInArea(818, 2, 250)]],
      ],
    },
  );
});

it("returns the edition in force at the start of the day and each later one of the day", async () => {
  const { ctx, asOfficer, registryId } = await aRegistry();
  const [ten = 0, ...others] = numbersInArea(818, 100);
  const apply = (numbers: number[], readAt: Date) =>
    applyEdition(ctx, published(registryId, fullList(numbers), { readAt }));
  await apply([ten, ...others], night(2));
  await apply(others, night(4));
  const said = await Promise.all([1, 2, 3, 4, 5].map((n) => on(asOfficer, registryId, ten, n)));
  expect(said).toEqual([
    [],
    [[1, true]],
    [[1, true]],
    [
      [1, true],
      [2, false],
    ],
    [[2, false]],
  ]);
});

it("returns unknown for an area that was not covered", async () => {
  const { ctx, asOfficer, registryId } = await aRegistry();
  await applyEdition(
    ctx,
    published(registryId, fullList(numbersInArea(818, 1)), { readAt: night(2) }),
  );
  const [elsewhere = 0] = numbersInArea(213, 1);
  expect(await on(asOfficer, registryId, elsewhere, 3)).toEqual([[1, null]]);
});

it("writes an audit row, with the phone if it is on record", async () => {
  const { asOfficer, registryId } = await aRegistry();
  const [ten = 0, other = 0] = numbersInArea(818, 2);
  const { phoneId } = await recordSuppression(asOfficer, {
    phone: toPhone(ten),
    reason: "deceased",
  });
  await on(asOfficer, registryId, ten, 3);
  await on(asOfficer, registryId, other, 3);

  const where = { organizationId: asOfficer.organizationId, action: "registry.read" };
  const entries = await db.prisma.auditEntry.findMany({ where, orderBy: { id: "asc" } });
  expect(entries).toMatchObject([
    { phoneId, details: { registryId } },
    { phoneId: null, details: { registryId } },
  ]);
});

it("explains why the input is not a number", async () => {
  const { asOfficer, registryId } = await aRegistry();
  const asked = { registryId, phone: "nobody", from: night(1), until: night(2) };
  await expect(findPastListings(asOfficer, asked)).rejects.toMatchObject({
    code: "invalid",
    path: "/phone",
  });
});

it("does not allow marketers", async () => {
  const { asOfficer, registryId } = await aRegistry();
  const [ten = 0] = numbersInArea(818, 1);
  await expect(on(as(asOfficer, "marketer"), registryId, ten, 3)).rejects.toMatchObject({
    code: "forbidden",
  });
});

it("finds no past listing in another organization's registry", async () => {
  const { ctx, registryId } = await aRegistry();
  const [ten = 0] = numbersInArea(818, 1);
  await applyEdition(ctx, published(registryId, fullList([ten])));

  const { asOfficer } = await aRegistry();
  await expect(on(asOfficer, registryId, ten, 3)).rejects.toMatchObject({ code: "not-found" });
});
