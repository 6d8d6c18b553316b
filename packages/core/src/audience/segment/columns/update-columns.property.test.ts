import fc from "fast-check";
import { expect, it } from "vitest";
import { type ActivityColumns, MAX_VALUES } from "./columns.ts";
import { mergeActivities, selectPeople } from "./update-columns.ts";

type Row = { at: number; amount: number | null; word: string | null };

const aRow = fc.record({
  at: fc.integer({ min: 0, max: 20 }),
  amount: fc.option(fc.integer({ min: 0, max: 9 })),
  word: fc.option(fc.constantFrom("a", "b", "c")),
});
const people = fc.array(fc.array(aRow, { maxLength: 5 }), { minLength: 1, maxLength: 6 });
const inTime = (rows: readonly Row[]) => rows.toSorted((a, b) => a.at - b.at);

function toActivityColumns(all: readonly (readonly Row[])[]): ActivityColumns {
  const first = new Uint32Array(all.length + 1);
  for (const [place, rows] of all.entries()) first[place + 1] = (first[place] ?? 0) + rows.length;
  const rows = all.flatMap(inTime);
  const words = [...new Set(rows.flatMap(({ word }) => word ?? []))];
  return {
    first,
    at: Float64Array.from(rows, ({ at }) => at),
    amounts: rows.some(({ amount }) => amount !== null)
      ? Float64Array.from(rows, ({ amount }) => amount ?? Number.NaN)
      : null,
    properties: new Map(
      words.length === 0
        ? []
        : [
            [
              "word",
              {
                codes: Uint16Array.from(rows, ({ word }) => words.indexOf(word ?? "") + 1),
                byCode: [[], ...words.map((text) => [{ text, number: null }])],
              },
            ],
          ],
    ),
  };
}

/** Converts columns back to the rows of each person. */
function toldBy({ first, at, amounts, properties }: ActivityColumns): Row[][] {
  const values = properties.get("word");
  return Array.from({ length: first.length - 1 }, (_, place) =>
    Array.from({ length: (first[place + 1] ?? 0) - (first[place] ?? 0) }, (_, index) => {
      const row = (first[place] ?? 0) + index;
      const amount = amounts?.[row] ?? Number.NaN;
      return {
        at: at[row] ?? -1,
        amount: Number.isNaN(amount) ? null : amount,
        word: values?.byCode[values.codes[row] ?? 0]?.[0]?.text ?? null,
      };
    }),
  );
}

it("merges activities of the same people in time order", () => {
  fc.assert(
    fc.property(people, people, (some, more) => {
      const others = some.map((_, place) => more[place] ?? []);
      const { activities, tooWide } = mergeActivities(
        toActivityColumns(some),
        toActivityColumns(others),
      );
      const expected = some.map((rows, place) =>
        inTime([...inTime(rows), ...inTime(others[place] ?? [])]),
      );
      expect(toldBy(activities)).toEqual(expected);
      expect(tooWide).toEqual([]);
    }),
  );
});

it("selects the rows of some people, and nobody else", () => {
  fc.assert(
    fc.property(people, fc.nat(), (all, chosen) => {
      const places = Int32Array.from(all.keys()).filter((place) => (chosen >> place) % 2 === 0);
      const deeds = toActivityColumns(all);
      const { first, at } = deeds;
      const columns = {
        ordinals: Int32Array.from(all, (_, place) => 10 * place),
        zones: new Uint16Array(all.length),
        zoneNames: [""],
        fields: new Map([
          ["place", { codes: Uint16Array.from(all, (_, place) => place), byCode: [] }],
        ]),
        preferences: new Map(),
        activities: new Map([["visit", deeds]]),
        calls: deeds,
        consents: {
          first,
          at,
          begins: Uint8Array.from(at, () => 1),
          until: at.map((time) => time + 1),
          voidSince: at,
          terms: Uint16Array.from(at),
          termsByCode: [],
        },
        profilingRefusers: Uint8Array.from(all, (_, place) => place % 2),
        tooWide: new Set<string>(),
      };
      const taken = selectPeople(columns, places);
      const expected = [...places].map((place) => inTime(all[place] ?? []));
      expect([...taken.ordinals]).toEqual([...places].map((place) => 10 * place));
      expect([...(taken.fields.get("place")?.codes ?? [])]).toEqual([...places]);
      expect([...taken.profilingRefusers]).toEqual([...places].map((place) => place % 2));
      expect(
        taken.activities.get("visit") && toldBy(taken.activities.get("visit") ?? deeds),
      ).toEqual(expected);
      expect(toldBy(taken.calls)).toEqual(expected);
      const times = expected.flat().map((row) => row.at);
      expect([...taken.consents.terms]).toEqual(times);
      expect([...taken.consents.until]).toEqual(times.map((time) => time + 1));
      expect([...taken.consents.first]).toEqual([...taken.calls.first]);
    }),
  );
});

it("drops a property with too many different values", () => {
  const one = toActivityColumns([[{ at: 1, amount: null, word: "a" }]]);
  const other = toActivityColumns([[{ at: 2, amount: null, word: "b" }]]);
  const known = Array.from({ length: MAX_VALUES + 1 }, () => []);
  const full = new Map([["word", { codes: new Uint16Array(1), byCode: known }]]);
  const { activities, tooWide } = mergeActivities({ ...one, properties: full }, other);
  expect([tooWide, [...activities.properties]]).toEqual([["word"], []]);
});
