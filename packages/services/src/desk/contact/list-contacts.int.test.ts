import { ListContacts } from "@ringfence/core/people/contact";
import { ContactId } from "@ringfence/core/ids";
import { aNumber } from "@ringfence/db/testing";
import { expect, it } from "vitest";
import { recorded } from "../../../testing/opt-outs.ts";
import { aConsent, aContext, as, db } from "../../../testing/scenes.ts";
import { recordConsent } from "../../consents/consent/record.ts";
import { listContacts } from "./list-contacts.ts";
import { readContact } from "./read-contact.ts";
import { recordContacts } from "../../people/contact/record-contacts.ts";

async function scene() {
  const ctx = await aContext();
  const phone = aNumber();
  const rows = [
    { externalId: "a", name: "Ada Lovelace", phones: [phone], addressRegion: "US-TX" },
    { externalId: "g", name: "Grace Hopper", addressRegion: "US", calledParty: "corporate" },
    { externalId: "k", name: "Софья Ковалевская", addressRegion: "RU-MOW" },
  ];
  for (const row of rows) await recordContacts(ctx, { rows: [row] });
  const list = (input: object = {}) => listContacts(ctx, ListContacts.parse(input));
  const found = async (input: object) =>
    (await list(input)).items.map(({ externalId }) => externalId);
  return { ctx, phone, list, found };
}

it("gives page after page, last added first", async () => {
  const { phone, list, found } = await scene();

  const first = await list({ limit: 2 });

  expect(first.items.map(({ externalId }) => externalId)).toEqual(["k", "g"]);
  const after = ContactId.parse(first.next);
  expect(await found({ after })).toEqual(["a"]);
  expect((await list({ after })).items).toMatchObject([{ phones: [{ e164: phone }] }]);
});

it.each([
  [{ search: "lovelace" }, ["a"]],
  [{ search: "ковалев" }, ["k"]],
  [{ search: "g" }, ["g"]],
  [{ search: "nobody\0" }, []],
  [{ addressRegion: "US" }, ["g", "a"]],
  [{ addressRegion: "US-TX" }, ["a"]],
  [{ calledParty: "corporate" }, ["g"]],
])("finds those whom %j means", async (input, expected) => {
  const { found } = await scene();
  expect(await found(input)).toEqual(expected);
});

it("finds a person by a phone as people write it", async () => {
  const { phone, found } = await scene();
  const written = `(${phone.slice(2, 5)}) ${phone.slice(5, 8)}-${phone.slice(8)}`;
  expect(await found({ search: written })).toEqual(["a"]);
});

it("shows the standing of each person", async () => {
  const { ctx, phone, list } = await scene();
  const word = async () => {
    const { items } = await list();
    return items.map(({ standing }) => standing);
  };
  expect(await word()).toEqual([null, null, null]);

  await recordConsent(ctx, aConsent({ phone }));
  expect(await word()).toEqual([null, null, "granted"]);

  await recorded(ctx, { phone, channel: "sms" });
  expect(await word()).toEqual([null, null, "opted-out"]);
});

it("audits who looked at whose data", async () => {
  const { ctx, list } = await scene();
  const { items } = await list({ search: "a" });
  const id = ContactId.parse(items.at(-1)?.id);
  expect(await readContact(ctx, id)).toMatchObject({ name: "Ada Lovelace" });

  const where = { organizationId: ctx.organizationId, action: "contact.read" };
  expect(await db.prisma.auditEntry.findMany({ where, orderBy: { id: "asc" } })).toMatchObject([
    { details: { listed: items.length } },
    { details: { contactId: id } },
  ]);
});

it("masks numbers for members who may not export them", async () => {
  const { ctx, phone, list } = await scene();
  const masked = `${phone.slice(0, 3)}•••••••${phone.slice(-2)}`;
  for (const role of ["marketer", "auditor"] as const) {
    const { items } = await listContacts(as(ctx, role), ListContacts.parse({ search: "ada" }));
    expect(items).toMatchObject([{ phones: [{ e164: masked }] }]);
  }
  expect((await list({ search: "ada" })).items).toMatchObject([{ phones: [{ e164: phone }] }]);
});

it("is not for agents", async () => {
  const { ctx } = await scene();
  const agent = as(ctx, "agent");
  const id = ContactId.parse("01890000-0000-7000-8000-00000000000a");
  const forbidden = { code: "forbidden" };
  await expect(listContacts(agent, ListContacts.parse({}))).rejects.toMatchObject(forbidden);
  await expect(readContact(agent, id)).rejects.toMatchObject(forbidden);
});

it("does not list the contacts of another organization", async () => {
  const [{ phone }, other] = [await scene(), await scene()];
  expect(await other.found({ search: phone })).toEqual([]);
});
