import { aNumber } from "@ringfence/db/testing";
import { db } from "@ringfence/services/testing";
import { expect, it } from "vitest";
import { ask } from "../../../testing/ask.ts";
import { aKey, aListeningServer } from "../../../testing/listening.ts";

const { url } = await aListeningServer();
const consents = `${url}/v1/consents`;

const aConsent = (more: object = {}) => ({
  phone: aNumber(),
  seller: "acme",
  purposes: ["marketing"],
  channels: ["voice_live"],
  source: "website_form",
  disclosure: { text: "Acme may call me about its offers.", language: "en" },
  obtainedAt: "2026-03-01T09:00:00Z",
  evidence: { act: "ticked", url: "https://acme.example/form" },
  ...more,
});

it("records a consent, and returns its state", async () => {
  const { authorization } = await aKey("consents:write");
  const { status, answer } = await ask(consents, authorization, aConsent());
  expect(status).toBe(201);
  expect(answer.standing).toMatchObject([
    { purpose: "marketing", status: "granted", since: "2026-03-01T09:00:00.000Z" },
  ]);
});

it("says what is wrong with each field, and keeps nothing", async () => {
  const { ctx, authorization } = await aKey("consents:write");
  const wrong = aConsent({ channels: ["fax"], purposes: [], obtainedAt: "in spring" });

  const { status, answer } = await ask(consents, authorization, wrong);

  expect([status, answer.code]).toEqual([400, "invalid-request"]);
  expect(answer.errors.map(({ path }: { path: string }) => path)).toEqual([
    "/purposes",
    "/channels/0",
    "/obtainedAt",
  ]);
  const { organizationId } = ctx;
  expect(await db.prisma.consentEvent.count({ where: { organizationId } })).toBe(0);
});

it("loses no consent to unreadable extra fields, keeps them as sent, and says so", async () => {
  const { ctx, authorization } = await aKey("consents:write");
  const evidence = { ip: "203.0.113.7, 198.51.100.2", url: "acme.example/form" };
  const contact = { name: "Ada", zone: "Europe/Moscow" };
  const { status, answer } = await ask(consents, authorization, aConsent({ contact, evidence }));
  expect([status, answer.standing]).toMatchObject([201, [{ status: "granted" }]]);
  for (const field of ["contact.zone", "evidence.ip", "evidence.url"]) {
    expect(answer.notes.join(" ")).toContain(field);
  }
  const { organizationId } = ctx;
  expect(await db.prisma.evidence.findMany({ where: { organizationId } })).toMatchObject([
    { body: evidence },
  ]);
});

it.each([
  ["+7 916 123-45-67", { contact: { name: "Ada" } }, undefined],
  ["+7 916 123-45-67", {}, ["subject_identity"]],
  ["+49 1512 3456789", { evidence: { states: ["data_types", "right_to_withdraw"] } }, undefined],
  ["+49 1512 3456789", {}, ["data_types", "right_to_withdraw"]],
])(
  "requires no more for a consent to call %s with %j than the contract says",
  async (phone, more, missing) => {
    const { authorization } = await aKey("consents:write", "screen");
    await ask(consents, authorization, aConsent({ phone, evidence: {}, ...more }));
    const call = { phone, purpose: "marketing" };
    const { refusals } = (await ask(`${url}/v1/screenings`, authorization, call)).answer;
    const consent = refusals.find(({ reason }: { reason: string }) =>
      reason.startsWith("consent-"),
    );
    expect(consent?.missing).toEqual(missing);
  },
);

it("holds a consent after an opt-out, without changing a verdict", async () => {
  const { authorization } = await aKey("consents:write", "opt-outs:write", "screen");
  const phone = aNumber();
  await ask(`${url}/v1/opt-outs`, authorization, { phone, channel: "agent" });

  const { answer } = await ask(consents, authorization, aConsent({ phone }));
  expect(answer.standing).toMatchObject([{ purpose: "marketing", status: "held" }]);

  const call = { phone, purpose: "marketing" };
  const screened = await ask(`${url}/v1/screenings`, authorization, call);
  expect(screened.answer.refusals[0].reason).toBe("opted-out");
});

