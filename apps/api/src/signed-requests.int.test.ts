import { randomUUID } from "node:crypto";
import { registerPublicKey } from "@ringfence/services/account/api-key";
import { db } from "@ringfence/services/testing";
import { aCallablePhone } from "@ringfence/services/testing/phones";
import { aKeyPair } from "@ringfence/services/testing/public-keys";
import { describe, expect, it } from "vitest";
import { aKey, aListeningServer } from "../testing/listening.ts";
import {
  type SignedRequest,
  type SigningPair,
  apiUrl,
  formatDigest,
  sendRequest,
  signRequest,
} from "../testing/signing-client.ts";

const { port } = await aListeningServer({ apiUrl });
const send = (request: SignedRequest) => sendRequest(port, request);

const json = { "content-type": "application/json" };

/** A key whose requests have to be signed, and a request to screen a call that may be placed. */
async function aSignedKey() {
  const key = await aKey("screen", "opt-outs:read", "opt-outs:write", "contacts:write", "scrubs");
  const { ctx, id: apiKeyId, authorization } = key;
  const { phone } = await aCallablePhone(ctx);
  const pair = aKeyPair();
  await registerPublicKey(ctx, { apiKeyId, publicKey: pair.pem });
  const screening = {
    method: "POST",
    target: "/v1/screenings",
    headers: { authorization, ...json },
    body: JSON.stringify({ phone, purpose: "marketing.loans" }),
  };
  const reading = { method: "GET", target: "/v1/opt-outs?limit=1", headers: { authorization } };
  return { ...key, pair, phone, screening, reading };
}

const outcome = ({ status, answer }: Awaited<ReturnType<typeof send>>) =>
  status < 400 ? status : [status, answer.code];

const shared = await aSignedKey();
const { pair, screening, reading } = shared;

it("answers signed requests: a screening, a list, a file, rows, and a change that may be repeated", async () => {
  const { authorization, phone } = shared;
  const sign = async (request: Parameters<typeof signRequest>[1]) =>
    outcome(await send(await signRequest(pair, request)));
  const answer = await send(await signRequest(pair, screening));
  expect(answer).toMatchObject({ status: 200, answer: { verdict: "allow", phone } });
  expect(await sign(reading)).toBe(200);
  const headers = { authorization, ...json, "idempotency-key": randomUUID() };
  const optOut = {
    method: "POST",
    target: "/v1/opt-outs",
    headers,
    body: '{"phone":"+12015550199"}',
  };
  expect([await sign(optOut), await sign(optOut)]).toEqual([201, 201]);
  const rows = { authorization, "content-type": "application/x-ndjson" };
  const contact = '{"externalId":"7","name":"Ada"}\n';
  expect(await sign({ method: "POST", target: "/v1/contacts", headers: rows, body: contact })).toBe(
    200,
  );
  const file = { authorization, "content-type": "text/csv" };
  const target = "/v1/scrubs?phoneColumn=phone&purpose=marketing";
  const csv = "phone\n+12015550123\n";
  expect(await sign({ method: "POST", target, headers: file, body: csv })).toBe(202);
});

it("accepts the parts of a URL instead of the whole, and any label", async () => {
  const fields = ["@method", "@authority", "@path", "@query", "authorization"];
  const request = await signRequest(pair, reading, { fields, label: "bank-2026" });
  expect(outcome(await send(request))).toBe(200);
});

/** Replaces the value of a header. */
const withHeader = (request: SignedRequest, name: string, value: string): SignedRequest => ({
  ...request,
  headers: request.headers.map((text, index) =>
    index % 2 === 1 && request.headers[index - 1]?.toLowerCase() === name ? value : text,
  ),
});
const withMore = (request: SignedRequest, ...more: string[]): SignedRequest => ({
  ...request,
  headers: [...request.headers, ...more],
});
const readHeader = ({ headers }: SignedRequest, name: string) =>
  headers[headers.findIndex((text, index) => index % 2 === 0 && text.toLowerCase() === name) + 1] ??
  "";

