import { expect, it } from "vitest";
import { ContactId, PhoneId } from "../../platform/ids.ts";
import { ContactRow } from "./contact.ts";
import { type KnownContact, planContacts } from "./plan-contacts.ts";

const [ada, grace, fresh] = [1, 2, 3].map((n) =>
  ContactId.parse(`00000000-0000-7000-8000-00000000000${n}`),
);
const [home, work] = [4, 5].map((n) => PhoneId.parse(`00000000-0000-7000-8000-00000000000${n}`));

/** Ada, whom the organization calls `a`, at home. */
const known = (more: Partial<KnownContact> = {}): KnownContact => ({
  id: ada as ContactId,
  externalId: "a",
  name: "Ada",
  email: "ada@example.org",
  locale: null,
  zone: "Asia/Omsk",
  addressRegion: null,
  calledParty: "individual",
  attributes: { city: "Omsk", tier: 1 },
  phoneIds: [home as PhoneId],
  ...more,
});

const plan = (row: unknown, phoneIds: readonly (PhoneId | undefined)[], on: KnownContact[]) =>
  planContacts(
    [
      {
        line: 1,
        row: ContactRow.parse(row),
        phoneIds: phoneIds as PhoneId[],
        newId: fresh as ContactId,
      },
    ],
    on,
  );

it("leaves what a row does not say, or says empty, as it was", () => {
  const { outcomes } = plan({ externalId: "a", name: "", email: " " }, [], [known()]);
  expect(outcomes).toEqual([{ line: 1, status: "unchanged" }]);
});

it("clears what a row says is null", () => {
  const { updated } = plan(
    { externalId: "a", zone: null, attributes: { tier: null } },
    [],
    [known()],
  );
  expect(updated).toEqual([known({ zone: null, attributes: { city: "Omsk" } })]);
});

it("finds a person by a phone when a row has no external id", () => {
  const { updated } = plan({ name: "Ada Lovelace" }, [home, work], [known()]);
  expect(updated).toEqual([
    known({ name: "Ada Lovelace", phoneIds: [home as PhoneId, work as PhoneId] }),
  ]);
});

it("gives an external id to the person who had none", () => {
  const { updated } = plan({ externalId: "a" }, [home], [known({ externalId: null })]);
  expect(updated).toEqual([known()]);
});

it("makes another person of another external id, on the same phone", () => {
  const { created } = plan({ externalId: "b" }, [home], [known()]);
  expect(created).toMatchObject([{ id: fresh, externalId: "b", phoneIds: [home] }]);
});

it("does not guess which of two people a shared phone means", () => {
  const both = [known(), known({ id: grace as ContactId, externalId: "g" })];
  expect(plan({ name: "?" }, [home], both)).toMatchObject({
    outcomes: [{ status: "rejected", message: { key: "contact.ambiguous" } }],
    updated: [],
  });
});

it("rejects a row by which nobody could be found again", () => {
  expect(plan({ name: "Ada" }, [], [known()])).toMatchObject({
    outcomes: [{ status: "rejected", message: { key: "contact.unnamed" } }],
    created: [],
  });
});