it("withdraws a consent, with or without details", async () => {
  const { authorization } = await aKey("consents:write");
  const purposes = ["marketing.cards", "marketing.loans"];
  const { answer } = await ask(consents, authorization, aConsent({ purposes }));
  const withdrawals = `${consents}/${answer.id}/withdrawals`;

  const part = await ask(withdrawals, authorization, { purposes: ["marketing.cards"] });
  expect([part.status, part.answer.standing]).toMatchObject([
    201,
    [{ status: "withdrawn" }, { purpose: "marketing.loans", status: "granted" }],
  ]);
  const response = await fetch(withdrawals, { method: "POST", headers: { authorization } });
  expect((await response.json()).standing).toMatchObject([
    { status: "withdrawn" },
    { status: "withdrawn" },
  ]);
});

it.each<[string, object | string, Record<string, string>, RegExp]>([
  ["a purpose it does not cover", { purposes: ["survey"] }, {}, /survey/],
  [
    "fields that cannot be read",
    { purposes: "all", at: "noon", channel: "pigeon" },
    {},
    /“channel” could not be read, so it does not limit this withdrawal/,
  ],
  ["a field that nobody knows", { reason: "bored" }, {}, /reason/],
  ["a text", '"stop"', {}, /./],
  ["a key with a space", {}, { "idempotency-key": "a b" }, /Idempotency-Key/],
  ["an empty key", {}, { "idempotency-key": "" }, /Idempotency-Key/],
  ["a long key", {}, { "idempotency-key": "k".repeat(256) }, /Idempotency-Key/],
])("accepts a withdrawal despite %s, and says so", async (_, body, headers, note) => {
  const { authorization } = await aKey("consents:write");
  const { answer } = await ask(consents, authorization, aConsent());
  const path = `${consents}/${answer.id}/withdrawals`;
  const json = { "content-type": "application/json", ...headers };
  const taken = await ask(path, authorization, body, json);
  expect([taken.status, taken.answer.standing]).toMatchObject([201, [{ status: "withdrawn" }]]);
  expect(taken.answer.notes.join(" ")).toMatch(note);
});

it("finds no consent of another organization, and none by an invalid id", async () => {
  const mine = await aKey("consents:write");
  const { answer } = await ask(consents, mine.authorization, aConsent());

  const { authorization } = await aKey("consents:write");
  expect(await ask(`${consents}/${answer.id}/withdrawals`, authorization, {})).toMatchObject({
    status: 404,
    answer: { code: "not-found" },
  });
  expect(await ask(`${consents}/7/withdrawals`, authorization, {})).toMatchObject({
    status: 400,
    answer: { errors: [{ path: "/id" }] },
  });
});

it("rejects an empty or overlong idempotency key for a consent", async () => {
  const { authorization } = await aKey("consents:write");
  for (const key of ["", "two words", "k".repeat(256)]) {
    const headers = { "idempotency-key": key };
    const { status, answer } = await ask(consents, authorization, aConsent(), headers);
    expect([status, answer.errors[0].path]).toEqual([400, "/idempotency-key"]);
  }
});

it("distinguishes two consents withdrawn under one Idempotency-Key", async () => {
  const { authorization } = await aKey("consents:write");
  const [one, two] = [
    await ask(consents, authorization, aConsent()),
    await ask(consents, authorization, aConsent()),
  ];
  const withdraw = ({ answer }: typeof one) =>
    ask(`${consents}/${answer.id}/withdrawals`, authorization, {}, { "idempotency-key": "k" });

  expect((await withdraw(one)).status).toBe(201);
  expect((await withdraw(two)).answer.code).toBe("idempotency-conflict");
});

it("requires more than a read scope", async () => {
  const { authorization } = await aKey("consents:read");
  expect((await ask(consents, authorization, aConsent())).status).toBe(403);
});

it("returns the record of a consent in each standard format", async () => {
  const { authorization } = await aKey("consents:write", "proofs:read");
  const { answer } = await ask(consents, authorization, aConsent());
  const read = async (form: string) => {
    const address = `${consents}/${answer.id}/record.json?form=${form}`;
    return (await fetch(address, { headers: { authorization } })).json();
  };
  expect(await read("record")).toMatchObject({ record_id: answer.id });
  expect(await read("iso-27560")).toMatchObject({ "@type": ["dpv:ConsentRecord"] });
  expect(await read("kantara")).toMatchObject({ version: "KI-CR-v1.1.0" });
  expect(await read("vcon")).toMatchObject({ type: "lawful_basis" });
  expect(await read("fax")).toMatchObject({ code: "invalid-request" });
});