/** A request that the client signed, changed on its way or made by somebody else. */
type Tampering = (request: SignedRequest) => SignedRequest | Promise<SignedRequest>;
const refused = [401, "key-invalid"];
const faulty = [401, "signature-invalid"];

const otherBody = (request: SignedRequest) => request.body.replace("loans", "cards");

describe("a signed screening", () => {
  it.each<[string, Tampering, unknown[]]>([
    ["another body of the same length", (one) => ({ ...one, body: otherBody(one) }), faulty],
    [
      "another body with its own digest",
      (one) =>
        withHeader(
          { ...one, body: otherBody(one) },
          "content-digest",
          formatDigest(otherBody(one)),
        ),
      refused,
    ],
    ["no body", (one) => ({ ...one, body: "" }), faulty],
    ["another route", (one) => ({ ...one, target: "/v1/permits/verify" }), refused],
    [
      "a query that was added",
      (one) => ({ ...one, target: `${one.target}?at=2026-01-01` }),
      refused,
    ],
    ["another spelling of the path", (one) => ({ ...one, target: "/v1/screening%73" }), refused],
    ["another API key", (one) => withHeader(one, "authorization", other.authorization), refused],
    [
      "no signature",
      (one) => ({
        ...one,
        headers: one.headers.filter(
          (_, index, all) => !/^signature/i.test(all[index - (index % 2)] ?? ""),
        ),
      }),
      refused,
    ],
    ["no Signature header", (one) => withHeader(one, "signature", ""), faulty],
    ["no Signature-Input header", (one) => withHeader(one, "signature-input", ""), faulty],
    ["a signature that was shortened", (one) => withHeader(one, "signature", "sig=:AAAA:"), faulty],
    [
      "the signature of another request",
      async (one) =>
        withHeader(one, "signature", readHeader(await signRequest(pair, screening), "signature")),
      refused,
    ],
    [
      "another label",
      (one) => withHeader(one, "signature", readHeader(one, "signature").replace("sig", "gis")),
      faulty,
    ],
    [
      "a second signature",
      (one) =>
        withHeader(
          withHeader(
            one,
            "signature",
            `${readHeader(one, "signature")}, b${readHeader(one, "signature").slice(3)}`,
          ),
          "signature-input",
          `${readHeader(one, "signature-input")}, b${readHeader(one, "signature-input").slice(3)}`,
        ),
      faulty,
    ],
    [
      "a second Authorization header",
      (one) => withMore(one, "Authorization", other.authorization),
      faulty,
    ],
    [
      "a second Content-Digest header",
      (one) => withMore(one, "Content-Digest", formatDigest("")),
      faulty,
    ],
    [
      "a second Signature-Input header",
      (one) => withMore(one, "Signature-Input", readHeader(one, "signature-input")),
      faulty,
    ],
    ["an Idempotency-Key that was added", (one) => withMore(one, "Idempotency-Key", "k-1"), faulty],
    [
      "a nonce that was changed",
      (one) =>
        withHeader(
          one,
          "signature-input",
          readHeader(one, "signature-input").replace(/nonce="./, 'nonce="z'),
        ),
      refused,
    ],
    [
      "an algorithm that was changed",
      (one) =>
        withHeader(
          one,
          "signature-input",
          readHeader(one, "signature-input").replace("ed25519", "hmac-sha256"),
        ),
      faulty,
    ],
  ])("is refused with %s", async (_, tamper, expected) => {
    const genuine = await signRequest(pair, screening);
    expect(outcome(await send(genuine))).toBe(200);
    const fresh = await signRequest(pair, screening);
    expect(outcome(await send(await tamper(fresh)))).toEqual(expected);
    expect(outcome(await send(await signRequest(pair, screening)))).toBe(200);
  });

  const without = (field: string) => ({
    fields: ["@method", "@target-uri", "authorization", "content-digest"].filter(
      (one) => one !== field,
    ),
  });
  const minutesFromNow = (minutes: number) => ({
    created: new Date(Date.now() + minutes * 60_000),
  });

  it.each<[string, Parameters<typeof signRequest>[2], unknown[]]>([
    ["without the method", without("@method"), faulty],
    ["without the address", without("@target-uri"), faulty],
    ["without the API key", without("authorization"), faulty],
    ["without the digest", without("content-digest"), faulty],
    ["without a nonce", { nonce: null }, faulty],
    ["with a short nonce", { nonce: "1" }, faulty],
    ["without a time", { created: null }, faulty],
    ["six minutes ago", minutesFromNow(-6), faulty],
    ["six minutes ahead", minutesFromNow(6), faulty],
    ["for HMAC with the public key as its secret", { alg: "hmac-sha256" }, faulty],
    ["under the name of another key", { keyId: "another-thumbprint" }, refused],
  ])("is refused when it is signed %s", async (_, options, expected) => {
    expect(outcome(await send(await signRequest(pair, screening)))).toBe(200);
    expect(outcome(await send(await signRequest(pair, screening, options)))).toEqual(expected);
  });

  it("is refused if it was signed with another key, or for another host", async () => {
    expect(outcome(await send(await signRequest(pair, screening)))).toBe(200);
    const forged: SigningPair = { ...other.pair, thumbprint: pair.thumbprint };
    expect(outcome(await send(await signRequest(forged, screening)))).toEqual(refused);
    expect(outcome(await send(await signRequest(other.pair, screening)))).toEqual(refused);
    const elsewhere = { ...screening, origin: "https://attacker.example" };
    expect(outcome(await send(await signRequest(pair, elsewhere)))).toEqual(refused);
    const named = await signRequest(pair, elsewhere);
    expect(outcome(await send(withMore(named, "Host", "attacker.example")))).toEqual(refused);
    const forwarded = await signRequest(pair, elsewhere);
    const forwarding = [
      "X-Forwarded-Host",
      "attacker.example",
      "Forwarded",
      "host=attacker.example",
    ];
    expect(outcome(await send(withMore(forwarded, ...forwarding)))).toEqual(refused);
  });

  it("is accepted once, even if it is sent again to another process", async () => {
    const second = await aListeningServer({ apiUrl });
    const request = await signRequest(pair, screening);
    expect(outcome(await send(request))).toBe(200);
    expect(outcome(await send(request))).toEqual(faulty);
    expect(outcome(await sendRequest(second.port, request))).toEqual(faulty);
    const raced = await signRequest(pair, screening);
    const answers = await Promise.all([port, second.port].map((one) => sendRequest(one, raced)));
    const statuses = answers.map(({ status }) => status);
    expect(statuses.toSorted((a, b) => a - b)).toEqual([200, 401]);
  });
});

const other = await aSignedKey();

it("refuses an unsigned request as soon as the key requires signatures, even if the process holds the key", async () => {
  const key = await aKey("screen", "opt-outs:read");
  const { ctx, id: apiKeyId, authorization } = key;
  const { phone } = await aCallablePhone(ctx);
  const body = JSON.stringify({ phone, purpose: "marketing.loans" });
  const headers = ["Authorization", authorization, "Content-Type", "application/json"];
  const unsigned = { method: "POST", target: "/v1/screenings", headers, body };
  expect([outcome(await send(unsigned)), outcome(await send(unsigned))]).toEqual([200, 200]);
  await registerPublicKey(ctx, { apiKeyId, publicKey: aKeyPair().pem });
  expect(outcome(await send(unsigned))).toEqual(refused);
  expect(
    outcome(await send({ ...unsigned, method: "GET", target: "/v1/opt-outs", body: "" })),
  ).toEqual(refused);
});

it("answers an unsigned request, a wrong signature and an unknown key alike, and says how to sign", async () => {
  const bearer = `Bearer rf_${"0".repeat(12)}7${"0".repeat(3)}8${"0".repeat(15)}_${"0".repeat(64)}`;
  const unsignedWith = (authorization: string) => ({
    method: "GET",
    target: "/v1/opt-outs",
    headers: ["Authorization", authorization],
    body: "",
  });
  const stolen = { ...reading, headers: { authorization: shared.authorization } };
  const unknown = { ...reading, headers: { authorization: bearer } };
  const answers = [
    await send(unsignedWith(bearer)),
    await send(unsignedWith(shared.authorization)),
    await send(await signRequest(aKeyPair(), stolen)),
    await send(await signRequest(other.pair, unknown)),
  ];
  for (const { status, headers, answer } of answers) {
    expect({ ...answer, instance: "" }).toEqual({ ...answers[0]?.answer, instance: "" });
    expect([status, answer.code]).toEqual(refused);
    expect(headers["www-authenticate"]).toBe("Bearer");
    expect(headers["accept-signature"]).toBe(
      'sig=("@method" "@target-uri" "authorization" "content-digest");created;alg="ed25519"',
    );
  }
  const faults = [
    await send(await signRequest(pair, stolen, { nonce: null })),
    await send(await signRequest(pair, unknown, { nonce: null })),
  ];
  const [ofStolen, ofUnknown] = faults.map(({ answer }) => ({ ...answer, instance: "" }));
  expect(ofStolen).toEqual(ofUnknown);
  expect(faults[0]?.answer.errors).toEqual([
    { path: "/signature-input", sentence: expect.stringContaining("nonce") },
  ]);
});

it("keeps the answer short if a signature has very many faults", async () => {
  const components = Array.from({ length: 1_000 }, (_, n) => `"x-${n}"`).join(" ");
  const signature = `sig=:${Buffer.alloc(64).toString("base64")}:`;
  const headers = ["Signature-Input", `sig=(${components})`, "Signature", signature];
  const { status, answer } = await send({ ...reading, headers, body: "" });
  expect([status, answer.code, answer.errors.length]).toEqual([...faulty, 100]);
});

describe("a body that was changed on its way", () => {
  const { authorization, ctx } = shared;
  const count = () => db.prisma.contact.count({ where: { organizationId: ctx.organizationId } });
  const scrubs = () => db.prisma.scrub.count({ where: { organizationId: ctx.organizationId } });
  const row = (id: number) => `{"externalId":"row-${id}","name":"Bo"}\n`;
  const rows = Array.from({ length: 3_000 }, (_, id) => row(id)).join("");

  it.each([
    ["lines of JSON", "application/x-ndjson", rows],
    ["CSV", "text/csv", `externalId,name\n${"8,Bo\n".repeat(3_000)}`],
    ["an array", "application/json", `[{"externalId":"nine","name":"Bo"}]`],
  ])("records none of its rows, as %s", async (_, type, body) => {
    const headers = { authorization, "content-type": type };
    const request = { method: "POST", target: "/v1/contacts", headers, body };
    const before = await count();
    const signed = await signRequest(pair, request);
    const changed = { ...signed, body: body.replaceAll("Bo", "By") };
    const { answer, status } = await send(changed);
    expect([status, answer.code, answer.errors]).toEqual([
      ...faulty,
      [{ path: "", sentence: expect.stringContaining("not match the digest that was signed") }],
    ]);
    expect(await count()).toBe(before);
    expect(outcome(await send(await signRequest(pair, request)))).toBe(200);
    expect(await count()).toBeGreaterThan(before);
  });

  it("starts no scrub", async () => {
    const request = {
      method: "POST",
      target: "/v1/scrubs?phoneColumn=phone&purpose=marketing",
      headers: { authorization, "content-type": "text/csv" },
      body: "phone\n+12015550123\n",
    };
    const before = await scrubs();
    const signed = await signRequest(pair, request);
    const { status } = await send({ ...signed, body: request.body.replace("123", "124") });
    expect(status).toBe(422);
    expect(await scrubs()).toBe(before);
    expect(outcome(await send(await signRequest(pair, request)))).toBe(202);
    expect(await scrubs()).toBe(before + 1);
  });

  it("is refused by a route that reads no body", async () => {
    expect(outcome(await send(await signRequest(pair, reading)))).toBe(200);
    const signed = await signRequest(pair, { ...reading, body: "{}" });
    expect(outcome(await send(signed))).toEqual(faulty);
  });
});
