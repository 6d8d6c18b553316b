// Traces, as a collector gets them from programs that run as in production.
import { once } from "node:events";
import { createServer } from "node:net";
import { Scope } from "@ringfence/core/platform/access";
import { formatPublicAddress } from "@ringfence/core/account/organization";
import { aNumber, asOwner } from "@ringfence/db/testing";
import { aTraceCollector } from "@ringfence/services/testing/trace-collector";
import { expect, it, onTestFinished, vi } from "vitest";
import getPort from "get-port";
import { callAgi } from "../testing/asterisk.ts";
import { openClient } from "../testing/callable-person.ts";
import { aKeyIn } from "../testing/listening.ts";
import { anInstallation, hasPages, metricsToken, untilReady } from "../testing/programs.ts";

/** An API with these settings, and a client with a key that has every scope. */
async function scene(settings: Record<string, string>) {
  const { db, urls, programs } = await anInstallation(settings);
  const { ctx, authorization } = await aKeyIn(db, ...Scope.options);
  const api = programs.api();
  await untilReady(urls.api, api);
  return {
    db,
    organizationId: ctx.organizationId,
    api,
    url: urls.api,
    authorization,
    ...openClient(urls.api, authorization),
  };
}

const traceId = "0af7651916cd43dd8448eb211c80319c";
const callerSpanId = "b7ad6b7169203331";
const traceparent = `00-${traceId}-${callerSpanId}-01`;

it("follows a request from its route over its verb to each statement, in the caller's trace", async () => {
  const { settings, spans, listNamesUpward } = await aTraceCollector();
  const { organizationId, api, post, screen } = await scene(settings);
  const phone = aNumber();

  const optOut = { phone, channel: "agent" };
  expect(await post("opt-outs", optOut, { traceparent })).toMatchObject({ status: 201 });
  expect(await screen(phone)).toMatchObject({ status: 200 });
  expect(await api.stop("SIGTERM")).toBe(0);

  const request = spans.find(({ name }) => name === "POST /v1/opt-outs");
  expect(request).toMatchObject({
    service: "ringfence-api",
    traceId,
    parentSpanId: callerSpanId,
    kind: "SERVER",
    attributes: {
      "http.request.method": "POST",
      "http.route": "/v1/opt-outs",
      "http.response.status_code": 201,
      "ringfence.request.id": expect.stringMatching(/^[\da-f-]{36}$/),
    },
    status: { code: "UNSET" },
  });
  expect(spans.find(({ name }) => name === "recordOptOut")).toMatchObject({
    attributes: { "ringfence.organization.id": organizationId },
  });
  const trace = spans.filter((span) => span.traceId === traceId);
  const insert = trace.find(({ name }) => name === "INSERT opt_out");
  expect(insert && listNamesUpward(insert)).toEqual([
    "INSERT opt_out",
    "transaction",
    "recordOptOut",
    "POST /v1/opt-outs",
  ]);
  expect(insert).toMatchObject({
    kind: "CLIENT",
    attributes: {
      "db.system.name": "postgresql",
      "db.operation.name": "INSERT",
      "db.collection.name": "opt_out",
    },
  });
  expect(trace.map(({ name }) => name)).toEqual(expect.arrayContaining(["BEGIN", "COMMIT"]));
  for (const span of trace) expect(listNamesUpward(span).at(-1)).toBe("POST /v1/opt-outs");

  const statements = spans.filter((span) => span.kind === "CLIENT" && span.traceId !== traceId);
  expect(statements.map((span) => listNamesUpward(span).slice(1))).toContainEqual([
    "screenCall",
    "POST /v1/screenings",
  ]);
});

