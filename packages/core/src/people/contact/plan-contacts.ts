import { z } from "zod";
import { ContactId, PhoneId } from "../../platform/ids.ts";
import { CalledParty } from "../phone/index.ts";
import { type RowOutcome, rejected } from "../../platform/rows/index.ts";
import type { ContactRow } from "./contact.ts";

/** A contact with all of its phones, as it is stored or will be. */
export const KnownContact = z.object({
  id: ContactId,
  externalId: z.string().nullable(),
  name: z.string().nullable(),
  email: z.string().nullable(),
  locale: z.string().nullable(),
  zone: z.string().nullable(),
  addressRegion: z.string().nullable(),
  calledParty: CalledParty,
  attributes: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
  phoneIds: PhoneId.array().readonly(),
});
export type KnownContact = z.infer<typeof KnownContact>;

/** A row, the ids of its phones, and the id that its contact gets if the person is new. */
export type PlannedRow = {
  line: number;
  row: ContactRow;
  phoneIds: readonly PhoneId[];
  newId: ContactId;
};

export type ContactPlan = {
  outcomes: readonly RowOutcome[];
  /** Contacts as they are after the last row. */
  created: readonly KnownContact[];
  updated: readonly KnownContact[];
};

/**
 * Plans what rows create and update, one row after the other. `known` must hold every contact that has an
 * external id or a phone of these rows.
 *
 * A row with an external id means the contact that has it or, if there is none, the only contact without an
 * external id that has one of its phones; otherwise a new person. A row without an external id means the contact
 * that has one of its phones; it is rejected if several have, and a new person if none has.
 *
 * Phones are only ever added: an opt-out counts for all phones of a person, and losing a phone would lose the
 * opt-out with it.
 */
export function planContacts(
  rows: readonly PlannedRow[],
  known: readonly KnownContact[],
): ContactPlan {
  const index = indexContacts(known);
  const created = new Set<ContactId>();
  const updated = new Set<ContactId>();

  const outcomes = rows.map(({ line, row, phoneIds, newId }): RowOutcome => {
    if (row.externalId === undefined && phoneIds.length === 0) {
      return rejected(line, { key: "contact.unnamed" });
    }
    const [found, another] = index.find(row.externalId, phoneIds);
    if (another) return rejected(line, { key: "contact.ambiguous" }, "/phones");
    const after = mergeContact(found ?? newContact(newId), row, phoneIds);
    if (found && isUnchanged(found, after)) return { line, status: "unchanged" };

    index.put(after);
    if (!found) created.add(after.id);
    else if (!created.has(after.id)) updated.add(after.id);
    return { line, status: found ? "updated" : "created" };
  });

  const all = (ids: Set<ContactId>) => [...ids].flatMap((id) => index.byId.get(id) ?? []);
  return { outcomes, created: all(created), updated: all(updated) };
}

/** Indexes contacts by external id and by phone. The index follows the rows applied so far. */
function indexContacts(known: readonly KnownContact[]) {
  const byId = new Map<ContactId, KnownContact>();
  const byExternalId = new Map<string, ContactId>();
  const byPhone = new Map<PhoneId, Set<ContactId>>();

  const put = (contact: KnownContact) => {
    byId.set(contact.id, contact);
    if (contact.externalId !== null) byExternalId.set(contact.externalId, contact.id);
    for (const phoneId of contact.phoneIds) {
      byPhone.set(phoneId, (byPhone.get(phoneId) ?? new Set()).add(contact.id));
    }
  };
  for (const contact of known) put(contact);

  /** Lists the contacts that a row may mean, as `planContacts` says. With an external id there is at most one. */
  const find = (externalId: string | undefined, phoneIds: readonly PhoneId[]): KnownContact[] => {
    const named = externalId !== undefined && byExternalId.get(externalId);
    const ids = named ? [named] : phoneIds.flatMap((phoneId) => [...(byPhone.get(phoneId) ?? [])]);
    const found = [...new Set(ids)].flatMap((id) => byId.get(id) ?? []);
    if (externalId === undefined || named) return found;
    const unnamed = found.filter((contact) => contact.externalId === null);
    return unnamed.length === 1 ? unnamed : [];
  };
  return { byId, find, put };
}

const newContact = (id: ContactId): KnownContact => ({
  id,
  externalId: null,
  name: null,
  email: null,
  locale: null,
  zone: null,
  addressRegion: null,
  calledParty: "individual",
  attributes: {},
  phoneIds: [],
});

const plainFields = [
  "externalId",
  "name",
  "email",
  "locale",
  "zone",
  "addressRegion",
  "calledParty",
] as const satisfies readonly (keyof KnownContact & keyof ContactRow)[];

function mergeContact(
  known: KnownContact,
  row: ContactRow,
  phoneIds: readonly PhoneId[],
): KnownContact {
  const given = plainFields.filter((field) => row[field] !== undefined);
  const merged = Object.entries({ ...known.attributes, ...row.attributes });
  return {
    ...known,
    ...Object.fromEntries(given.map((field) => [field, row[field]])),
    attributes: Object.fromEntries(merged.filter(([, value]) => value !== null)),
    phoneIds: [...new Set([...known.phoneIds, ...phoneIds])],
  };
}

function isUnchanged(before: KnownContact, after: KnownContact): boolean {
  const names = Object.keys(after.attributes);
  return (
    plainFields.every((field) => before[field] === after[field]) &&
    before.phoneIds.length === after.phoneIds.length &&
    names.length === Object.keys(before.attributes).length &&
    names.every((name) => before.attributes[name] === after.attributes[name])
  );
}
