import fc from "fast-check";
import { expect, it } from "vitest";
import { compareEditions } from "./compare-editions.ts";

type Line = { phone: string; scope: string; at: number; reference: string };

const line = fc.record({
  phone: fc.integer({ min: 1, max: 30 }).map((n) => `+${n}`),
  scope: fc.constantFrom("all", "suppressed", "registry"),
  at: fc.integer({ min: 0, max: 3 }),
  reference: fc.constantFrom("A", '"B, C"'),
});
const list = fc.uniqueArray(line, {
  selector: ({ phone, scope, reference }) => `${phone} ${scope} ${reference}`,
});

const formatLine = ({ phone, scope, at, reference }: Line) =>
  `${phone},${scope},,,${new Date(at).toISOString()},${reference}`;
const toKey = ({ phone, scope, reference }: Line) => `${phone},${scope},${reference}`;

/** Yields a file in pieces of a given size. */
async function* file(lines: readonly Line[], size: number) {
  const sorted = lines.toSorted((a, b) => (a.phone < b.phone ? -1 : Number(a.phone > b.phone)));
  const text = ["phone,scope,seller,purpose,effective_at,reference", ...sorted.map(formatLine)];
  const bytes = new TextEncoder().encode(text.map((one) => `${one}\r\n`).join(""));
  for (let from = 0; from < bytes.length; from += size) yield bytes.subarray(from, from + size);
}

async function changes(...[before, after]: Parameters<typeof compareEditions>) {
  const found = { added: [] as string[], removed: [] as string[] };
  for await (const { change, line } of compareEditions(before, after)) found[change].push(line);
  return { added: found.added.toSorted(), removed: found.removed.toSorted() };
}

const but = (some: readonly Line[], others: readonly Line[]) => {
  const known = new Set(others.map(toKey));
  return some
    .filter((one) => !known.has(toKey(one)))
    .map(formatLine)
    .toSorted();
};

it("lists the lines that only one of two files has, whatever their dates", () =>
  fc.assert(
    fc.asyncProperty(list, list, fc.integer({ min: 1, max: 90 }), async (before, after, size) => {
      expect(await changes(file(before, size), file(after, size + 1))).toEqual({
        added: but(after, before),
        removed: but(before, after),
      });
    }),
  ));

async function* bytes(text: string) {
  yield new TextEncoder().encode(text);
}

it.each([
  ["is cut off", "phone,scope\r\n+1,all"],
  ["is not in order", "phone,scope\r\n+2,all\r\n+1,all\r\n"],
])("rejects a file that %s", async (_, text) => {
  await expect(changes(bytes(text), bytes(""))).rejects.toThrow(/blocked list/);
});