it("sends the collector nothing that a caller has sent, in whatever part of the request", async () => {
  const { settings, spans, sentText } = await aTraceCollector();
  const { api, post, url, authorization } = await scene(settings);
  const number = "2025550187";
  const name = "Marta Feld";
  const email = "marta.feld@example.com";
  const address = "203.0.113.77";
  const quoted = "'; DROP TABLE x";
  const headers = {
    traceparent,
    tracestate: `phone=${number}`,
    baggage: `email=${email}`,
    "user-agent": `Dialer of ${name}`,
    "x-forwarded-for": address,
    "x-request-id": `id-${number}`,
  };
  const phone = `+1${number}`;
  const purpose = "marketing.loans";
  const bodies: [string, object | string][] = [
    ["opt-outs", { phone, channel: "agent", note: `${name} <${email}>`, reference: quoted }],
    ["opt-outs", { phone: `${phone} ext ${name}`, channel: quoted }],
    ["opt-outs", { phone: { [number]: email } }],
    ["opt-outs", `{"${name}": `],
    ["screenings", { phone, purpose, campaign: `${name} ${quoted}` }],
    ["screenings", { phone: email, purpose: name }],
    ["screenings/batch", { items: [{ phone, purpose, campaign: name }] }],
    ["permits/verify", { permit: `${name}.${number}`, phone }],
    ["activities", { items: [{ phone, type: name, topic: email }] }],
    [`nothing/${number}`, {}],
    [`screenings?phone=${number}`, { phone, purpose }],
  ];
  for (const [path, body] of bodies) await post(path, body, headers);
  await fetch(`${url}/v1/opt-outs?after=${number}${email}`, { headers: { authorization } });
  expect(await api.stop("SIGTERM")).toBe(0);

  expect(spans.map((span) => span.name)).toEqual(
    expect.arrayContaining([
      "POST /v1/opt-outs",
      "screenCall",
      "screenBatch",
      "POST",
      "verifyPermit",
    ]),
  );
  const token = authorization.replace("Bearer ", "");
  for (const secret of [number, name, "Marta", email, address, "DROP", token, "traceState"])
    expect(sentText()).not.toContain(secret);
  expect(sentText()).not.toContain(encodeURIComponent(email));
  expect(sentText()).not.toMatch(/\$1|WHERE/);
});

