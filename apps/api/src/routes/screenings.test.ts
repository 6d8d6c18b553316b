import { ServiceError } from "@ringfence/services/errors";
import { screenBatch, screenCall } from "@ringfence/services/screening";
import { beforeEach, expect, it, vi } from "vitest";
import { aDoor } from "../../testing/door.ts";

vi.mock("@ringfence/services/screening");
beforeEach(() => vi.resetAllMocks());

const since = new Date("2026-03-01T09:00:00Z");
const refused: Awaited<ReturnType<typeof screenCall>> = {
  id: "0195a000-0000-7000-8000-000000000002",
  phone: null,
  verdict: "refuse",
  refusals: [
    {
      reason: "opted-out",
      since,
      message: { key: "refusal.opted-out", values: { since, scope: "all" } },
    },
  ],
  warnings: [],
  checked: {
    at: new Date("2026-03-02T16:00:00Z"),
    whatIf: false,
    jurisdictions: [],
    zones: [],
    editions: [],
    rules: "0".repeat(64),
    ledgerSize: null,
  },
};

const body = { phone: "+12015550100", purpose: "marketing.loans" };

async function post(
  payload: object | string,
  headers: Record<string, string> = {},
  { path = "/v1/screenings", limit = 1_000 } = {},
) {
  const door = await aDoor({ rateLimit: limit });
  const response = await door.inject({
    method: "POST",
    url: path,
    headers: { authorization: "Bearer good", "content-type": "application/json", ...headers },
    payload,
  });
  return { ...response, answer: response.json() };
}
const codeOf = ({ statusCode, answer }: Awaited<ReturnType<typeof post>>) => [
  statusCode,
  answer.code,
];

it("answers with every refusal, in the language of the caller", async () => {
  vi.mocked(screenCall).mockResolvedValueOnce(refused);

  const { statusCode, answer } = await post(body, { "accept-language": "ru, en;q=0.5" });

  expect(statusCode).toBe(200);
  expect(answer).toMatchObject({
    verdict: "refuse",
    refusals: [{ reason: "opted-out", since: "2026-03-01T09:00:00.000Z" }],
    checked: { at: "2026-03-02T16:00:00.000Z", ledgerSize: null },
  });
  expect(answer.refusals[0].sentence).toContain("1 марта 2026");
  expect(answer.refusals[0]).not.toHaveProperty("message");
});

it("says where a request is wrong, and how to mend it", async () => {
  const response = await post({ phone: 12, sellr: "acme", purpose: "marketing", dialer: "fax" });

  expect(codeOf(response)).toEqual([400, "invalid-request"]);
  expect(response.headers["content-type"]).toContain("application/problem+json");
  expect(response.answer.errors).toEqual([
    { path: "/phone", sentence: "This must be a text." },
    {
      path: "/dialer",
      sentence: "This must be one of: live_agent, predictive, prerecorded, ai_voice.",
    },
    { path: "/sellr", sentence: "There is no such field: correct or remove it." },
  ]);
  expect(screenCall).not.toHaveBeenCalled();
});

it.each([
  ["nothing", "", "The body is empty: send JSON."],
  ["text", '{"phone": call', "The body is not JSON: it breaks at line 1, column 11."],
  ["a poisoned object", '{"__proto__": {}}', /remove it\.$/],
])("says what is wrong with a body that is %s", async (_, payload, sentence) => {
  const response = await post(payload);
  expect(codeOf(response)).toEqual([400, "invalid-request"]);
  expect(response.answer.detail).toMatch(sentence);
});

it.each(["null", "[]", "7", '"+12015550100"'])("takes no %s for a request", async (payload) => {
  expect(codeOf(await post(payload))).toEqual([400, "invalid-request"]);
});

it("reads JSON alone", async () => {
  const response = await post("phone=1", { "content-type": "application/x-www-form-urlencoded" });
  expect(codeOf(response)).toEqual([415, "unsupported-media-type"]);
  expect(response.answer.detail).toContain("application/json");
});

it("reads 64 KiB, and of a batch 8 MiB", async () => {
  const long = JSON.stringify({ ...body, campaign: "a".repeat(70_000) });
  expect(codeOf(await post(long))).toEqual([413, "too-large"]);

  vi.mocked(screenBatch).mockResolvedValueOnce({
    results: [refused],
    counts: { allow: 0, refuse: 1, reasons: { "opted-out": 1 } },
  });
  const batch = `{"items":[${long}]}`;
  const { statusCode, answer } = await post(batch, {}, { path: "/v1/screenings/batch" });
  expect([statusCode, answer.counts.refuse]).toEqual([200, 1]);
});

