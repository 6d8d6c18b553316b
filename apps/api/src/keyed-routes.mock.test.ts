import { ServiceError } from "@ringfence/services/errors";
import { readOptOutFeed } from "@ringfence/services/do-not-call/opt-out";
import { screenCall } from "@ringfence/services/calling/screening";
import { beforeEach, expect, it, vi } from "vitest";
import { logger } from "./log.ts";
import { aServer, post, statusAndCode } from "../testing/server.ts";

vi.mock("@ringfence/services/do-not-call/opt-out");
vi.mock("@ringfence/services/calling/screening");
beforeEach(() => vi.resetAllMocks());

const path = "/v1/screenings";
const body = { phone: "+12015550100", purpose: "marketing.loans" };

it.each([
  ["nothing", "", "The body is empty: send JSON."],
  ["text", '{"phone": call', "The body is not valid JSON: syntax error at line 1, column 11."],
  ["a poisoned object", '{"__proto__": {}}', /remove it\.$/],
])("says what is wrong with a body that is %s", async (_, payload, sentence) => {
  const response = await post(path, payload);
  expect(statusAndCode(response)).toEqual([400, "invalid-request"]);
  expect(response.answer.detail).toMatch(sentence);
});

it("reports an invalid address as a fault of the whole request", async () => {
  const response = await (await aServer()).inject("/v1/%zz");
  expect(response.statusCode).toBe(400);
  const { code, detail, errors } = response.json();
  expect([code, errors]).toEqual(["invalid-request", [{ path: "", sentence: detail }]]);
});

it.each(["null", "[]", "7", '"+12015550100"'])("rejects %s as a request", async (payload) => {
  expect(statusAndCode(await post(path, payload))).toEqual([400, "invalid-request"]);
});

it("accepts JSON only", async () => {
  const response = await post(path, "phone=1", {
    "content-type": "application/x-www-form-urlencoded",
  });
  expect(statusAndCode(response)).toEqual([415, "unsupported-media-type"]);
  expect(response.answer.detail).toContain("application/json");
});

it.each(["Bearer stolen", "Basic Z29vZA==", ""])("finds no key in %j", async (authorization) => {
  const response = await post(path, body, { authorization });
  expect(statusAndCode(response)).toEqual([401, "key-invalid"]);
  expect(response.headers["www-authenticate"]).toBe("Bearer");
});

it("checks the key before anything else", async () => {
  const response = await post(path, "{", { authorization: "Bearer stolen" });
  expect(statusAndCode(response)).toEqual([401, "key-invalid"]);
});

it("answers other addresses and methods with 404", async () => {
  expect(statusAndCode(await post("/v1/screening", body))).toEqual([404, "not-found"]);
  const server = await aServer();
  const { statusCode } = await server.inject({ method: "GET", url: path });
  expect(statusCode).toBe(404);
});

it.each([
  ["forbidden", 403, "scope-missing"],
  ["not-found", 404, "not-found"],
  ["conflict", 409, "conflict"],
  ["invalid", 422, "unprocessable"],
  ["limit-reached", 429, "rate-limited"],
] as const)("passes on what a verb refuses as %s", async (code, status, problem) => {
  vi.mocked(screenCall).mockRejectedValueOnce(new ServiceError(code, { key: "error.bug" }));
  expect(statusAndCode(await post(path, body))).toEqual([status, problem]);
});

it("names the field that refers to something missing", async () => {
  const values = { seller: "acne", known: "acme" };
  vi.mocked(screenCall).mockRejectedValueOnce(
    new ServiceError("invalid-field", { key: "seller.unknown", values }, "/seller"),
  );
  const response = await post(path, body);
  expect(statusAndCode(response)).toEqual([400, "invalid-request"]);
  expect(response.answer.errors).toMatchObject([{ path: "/seller" }]);
});

it("limits the requests of a key, and says when it may continue", async () => {
  const passed = new ServiceError("not-found", { key: "error.bug" });
  vi.mocked(screenCall).mockRejectedValue(passed);
  const server = await aServer({ rateLimit: 2 });
  const ask = () =>
    server.inject({
      method: "POST",
      url: path,
      headers: { authorization: "Bearer good" },
      payload: body,
    });

  const answers = [await ask(), await ask(), await ask()];

  expect(answers.map(({ statusCode }) => statusCode)).toEqual([404, 404, 429]);
  expect(answers.map(({ headers }) => headers.ratelimit)).toEqual([
    '"key";r=1;t=10',
    '"key";r=0;t=10',
    '"key";r=0;t=10',
  ]);
  expect(answers[2]?.headers).toMatchObject({
    "ratelimit-policy": '"key";q=2;w=10',
    "retry-after": "10",
  });
  expect(answers[2]?.json()).toMatchObject({ code: "rate-limited" });
});

/** Returns the feed's answer when its verb throws, and what is logged. */
async function feedAfter(error: Error) {
  vi.mocked(readOptOutFeed).mockRejectedValueOnce(error);
  const lines: string[] = [];
  const stream = { write: (line: string) => void lines.push(line) };
  const server = await aServer({ logger: { ...logger, stream } });
  const headers = { authorization: "Bearer good" };
  const response = await server.inject({ url: "/v1/opt-outs?after=7", headers });
  return { ...response, answer: response.json(), log: lines.join("") };
}

it("writes the details of a bug to its log only, without phone numbers", async () => {
  const bug = Object.assign(new Error("no plan for +12015550100"), { detail: "+12015550100" });

  const { log, ...response } = await feedAfter(bug);

  expect(statusAndCode(response)).toEqual([500, "internal"]);
  expect(response.body).not.toContain("plan");
  expect(log).toContain("no plan for");
  expect(log).toContain('"route":"/v1/opt-outs"');
  expect(log).not.toMatch(/2015550100|after=7/);
});

it.each([
  { code: "ECONNREFUSED" },
  { code: "57P01" },
  { code: "P2028" },
  { message: "Connection terminated unexpectedly" },
  { errors: [Object.assign(new Error("connect"), { code: "ECONNREFUSED" })] },
])("says that the database is away: %j", async ({ message = "", errors, ...code }) => {
  const error = errors ? new AggregateError(errors) : new Error(message);
  const response = await feedAfter(Object.assign(error, code));
  expect(statusAndCode(response)).toEqual([503, "cannot-check"]);
  expect(response.answer).not.toHaveProperty("verdict");
  expect(response.headers["retry-after"]).toBe("1");
});
