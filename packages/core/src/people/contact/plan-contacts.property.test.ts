import fc from "fast-check";
import { expect, it } from "vitest";
import { ContactId, PhoneId } from "../../platform/ids.ts";
import { ContactRow } from "./contact.ts";
import { type KnownContact, type PlannedRow, planContacts } from "./plan-contacts.ts";

const uuid = (n: number) => `00000000-0000-7000-8000-${String(n).padStart(12, "0")}`;
const phoneIds = [1, 2, 3, 4].map((n) => PhoneId.parse(uuid(n)));

/** Few names and phones, so that rows often speak of one person. */
const row = fc.record(
  {
    externalId: fc.constantFrom("a", "b", "c"),
    name: fc.option(fc.constantFrom("Ada", "Grace"), { nil: null }),
    zone: fc.option(fc.constantFrom("Asia/Omsk", "UTC"), { nil: null }),
    calledParty: fc.constantFrom("individual", "corporate"),
    attributes: fc.dictionary(
      fc.constantFrom("city", "tier"),
      fc.constantFrom("Omsk", 1, true, null),
    ),
  },
  { requiredKeys: [] },
);
const rows = fc.array(fc.tuple(row, fc.subarray(phoneIds)), { maxLength: 8 });

let serial = 100;
const planned = (rows: readonly (readonly [unknown, readonly PhoneId[]])[]): PlannedRow[] =>
  rows.map(([row, phoneIds], index) => ({
    line: index + 1,
    row: ContactRow.parse(row),
    phoneIds,
    newId: ContactId.parse(uuid(serial++)),
  }));

/** Returns the contacts on record after a plan was carried out. */
function after(known: readonly KnownContact[], rows: readonly PlannedRow[]): KnownContact[] {
  const { created, updated } = planContacts(rows, known);
  const byId = new Map([...known, ...created, ...updated].map((contact) => [contact.id, contact]));
  return [...byId.values()];
}

const knownFrom = (rows: readonly (readonly [unknown, readonly PhoneId[]])[]) =>
  after([], planned(rows));

it("converges: applied rows are unchanged when sent again", () => {
  fc.assert(
    fc.property(rows, fc.tuple(row, fc.subarray(phoneIds)), (before, one) => {
      const known = knownFrom(before);
      const once = after(known, planned([one]));
      const { created, updated, outcomes } = planContacts(planned([one]), once);
      expect([created, updated]).toEqual([[], []]);
      expect(outcomes.map(({ status }) => status)).not.toContain("created");
    }),
  );
});

const byId = (a: KnownContact, b: KnownContact) => (a.id < b.id ? -1 : 1);

it("plans many rows as it would plan one after the other", () => {
  fc.assert(
    fc.property(rows, rows, (before, many) => {
      const known = knownFrom(before);
      const all = planned(many);
      const oneByOne = all.reduce((known, row) => after(known, [row]), known);
      expect(after(known, all).toSorted(byId)).toEqual(oneByOne.toSorted(byId));
    }),
  );
});

it("never takes a phone from a person", () => {
  fc.assert(
    fc.property(rows, rows, (before, many) => {
      const known = knownFrom(before);
      const now = new Map(after(known, planned(many)).map((contact) => [contact.id, contact]));
      for (const { id, phoneIds } of known) {
        expect(now.get(id)?.phoneIds).toEqual(expect.arrayContaining([...phoneIds]));
      }
    }),
  );
});

it("never gives two people one external id", () => {
  fc.assert(
    fc.property(rows, rows, (before, many) => {
      const named = after(knownFrom(before), planned(many)).flatMap((c) => c.externalId ?? []);
      expect(named).toEqual([...new Set(named)]);
    }),
  );
});
