import { aNumber } from "@ringfence/db/testing";
import { origin } from "@ringfence/services/testing/forms";
import { expect, it } from "vitest";
import { openForms } from "../../../testing/forms.ts";
import { aListeningServer } from "../../../testing/listening.ts";

const { url } = await aListeningServer();

const { ask, scene } = openForms(url);

it("accepts a form from a page of its origin, with the server's own time and observations", async () => {
  const { form, issue, fill, events } = await scene();
  const issued = await issue();
  expect([issued.status, issued.sharedWith]).toEqual([201, origin]);
  const taken = await ask(`${form}/submissions`, await fill());
  expect(taken).toMatchObject({
    status: 202,
    sharedWith: origin,
    answer: {
      status: "received",
      confirmation: null,
      receipt: expect.stringMatching(/^https:\/\/ringfence\.example\/agreed\/\S{20,}$/),
    },
  });
  expect(await events()).toMatchObject([
    { type: "granted", evidence: [{ body: { ip: "127.0.0.1", userAgent: "Test/1" } }] },
  ]);
});

it("answers the same for every number", async () => {
  const { form, fill, authorization } = await scene();
  const refused = aNumber();
  await fetch(`${url}/v1/opt-outs`, {
    method: "POST",
    headers: { authorization, "content-type": "application/json" },
    body: JSON.stringify({ phone: refused, channel: "web" }),
  });
  const shape = async (phone: string) => {
    const { status, answer } = await ask(`${form}/submissions`, await fill({ phone }));
    const { reference, receipt, ...rest } = answer;
    return [status, { ...rest, reference: reference.length, receipt: receipt.length }];
  };
  expect(await shape(refused)).toEqual(await shape(aNumber()));
});

it("rejects a replay, a forged time and changed words, and tells the page", async () => {
  const { form, fill, events } = await scene();
  const body = await fill();
  await ask(`${form}/submissions`, body);
  const replayed = await ask(`${form}/submissions`, body);
  expect(replayed).toMatchObject({ status: 409, answer: { code: "conflict" }, sharedWith: origin });

  const forged = await ask(`${form}/submissions`, await fill({ issuedAt: "2026-01-01T00:00:00Z" }));
  expect([forged.status, forged.answer.errors[0].path]).toEqual([422, "/issuedAt"]);
  const own = await ask(`${form}/submissions`, await fill({ obtainedAt: "2026-01-01T00:00:00Z" }));
  expect([own.status, own.answer.errors[0].path]).toEqual([400, "/obtainedAt"]);
  const { asked } = await fill();
  const other = [{ ...asked[0], text: "Acme must call me." }];
  const changed = await ask(`${form}/submissions`, await fill({ asked: other }));
  expect([changed.status, changed.answer.errors[0].path]).toEqual([422, "/asked/0"]);
  expect(await events()).toHaveLength(1);
});

it("gives pages of other origins nothing", async () => {
  const { form, issue, fill } = await scene();
  const evil = "https://evil.example";
  expect(await issue(evil)).toMatchObject({ status: 403, sharedWith: null });
  expect(await ask(`${form}/submissions`, await fill(), evil)).toMatchObject({
    status: 403,
    sharedWith: null,
  });
});

it("answers a browser's preflight request", async () => {
  const { form } = await scene();
  const own = await ask(`${form}/submissions`, undefined, origin, "OPTIONS");
  expect([own.status, own.sharedWith]).toEqual([204, origin]);
  expect(own.headers.get("access-control-allow-headers")).toBe("content-type");
  const other = await ask(`${form}/submissions`, undefined, "https://evil.example", "OPTIONS");
  expect([other.status, other.sharedWith]).toEqual([204, null]);
});

it("does not reveal whether another form exists", async () => {
  for (const address of ["x", "0".repeat(64)]) {
    expect(await ask(`/v1/forms/${address}/tokens`)).toMatchObject({
      status: 404,
      answer: { code: "not-found" },
      sharedWith: null,
    });
  }
});

it.each([
  ["application/json", "{", 400],
  ["application/json", JSON.stringify({ more: "x".repeat(300_000) }), 413],
  ["text/plain", "{}", 415],
])("lets a page read the error about a body of %s", async (type, body, status) => {
  const { form } = await scene();
  const send = async (from: string) => {
    const headers = { origin: from, "content-type": type };
    const answer = await fetch(`${url}${form}/submissions`, { method: "POST", headers, body });
    return [answer.status, answer.headers.get("access-control-allow-origin")];
  };
  expect(await send(origin)).toEqual([status, origin]);
  expect(await send("https://evil.example")).toEqual([status, null]);
});

it("lets a known page read that it exceeds the rate limit", async () => {
  const { form } = await scene();
  const narrow = await aListeningServer({ publicRateLimit: 1 });
  const tokens = async (from: string) => {
    const path = `${narrow.url}${form}/tokens`;
    const { status, headers } = await fetch(path, { method: "POST", headers: { origin: from } });
    return [status, headers.get("access-control-allow-origin")];
  };
  expect(await tokens(origin)).toEqual([201, origin]);
  expect(await tokens(origin)).toEqual([429, origin]);
  expect(await tokens("https://evil.example")).toEqual([429, null]);
});

it("slows down callers that exceed the rate limit", async () => {
  const { url } = await aListeningServer({ publicRateLimit: 2 });
  const statuses = [];
  for (let n = 0; n < 3; n++) {
    const { status } = await fetch(`${url}/v1/forms/x/tokens`, { method: "POST" });
    statuses.push(status);
  }
  expect(statuses).toEqual([404, 404, 429]);
});

it("serves the built script to any page", async () => {
  const response = await fetch(`${url}/consent.js`);
  expect(response.headers.get("content-type")).toContain("text/javascript");
  expect(response.headers.get("access-control-allow-origin")).toBe("*");
  expect(await response.text()).toContain("data-ringfence");
});
