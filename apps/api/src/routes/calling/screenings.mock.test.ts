import { screenBatch, screenCall } from "@ringfence/services/calling/screening";
import { beforeEach, expect, it, vi } from "vitest";
import { aServer, post, statusAndCode } from "../../../testing/server.ts";

vi.mock("@ringfence/services/calling/screening");
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

const path = "/v1/screenings";

it("answers with every refusal, in the language of the caller", async () => {
  vi.mocked(screenCall).mockResolvedValueOnce(refused);

  const { statusCode, answer } = await post(path, body, { "accept-language": "ru, en;q=0.5" });

  expect(statusCode).toBe(200);
  expect(answer).toMatchObject({
    verdict: "refuse",
    refusals: [{ reason: "opted-out", since: "2026-03-01T09:00:00.000Z" }],
    checked: { at: "2026-03-02T16:00:00.000Z", ledgerSize: null },
  });
  expect(answer.refusals[0].sentence).toContain("1 мар. 2026");
  expect(answer.refusals[0]).not.toHaveProperty("message");
});

it("says where a request is wrong, and how to fix it", async () => {
  const response = await post(path, {
    phone: true,
    sellr: "acme",
    purpose: "marketing",
    dialer: "fax",
  });

  expect(statusAndCode(response)).toEqual([400, "invalid-request"]);
  expect(response.headers["content-type"]).toContain("application/problem+json");
  expect(response.answer.errors).toEqual([
    { path: "/phone", sentence: "This must be a string." },
    {
      path: "/dialer",
      sentence: "This must be one of: live_agent, predictive, prerecorded, ai_voice.",
    },
    { path: "/sellr", sentence: "There is no such field. Correct its name or remove it." },
  ]);
  expect(screenCall).not.toHaveBeenCalled();
});

it.each([
  [path, '{"phone": "+12015550100", "purpose": "marketing", "phone": "+12015550101"}'],
  [
    path,
    String.raw`{"phone": "+12015550100", "purpose": "marketing", "\u0070hone": "+12015550101"}`,
  ],
  [`${path}/batch`, '{"items": [{"phone": "+12015550100", "phone": "+12015550101"}]}'],
])("screens nothing if a request contains two numbers: %s %s", async (path, text) => {
  const response = await post(path, text);
  expect(statusAndCode(response)).toEqual([400, "invalid-request"]);
  expect(response.answer.errors[0].sentence).toMatch(
    /^An object in the body has the same field twice/,
  );
  expect(screenCall).not.toHaveBeenCalled();
  expect(screenBatch).not.toHaveBeenCalled();
});

it("reads up to 64 KiB, and 8 MiB for a batch", async () => {
  const long = JSON.stringify({ ...body, campaign: "a".repeat(70_000) });
  expect(statusAndCode(await post(path, long))).toEqual([413, "too-large"]);

  vi.mocked(screenBatch).mockResolvedValueOnce({
    results: [refused],
    counts: { allow: 0, refuse: 1, reasons: { "opted-out": 1 } },
  });
  const batch = `{"items":[${long}]}`;
  const { statusCode, answer } = await post(`${path}/batch`, batch);
  expect([statusCode, answer.counts.refuse]).toEqual([200, 1]);
});

const items = (count: number) => ({ items: Array.from({ length: count }, () => 7) });

it("reads 10,000 items of a batch, however bad, and not one more", async () => {
  vi.mocked(screenBatch).mockResolvedValueOnce({
    results: [],
    counts: { allow: 0, refuse: 0, reasons: {} },
  });
  expect((await post(`${path}/batch`, items(10_000))).statusCode).toBe(200);
  expect(statusAndCode(await post(`${path}/batch`, items(10_001)))).toEqual([413, "too-large"]);
});

it("refuses when it cannot check, without revealing the cause", async () => {
  vi.mocked(screenCall).mockRejectedValueOnce(new Error("password=hunter2"));

  const response = await post(path, body, { "accept-language": "ru" });

  expect(statusAndCode(response)).toEqual([503, "cannot-check"]);
  expect(response.answer).toMatchObject({
    verdict: "refuse",
    refusals: [{ reason: "cannot-check", sentence: expect.stringContaining("звонить нельзя") }],
  });
  expect(response.body).not.toContain("hunter2");
});

it("refuses when no answer comes within a second", async () => {
  vi.mocked(screenCall).mockReturnValueOnce(new Promise(() => {}));
  const response = await post(path, body);
  expect(statusAndCode(response)).toEqual([503, "cannot-check"]);
  expect(response.answer.verdict).toBe("refuse");
});

it("counts verdicts and reasons", async () => {
  vi.mocked(screenCall).mockResolvedValue(refused);
  const server = await aServer({ publicUrl: "http://localhost:3000" });
  const headers = { authorization: "Bearer good" };
  await server.inject({ method: "POST", url: path, headers, payload: body });

  const { body: metrics } = await server.inject("/metrics");
  expect(metrics).toContain('ringfence_screenings_total{verdict="refuse"} 1');
  expect(metrics).toContain('ringfence_refusals_total{reason="opted-out"} 1');
});