it("answers as usual, and stops in time, while the collector takes connections and nothing else", async () => {
  const silent = createServer().listen(0, "127.0.0.1");
  await once(silent, "listening");
  onTestFinished(() => void silent.close());
  const address = silent.address();
  const port = address !== null && typeof address === "object" ? address.port : 0;
  const { api, refuse, screen } = await scene({
    OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${port}`,
  });

  const connected = once(silent, "connection");
  expect(await screen(aNumber())).toMatchObject({ status: 200 });
  await connected;
  expect(await refuse(aNumber())).toMatchObject({ status: 201 });
  expect(await api.stop("SIGTERM")).toBe(0);
});

it("marks a request that fails, and the statement in which it did, without what the error says", async () => {
  const { settings, spans, sentText } = await aTraceCollector();
  const { db, api, refuse } = await scene(settings);
  await asOwner(db, (owner) =>
    owner.query("ALTER TABLE opt_out ADD CONSTRAINT nothing_more CHECK (id IS NULL) NOT VALID"),
  );

  const phone = aNumber();
  expect(await refuse(phone)).toMatchObject({ status: 500 });
  expect(await api.stop("SIGTERM")).toBe(0);

  const failed = spans.filter(({ status }) => status.code === "ERROR");
  expect(failed).toContainEqual(
    expect.objectContaining({
      name: "INSERT opt_out",
      attributes: expect.objectContaining({ "error.type": "23514" }),
    }),
  );
  expect(failed.map(({ name }) => name)).toEqual(
    expect.arrayContaining(["recordOptOut", "POST /v1/opt-outs"]),
  );
  expect(sentText()).not.toContain("nothing_more");
  expect(sentText()).not.toContain(phone.slice(2));
});

it("follows a request of a PBX to its statements, and sends nothing of its environment", async () => {
  const { settings, spans, listNamesUpward, sentText } = await aTraceCollector();
  const agiPort = await getPort();
  const { db, organizationId, api, authorization } = await scene({
    ...settings,
    AGI_PORT: String(agiPort),
  });
  const number = "2025550187";
  const key = authorization.replace("Bearer ", "");
  const args = [`key=${key}`, `phone=+1${number}`, "purpose=marketing.loans"];
  const { variables } = await callAgi(agiPort, args);
  expect(variables.RINGFENCE_VERDICT).toBe("refuse");
  await callAgi(agiPort, ["key=rf_nobody", `phone=${number}`]);
  await asOwner(db, (owner) =>
    owner.query("ALTER TABLE screening ADD CONSTRAINT nothing_more CHECK (id IS NULL) NOT VALID"),
  );
  await callAgi(agiPort, args);
  expect(await api.stop("SIGTERM")).toBe(0);

  const requests = spans.filter(({ name }) => name === "FastAGI");
  expect(requests.map(({ status }) => status.code)).toEqual(["UNSET", "UNSET", "ERROR"]);
  const [screened, , failed] = requests;
  expect(screened).toMatchObject({ service: "ringfence-api", kind: "SERVER" });
  expect(screened).not.toHaveProperty("parentSpanId");
  const trace = spans.filter((span) => span.traceId === screened?.traceId);
  expect(trace.find(({ name }) => name === "screenCall")).toMatchObject({
    attributes: { "ringfence.organization.id": organizationId },
  });
  expect(trace.map(listNamesUpward)).toContainEqual(["INSERT screening", "screenCall", "FastAGI"]);
  const logged = api.lines.find((line) => line.includes('"route":"agi"')) ?? "{}";
  expect(JSON.parse(logged)).toMatchObject({ trace_id: failed?.traceId, msg: "not answered" });
  for (const secret of [number, key, "PJSIP", "nothing_more", "rf_nobody"])
    expect(sentText()).not.toContain(secret);
});

it("records only the share of traces that is set, and what a caller has asked to be recorded", async () => {
  const { settings, spans } = await aTraceCollector();
  const { api, post } = await scene({
    ...settings,
    OTEL_TRACES_SAMPLER: "parentbased_traceidratio",
    OTEL_TRACES_SAMPLER_ARG: "0",
    OTEL_SERVICE_NAME: "calls",
  });
  const body = { phone: aNumber(), purpose: "marketing.loans" };
  await post("screenings", body);
  await post("screenings", body, { traceparent: traceparent.replace(/1$/, "0") });
  await post("screenings", body, { traceparent });
  expect(await api.stop("SIGTERM")).toBe(0);
  expect([...new Set(spans.map((span) => `${span.service} ${span.traceId}`))]).toEqual([
    `calls ${traceId}`,
  ]);
});

it("gives shared work a span of its own, with links to each caller and back", async () => {
  const { settings, spans, listNamesUpward } = await aTraceCollector();
  const { api, refuse } = await scene(settings);
  const findShared = () => spans.find(({ name }) => name === "shared work");
  await vi.waitFor(
    async () => {
      await Promise.all(Array.from({ length: 16 }, () => refuse(aNumber())));
      expect(findShared()).toBeDefined();
    },
    { timeout: 30_000, interval: 250 },
  );
  expect(await api.stop("SIGTERM")).toBe(0);

  const shared = spans.filter(
    (span) =>
      span.name === "shared work" && listNamesUpward(span).join() === SHARED_BY_REFUSALS.join(),
  );
  expect(shared).not.toEqual([]);
  for (const work of shared) {
    const callers = work.links.map(({ spanId }) => spans.find((span) => span.spanId === spanId));
    expect(callers.length).toBeGreaterThan(1);
    expect(work.attributes).toEqual({ "ringfence.callers": callers.length });
    expect(new Set(callers.map((caller) => caller?.traceId)).size).toBe(callers.length);
    expect(new Set(callers.map((caller) => caller?.name))).toEqual(new Set(["recordOptOut"]));
    const others = callers.filter((caller) => caller?.spanId !== work.parentSpanId);
    const back = { traceId: work.traceId, spanId: work.spanId };
    for (const caller of others) expect(caller?.links).toEqual([back]);
    const statements = spans.filter((span) => span.traceId === work.traceId);
    expect(statements.map(listNamesUpward)).toContainEqual([
      "INSERT opt_out",
      "transaction",
      ...SHARED_BY_REFUSALS,
    ]);
  }
  // Whoever waits for a connection goes on in their own trace: each request has looked up its own key.
  for (const span of spans) expect(listNamesUpward(span).at(-1)).toMatch(/^(GET|POST) /);
});

const SHARED_BY_REFUSALS = ["shared work", "recordOptOut", "POST /v1/opt-outs"];

it("names the trace in each line of the log, and in the metrics of the route if they are read as OpenMetrics", async () => {
  const { settings, spans } = await aTraceCollector();
  const { api, url, post } = await scene(settings);
  expect(
    await post("opt-outs", { phone: "nobody", channel: "agent" }, { traceparent }),
  ).toMatchObject({ status: 422 });
  expect(
    await post("screenings", { phone: "nobody", purpose: "marketing.loans" }, { traceparent }),
  ).toMatchObject({ status: 200 });
  expect(await post("nothing", {}, { traceparent })).toMatchObject({ status: 404 });
  const readMetrics = async (accept: string) => {
    const headers = { accept, authorization: `Bearer ${metricsToken}` };
    const answer = await fetch(`${url}/metrics`, { headers });
    return { type: answer.headers.get("content-type"), text: await answer.text() };
  };
  const plain = await readMetrics("text/plain");
  await readMetrics("application/openmetrics-text");
  const again = await readMetrics("text/plain");
  const open = await readMetrics("application/openmetrics-text;version=1.0.0,text/plain;q=0.2");
  expect(await api.stop("SIGTERM")).toBe(0);

  const findRequest = (name: string) => spans.find((span) => span.name === name)?.spanId;
  const refused = api.lines.find((line) => line.includes('"msg":"refused"')) ?? "{}";
  expect(JSON.parse(refused)).toMatchObject({
    trace_id: traceId,
    span_id: findRequest("POST"),
  });
  expect(open.type).toContain("application/openmetrics-text");
  for (const [route, status] of [
    ["/v1/screenings", 200],
    ["/v1/opt-outs", 422],
  ] as const)
    expect(open.text).toMatch(
      new RegExp(
        `_bucket{le="[^"]+",method="POST",route="${route}",status="${status}"} 1 # {trace_id="${traceId}",span_id="${findRequest(`POST ${route}`)}"} `,
      ),
    );
  expect(open.text).toMatch(/^ringfence_screenings_total{verdict="refuse"} 1$/m);
  expect(open.text).toMatch(/\n# EOF\n$/);
  expect(plain.type).toContain("text/plain");
  expect(plain.text).not.toContain(traceId);
  // Reading one format changes nothing of the other.
  for (const { text } of [plain, again])
    expect(text).toMatch(/^ringfence_screenings_total{verdict="refuse"} 1$/m);
});

it.skipIf(!hasPages)(
  "follows a page and a procedure to their statements, and sends nothing of their addresses and forms",
  async () => {
    const { settings, spans, listNamesUpward, sentText } = await aTraceCollector();
    const { db, urls, programs } = await anInstallation(settings);
    const { ctx } = await aKeyIn(db, ...Scope.options);
    const web = programs.web();
    await untilReady(urls.web, web);
    const [number, name, email] = ["2025550187", "Marta", "marta.feld@example.com"];
    const stop = `${urls.web}/stop/${formatPublicAddress(ctx.organizationId)}`;
    const page = await fetch(`${stop}?phone=${number}`, { headers: { traceparent } });
    expect(page.status).toBe(200);
    await page.text();
    const form = new URLSearchParams({ phone: `+1${number}`, email, name });
    const headers = { origin: urls.web, tracestate: `name=${name}` };
    const refused = await fetch(`${stop}/refuse`, { method: "POST", body: form, headers });
    await refused.text();
    const receipt = new URL(refused.url).pathname.replace(/^\/r\//, "");
    expect(receipt).not.toContain("/");
    const input = encodeURIComponent(JSON.stringify({ json: { search: `${number} ${email}` } }));
    await (await fetch(`${urls.web}/api/trpc/today.needs?input=${input}`)).text();
    await (await fetch(`${urls.web}/nothing/${number}`)).text();
    await vi.waitFor(
      () =>
        expect(spans.map((span) => span.name)).toEqual(
          expect.arrayContaining([
            "GET /stop/[organization]",
            "POST /stop/[organization]/refuse",
            "today.needs",
            "GET",
          ]),
        ),
      { timeout: 20_000, interval: 50 },
    );
    await web.stop("SIGTERM");

    expect(spans.find((span) => span.name === "GET /stop/[organization]")).toMatchObject({
      service: "ringfence-web",
      traceId,
      parentSpanId: callerSpanId,
      attributes: { "http.route": "/stop/[organization]", "http.response.status_code": 200 },
    });
    const statements = spans.filter((span) => span.traceId === traceId && span.kind === "CLIENT");
    expect(statements.map((span) => listNamesUpward(span).slice(-2))).toContainEqual([
      "readOptOutChoices",
      "GET /stop/[organization]",
    ]);
    const procedure = spans.find((span) => span.name === "today.needs");
    expect(procedure && listNamesUpward(procedure)).toEqual([
      "today.needs",
      "GET /api/trpc/[trpc]",
    ]);
    for (const secret of [number, name, email, encodeURIComponent(email), receipt, "traceState"])
      expect(sentText()).not.toContain(secret);
  },
);