const items = (count: number) => ({ items: Array.from({ length: count }, () => 7) });

it("reads 10,000 items of a batch, however bad, and not one more", async () => {
  vi.mocked(screenBatch).mockResolvedValueOnce({
    results: [],
    counts: { allow: 0, refuse: 0, reasons: {} },
  });
  const batch = { path: "/v1/screenings/batch" };

  expect((await post(items(10_000), {}, batch)).statusCode).toBe(200);
  expect(codeOf(await post(items(10_001), {}, batch))).toEqual([413, "too-large"]);
});

it.each(["Bearer stolen", "Basic Z29vZA==", ""])("knows no key in %j", async (authorization) => {
  const response = await post(body, { authorization });
  expect(codeOf(response)).toEqual([401, "key-invalid"]);
  expect(response.headers["www-authenticate"]).toBe("Bearer");
});

it("asks for the key before it looks at the rest", async () => {
  const response = await post("{", { authorization: "Bearer stolen" });
  expect(codeOf(response)).toEqual([401, "key-invalid"]);
});

it("has nothing at other addresses, nor for other methods", async () => {
  expect(codeOf(await post(body, {}, { path: "/v1/screening" }))).toEqual([404, "not-found"]);
  const door = await aDoor();
  const { statusCode } = await door.inject({ method: "GET", url: "/v1/screenings" });
  expect(statusCode).toBe(404);
});

it.each([
  ["forbidden", 403, "scope-missing"],
  ["not-found", 404, "not-found"],
  ["conflict", 409, "conflict"],
  ["invalid", 422, "unprocessable"],
] as const)("passes on what a verb refuses as %s", async (code, status, problem) => {
  vi.mocked(screenCall).mockRejectedValueOnce(new ServiceError(code, { key: "error.bug" }));
  expect(codeOf(await post(body))).toEqual([status, problem]);
});

it("says which field names what is not there", async () => {
  const values = { seller: "acne", known: "acme" };
  vi.mocked(screenCall).mockRejectedValueOnce(
    new ServiceError("invalid-field", { key: "seller.unknown", values }, "/seller"),
  );
  const response = await post(body);
  expect(codeOf(response)).toEqual([400, "invalid-request"]);
  expect(response.answer.errors).toMatchObject([{ path: "/seller" }]);
});

it("lets a key ask so often, and says when it may go on", async () => {
  vi.mocked(screenCall).mockResolvedValue(refused);
  const door = await aDoor({ rateLimit: 2 });
  const ask = () =>
    door.inject({
      method: "POST",
      url: "/v1/screenings",
      headers: { authorization: "Bearer good" },
      payload: body,
    });

  const answers = [await ask(), await ask(), await ask()];

  expect(answers.map(({ statusCode }) => statusCode)).toEqual([200, 200, 429]);
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

it("refuses when it cannot check, and keeps the cause to itself", async () => {
  vi.mocked(screenCall).mockRejectedValueOnce(new Error("password=hunter2"));

  const response = await post(body, { "accept-language": "ru" });

  expect(codeOf(response)).toEqual([503, "cannot-check"]);
  expect(response.answer).toMatchObject({
    verdict: "refuse",
    refusals: [{ reason: "cannot-check", sentence: expect.stringContaining("звонить нельзя") }],
  });
  expect(response.body).not.toContain("hunter2");
});

it("refuses when no answer comes within a second", async () => {
  vi.mocked(screenCall).mockReturnValueOnce(new Promise(() => {}));
  const response = await post(body);
  expect(codeOf(response)).toEqual([503, "cannot-check"]);
  expect(response.answer.verdict).toBe("refuse");
});

it("counts verdicts and reasons", async () => {
  vi.mocked(screenCall).mockResolvedValue(refused);
  const door = await aDoor();
  const headers = { authorization: "Bearer good" };
  await door.inject({ method: "POST", url: "/v1/screenings", headers, payload: body });

  const { body: metrics } = await door.inject("/metrics");
  expect(metrics).toContain('ringfence_screenings_total{verdict="refuse"} 1');
  expect(metrics).toContain('ringfence_refusals_total{reason="opted-out"} 1');
});
